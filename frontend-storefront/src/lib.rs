//! The storefront in the browser: one crate, downloaded as two programs.
//!
//! Most visitors look around and leave, so what only a buyer needs is a download of its own. Header, footer and cart are in both;
//! links from one into the other are ordinary page loads, and what has to survive them lies in cookies and in the browser's storage.

mod account;
mod app;
mod basket;
mod browser;
mod bundle;
mod drawn;
mod first;
mod frame;
mod memory;
mod pages;
mod parts;
mod places;
mod prepare;
mod scroll;
mod shop;
mod text;

use leptos::prelude::*;
use orion_client::{Client, page_context};
use orion_types::StorefrontBundle;
use orion_types::store::StorefrontInfo;
use orion_ui::Load;

use crate::app::{App, Parts};

/// Starts the bundle for looking around.
pub fn browse() {
    bundle::open(StorefrontBundle::Browse);
    run(first::shop_and_page(), app::BROWSE);
}

/// Starts the bundle for checkout, orders and the account.
pub fn checkout() {
    bundle::open(StorefrontBundle::Checkout);
    run(first::shop(), app::CHECKOUT);
}

fn run(first: Option<StorefrontInfo>, parts: Parts) {
    console_error_panic_hook::set_once();
    text::speak_the_page();
    match first {
        Some(info) => start(Load::Ready(info), parts),
        // The server could not say anything before the app started; it is asked now.
        None => leptos::task::spawn_local(async move {
            let answer = Client::new(page_context().api).get::<StorefrontInfo>("/store").await;
            start(answer.map_err(|error| orion_app::load_error(&error)).into(), parts);
        }),
    }
}

fn start(info: Load<StorefrontInfo>, parts: Parts) {
    let Some(place) = drawn::place() else { return };
    // Without a shop there is no frame, which would take over.
    let is_whole = !matches!(info, Load::Ready(_));
    place.set_hidden(true);
    mount_to(place, move || view! { <App info parts/> }).forget();
    if is_whole {
        drawn::take_over();
    }
}
