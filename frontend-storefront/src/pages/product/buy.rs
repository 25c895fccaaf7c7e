use leptos::{html, prelude::*};
use orion_ui::*;

use super::choice::Choice;
use crate::basket::use_basket;
use crate::browser::use_in_view;
use crate::shop::{money, shop};
use crate::text::{Counted, Text, count, t};

/// Below this many the shop says how many are left.
const FEW: i32 = 5;
/// The most of one thing in a cart.
const MOST: u32 = 999;

/// Quantity, the button, and what one should know before pressing it.
#[component]
pub fn Buy(choice: Choice, title: String) -> impl IntoView {
    if !shop().sells() {
        return view! { <Catalogue/> }.into_any();
    }
    let basket = use_basket();
    let toasts = use_toasts();
    let quantity = RwSignal::new(1_u32);
    let busy = RwSignal::new(false);
    let left = move || choice.variant().and_then(|variant| choice.left(variant.id).flatten());
    let sold_out = Signal::derive(move || match choice.variant() {
        None => true,
        Some(variant) => choice
            .left(variant.id)
            .map_or(!variant.available, |left| left.is_some_and(|left| left <= 0)),
    });
    let max = Signal::derive(move || {
        left()
            .and_then(|left| u32::try_from(left).ok())
            .map_or(MOST, |left| left.clamp(1, MOST))
    });
    orion_ui::watch(move || {
        let max = max.get();
        if quantity.get_untracked() > max {
            quantity.set(max);
        }
    });
    let add = move || {
        let Some(variant) = choice.variant().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let wanted = i32::try_from(quantity.get_untracked()).unwrap_or(1);
        basket.add(variant.id, wanted, move |error| {
            busy.try_set(false);
            if let Some(error) = error {
                toasts.error(error.message());
            }
        });
    };
    let words = move || t(if sold_out.get() { Text::SoldOut } else { Text::AddToCart });
    let row: NodeRef<html::Div> = NodeRef::new();
    let in_view = use_in_view(row);
    let chosen = move || match choice.variant().map(|variant| variant.option_values.join(" / ")) {
        Some(values) if !values.is_empty() => values,
        _ => title.clone(),
    };
    view! {
        <div class="shop-buy" node_ref=row>
            <QuantityStepper value=quantity label=t(Text::Quantity).to_owned() max/>
            <Button variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy disabled=sold_out on_click=move |_| add()>{words}</Button>
        </div>
        <div class="shop-hints">
            <StockHint left=Signal::derive(left) sold_out/>
            <ShippingHint/>
        </div>
        <div class="shop-sticky-buy" class:shop-sticky-buy--off=in_view>
            <div class="shop-sticky-buy__text">
                <p class="shop-sticky-buy__title">{chosen}</p>
                <p class="font-semibold tabular-nums">{move || money(choice.price())}</p>
            </div>
            <Button variant=ButtonVariant::Primary size=ButtonSize::Large busy disabled=sold_out on_click=move |_| add()>{words}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn StockHint(left: Signal<Option<i32>>, sold_out: Signal<bool>) -> impl IntoView {
    move || {
        let (class, icon, text) = match left.get() {
            _ if sold_out.get() => ("shop-hint shop-hint--critical", icons::CIRCLE_X, t(Text::ProductSoldOut).to_owned()),
            Some(left) if left <= FEW => (
                "shop-hint shop-hint--warning",
                icons::CLOCK,
                count(i64::from(left), Counted::OnlyLeft),
            ),
            _ => (
                "shop-hint shop-hint--positive",
                icons::CIRCLE_CHECK,
                t(Text::ReadyToShip).to_owned(),
            ),
        };
        view! { <p class=class role="status"><Icon icon/><span>{text}</span></p> }
    }
}

#[component]
fn ShippingHint() -> impl IntoView {
    let hint = &shop().info.shipping_hint;
    (!hint.is_empty()).then(|| view! { <p class="shop-hint"><Icon icon=icons::TRUCK/><span>{hint.clone()}</span></p> })
}

/// A shop that sells elsewhere tells how to reach it.
#[component]
fn Catalogue() -> impl IntoView {
    let mail = &shop().info.contact_email;
    (!mail.is_empty()).then(
        || view! { <p class="shop-hint"><Icon icon=icons::MAIL/><a class="ui-link" href=format!("mailto:{mail}")>{t(Text::AskUs)}</a></p> },
    )
}
