//! Pictures of the stationery shop: paper, cedar and brass on plain colour.

mod desk;
mod paper;

use super::scene::Scene;

/// Picture `n` (0 or 1) of a product.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    paper::product(slug, n).or_else(|| desk::product(slug, n))
}

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    desk::hero()
}
