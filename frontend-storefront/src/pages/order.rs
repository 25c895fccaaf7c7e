//! The page behind the checkout, and behind the link in a mail.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use orion_app::{Loader, use_load};
use orion_client::ApiError;
use orion_types::order::OrderConfirmation;
use orion_types::status::OrderStatus;
use orion_ui::*;
use serde::Serialize;

use crate::account::use_account;
use crate::basket::use_basket;
use crate::browser::{keep_email, name_page, tab_memory};
use crate::parts::{OrderView, order_bar, order_skeleton, order_title};
use crate::text::{Text, t, tf};

#[derive(Serialize)]
struct LookUp {
    order_id: String,
    access_token: String,
}

/// Remembers an order's secret for this tab; it never stands in an address that is sent anywhere.
pub fn remember_order(id: &str, token: &str) {
    if let Some(memory) = tab_memory() {
        memory.set_item(&key(id), token).ok();
    }
}

fn key(id: &str) -> String {
    format!("orion.order.{id}")
}

/// The secret: from the checkout of this tab, or from the end of a mail's link, which it is taken off.
fn secret_of(id: &str, hash: &str) -> Option<String> {
    let from_link = hash.trim_start_matches('#');
    if !from_link.is_empty() {
        remember_order(id, from_link);
        let location = window().location();
        if let (Ok(path), Ok(history)) = (location.pathname(), window().history()) {
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path)).ok();
        }
        return Some(from_link.to_owned());
    }
    tab_memory()?.get_item(&key(id)).ok().flatten()
}

/// An order that was just placed, or is looked at again with its secret.
#[component]
pub fn OrderPage() -> impl IntoView {
    name_page(|| t(Text::OrderPending).to_owned());
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let secret = secret_of(&id, &use_location().hash.get_untracked());
    // What was ordered just now is no longer in it. Asked here: the form that is left would want a price for an empty cart.
    use_basket().load();
    let account = use_account();
    let order = use_load(move || {
        let (id, secret) = (id.clone(), secret.clone());
        let signed_in = account.signed_in();
        async move {
            let client = account.session.optional();
            match secret {
                Some(access_token) => {
                    client
                        .post::<OrderConfirmation>(
                            "/orders/lookup",
                            &LookUp {
                                order_id: id,
                                access_token,
                            },
                        )
                        .await
                }
                None if signed_in == Some(true) => client.get(&format!("/account/orders/{id}")).await,
                None => Err(ApiError::Offline(t(Text::OrderHiddenText).to_owned())),
            }
        }
    });
    look_again(order);
    let content = move || match order.state().get() {
        Load::Loading => order_skeleton(),
        Load::Failed(_) => view! { <Hidden/> }.into_any(),
        Load::Ready(order) => view! { <Shown order/> }.into_any(),
    };
    view! { <div class="shop-page">{content}</div> }
}

/// How long the page waits until it looks again, in milliseconds: soon at first.
const LOOKS: [u64; 4] = [2_000, 3_000, 5_000, 10_000];

/// Looks again while the payment is not decided.
fn look_again(order: Loader<OrderConfirmation>) {
    let (looks, basket) = (StoredValue::new(0_usize), use_basket());
    Effect::new(move |waited: Option<bool>| {
        let stage = order.get().map(|order| Stage::of(&order));
        let waits = stage == Some(Stage::Waiting);
        if waits {
            let pause = LOOKS[looks.get_value().min(LOOKS.len() - 1)];
            looks.update_value(|looks| *looks += 1);
            set_timeout(move || order.try_reload(), Duration::from_millis(pause));
        } else if waited == Some(true) {
            // Empty because it was ordered, or open again because it was not.
            basket.load();
            basket.tell_other_tabs();
        }
        waits
    });
}

/// How far an order has come, for its first sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The provider has not said whether it is paid.
    Waiting,
    /// It will not be paid this way, and was not placed.
    NotPaid,
    Placed,
}

impl Stage {
    fn of(order: &OrderConfirmation) -> Self {
        match (order.number, order.status) {
            (Some(_), _) => Self::Placed,
            (None, OrderStatus::Cancelled) => Self::NotPaid,
            (None, _) => Self::Waiting,
        }
    }
}

#[component]
fn Hidden() -> impl IntoView {
    view! {
        <EmptyState icon=icons::LOCK title=t(Text::OrderHidden).to_owned() description=t(Text::OrderHiddenText).to_owned()>
            <LinkButton href="/track" variant=ButtonVariant::Primary>{t(Text::TrackOrder)}</LinkButton>
            <LinkButton href="/login">{t(Text::SignIn)}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Shown(order: OrderConfirmation) -> impl IntoView {
    keep_email(&order.email);
    let stage = Stage::of(&order);
    let (icon, class, title) = match stage {
        Stage::Placed => (icons::CHECK, "shop-order__mark", Text::ThankYou),
        Stage::Waiting => (icons::CLOCK, "shop-order__mark shop-order__mark--waiting", Text::WaitingTitle),
        Stage::NotPaid => (
            icons::CIRCLE_X,
            "shop-order__mark shop-order__mark--critical",
            Text::EventPaymentFailed,
        ),
    };
    let lead = match stage {
        Stage::Placed => tf(Text::ThankYouText, &[("email", &order.email)]),
        Stage::Waiting => t(Text::OpenPaymentText).to_owned(),
        Stage::NotPaid => t(Text::Declined).to_owned(),
    };
    let below = match stage {
        Stage::Placed => view! { <div class="ui-row mt-4"><b>{order_title(order.number)}</b>{order_bar(&order)}</div> }.into_any(),
        Stage::Waiting => view! { <div class="shop-wait" aria-hidden="true"></div> }.into_any(),
        Stage::NotPaid => view! {
            <div class="ui-row mt-4">
                <LinkButton href="/checkout" variant=ButtonVariant::Primary>{t(Text::Checkout)}</LinkButton>
                <a class="ui-link" href=app_href("/cart")>{t(Text::BackToCart)}</a>
            </div>
        }
        .into_any(),
    };
    view! {
        <header>
            <span class=class><Icon icon size=IconSize::Large/></span>
            <div role="status">
                <h1 class="shop-title">{t(title)}</h1>
                <p class="shop-lead">{lead}</p>
            </div>
            {below}
        </header>
        <OrderView order/>
        {(stage == Stage::Placed).then(|| view! { <AccountHint/> })}
    }
    .into_any()
}

/// A guest is told what an account is good for.
#[component]
fn AccountHint() -> impl IntoView {
    let account = use_account();
    let guest = move || account.signed_in() == Some(false);
    view! {
        <div class="shop-noprint mt-8">
            {move || guest().then(|| view! {
                <Callout title=t(Text::Register).to_owned()>{t(Text::CreateAccountHint)} " " <a class="ui-link" href=app_href("/register")>{t(Text::Register)}</a></Callout>
            })}
        </div>
    }
    .into_any()
}
