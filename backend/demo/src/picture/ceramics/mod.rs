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

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    vases::hero()
}
