//! What is in the cart: the page, and the lines that the drawer shows too.

use leptos::prelude::*;
use orion_app::use_load;
use orion_types::cart::{CartItem, CartNotice};
use orion_types::checkout::{CheckoutOutcome, OpenCheckout};
use orion_types::{Money, Page};
use orion_ui::*;

use crate::account::use_account;
use crate::basket::use_basket;
use crate::browser::name_page;
use crate::parts::media;
use crate::shop::{money, shop};
use crate::text::{Counted, Text, count, t, tf};

/// The most of one thing in a cart.
const MOST: u32 = 999;

/// The cart as a page.
#[component]
pub fn CartPage() -> impl IntoView {
    name_page(|| t(Text::YourCart).to_owned());
    let basket = use_basket();
    let state = Memo::new(move |_| basket.cart.with(|cart| cart.as_ref().map(|cart| cart.items.is_empty())));
    let content = move || match state.get() {
        None => view! { <TextSkeleton lines=6/> }.into_any(),
        Some(true) => view! {
            <OpenPayment/>
            <EmptyState icon=icons::SHOPPING_BAG title=t(Text::CartEmpty).to_owned() description=t(Text::CartEmptyText).to_owned()>
                <LinkButton href="/products" variant=ButtonVariant::Primary>{t(Text::StartShopping)}</LinkButton>
            </EmptyState>
        }
        .into_any(),
        Some(false) => view! { <div class="shop-cart-page"><CartLines/><Totals/></div> }.into_any(),
    };
    view! { <div class="shop-page"><h1 class="shop-title">{t(Text::YourCart)}</h1>{content}</div> }.into_any()
}

/// A cart may be empty because its payment waits: the checkout goes on with it.
#[component]
fn OpenPayment() -> impl IntoView {
    let session = use_account().session;
    let open = use_load(move || async move { session.optional().get::<Page<OpenCheckout>>("/checkouts/open").await });
    move || {
        let found = open.get().and_then(|page| page.data.into_iter().next())?;
        let words = match found.outcome {
            CheckoutOutcome::RequiresConfirmation => Text::OpenPaymentQuestion,
            _ => Text::OpenPaymentText,
        };
        Some(view! {
            <div class="mb-6">
                <Callout tone=Tone::Warning title=tf(Text::OpenPayment, &[("price", &money(found.total))])>
                    <p>{t(words)}</p>
                    <a class="ui-link" href=app_href("/checkout")>{t(Text::ContinuePayment)}</a>
                </Callout>
            </div>
        })
    }
}

#[component]
fn Totals() -> impl IntoView {
    let basket = use_basket();
    let subtotal = move || basket.cart.with(|cart| cart.as_ref().map(|cart| money(cart.subtotal)));
    let blocked = move || basket.cart.with(|cart| cart.as_ref().is_some_and(|cart| !cart.can_checkout));
    let tax = if shop().info.prices_include_tax {
        Text::InclTax
    } else {
        Text::ExclTax
    };
    let action = move || {
        if blocked() {
            view! { <Callout tone=Tone::Warning title=t(Text::CartBlocked).to_owned()/> }.into_any()
        } else {
            view! { <LinkButton href="/checkout" variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true>{t(Text::Checkout)}</LinkButton> }.into_any()
        }
    };
    view! {
        <aside class="shop-box grid gap-4">
            <div class="shop-sums">
                <p class="shop-sum shop-sum--total border-0 mt-0 pt-0"><span>{t(Text::Subtotal)}</span><span aria-live="polite">{subtotal}</span></p>
                <p class="shop-sum shop-sum--muted"><span>{t(Text::ShippingAtCheckout)}</span><span>{t(tax)}</span></p>
            </div>
            <ShippingHint/>
            {action}
            <LinkButton href="/products" variant=ButtonVariant::Ghost full_width=true>{t(Text::ContinueShopping)}</LinkButton>
        </aside>
    }
    .into_any()
}

