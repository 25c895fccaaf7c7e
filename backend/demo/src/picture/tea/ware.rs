//! Pots, bowls, whisks and kettles.

use super::leaves::{INDIGO, MOSS, PINE, RICE, STRAW, WALNUT, scoop, turned};
use super::tins::{Pattern, Tin};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, mix, noise, smooth, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::{board, drink, twig};
use crate::picture::scene::Scene;
use crate::picture::solids::{hoop, lathe, rod, vessel};
use std::f32::consts::{PI, TAU};

const BRICK: u32 = 0x9C5237;
const ASH: u32 = 0xC9CDBE;
const IRON: u32 = 0x34353A;

/// Picture `n` of a piece of tea ware.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("tokoname-kyusu", 0) => Scene::new(RICE, WALNUT, kyusu(BRICK).turned_y(28.0))
            .fill(0.72, 0.56)
            .pitch(20.0)
            .gobo(Gobo::Leaves),
        ("tokoname-kyusu", _) => Scene::new(MOSS, MOSS, served()).pitch(36.0).fill(0.88, 0.72).placed(0.5, 0.52),
        ("yunomi-pair", 0) => Scene::new(STRAW, WALNUT, yunomi_pair())
            .fill(0.66, 0.5)
            .pitch(16.0)
            .gobo(Gobo::Window),
        ("yunomi-pair", _) => Scene::new(INDIGO, STRAW, yunomi(ASH) + drink(0.35, 0.70, 0xBDB955))
            .fill(0.56, 0.52)
            .pitch(34.0),
        ("chasen-whisk", 0) => Scene::new(PINE, MOSS, whisk()).fill(0.5, 0.56).pitch(12.0),
        ("chasen-whisk", _) => Scene::new(RICE, STRAW, whisk_and_bowl())
            .fill(0.86, 0.66)
            .pitch(32.0)
            .gobo(Gobo::Window),
        ("kuro-chawan", 0) => Scene::new(STRAW, WALNUT, chawan(0x2E2B28, 0xA5502C))
            .fill(0.66, 0.5)
            .pitch(22.0)
            .gobo(Gobo::Blind),
        ("kuro-chawan", _) => Scene::new(MOSS, MOSS, chawan(0x2E2B28, 0xA5502C) + matcha())
            .fill(0.84, 0.7)
            .pitch(62.0)
            .placed(0.5, 0.5),
        ("nanbu-tetsubin", 0) => Scene::new(RICE, WALNUT, tetsubin().turned_y(24.0))
            .fill(0.7, 0.62)
            .pitch(14.0)
            .gobo(Gobo::Window),
        ("nanbu-tetsubin", _) => Scene::new(STRAW, PINE, tetsubin().turned_y(-30.0))
            .aim(v3(0.1, 0.85, 0.0), 1.9)
            .pitch(22.0)
            .placed(0.46, 0.52),
        _ => return None,
    })
}

fn clay(colour: u32) -> Material {
    Material::glossy(srgb(colour), 0.30, 0.55)
}

/// A side-handled pot; its spout points left and its handle forward.
fn kyusu(colour: u32) -> Model {
    let skin = clay(colour);
    let ridged: Vec<_> = vessel(
        &[(0.42, 0.0), (0.56, 0.05), (0.78, 0.30), (0.80, 0.50), (0.66, 0.72), (0.46, 0.80)],
        0.045,
        10,
    )
    .into_iter()
    .map(|(r, y)| if r > 0.1 { (r + 0.003 * (y * 70.0).sin(), y) } else { (r, y) })
    .collect();
    let lid = turned(
        &[
            (0.47, 0.79),
            (0.49, 0.81),
            (0.47, 0.84),
            (0.28, 0.90),
            (0.09, 0.92),
            (0.07, 0.96),
            (0.12, 1.03),
            (0.10, 1.08),
            (0.0, 1.09),
        ],
        &skin,
    );
    let spout = rod(
        &[v3(-0.66, 0.40, 0.0), v3(-0.86, 0.52, 0.0), v3(-1.02, 0.74, 0.0)],
        30,
        22,
        &skin,
        |t| (lerp(0.17, 0.09, t), lerp(0.19, 0.09, t)),
    );
    let handle = rod(
        &[v3(0.12, 0.46, 0.70), v3(0.2, 0.56, 1.05), v3(0.3, 0.70, 1.55)],
        40,
        22,
        &skin,
        |t| (lerp(0.09, 0.15, t), lerp(0.09, 0.15, t)),
    );
    lathe(&ridged, 128, &skin) + lid + spout + handle
}

