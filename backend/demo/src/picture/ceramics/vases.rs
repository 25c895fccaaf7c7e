//! Vases, pots for serving, and the studio's big picture.

use super::glaze::*;
use super::pots::*;
use super::table::{BISQUE, CLAY, OAT, PEACH, SAGE, SAND, SKY};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::{board, candle, drink, heap, plinth, poppy, spoon, twig, wooden};
use crate::picture::scene::Scene;
use crate::picture::solids::crumb;

const OLIVE: u32 = 0x8C9A6B;
const STRAW: u32 = 0xC9AE86;

/// A vase or a serving piece by itself, in a glaze.
pub fn glazed(slug: &str, glaze: &Glaze) -> Option<Scene> {
    Some(match slug {
        "moon-vase" => Scene::new(SAND, BISQUE, moon_with_branch(glaze)).fill(0.8, 0.74).gobo(Gobo::Leaves),
        "bottle-vase" => Scene::new(OAT, SAND, bottle(glaze)).fill(0.6, 0.62).gobo(Gobo::Blind),
        "winter-bud-vase" => Scene::new(SKY, OAT, bud(glaze) + poppy("bud", 1.9, 0.25, STRAW).at(0.0, 0.2, 0.0)).fill(0.6, 0.70),
        "kanne-teapot" => Scene::new(SAND, PEACH, teapot(glaze).turned_y(-18.0)).pitch(15.0).fill(0.76, 0.6),
        "sunday-jug" => Scene::new(OAT, BISQUE, jug(0.52, 1.2, glaze).turned_y(-14.0)).gobo(Gobo::Window),
        "carafe-and-two-tumblers" => Scene::new(PEACH, SAND, carafe_set(glaze)).fill(0.74, 0.66),
        "nocturne-candle-holder" => {
            Scene::new(CLAY, BISQUE, holder(glaze) + candle(0.105, 1.5, 0xF0E4CE).at(0.0, 0.12, 0.0)).fill(0.7, 0.66)
        }
        "herb-planter" => Scene::new(SAGE, OAT, planted("herb", glaze)).fill(0.72, 0.74).gobo(Gobo::Window),
        _ => return None,
    })
}

/// Picture `n` of a vase or a serving piece.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("moon-vase" | "sunday-jug", 0) => return glazed(slug, &CHALK),
        ("bottle-vase", 0) => return glazed(slug, &OCHRE),
        ("winter-bud-vase", 0) => return glazed(slug, &ROSE),
        ("kanne-teapot", 0) => return glazed(slug, &CELADON),
        ("carafe-and-two-tumblers", 0) => return glazed(slug, &SEA),
        ("nocturne-candle-holder", 0) => return glazed(slug, &SOOT),
        ("herb-planter", 0) => return glazed(slug, &TERRACOTTA),
        ("moon-vase", _) => Scene::new(PEACH, CLAY, moon(&SOOT).at(-0.2, 0.0, -0.4) + bud(&CHALK).at(0.95, 0.0, 0.7)).fill(0.7, 0.56),
        ("bottle-vase", _) => Scene::new(SAGE, OAT, three_bottles()).fill(0.86, 0.6),
        ("winter-bud-vase", _) => Scene::new(BISQUE, PEACH, three_buds()).fill(0.82, 0.62).gobo(Gobo::Window),
        ("kiln-no-48-floor-vase", 0) => Scene::new(CLAY, BISQUE, floor_vase()).fill(0.8, 0.78).gobo(Gobo::Leaves),
        ("kiln-no-48-floor-vase", _) => Scene::new(SAND, SAND, column(&TENMOKU))
            .aim(v3(0.1, 2.35, 0.0), 1.9)
            .pitch(8.0)
            .placed(0.42, 0.5),
        ("kanne-teapot", _) => Scene::new(SAGE, OAT, tea_tray()).pitch(24.0).fill(0.86, 0.66).gobo(Gobo::Window),
        ("sunday-jug", _) => Scene::new(CLAY, PEACH, jug_group()).fill(0.8, 0.64),
        ("carafe-and-two-tumblers", _) => Scene::new(SKY, SKY, carafe_lying()).pitch(46.0).fill(0.84, 0.7).gobo(Gobo::Blind),
        ("fleur-de-sel-cellar", 0) => Scene::new(BISQUE, SAND, cellar(&SOOT)).pitch(18.0).fill(0.6, 0.5),
        ("fleur-de-sel-cellar", _) => Scene::new(OAT, OAT, open_cellar()).pitch(38.0).fill(0.84, 0.7).placed(0.5, 0.52),
        ("nocturne-candle-holder", _) => Scene::new(SAGE, SAND, holders()).fill(0.82, 0.68),
        ("herb-planter", _) => Scene::new(SAND, PEACH, planters()).fill(0.86, 0.62),
        _ => return None,
    })
}

