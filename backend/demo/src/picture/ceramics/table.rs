//! Cups, bowls and plates.

use super::glaze::*;
use super::pots::*;
use crate::picture::backdrop::Gobo;
use crate::picture::math::{srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::{board, drink, spoon, wooden};
use crate::picture::scene::Scene;
use crate::picture::solids::{bar, plate};
use crate::picture::texture::Sheet;

pub const SAND: u32 = 0xF0E3D2;
pub const PEACH: u32 = 0xEFD3BE;
pub const CLAY: u32 = 0xD9A98A;
pub const OAT: u32 = 0xE9DFD0;
pub const BISQUE: u32 = 0xE4CBB2;
pub const SAGE: u32 = 0xCBD0BD;
pub const SKY: u32 = 0xCFD8DA;
const OAK: u32 = 0xC39A6B;

/// A thing for the table by itself, in a glaze.
pub fn glazed(slug: &str, glaze: &Glaze) -> Option<Scene> {
    Some(match slug {
        "morning-mug" => Scene::new(SAND, BISQUE, mug(0.42, 0.92, glaze).turned_y(-28.0)).gobo(Gobo::Window),
        "petit-noir-espresso-cup" => Scene::new(OAT, SAND, espresso(glaze)).pitch(24.0).fill(0.6, 0.5),
        "cafe-au-lait-bowl" => Scene::new(SKY, OAT, breakfast_bowl(glaze)).pitch(26.0).gobo(Gobo::Window),
        "supper-bowl" => Scene::new(BISQUE, SAND, bowl(0.82, 0.56, glaze)).pitch(27.0),
        "noodle-bowl" => Scene::new(PEACH, SAND, noodle_bowl(glaze)).pitch(34.0).fill(0.74, 0.6),
        "ruehrschuessel-batter-bowl" => Scene::new(SAND, OAT, batter(1.05, 1.0, glaze).turned_y(-18.0)).pitch(22.0),
        "sunday-plate" => Scene::new(OAT, OAT, dish(1.35, 0.15, glaze))
            .pitch(56.0)
            .fill(0.78, 0.7)
            .placed(0.5, 0.5)
            .gobo(Gobo::Window),
        "tartine-side-plate" => Scene::new(BISQUE, BISQUE, side_plates(glaze))
            .pitch(64.0)
            .fill(0.84, 0.72)
            .placed(0.5, 0.5),
        "deep-plate" => Scene::new(SAND, PEACH, coupe(1.15, glaze)).pitch(36.0).fill(0.74, 0.6),
        _ => return None,
    })
}

/// Picture `n` of a thing for the table.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("morning-mug" | "cafe-au-lait-bowl" | "ruehrschuessel-batter-bowl", 0) => return glazed(slug, &CHALK),
        ("petit-noir-espresso-cup" | "noodle-bowl", 0) => return glazed(slug, &SOOT),
        ("supper-bowl" | "tartine-side-plate", 0) => return glazed(slug, &SEA),
        ("sunday-plate", 0) => return glazed(slug, &OCHRE),
        ("deep-plate", 0) => return glazed(slug, &ROSE),
        ("morning-mug", _) => Scene::new(PEACH, CLAY, four_mugs()).fill(0.84, 0.6).pitch(16.0),
        ("petit-noir-espresso-cup", _) => Scene::new(CLAY, BISQUE, espresso_tower()).fill(0.62, 0.6),
        ("cafe-au-lait-bowl", _) => Scene::new(SKY, SKY, bowls_from_above())
            .pitch(78.0)
            .fill(0.86, 0.8)
            .placed(0.5, 0.5),
        ("supper-bowl", _) => Scene::new(SAGE, OAT, nested_bowls()).pitch(20.0).gobo(Gobo::Window),
        ("noodle-bowl", _) => Scene::new(CLAY, CLAY, noodle_pair()).pitch(62.0).fill(0.9, 0.8).placed(0.5, 0.5),
        ("ruehrschuessel-batter-bowl", _) => Scene::new(PEACH, BISQUE, batter_and_spoon()).pitch(30.0).gobo(Gobo::Window),
        ("sunday-plate", _) => Scene::new(SAND, BISQUE, plate_stack()).pitch(15.0).fill(0.74, 0.5),
        ("tartine-side-plate", _) => Scene::new(SAGE, SAGE, tartine())
            .pitch(48.0)
            .fill(0.86, 0.7)
            .placed(0.5, 0.52)
            .gobo(Gobo::Blind),
        ("deep-plate", _) => Scene::new(OAT, CLAY, deep_plates()).pitch(30.0).fill(0.78, 0.6).gobo(Gobo::Window),
        ("script-and-soehne-mug", 0) => Scene::new(SKY, OAT, rocket_mug()).gobo(Gobo::Window),
        ("script-and-soehne-mug", _) => Scene::new(PEACH, BISQUE, rocket_mug_pair()).fill(0.8, 0.6).pitch(20.0),
        _ => return None,
    })
}

