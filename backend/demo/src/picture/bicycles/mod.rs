//! Pictures of the bicycle workshop: steel, leather and rubber on cool concrete.

mod bags;
mod bike;
mod goods;
mod parts;
mod wheels;
mod workshop;

use super::scene::Scene;

/// Picture `n` (0 or 1) of a product.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    bike::product(slug, n)
        .or_else(|| goods::product(slug, n))
        .or_else(|| bags::product(slug, n))
        .or_else(|| workshop::product(slug, n))
}

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    bike::hero()
}