const TENMOKU: Glaze = Glaze {
    coat: 0x4A2E22,
    thin: 0xB06A32,
    clay: 0x8A5A3C,
    bare: 0.14,
    speckled: true,
    rough: 0.16,
};

fn moon_with_branch(glaze: &Glaze) -> Model {
    let branch = |seed: &str, h: f32, lean: f32| twig(seed, h, lean, 17, 0.42, OLIVE).at(0.0, 1.0, 0.0);
    moon(glaze) + branch("moon-a", 2.3, 0.95) + branch("moon-b", 1.9, -0.7) + branch("moon-c", 2.6, 0.2)
}

fn three_bottles() -> Model {
    bottle(&SEA).at(-0.95, 0.0, -0.2) + bottle(&CHALK).scaled(0.72).at(0.25, 0.0, 0.75) + bottle(&SOOT).scaled(1.08).at(0.85, 0.0, -0.6)
}

fn three_buds() -> Model {
    bud(&CHALK).at(-0.85, 0.0, 0.1)
        + bud(&COBALT).scaled(1.15).at(0.05, 0.0, -0.35)
        + bud(&OCHRE).scaled(0.9).at(0.8, 0.0, 0.35)
        + poppy("one", 1.7, -0.25, STRAW).at(-0.85, 0.3, 0.1)
        + poppy("two", 2.0, 0.2, STRAW).at(0.05, 0.3, -0.35)
        + poppy("three", 1.3, 0.4, STRAW).at(0.8, 0.3, 0.35)
}

fn floor_vase() -> Model {
    let branch = |seed: &str, h: f32, lean: f32| twig(seed, h, lean, 19, 0.55, 0x7F8A5C).at(0.0, 2.0, 0.0);
    column(&TENMOKU) + branch("floor-a", 2.7, 1.1) + branch("floor-b", 2.9, -0.2) + branch("floor-c", 2.2, -1.1)
}

fn cup_of_tea(glaze: &Glaze) -> Model {
    beaker(0.34, 0.52, glaze) + drink(0.29, 0.38, 0xA9692C)
}

fn tea_tray() -> Model {
    let on = |model: Model, x: f32, z: f32| model.at(x, 0.14, z);
    board(3.6, 2.5, 0.14, 0.3, 0xA9794E)
        + on(teapot(&CELADON).turned_y(-24.0), -0.35, -0.35)
        + on(cup_of_tea(&CELADON), 0.55, 0.68)
        + on(cup_of_tea(&CHALK), -0.55, 0.82)
}

fn jug_group() -> Model {
    jug(0.52, 1.2, &ROSE).turned_y(-12.0).at(-0.45, 0.0, -0.3) + jug(0.36, 0.8, &CHALK).turned_y(-30.0).at(0.72, 0.0, 0.42)
}

fn carafe_set(glaze: &Glaze) -> Model {
    carafe(glaze).at(-0.25, 0.0, -0.3) + beaker(0.33, 0.66, glaze).at(0.62, 0.0, 0.05) + beaker(0.33, 0.66, &CHALK).at(0.22, 0.0, 0.62)
}

