//! The page of a product.

mod buy;
mod choice;
mod gallery;
mod options;
mod zoom;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_types::catalog::ProductPage as Product;
use orion_ui::*;

use crate::browser::name_page;
use crate::memory::{Shown, use_page};
use crate::pages::missing::MissingPage;
use crate::parts::{PageFailed, ProductCards, category_crumbs, per_unit};
use crate::places::product_path;
use crate::shop::shop;
use crate::text::{Text, t};

use buy::Buy;
use choice::Choice;
use gallery::Gallery;

/// A product: pictures, variants, price, and the way into the cart.
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let path = Memo::new(move |_| product_path(&params.read().get("slug").unwrap_or_default()));
    let data = use_page::<Product>(path.into(), false);
    name_page(move || match &*data.state.read() {
        Shown::Ready(product) => product.title.clone(),
        _ => String::new(),
    });
    let go = use_go();
    orion_ui::watch(move || {
        if let Shown::Missing(Some(slug)) = &*data.state.read() {
            go(&product_path(slug));
        }
    });
    move || match data.state.get() {
        Shown::Missing(None) => view! { <MissingPage/> }.into_any(),
        Shown::Waiting | Shown::Missing(Some(_)) => skeleton(),
        Shown::Failed(error) => view! { <PageFailed error on_retry=move |()| data.retry()/> }.into_any(),
        Shown::Ready(product) => view! { <ProductView product/> }.into_any(),
    }
}

fn skeleton() -> AnyView {
    view! {
        <div class="shop-page">
            <Skeleton class="h-4 w-48"/>
            <div class="shop-product">
                <Skeleton class="aspect-[4/5] w-full"/>
                <div class="shop-product__info"><Skeleton class="h-10 w-3/4"/><Skeleton class="h-7 w-28"/><TextSkeleton lines=5/></div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn ProductView(product: Product) -> impl IntoView {
    let choice = Choice::new(&product);
    let mut way = category_crumbs(product.category.as_ref());
    way.push(Crumb::here(product.title.as_str()));
    let Product {
        title,
        vendor,
        description_html,
        images,
        related,
        ..
    } = product;
    let description = (!description_html.trim().is_empty()).then(|| {
        view! {
            <section class="shop-fold">
                <h2 class="shop-fold__title">{t(Text::Description)}</h2>
                <div class="shop-prose" inner_html=description_html></div>
            </section>
        }
    });
    let maker = (!vendor.is_empty()).then(|| view! { <p class="shop-product__vendor">{vendor.clone()}</p> });
    view! {
        <article class="shop-page">
            <Breadcrumbs items=way/>
            <div class="shop-product">
                <Gallery images title=title.clone() wanted=choice.image()/>
                <div class="shop-product__info">
                    <header>
                        {maker}
                        <h1 class="shop-product__title">{title.clone()}</h1>
                        <ChosenPrice choice/>
                    </header>
                    <options::OptionPicker choice/>
                    <Buy choice title=title/>
                    <div>{description} <Facts choice vendor/></div>
                </div>
            </div>
        </article>
        <ProductCards title=t(Text::Related) part="related" cards=related/>
    }
    .into_any()
}

#[component]
fn ChosenPrice(choice: Choice) -> impl IntoView {
    let amount = Signal::derive(move || choice.price().amount_minor);
    let old = Signal::derive(move || choice.variant().and_then(|variant| variant.compare_at).map(|old| old.amount_minor));
    let tax = if shop().info.prices_include_tax {
        Text::InclTax
    } else {
        Text::ExclTax
    };
    view! {
        <p class="shop-product__price" aria-live="polite">
            <Price amount compare_at=old currency=shop().currency() size=PriceSize::Large/>
            {move || choice.variant().and_then(|variant| variant.unit_price).as_ref().map(per_unit)}
            <span class="shop-product__tax">{t(tax)}</span>
        </p>
    }
    .into_any()
}

#[component]
fn Facts(choice: Choice, vendor: String) -> impl IntoView {
    let sku = move || choice.variant().map(|variant| variant.sku).filter(|sku| !sku.is_empty());
    let maker = (!vendor.is_empty()).then(|| view! { <dt>{t(Text::Vendor)}</dt><dd>{vendor}</dd> });
    view! {
        <section class="shop-fold">
            <h2 class="shop-fold__title">{t(Text::Details)}</h2>
            <dl class="shop-facts">
                {maker}
                {move || sku().map(|sku| view! { <dt>{t(Text::Sku)}</dt><dd>{sku}</dd> })}
            </dl>
        </section>
    }
    .into_any()
}