fn four_mugs() -> Model {
    mug(0.42, 0.92, &OCHRE).turned_y(-32.0).at(-0.62, 0.0, -0.72)
        + mug(0.42, 0.92, &SOOT).turned_y(-14.0).at(0.72, 0.0, -0.62)
        + mug(0.42, 0.92, &CHALK).turned_y(-55.0).at(-0.50, 0.0, 0.55)
        + mug(0.42, 0.92, &SEA).turned_y(-20.0).at(0.62, 0.0, 0.72)
}

fn espresso(glaze: &Glaze) -> Model {
    dish(0.62, 0.10, glaze) + (beaker(0.32, 0.56, glaze) + drink(0.27, 0.40, 0x3A2015)).at(0.0, 0.07, 0.0)
}

fn espresso_tower() -> Model {
    let tower: Model = [SOOT, CHALK, OCHRE]
        .iter()
        .enumerate()
        .map(|(i, g)| beaker(0.32, 0.56, g).at(0.0, 0.30 * i as f32, 0.0))
        .sum();
    tower.at(-0.38, 0.0, 0.0) + espresso(&SEA).at(0.48, 0.0, 0.42)
}

fn breakfast_bowl(glaze: &Glaze) -> Model {
    bowl(0.70, 0.62, glaze) + drink(0.61, 0.44, 0xC79B72)
}

fn bowls_from_above() -> Model {
    (bowl(0.70, 0.62, &CHALK) + drink(0.61, 0.44, 0xC79B72)).at(-0.5, 0.0, -0.75)
        + bowl(0.70, 0.62, &COBALT).at(0.62, 0.0, 0.1)
        + (bowl(0.70, 0.62, &ROSE) + drink(0.61, 0.44, 0x4A2A1A)).at(-0.55, 0.0, 0.95)
}

fn nested_bowls() -> Model {
    bowl(1.0, 0.62, &SEA) + bowl(0.80, 0.54, &CELADON).at(0.0, 0.22, 0.0) + bowl(0.60, 0.46, &CHALK).at(0.0, 0.42, 0.0)
}

fn chopsticks(length: f32) -> Model {
    let lacquer = Material::glossy(srgb(0x7A3B2A), 0.6, 0.25);
    bar(v3(-length / 2.0, 0.03, 0.04), v3(length / 2.0, 0.03, 0.10), 0.028, &lacquer)
        + bar(v3(-length / 2.0, 0.03, -0.04), v3(length / 2.0, 0.03, -0.10), 0.028, &lacquer)
}

fn noodle_bowl(glaze: &Glaze) -> Model {
    bowl(0.88, 0.78, glaze) + chopsticks(2.1).turned_z(-1.5).turned_y(-16.0).at(0.05, 0.82, 0.12)
}

fn noodle_pair() -> Model {
    bowl(0.88, 0.78, &SOOT).at(-0.45, 0.0, -0.75)
        + bowl(0.88, 0.78, &OCHRE).at(0.55, 0.0, 0.95)
        + chopsticks(2.1).turned_y(62.0).at(-0.85, 0.0, 1.15)
}

fn beech_spoon(length: f32) -> Model {
    let wood = Material::matte(v3(1.0, 1.0, 1.0));
    spoon(length, &wood).painted(|p, _| wooden(p, 0xCFA877))
}

fn batter_and_spoon() -> Model {
    batter(1.05, 1.0, &OCHRE).turned_y(-24.0) + beech_spoon(2.3).turned_y(24.0).at(-0.1, 0.0, 1.5)
}