fn carafe_lying() -> Model {
    carafe(&CHALK).at(-0.55, 0.0, -0.5)
        + (beaker(0.33, 0.66, &SEA) + drink(0.29, 0.5, 0xBFD4D2)).at(0.55, 0.0, -0.1)
        + (beaker(0.33, 0.66, &CHALK) + drink(0.29, 0.5, 0xC9D6D2)).at(0.0, 0.0, 0.75)
}

fn open_cellar() -> Model {
    let pot = pot(&[(0.42, 0.0), (0.50, 0.05), (0.56, 0.30), (0.54, 0.58), (0.50, 0.66)], 0.05, &SOOT);
    let salt = heap("salt", 0.45, 0.16, 260, [0xF6F3EC, 0xDDD8CE], |dice| {
        let s = dice.range(0.008, 0.016);
        crumb(s * 2.4, s, &Material::glossy(v3(1.0, 1.0, 1.0), 0.7, 0.2))
    });
    let wood = Material::matte(v3(1.0, 1.0, 1.0));
    let spoon = spoon(1.0, &wood).painted(|p, _| wooden(p, 0xCFA877));
    pot + salt.at(0.0, 0.42, 0.0) + spoon.turned_y(-22.0).at(0.35, 0.0, 0.95)
}

fn holders() -> Model {
    let tall = holder(&CHALK) + candle(0.105, 1.9, 0xC98E73).at(0.0, 0.12, 0.0);
    let low = holder(&SEA) + candle(0.105, 0.9, 0xF0E4CE).at(0.0, 0.12, 0.0);
    tall.at(-0.55, 0.0, -0.35) + low.at(0.62, 0.0, 0.4)
}

fn planted(seed: &str, glaze: &Glaze) -> Model {
    let earth = drink(0.62, 0.86, 0x3E2C22);
    let soil = Model {
        meshes: earth
            .meshes
            .into_iter()
            .map(|mut m| {
                m.material = Material::matte(srgb(0x3E2C22));
                m
            })
            .collect(),
    };
    let sprigs: Model = (0..9)
        .map(|i| {
            let turn = i as f32 * 40.0;
            let lean = 0.25 + 0.07 * (i % 4) as f32;
            twig(&format!("{seed}-{i}"), 1.0 + 0.14 * (i % 3) as f32, lean, 15, 0.30, 0x6E8F57)
                .turned_y(turn)
                .at(0.12 * (turn.to_radians()).cos(), 0.8, -0.12 * (turn.to_radians()).sin())
        })
        .sum();
    dish(0.86, 0.13, glaze) + (planter(0.72, 1.05, glaze) + soil + sprigs).at(0.0, 0.06, 0.0)
}

fn planters() -> Model {
    planted("left", &CHALK).at(-1.0, 0.0, -0.2) + planted("right", &TERRACOTTA).scaled(0.78).at(0.95, 0.0, 0.5)
}

/// The home page's picture: a shelf of the collection to the right of calm plaster.
pub fn hero() -> Scene {
    let group = plinth(1.15, 0.7, 0xE2C4A8).at(1.55, 0.0, -0.9)
        + moon_with_branch(&CHALK).at(1.55, 0.7, -0.9)
        + bottle(&OCHRE).at(-0.55, 0.0, -0.45)
        + jug(0.52, 1.2, &SEA).turned_y(-16.0).at(0.55, 0.0, 0.75)
        + bowl(0.72, 0.5, &SOOT).at(2.25, 0.0, 0.95)
        + mug(0.42, 0.92, &ROSE).turned_y(-30.0).at(3.1, 0.0, -0.1);
    Scene::new(SAND, BISQUE, group)
        .fill(0.50, 0.84)
        .placed(0.70, 0.52)
        .pitch(9.0)
        .gobo(Gobo::Leaves)
        .depth(0.9)
}
