//! Pictures of the ceramics studio: stoneware on warm plaster, in the light of one window.

pub mod glaze;
pub mod pots;
mod table;
mod vases;

use super::scene::Scene;

/// Picture `n` (0 or 1) of a product.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    table::product(slug, n).or_else(|| vases::product(slug, n))
}

/// A product in the glaze of that name.
pub fn glazed(slug: &str, glaze: &str) -> Option<Scene> {
    let glaze = glaze::Glaze::named(glaze)?;
    table::glazed(slug, glaze).or_else(|| vases::glazed(slug, glaze))
}

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    vases::hero()
}
