//! Header and footer of the checkout: who one pays, how to reach them, and the way back.

use leptos::prelude::*;
use orion_ui::{Icon, app_href, icons};

use super::header::Brand;
use crate::shop::shop;
use crate::text::{Text, t};

/// Who one pays, and the way back to the cart.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header class="shop-header shop-header--slim">
            <div class="shop-header__bar">
                <Brand/>
                <p class="shop-header__safe"><Icon icon=icons::LOCK/>{t(Text::SecureCheckout)}</p>
                <a class="shop-header__back" href=app_href("/cart")><Icon icon=icons::ARROW_LEFT/><span>{t(Text::BackToCart)}</span></a>
            </div>
        </header>
    }
    .into_any()
}

/// The shop in one line.
#[component]
pub fn Footer() -> impl IntoView {
    let mail = &shop().info.contact_email;
    let contact = (!mail.is_empty()).then(|| view! { " · " <a class="ui-link" href=format!("mailto:{mail}")>{mail.clone()}</a> });
    view! { <footer class="shop-footer shop-footer--slim"><p>{shop().info.name.clone()} {contact}</p></footer> }.into_any()
}
