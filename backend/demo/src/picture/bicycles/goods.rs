//! Parts that are bolted on, shown on their own.

use super::bags::cloth;
use super::bike::{BLACK, CONCRETE, CREAM, DENIM, FOG, HONEY, ICE, STEEL};
use super::parts::*;
use super::wheels::{Wheel, alloy, chrome, rubber};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::scene::Scene;
use crate::picture::solids::{Ring, bar, block, curve, lathe, rod};
use std::f32::consts::PI;

const BRASS: u32 = 0xD9AE5F;
const WAXED: u32 = 0x6B7358;
const NAVY: u32 = 0x2F4668;

/// Picture `n` of a part.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("brass-bell", 0) => Scene::new(FOG, CREAM, bell_on_bar(BRASS)).fill(0.82, 0.5).pitch(20.0),
        ("brass-bell", _) => Scene::new(DENIM, STEEL, two_bells()).fill(0.76, 0.5).pitch(24.0).gobo(Gobo::Blind),
        ("longhaul-leather-saddle", 0) => Scene::new(CREAM, CONCRETE, leather_saddle(HONEY).turned_y(-48.0))
            .fill(0.72, 0.6)
            .pitch(30.0),
        ("longhaul-leather-saddle", _) => Scene::new(STEEL, FOG, saddle_pair())
            .fill(0.82, 0.72)
            .pitch(38.0)
            .gobo(Gobo::Window),
        ("handbuilt-wheelset-700c", 0) => Scene::new(ICE, CONCRETE, wheelset())
            .fill(0.84, 0.76)
            .pitch(6.0)
            .depth(0.7)
            .crisp(0.08),
        ("handbuilt-wheelset-700c", _) => Scene::new(FOG, FOG, road_wheel().turned_y(-38.0).at(0.0, 3.4, 0.0))
            .aim(v3(1.2, 2.2, 0.0), 4.6)
            .pitch(6.0)
            .crisp(0.08)
            .depth(0.8),
        ("forged-crankset-44t", 0) => Scene::new(FOG, CONCRETE, upright_crank()).fill(0.72, 0.62).pitch(8.0),
        ("forged-crankset-44t", _) => Scene::new(STEEL, CONCRETE, upright_crank().turned_y(12.0))
            .aim(v3(0.12, 1.55, 0.0), 3.0)
            .pitch(10.0)
            .placed(0.46, 0.5)
            .gobo(Gobo::Window),
        ("lantern-dynamo-headlamp", 0) => Scene::new(CREAM, FOG, lamp(&chrome())).fill(0.6, 0.5).pitch(14.0),
        ("lantern-dynamo-headlamp", _) => Scene::new(DENIM, STEEL, lamps()).fill(0.76, 0.52).pitch(18.0),
        ("cotton-bar-tape", 0) => Scene::new(FOG, CREAM, tape_pair(HONEY)).fill(0.74, 0.5).pitch(30.0),
        ("cotton-bar-tape", _) => Scene::new(CREAM, STEEL, tape_colours())
            .fill(0.84, 0.7)
            .pitch(56.0)
            .placed(0.5, 0.52)
            .gobo(Gobo::Window),
        _ => return None,
    })
}

fn bell_on_bar(colour: u32) -> Model {
    let grip = rod(
        &[v3(0.6, 0.0, 0.0), v3(1.1, 0.0, 0.0), v3(1.7, 0.0, 0.0)],
        20,
        20,
        &leather(HONEY),
        |_| (0.17, 0.17),
    );
    let tube = bar(v3(-1.1, 0.0, 0.0), v3(0.7, 0.0, 0.0), 0.12, &chrome());
    (bell(&Material::metal(srgb(colour), 0.14)).turned_y(90.0) + tube + grip)
        .turned_y(-22.0)
        .grounded()
}

fn two_bells() -> Model {
    let one = |colour: u32, rough: f32| bell(&Material::metal(srgb(colour), rough)).turned_y(-20.0).scaled(1.2).grounded();
    one(BRASS, 0.14).at(-0.5, 0.0, 0.3) + one(0xE4E6E8, 0.08).at(0.62, 0.0, -0.35)
}

fn leather_saddle(colour: u32) -> Model {
    (saddle(&leather(colour)) + rivets()).grounded()
}

fn saddle_pair() -> Model {
    leather_saddle(HONEY).turned_y(-62.0).at(-0.85, 0.0, 0.2) + leather_saddle(BLACK).turned_y(-70.0).at(1.1, 0.0, -0.2)
}

fn road_wheel() -> Model {
    Wheel {
        radius: 3.4,
        tyre: 0.15,
        wall: 0xC9A57A,
        spokes: 32,
        turn: 20.0,
    }
    .model()
}

fn wheelset() -> Model {
    road_wheel().turned_y(-30.0).at(-0.7, 3.4, 0.9) + road_wheel().turned_y(-30.0).at(1.1, 3.4, -1.6)
}

fn upright_crank() -> Model {
    crankset(-52.0).turned_y(-34.0).grounded()
}

fn lamp(shell: &Material) -> Model {
    let post = block(v3(0.5, 0.10, 0.5), 0.04, &alloy()).at(0.0, -0.83, 0.0);
    (headlamp(shell) + post).turned_y(-48.0).scaled(1.4).grounded()
}

fn lamps() -> Model {
    lamp(&Material::glossy(srgb(0x26282B), 0.9, 0.08)).at(-0.55, 0.0, 0.35) + lamp(&Material::metal(srgb(BRASS), 0.12)).at(0.75, 0.0, -0.45)
}

/// A roll of bar tape lying on its side.
fn tape(colour: u32) -> Model {
    let mut profile: Vec<Ring> = vec![(0.16, 0.0), (0.56, 0.0)];
    profile.extend((1..=8).map(|i| (0.58, 0.42 * i as f32 / 8.0)));
    // Wound layers: a ridge for each.
    profile.extend((0..=48).map(|i| {
        (
            lerp(0.57, 0.16, i as f32 / 48.0),
            0.42 + 0.022 * ((i as f32) * PI / 3.0).sin().abs(),
        )
    }));
    profile.extend([(0.15, 0.3), (0.15, 0.0)]);
    lathe(&profile, 96, &cloth(colour))
}

fn plug() -> Model {
    lathe(
        &curve(
            &[
                (0.0, 0.0),
                (0.12, 0.0),
                (0.12, 0.18),
                (0.17, 0.2),
                (0.17, 0.25),
                (0.12, 0.29),
                (0.0, 0.30),
            ],
            5,
        ),
        40,
        &rubber(),
    )
}

fn tape_pair(colour: u32) -> Model {
    tape(colour).at(-0.45, 0.0, 0.0)
        + tape(colour).turned_x(-78.0).turned_y(-24.0).grounded().at(0.78, 0.0, -0.5)
        + plug().at(0.45, 0.0, 0.75)
        + plug().at(0.85, 0.0, 0.6)
}

fn tape_colours() -> Model {
    let colours = [HONEY, NAVY, 0xD9583F, 0xE9E1D0, BLACK, WAXED];
    colours
        .iter()
        .enumerate()
        .map(|(i, &c)| tape(c).at((i % 2) as f32 * 1.45 - 0.72, 0.0, (i / 2) as f32 * 1.45 - 1.45))
        .sum()
}
