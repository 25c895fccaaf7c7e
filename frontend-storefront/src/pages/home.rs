use leptos::prelude::*;
use orion_types::catalog::CategorySummary;
use orion_types::store::{HomePage as Home, media_path};
use orion_ui::{ButtonSize, ButtonVariant, EmptyState, LinkButton, ProductGridSkeleton, Skeleton, app_href, icons};

use crate::browser::name_page;
use crate::drawn;
use crate::memory::use_page;
use crate::parts::media::no_picture;
use crate::parts::{ProductCards, shown};
use crate::places::HOME;
use crate::shop::shop;
use crate::text::{Counted, Text, count, t};

/// How wide the hero's picture is, with what its frame cuts off.
const HERO_SIZES: &str = "(max-width: 48rem) 125vw, 68rem";
/// How wide the picture of a category is.
const TILE_SIZES: &str = "(max-width: 48rem) 44vw, 18rem";

/// The home page: what the shop is, what it likes best, where to look, what is new.
#[component]
pub fn HomePage() -> impl IntoView {
    name_page(String::new);
    let data = use_page::<Home>(Signal::stored(HOME.to_owned()), false);
    shown(data, skeleton, |home| view! { <Sections home/> }.into_any())
}

fn skeleton() -> AnyView {
    view! {
        <div class="shop-section"><Skeleton class="h-96 w-full"/></div>
        <div class="shop-section"><ProductGridSkeleton count=4/></div>
    }
    .into_any()
}

#[component]
fn Sections(home: Home) -> impl IntoView {
    let info = &shop().info;
    let empty = home.featured.is_empty() && home.newest.is_empty();
    let title = if home.hero_title.is_empty() {
        info.name.clone()
    } else {
        home.hero_title
    };
    let picture = home.hero_image_url.map(|url| {
        if let Some(drawn) = drawn::part("hero") {
            return drawn;
        }
        // The path names one of the widths that every picture has.
        let url = app_href(&url);
        let widths = format!("{} 640w, {url} 1280w", url.replace("/1280.jpg", "/640.jpg"));
        view! { <div class="shop-hero__picture"><img fetchpriority="high" sizes=HERO_SIZES srcset=widths src=url alt="" width="1280" height="720"/></div> }.into_any()
    });
    let plain = picture.is_none();
    let story = (!home.brand_text.is_empty()).then(|| {
        view! { <section class="shop-story"><h2 class="shop-section__title">{home.brand_title}</h2><p class="shop-story__text">{home.brand_text}</p></section> }
    });
    let nothing = empty.then(|| {
        view! { <EmptyState icon=icons::STORE title=t(Text::EmptyShop).to_owned() description=t(Text::EmptyShopText).to_owned()/> }
    });
    view! {
        <section class="shop-hero" class:shop-hero--plain=plain>
            <div class="shop-hero__text">
                {(!info.tagline.is_empty()).then(|| view! { <p class="shop-hero__tag">{info.tagline.clone()}</p> })}
                <h1 class="shop-hero__title">{title}</h1>
                {(!home.hero_text.is_empty()).then(|| view! { <p class="shop-hero__lead">{home.hero_text}</p> })}
                <LinkButton href="/products" variant=ButtonVariant::Primary size=ButtonSize::Large>{t(Text::ShopNow)}</LinkButton>
            </div>
            {picture}
        </section>
        {nothing}
        <ProductCards title=t(Text::Featured) part="featured" cards=home.featured more="/products"/>
        <CategoryTiles/>
        <ProductCards title=t(Text::Newest) part="newest" cards=home.newest more="/products?sort=newest"/>
        {story}
    }
    .into_any()
}

/// The categories with products, as tiles.
#[component]
pub fn CategoryTiles() -> impl IntoView {
    let filled: Vec<_> = shop().top_categories().filter(|category| category.product_count > 0).collect();
    if filled.is_empty() {
        return ().into_any();
    }
    let tiles = drawn::part("tiles")
        .unwrap_or_else(|| view! { <ul class="shop-tiles">{filled.into_iter().map(tile).collect_view()}</ul> }.into_any());
    view! {
        <section class="shop-section">
            <div class="shop-section__head"><h2 class="shop-section__title">{t(Text::BrowseCategories)}</h2></div>
            {tiles}
        </section>
    }
    .into_any()
}

fn tile(category: &CategorySummary) -> impl IntoView {
    let picture = match category.image_id {
        Some(id) => {
            let src = |width| app_href(&media_path(id, width));
            let widths = format!("{} 320w, {} 640w", src(320), src(640));
            view! { <img class="shop-tile__picture" loading="lazy" decoding="async" sizes=TILE_SIZES srcset=widths src=src(320) width="320" height="400" alt=""/> }.into_any()
        }
        None => no_picture(&category.name),
    };
    view! {
        <li>
            <a class="shop-tile" href=app_href(&format!("/categories/{}", category.slug))>
                <span class="shop-tile__frame">{picture}</span>
                <span class="shop-tile__name">{category.name.clone()}</span>
                <span class="shop-tile__count">{count(category.product_count, Counted::Products)}</span>
            </a>
        </li>
    }
}
