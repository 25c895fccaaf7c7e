//! Pictures of the candle shop: wax and flame at dusk.

use super::backdrop::Gobo;
use super::ceramics::glaze::{CHALK, SOOT};
use super::ceramics::pots::{holder, pot};
use super::math::{srgb, v3};
use super::mesh::{Material, Model};
use super::props::{candle, plinth, poppy};
use super::scene::Scene;
use super::solids::{lathe, vessel};

const DUSK: u32 = 0x8A7F9C;
const PLUM: u32 = 0x5A4A63;
const ROSE: u32 = 0xC9A3A0;
const IVORY: u32 = 0xEFE3CC;

/// Picture `n` (0 or 1) of a product.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    let scene = match (slug, n) {
        ("vigil-pillar", 0) => Scene::new(PLUM, DUSK, candle(0.36, 1.1, IVORY)).fill(0.44, 0.56),
        ("vigil-pillar", _) => Scene::new(DUSK, ROSE, pillars()).fill(0.74, 0.62).gobo(Gobo::Window),
        ("beeswax-tapers", 0) => Scene::new(ROSE, DUSK, tapers()).fill(0.6, 0.72),
        ("beeswax-tapers", _) => Scene::new(PLUM, PLUM, tapers().turned_y(120.0))
            .fill(0.72, 0.7)
            .pitch(26.0)
            .depth(3.0),
        ("attic-jar", 0) => Scene::new(DUSK, PLUM, jar()).fill(0.52, 0.5).pitch(18.0),
        ("attic-jar", _) => Scene::new(
            PLUM,
            ROSE,
            jar().at(-0.45, 0.0, 0.2)
                + poppy("attic", 1.5, 0.4, 0xC9AE86)
                    .turned_x(-84.0)
                    .turned_y(-50.0)
                    .at(0.35, 0.05, 0.6),
        )
        .fill(0.8, 0.6)
        .pitch(34.0),
        _ => return None,
    };
    Some(dimmed(scene))
}

/// Late light: the window is weaker and the shadows bluer.
fn dimmed(mut scene: Scene) -> Scene {
    scene.studio.key_light = scene.studio.key_light * 0.72;
    scene.studio.sky_light = v3(0.27, 0.27, 0.33);
    scene
}

fn pillars() -> Model {
    candle(0.34, 1.5, IVORY).at(-0.5, 0.0, -0.3)
        + candle(0.34, 0.9, ROSE).at(0.35, 0.0, 0.25)
        + candle(0.26, 0.55, 0x6B5A73).at(-0.25, 0.0, 0.75)
}

fn tapers() -> Model {
    let lit = |x: f32, z: f32, h: f32, glaze| (holder(glaze) + candle(0.10, h, 0xD9A54A).at(0.0, 0.12, 0.0)).at(x, 0.0, z);
    lit(-0.5, -0.2, 2.1, &SOOT) + lit(0.65, 0.35, 1.6, &CHALK)
}

fn jar() -> Model {
    let glass = lathe(
        &vessel(&[(0.40, 0.0), (0.44, 0.03), (0.45, 0.3), (0.45, 0.62)], 0.04, 14),
        96,
        &Material::glossy(srgb(0x4A3B2E), 0.95, 0.06),
    );
    let wax = candle(0.40, 0.40, IVORY);
    let saucer = pot(&[(0.56, 0.0), (0.60, 0.03), (0.70, 0.07), (0.74, 0.10)], 0.05, &CHALK);
    saucer + (glass + wax).at(0.0, 0.06, 0.0)
}

/// The picture on top of the home page; its left two fifths are calm.
pub fn hero() -> Scene {
    let group = plinth(0.8, 0.5, 0x9C8FA6).at(0.6, 0.0, -0.6)
        + candle(0.34, 1.3, IVORY).at(0.6, 0.5, -0.6)
        + pillars().at(-0.5, 0.0, 0.4)
        + jar().at(1.5, 0.0, 0.5);
    dimmed(
        Scene::new(PLUM, DUSK, group)
            .fill(0.46, 0.78)
            .placed(0.72, 0.54)
            .pitch(10.0)
            .depth(0.9),
    )
}
