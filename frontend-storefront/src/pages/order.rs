//! The page behind the checkout, and behind the link in a mail.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use orion_app::use_load;
use orion_client::ApiError;
use orion_types::order::OrderConfirmation;
use orion_ui::*;
use serde::Serialize;

use crate::account::use_account;
use crate::browser::{name_page, tab_memory};
use crate::parts::{OrderView, order_bar, order_title};
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
    let content = move || match order.state().get() {
        Load::Loading => view! { <TextSkeleton lines=8/> }.into_any(),
        Load::Failed(_) => view! { <Hidden/> }.into_any(),
        Load::Ready(order) => view! { <Thanks order/> }.into_any(),
    };
    view! { <div class="shop-page">{content}</div> }
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
fn Thanks(order: OrderConfirmation) -> impl IntoView {
    let account = use_account();
    let guest = move || account.signed_in() == Some(false);
    view! {
        <header>
            <span class="shop-order__mark"><Icon icon=icons::CHECK size=IconSize::Large/></span>
            <h1 class="shop-title">{t(Text::ThankYou)}</h1>
            <p class="shop-lead">{tf(Text::ThankYouText, &[("email", &order.email)])}</p>
            <div class="ui-row mt-4"><b>{order_title(order.number)}</b>{order_bar(&order)}</div>
        </header>
        <OrderView order/>
        <div class="shop-noprint mt-8">
            {move || guest().then(|| view! {
                <Callout title=t(Text::Register).to_owned()>{t(Text::CreateAccountHint)} " " <a class="ui-link" href=app_href("/register")>{t(Text::Register)}</a></Callout>
            })}
        </div>
    }
    .into_any()
}