/// How much is missing until shipping is free, where it ever is.
#[component]
pub fn ShippingHint() -> impl IntoView {
    let basket = use_basket();
    let words = move || {
        basket.cart.with(|cart| {
            let cart = cart.as_ref().filter(|cart| !cart.items.is_empty())?;
            let missing = cart.free_shipping_from?.amount_minor - cart.subtotal.amount_minor;
            Some(if missing > 0 {
                tf(
                    Text::ToFreeShipping,
                    &[("price", &money(Money::new(missing, cart.subtotal.currency)))],
                )
            } else {
                t(Text::FreeShippingReached).to_owned()
            })
        })
    };
    move || words().map(|words| view! { <p class="shop-hint text-sm"><Icon icon=icons::TRUCK/><span>{words}</span></p> })
}

/// The lines, each with its quantity and the way out.
#[component]
pub fn CartLines() -> impl IntoView {
    let basket = use_basket();
    // Keyed by what is shown: a line that did not change keeps its focus while another one is saved.
    let key = |item: &CartItem| {
        format!(
            "{} {} {} {:?} {:?}",
            item.id, item.quantity, item.line_total.amount_minor, item.available, item.notices
        )
    };
    view! {
        <div class="shop-lines">
            <For each=move || basket.items() key=key let:item><Line item/></For>
        </div>
    }
    .into_any()
}

#[component]
fn Line(item: CartItem) -> impl IntoView {
    let basket = use_basket();
    let quantity = RwSignal::new(u32::try_from(item.quantity).unwrap_or(1));
    let max = item
        .available
        .and_then(|left| u32::try_from(left).ok())
        .map_or(MOST, |left| left.clamp(1, MOST));
    let id = item.id;
    let dead = item
        .notices
        .iter()
        .any(|notice| matches!(notice, CartNotice::SoldOut | CartNotice::Unavailable));
    let notices = item
        .notices
        .iter()
        .map(|notice| view! { <p class="shop-line__notice" role="status">{told(notice)}</p> })
        .collect_view();
    let picture = match &item.image {
        Some(image) => view! { <img loading="lazy" src=media::address(image, 320) alt="" width="88" height="110"/> }.into_any(),
        None => view! { <Icon icon=icons::IMAGE size=IconSize::Medium/> }.into_any(),
    };
    let each = (item.quantity > 1).then(|| format!("{} {}", money(item.unit_price), t(Text::Each)));
    let detail = [Some(item.variant_title.clone()).filter(|title| !title.is_empty()), each]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let stepper = (!dead).then(|| {
        view! {
            <QuantityStepper value=quantity label=format!("{}: {}", t(Text::Quantity), item.title) max=Signal::stored(max) busy=basket.busy
                on_change=move |wanted: u32| basket.set_quantity(id, i32::try_from(wanted).unwrap_or(1))/>
        }
    });
    view! {
        <div class="shop-line">
            <div class="shop-line__picture">{picture}</div>
            <div>
                <a class="shop-line__title" href=app_href(&format!("/products/{}", item.product_slug))>{item.title.clone()}</a>
                <p class="shop-line__detail">{detail}</p>
            </div>
            <p class="shop-line__total">{money(item.line_total)}</p>
            {notices}
            <div class="shop-line__controls">
                {stepper}
                <IconButton icon=icons::TRASH label=tf(Text::RemoveItem, &[("name", &item.title)]) disabled=basket.busy on_click=move |_| basket.remove(id)/>
            </div>
        </div>
    }
    .into_any()
}

fn told(notice: &CartNotice) -> String {
    match notice {
        CartNotice::PriceChanged { before } => tf(Text::PriceChanged, &[("price", &money(*before))]),
        CartNotice::OnlyLeft { available } => count(i64::from(*available), Counted::OnlyLeft),
        CartNotice::SoldOut => t(Text::NowSoldOut).to_owned(),
        CartNotice::Unavailable => t(Text::NoLongerSold).to_owned(),
    }
}