fn served() -> Model {
    let on = |m: Model, x: f32, z: f32| m.at(x, 0.12, z);
    let cup = |colour: u32| yunomi(colour).scaled(0.62) + drink(0.21, 0.42, 0xBDB955);
    board(3.7, 2.9, 0.12, 0.2, 0x6B4A33)
        + on(kyusu(BRICK).turned_y(62.0), -0.2, -0.4)
        + on(cup(ASH), 0.95, 0.62)
        + on(cup(0xD9C9A6), 0.30, 0.95)
}

/// A tall cup whose glaze runs from ash to iron.
fn yunomi(colour: u32) -> Model {
    let skin = Material::glossy(v3(1.0, 1.0, 1.0), 0.7, 0.18);
    let body = lathe(
        &vessel(
            &[(0.27, 0.0), (0.28, 0.05), (0.38, 0.14), (0.41, 0.45), (0.40, 0.75), (0.41, 0.88)],
            0.045,
            12,
        ),
        128,
        &skin,
    );
    body.painted(|p, _| {
        let run = 0.22 * noise(p.z.atan2(p.x) * 3.2 + 20.0, 1.5) + 0.06 * noise(p.z.atan2(p.x) * 11.0 + 40.0, 4.0);
        mix(srgb(0x6E4A30), srgb(colour), smooth(0.10, 0.17 + run, p.y - run * 0.8))
    })
}

fn yunomi_pair() -> Model {
    yunomi(ASH).at(-0.42, 0.0, -0.25) + yunomi(0x46607A).scaled(0.88).at(0.48, 0.0, 0.28)
}

/// A bamboo whisk standing on its handle.
fn whisk() -> Model {
    let bamboo = Material::glossy(srgb(0xD8BC83), 0.3, 0.55);
    let handle = turned(
        &[
            (0.0, 0.0),
            (0.20, 0.0),
            (0.22, 0.02),
            (0.215, 0.30),
            (0.225, 0.34),
            (0.215, 0.38),
            (0.21, 0.62),
            (0.19, 0.66),
            (0.0, 0.67),
        ],
        &bamboo,
    );
    let thread = hoop(0.205, 0.018, 0.05, &Material::matte(srgb(0x2B2722))).at(0.0, 0.66, 0.0);
    let tines = |count: usize, spread: f32, thick: f32, curl: f32| -> Model {
        (0..count)
            .map(|i| {
                let path = [
                    v3(0.17, 0.60, 0.0),
                    v3(0.24 * spread, 0.80, 0.0),
                    v3(0.40 * spread, 1.12, 0.0),
                    v3(0.42 * spread, 1.30, 0.0),
                    v3((0.40 - curl) * spread, 1.40, 0.0),
                ];
                rod(&path, 16, 6, &bamboo, |t| (thick * (1.0 - 0.5 * t), thick)).turned_y(i as f32 / count as f32 * 360.0)
            })
            .sum()
    };
    handle + tines(60, 1.0, 0.012, 0.07) + tines(26, 0.55, 0.010, 0.02) + thread
}

/// A wide bowl for whisked tea: dark glaze with a burnt window.
fn chawan(colour: u32, burnt: u32) -> Model {
    let skin = Material::glossy(v3(1.0, 1.0, 1.0), 0.55, 0.30);
    let outside = [(0.32, 0.0), (0.33, 0.07), (0.52, 0.12), (0.70, 0.30), (0.74, 0.58), (0.72, 0.82)];
    let uneven: Model = lathe(&vessel(&outside, 0.06, 12), 128, &skin).bent(|p| {
        let a = p.z.atan2(p.x);
        let k = 1.0 + 0.018 * (a * 2.0 + 0.6).sin() + 0.012 * (a * 5.0).sin() * smooth(0.1, 0.8, p.y);
        v3(p.x * k, p.y + 0.022 * (a * 3.0 + 1.0).sin() * smooth(0.5, 0.85, p.y), p.z * k)
    });
    uneven.painted(|p, _| {
        let warm = smooth(0.50, 0.72, noise(p.x * 2.1 + 12.0, p.y * 2.4 + p.z * 1.2 + 33.0));
        mix(
            mix(srgb(colour), srgb(burnt), warm * 0.8),
            srgb(0x8A5A3C),
            1.0 - smooth(0.09, 0.12, p.y),
        )
    })
}

/// Whisked tea with its foam.
fn matcha() -> Model {
    drink(0.655, 0.44, 0xFFFFFF).painted(|p, _| {
        let foam = noise(p.x * 22.0 + 70.0, p.z * 22.0 + 50.0) * smooth(0.2, 0.6, noise(p.x * 4.0 + 9.0, p.z * 4.0 + 3.0));
        mix(srgb(0x78993C), srgb(0xBACB78), foam)
    })
}

