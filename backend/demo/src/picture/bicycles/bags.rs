//! Canvas, leather and willow.

use super::bike::{CONCRETE, CREAM, HONEY, ICE, STEEL};
use super::parts::leather;
use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::{board, wooden};
use crate::picture::scene::Scene;
use crate::picture::solids::{Ring, hoop, lathe, plate, rectangle, rod};
use crate::picture::texture::Sheet;
use std::f32::consts::PI;

const BRASS: u32 = 0xD9AE5F;
const WAXED: u32 = 0x6B7358;
pub const NAVY: u32 = 0x2F4668;

/// Picture `n` of a bag.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("daybreak-pannier", 0) => Scene::new(CREAM, CONCRETE, pannier(WAXED).turned_y(-26.0))
            .fill(0.62, 0.6)
            .gobo(Gobo::Window),
        ("daybreak-pannier", _) => Scene::new(STEEL, ICE, pannier_pair()).fill(0.82, 0.62),
        ("market-basket", 0) => Scene::new(ICE, CREAM, wicker(3.4)).fill(0.72, 0.56).pitch(20.0).gobo(Gobo::Leaves),
        ("market-basket", _) => Scene::new(CREAM, STEEL, wicker(3.4).turned_y(40.0)).fill(0.8, 0.6).pitch(40.0),
        _ => return None,
    })
}

pub fn cloth(colour: u32) -> Material {
    let mut sheet = Sheet::new(256, 256, 0xFFFFFF);
    for i in 0..64 {
        let at = i as f32 * 4.0 + 2.0;
        sheet.line((at, 0.0), (at, 256.0), 1.2, 0x000000, 0.10);
        sheet.line((0.0, at), (256.0, at), 1.2, 0x000000, 0.10);
    }
    Material::matte(srgb(colour)).with(sheet.texture())
}

/// A roll-top pannier with leather straps.
fn pannier(colour: u32) -> Model {
    let fabric = cloth(colour);
    let body = plate(&rectangle(2.7, 3.1, 0.42), 1.35, 0.36, &fabric)
        .at(0.0, 1.56, 0.0)
        .bent(|p| v3(p.x * lerp(1.03, 0.94, p.y / 3.1), p.y, p.z * lerp(1.12, 0.86, p.y / 3.1)));
    let roll = rod(
        &[v3(-1.28, 3.2, 0.0), v3(0.0, 3.24, 0.0), v3(1.28, 3.2, 0.0)],
        30,
        24,
        &fabric,
        |_| (0.30, 0.34),
    );
    let hide = leather(HONEY);
    let strap = |x: f32| {
        let path = [
            v3(x, 3.35, -0.35),
            v3(x, 3.62, 0.02),
            v3(x, 3.30, 0.42),
            v3(x, 2.7, 0.66),
            v3(x, 1.95, 0.76),
        ];
        let buckle = plate(&rectangle(0.36, 0.26, 0.06), 0.07, 0.02, &Material::metal(srgb(BRASS), 0.2)).at(x, 2.2, 0.80);
        rod(&path, 60, 14, &hide, |_| (0.12, 0.035)) + buckle
    };
    let patch = plate(&rectangle(0.8, 0.5, 0.08), 0.05, 0.02, &hide).at(0.0, 0.95, 0.80);
    body + roll + strap(-0.72) + strap(0.72) + patch
}

fn pannier_pair() -> Model {
    pannier(NAVY).turned_y(-30.0).at(-0.9, 0.0, -0.6) + pannier(0xB8873E).turned_y(-14.0).scaled(0.86).at(1.2, 0.0, 0.9)
}

/// A canvas roll held by two straps.
pub fn tool_roll() -> Model {
    let fabric = cloth(NAVY);
    let side: Vec<Ring> = (0..=16).map(|i| (0.46, 1.9 * i as f32 / 16.0)).collect();
    let mut end: Vec<Ring> = Vec::new();
    // The layers of the roll show at its ends.
    for i in (0..=46).rev() {
        end.push((0.01 * i as f32, 1.9 + 0.018 * (i as f32 * 1.05).sin()));
    }
    let low = end.iter().rev().map(|&(r, y)| (r, 1.9 - y));
    let profile: Vec<Ring> = low.chain(side).chain(end.iter().copied()).collect();
    let roll = lathe(&profile, 72, &fabric).turned_z(90.0).at(0.95, 0.46, 0.0);
    let hide = leather(HONEY);
    let band = |x: f32| hoop(0.475, 0.02, 0.11, &hide).turned_z(90.0).at(x, 0.46, 0.0);
    let buckle = plate(&rectangle(0.24, 0.3, 0.05), 0.06, 0.02, &Material::metal(srgb(BRASS), 0.2)).at(-0.42, 0.60, 0.48);
    (roll + band(-0.42) + band(0.42) + buckle).turned_y(-24.0)
}

fn wicker(width: f32) -> Model {
    let cane = Material::matte(v3(1.0, 1.0, 1.0));
    let strand = |k: f32, y: f32, thick: f32, phase: f32| {
        let outline = rectangle(width * k, width * 0.72 * k, 0.5);
        let mut path: Vec<_> = outline
            .iter()
            .enumerate()
            .map(|(i, &(x, z))| {
                // Each strand goes in front of one post and behind the next.
                let weave = 1.0 + 0.014 * ((i as f32 * 1.6 + phase).sin());
                v3(x * weave, y, z * weave)
            })
            .collect();
        path.push(path[0]);
        rod(&path, 190, 7, &cane, |_| (thick, thick)).painted(|p, _| wooden(v3(p.x, y * 3.0, p.z), 0xB98A55))
    };
    let body: Model = (0..20)
        .map(|i| {
            strand(
                lerp(0.82, 1.0, i as f32 / 19.0),
                0.08 + 0.105 * i as f32,
                0.062,
                (i % 2) as f32 * PI,
            )
        })
        .sum();
    let posts: Model = rectangle(width, width * 0.72, 0.5)
        .iter()
        .step_by(2)
        .map(|&(x, z)| {
            rod(
                &[v3(x * 0.82, 0.0, z * 0.82), v3(x * 0.91, 1.0, z * 0.91), v3(x, 2.15, z)],
                12,
                7,
                &cane,
                |_| (0.045, 0.045),
            )
            .painted(|p, _| wooden(p, 0xA67845))
        })
        .sum();
    let floor = board(width * 0.8, width * 0.56, 0.08, 0.3, 0xA67845);
    let hide = leather(HONEY);
    let strap = |x: f32| {
        rod(
            &[
                v3(x, 2.3, width * 0.34),
                v3(x, 2.3, width * 0.38),
                v3(x, 1.9, width * 0.39),
                v3(x, 1.35, width * 0.37),
            ],
            30,
            12,
            &hide,
            |_| (0.10, 0.03),
        )
    };
    body + posts + floor + strand(1.0, 2.2, 0.10, 0.0) + strap(-0.8) + strap(0.8)
}
