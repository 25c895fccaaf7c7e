//! The demo shops: what they sell, who bought there, and their pictures.
//!
//! Nothing here touches a database. [`stores`] is plain data that the seed writes through the ordinary services; the pictures are
//! WebP files below `pictures`, in the program itself in a release build.

pub mod model;
mod stores;

use std::borrow::Cow;

pub use model::*;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "pictures/"]
struct Pictures;

/// Every demo store, the busiest first.
pub fn stores() -> &'static [DemoStore] {
    &stores::STORES
}

/// The store with a code.
pub fn store(code: &str) -> Option<&'static DemoStore> {
    stores().iter().find(|store| store.code == code)
}

/// Picture `n` (0 or 1) of a product, 1,280 × 1,600 pixels as WebP; none if the store has no such product.
pub fn product_picture(store: &str, slug: &str, n: usize) -> Option<Cow<'static, [u8]>> {
    file(&format!("{store}/{slug}-{}.webp", n + 1))
}

/// A product in one of its colours but the first, which its first picture shows; none if it was made in a single one.
pub fn colour_picture(store: &str, slug: &str, colour: &str) -> Option<Cow<'static, [u8]>> {
    file(&format!("{store}/{slug}-{}.webp", colour.to_lowercase().replace(' ', "-")))
}

/// The big picture of a store's home page, 1,600 × 900 pixels as WebP; its left two fifths are calm enough to carry text.
pub fn hero(store: &str) -> Option<Cow<'static, [u8]>> {
    file(&format!("{store}/hero.webp"))
}

fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Pictures::get(path).map(|file| file.data)
}
