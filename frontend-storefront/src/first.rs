//! What the server has put into the document: the shop, and the data of the page that was asked for.

use orion_client::first_data;
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::json::FromJson;
use orion_types::store::{HomePage, StorefrontInfo};
use orion_ui::app_path;

use crate::memory;
use crate::places::Place;

#[derive(FromJson)]
struct FirstShop {
    info: StorefrontInfo,
}

#[derive(FromJson)]
struct FirstData {
    info: StorefrontInfo,
    page: Option<FirstPage>,
}

#[derive(FromJson)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
enum FirstPage {
    Home(HomePage),
    Listing(ProductListing),
    Product(ProductPage),
}

/// The shop alone: pages of a customer come without data.
pub fn shop() -> Option<StorefrontInfo> {
    Some(first_data::<FirstShop>()?.info)
}

/// The shop; the page's data goes into the memory, where the page looks first.
pub fn shop_and_page() -> Option<StorefrontInfo> {
    let first: FirstData = first_data()?;
    let base = orion_client::page_context().base;
    let location = web_sys::window()?.location();
    let path = app_path(&location.pathname().ok()?);
    let inside = path.strip_prefix(&base).unwrap_or(&path);
    let place = Place::of(if inside.is_empty() { "/" } else { inside }, &location.search().ok()?);
    match (first.page, place) {
        (Some(FirstPage::Home(page)), Some(Place::Home)) => memory::keep("/home", page),
        (Some(FirstPage::Listing(page)), Some(Place::Listing(path))) => memory::keep(&path, page),
        (Some(FirstPage::Product(page)), Some(Place::Product(path))) => memory::keep(&path, page),
        _ => {}
    }
    Some(first.info)
}