fn whisk_and_bowl() -> Model {
    let bowl = chawan(0xD9D2C0, 0x9AA587) + matcha();
    bowl.at(-0.55, 0.0, -0.25) + whisk().scaled(0.9).at(0.78, 0.0, -0.15) + scoop().turned_y(14.0).at(0.25, 0.0, 0.85)
}

/// A cast-iron kettle with rows of bosses and an arched handle.
fn tetsubin() -> Model {
    let iron = Material::glossy(srgb(IRON), 0.55, 0.55);
    let profile = crate::picture::solids::curve(
        &[
            (0.40, 0.0),
            (0.46, 0.02),
            (0.80, 0.22),
            (0.95, 0.52),
            (0.86, 0.80),
            (0.56, 0.98),
            (0.40, 1.01),
            (0.39, 1.04),
        ],
        26,
    );
    let body = lathe(&profile, 220, &iron).bent(|p| {
        // Staggered bosses on the shoulder; they end before the foot and the mouth.
        let a = p.z.atan2(p.x) / TAU;
        let row = p.y / 0.082;
        let stagger = if (row.floor() as i32) % 2 == 0 { 0.0 } else { 0.5 };
        let (du, dv) = ((a * 46.0 + stagger).rem_euclid(1.0) - 0.5, row.rem_euclid(1.0) - 0.5);
        let boss = (1.0 - (du * du + dv * dv) * 9.0).max(0.0) * smooth(0.40, 0.44, p.y) * (1.0 - smooth(0.88, 0.92, p.y));
        let k = 1.0 + 0.028 * boss;
        v3(p.x * k, p.y + 0.012 * boss, p.z * k)
    });
    let lid = turned(
        &[
            (0.41, 1.03),
            (0.42, 1.06),
            (0.38, 1.09),
            (0.20, 1.13),
            (0.06, 1.14),
            (0.04, 1.18),
            (0.09, 1.24),
            (0.10, 1.28),
            (0.05, 1.32),
            (0.0, 1.325),
        ],
        &iron,
    );
    let spout = rod(
        &[v3(-0.78, 0.62, 0.0), v3(-1.0, 0.74, 0.0), v3(-1.14, 0.92, 0.0)],
        30,
        20,
        &iron,
        |t| (lerp(0.16, 0.08, t), lerp(0.16, 0.08, t)),
    );
    let arch: Vec<_> = (0..=14)
        .map(|i| (i as f32 / 14.0 * PI).sin_cos())
        .map(|(s, c)| v3(c * 0.72, 0.92 + s.max(0.0).powf(0.8) * 1.0, 0.0))
        .collect();
    let handle = rod(&arch, 90, 14, &iron, |_| (0.055, 0.055));
    body + lid + spout + handle
}

/// The home page's picture: a tray laid for two.
pub fn hero() -> Scene {
    let on = |m: Model, x: f32, z: f32| m.at(x, 0.14, z);
    let tin = Tin {
        paper: 0x2F4668,
        ink: 0xD8C78E,
        pattern: Pattern::Hemp,
        radius: 0.42,
        height: 1.15,
    };
    let tray = board(5.2, 2.8, 0.14, 0.22, 0x6B4A33)
        + on(kyusu(BRICK).turned_y(34.0), -1.05, -0.1)
        + on(yunomi(ASH).scaled(0.74) + drink(0.26, 0.52, 0xBDB955), 0.50, 0.70)
        + on(yunomi(0x46607A).scaled(0.74), 1.18, 0.30)
        + on(tin.model().turned_y(-10.0), 1.95, -0.25)
        + on(scoop().turned_y(-8.0), -0.85, 1.08);
    let jar = turned(
        &[
            (0.0, 0.0),
            (0.36, 0.0),
            (0.52, 0.2),
            (0.56, 0.6),
            (0.40, 1.0),
            (0.20, 1.2),
            (0.18, 1.4),
            (0.24, 1.5),
            (0.18, 1.48),
            (0.14, 1.3),
        ],
        &clay(0x3F4038),
    );
    let branch = jar
        + twig("tea-hero", 2.2, 1.2, 17, 0.5, 0x6F8A4E).at(0.0, 1.2, 0.0)
        + twig("tea-hero-b", 1.7, -0.7, 13, 0.45, 0x6F8A4E).at(0.0, 1.2, 0.0);
    let branch = branch.at(0.75, 0.0, -1.95);
    Scene::new(RICE, WALNUT, tray + branch)
        .fill(0.54, 0.80)
        .placed(0.70, 0.54)
        .pitch(19.0)
        .gobo(Gobo::Leaves)
        .depth(0.8)
}
