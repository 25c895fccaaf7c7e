//! The storefront in the browser.

mod account;
mod app;
mod basket;
mod browser;
mod first;
mod frame;
mod memory;
mod pages;
mod parts;
mod places;
mod scroll;
mod shop;
mod text;

use leptos::prelude::*;
use orion_client::{Client, page_context};
use orion_types::store::StorefrontInfo;
use orion_ui::Load;
use wasm_bindgen::JsCast;

use crate::app::App;

fn main() {
    console_error_panic_hook::set_once();
    text::speak_the_page();
    let page = page_context();
    match first::take() {
        Some(info) => start(Load::Ready(info)),
        // The server could not say anything before the app started; it is asked now.
        None => leptos::task::spawn_local(async move {
            let answer = Client::new(page.api).get::<StorefrontInfo>("/store").await;
            start(answer.map_err(|error| orion_app::load_error(&error)).into());
        }),
    }
}

fn start(info: Load<StorefrontInfo>) {
    let Some(place) = document().get_element_by_id("app") else { return };
    mount_to(place.unchecked_into(), move || view! { <App info/> }).forget();
    // What the server wrote was there to be read until this moment.
    if let Some(content) = document().get_element_by_id("orion-content") {
        content.remove();
    }
}