fn plate_stack() -> Model {
    let glazes = [SOOT, OCHRE, CHALK, SEA, CHALK];
    let pile: Model = glazes
        .iter()
        .enumerate()
        .map(|(i, g)| dish(1.35, 0.15, g).at(0.012 * (i as f32 * 2.4).sin(), 0.105 * i as f32, 0.0))
        .sum();
    pile + beaker(0.36, 0.62, &ROSE).at(-0.2, 0.48, 0.1)
}

fn side_plates(glaze: &Glaze) -> Model {
    dish(0.98, 0.13, glaze).at(-0.32, 0.0, -0.72) + dish(0.98, 0.13, &ROSE).turned_x(3.5).at(0.48, 0.10, 0.50)
}

fn tartine() -> Model {
    let knife = Material::metal(srgb(0xD9D6CF), 0.25);
    let blade: Vec<(f32, f32)> = vec![
        (0.0, -0.06),
        (0.8, -0.07),
        (1.0, -0.02),
        (0.95, 0.04),
        (0.0, 0.06),
        (-0.9, 0.05),
        (-0.9, -0.05),
    ];
    board(2.5, 1.9, 0.12, 0.18, OAK)
        + dish(0.78, 0.12, &CHALK).at(-0.2, 0.12, 0.0)
        + plate(&blade, 0.03, 0.01, &knife)
            .turned_x(-90.0)
            .turned_y(72.0)
            .at(0.95, 0.15, -0.05)
}

fn deep_plates() -> Model {
    coupe(1.15, &SOOT) + coupe(1.15, &ROSE).at(0.0, 0.13, 0.0) + coupe(1.15, &CHALK).at(0.0, 0.26, 0.0)
}

/// A mug with a rocket painted on it.
fn rocket_mug() -> Model {
    mug(0.44, 0.96, &COBALT).turned_y(-25.0) + rocket(0.44).turned_y(-8.0)
}

fn rocket_mug_pair() -> Model {
    rocket_mug().at(-0.55, 0.0, 0.4) + mug(0.44, 0.96, &CHALK).turned_y(-28.0).at(0.55, 0.0, -0.5)
}

/// The painted rocket: a patch of the mug's wall, a hair in front of it.
fn rocket(radius: f32) -> Model {
    let mut sheet = Sheet::new(400, 400, COBALT.coat);
    let white = 0xF3EBDD;
    sheet.fill(
        |p| {
            p.move_to(200.0, 30.0);
            p.cubic_to(262.0, 96.0, 268.0, 190.0, 244.0, 270.0);
            p.line_to(156.0, 270.0);
            p.cubic_to(132.0, 190.0, 138.0, 96.0, 200.0, 30.0);
            p.close();
        },
        white,
        1.0,
    );
    sheet.polygon(&[(148.0, 205.0), (96.0, 290.0), (154.0, 268.0)], 0xD9785A, 1.0);
    sheet.polygon(&[(252.0, 205.0), (304.0, 290.0), (246.0, 268.0)], 0xD9785A, 1.0);
    sheet.polygon(&[(172.0, 284.0), (228.0, 284.0), (200.0, 372.0)], 0xE8B44C, 1.0);
    sheet.dot(200.0, 150.0, 30.0, COBALT.coat, 1.0);
    sheet.ring(200.0, 150.0, 30.0, 9.0, 0xD9785A);
    for (x, y, r) in [
        (70.0, 90.0, 7.0),
        (330.0, 60.0, 6.0),
        (344.0, 210.0, 8.0),
        (60.0, 220.0, 5.0),
        (300.0, 350.0, 6.0),
        (100.0, 356.0, 6.0),
    ] {
        sheet.dot(x, y, r, white, 1.0);
    }
    let skin = Material {
        colour: v3(0.96, 0.96, 0.96),
        ..COBALT.plain()
    }
    .with(sheet.texture());
    let rows = crate::picture::mesh::Mesh::surface(40, 40, &skin, |u, v| {
        let angle = (u - 0.5) * 1.15;
        let r = radius * 1.006 + 0.003;
        v3(angle.sin() * r, 0.80 - v * 0.52, angle.cos() * r)
    });
    Model::from(rows).painted(|_, _| v3(1.0, 1.0, 1.0))
}
