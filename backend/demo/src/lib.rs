//! The demo shops: what they sell, who bought there, and pictures drawn in code.
//!
//! Nothing here touches a database. [`stores`] is plain data that the seed writes through the
//! ordinary services; the pictures are small still lifes, modelled, lit and rasterised in
//! software, the same bytes on every run.

pub mod model;
mod picture;
mod stores;

use image::RgbaImage;
pub use model::*;
use picture::scene::Scene;

/// Width and height of a product's picture in pixels.
pub const PRODUCT_SIZE: (u32, u32) = (1200, 1500);
/// Width and height of a store's hero picture in pixels.
pub const HERO_SIZE: (u32, u32) = (1920, 1080);
/// Width and height of a store's logo in pixels.
pub const LOGO_SIZE: (u32, u32) = (512, 512);

/// Every demo store, the busiest first.
pub fn stores() -> &'static [DemoStore] {
    &stores::STORES
}

/// The store with a code.
pub fn store(code: &str) -> Option<&'static DemoStore> {
    stores().iter().find(|store| store.code == code)
}

/// Picture `n` (0 or 1) of a product, opaque; none if the store draws no such product.
pub fn product_image(store: &str, product_slug: &str, n: usize) -> Option<RgbaImage> {
    product_image_sized(store, product_slug, n, PRODUCT_SIZE)
}

/// As [`product_image`], in another size of the same proportions.
pub fn product_image_sized(store: &str, product_slug: &str, n: usize, size: (u32, u32)) -> Option<RgbaImage> {
    let scene: Scene = match store {
        "acme" => picture::ceramics::product(product_slug, n),
        "globex" => picture::bicycles::product(product_slug, n),
        "tokyo" => picture::tea::product(product_slug, n),
        "plain" => picture::stationery::product(product_slug, n),
        "ghost" => picture::candles::product(product_slug, n),
        _ => None,
    }?;
    Some(scene.photograph(size.0, size.1))
}

/// A product in one of its colours; none if the store draws it in a single one.
pub fn colour_image(store: &str, product_slug: &str, colour: &str) -> Option<RgbaImage> {
    colour_image_sized(store, product_slug, colour, PRODUCT_SIZE)
}

/// As [`colour_image`], in another size of the same proportions.
pub fn colour_image_sized(store: &str, product_slug: &str, colour: &str, size: (u32, u32)) -> Option<RgbaImage> {
    let scene = match store {
        "acme" => picture::ceramics::glazed(product_slug, colour),
        _ => None,
    }?;
    Some(scene.photograph(size.0, size.1))
}

/// The big picture of a store's home page, opaque; its left two fifths are calm enough to carry text.
pub fn hero(store: &str) -> Option<RgbaImage> {
    hero_sized(store, HERO_SIZE)
}

/// As [`hero`], in another size of the same proportions.
pub fn hero_sized(store: &str, size: (u32, u32)) -> Option<RgbaImage> {
    let scene = match store {
        "acme" => picture::ceramics::hero(),
        "globex" => picture::bicycles::hero(),
        "tokyo" => picture::tea::hero(),
        "plain" => picture::stationery::hero(),
        "ghost" => picture::candles::hero(),
        _ => return None,
    };
    Some(scene.photograph(size.0, size.1))
}

/// The mark of a store in its accent colour on a transparent ground.
pub fn logo(store: &str) -> Option<RgbaImage> {
    picture::logos::logo(store)
}
