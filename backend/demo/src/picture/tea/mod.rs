//! Pictures of the tea house: tins, clay and bamboo on walnut, before rice paper.

mod leaves;
mod tins;
mod ware;

use super::scene::Scene;

/// Picture `n` (0 or 1) of a product.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    leaves::product(slug, n).or_else(|| ware::product(slug, n))
}

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    ware::hero()
}
