//! Tools, a pump and bottles.

use super::bags::{NAVY, cloth, tool_roll};
use super::bike::{CONCRETE, CREAM, DENIM, FOG, ICE, STEEL};
use super::wheels::{alloy, chrome, rubber};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::wooden;
use crate::picture::scene::Scene;
use crate::picture::solids::{Ring, bar, curve, hoop, lathe, plate, rectangle, rod};
use crate::picture::texture::{Sheet, Texture};
use std::f32::consts::PI;
use std::sync::Arc;

/// Picture `n` of a tool or a bottle.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    Some(match (slug, n) {
        ("tool-roll", 0) => Scene::new(FOG, STEEL, tool_roll()).fill(0.68, 0.5).pitch(22.0),
        ("tool-roll", _) => Scene::new(CREAM, CREAM, tools_laid_out())
            .fill(0.84, 0.74)
            .pitch(62.0)
            .placed(0.5, 0.5)
            .gobo(Gobo::Blind),
        ("standing-track-pump", 0) => Scene::new(FOG, CONCRETE, pump(0x24539B)).fill(0.6, 0.78).pitch(8.0),
        ("standing-track-pump", _) => Scene::new(STEEL, CONCRETE, pump(0xD9583F).turned_y(25.0))
            .aim(v3(0.35, 1.45, 0.0), 4.4)
            .pitch(14.0),
        ("bidon-620", 0) => Scene::new(ICE, FOG, bidon(NAVY).turned_y(14.0)).fill(0.5, 0.64).gobo(Gobo::Window),
        ("bidon-620", _) => Scene::new(DENIM, STEEL, three_bidons()).fill(0.8, 0.62),
        _ => return None,
    })
}

fn spanner(length: f32, jaw: f32) -> Model {
    let steel = chrome();
    let shaft = rod(
        &[v3(-length / 2.0, 0.06, 0.0), v3(0.0, 0.06, 0.0), v3(length / 2.0, 0.06, 0.0)],
        20,
        14,
        &steel,
        |_| (0.09, 0.045),
    );
    let ring = hoop(jaw, 0.07, 0.06, &steel).at(length / 2.0 + jaw, 0.06, 0.0);
    let jaws: Vec<_> = (0..=16)
        .map(|i| {
            let (s, c) = (-130.0 + i as f32 * 260.0 / 16.0_f32).to_radians().sin_cos();
            v3(-length / 2.0 - jaw * 1.1 + c * jaw, 0.06, s * jaw)
        })
        .collect();
    let open = rod(&jaws, 60, 14, &steel, |t| (0.06 + 0.05 * (t * PI).sin(), 0.055));
    shaft + ring + open
}

fn tools_laid_out() -> Model {
    let mat = plate(&rectangle(4.6, 3.4, 0.2), 0.07, 0.02, &cloth(NAVY))
        .turned_x(-90.0)
        .at(0.0, 0.035, 0.0);
    let tools: Model = (0..4)
        .map(|i| {
            spanner(1.5 - 0.2 * i as f32, 0.2 - 0.02 * i as f32)
                .turned_y(90.0)
                .at(-1.5 + 0.62 * i as f32, 0.08, 0.1 * i as f32 - 0.1)
        })
        .sum();
    let wood = Material::matte(v3(1.0, 1.0, 1.0));
    let handle = rod(&[v3(0.0, 0.16, 0.3), v3(0.0, 0.16, 0.8), v3(0.0, 0.16, 1.35)], 24, 20, &wood, |t| {
        (lerp(0.12, 0.17, t), lerp(0.12, 0.17, t))
    })
    .painted(|p, _| wooden(p, 0xB5783F));
    let driver = handle + bar(v3(0.0, 0.16, -1.2), v3(0.0, 0.16, 0.3), 0.05, &chrome());
    let lever = |x: f32| {
        rod(
            &[v3(x, 0.12, -1.1), v3(x, 0.1, 0.0), v3(x + 0.05, 0.12, 1.1)],
            24,
            12,
            &Material::glossy(srgb(0xD9583F), 0.5, 0.3),
            |t| (lerp(0.07, 0.13, t), 0.05),
        )
    };
    mat + tools + driver.at(1.1, 0.05, 0.0) + lever(1.75)
}

/// A track pump with a wooden handle and a hose.
fn pump(colour: u32) -> Model {
    let rod_above = bar(v3(0.0, 5.0, 0.0), v3(0.0, 6.6, 0.0), 0.08, &chrome());
    pump_barrel(colour) + rod_above + pump_handle() + pump_foot() + pump_hose()
}

fn pump_barrel(colour: u32) -> Model {
    let paint = Material::glossy(srgb(colour), 0.85, 0.10);
    let profile: [Ring; 13] = [
        (0.0, 0.3),
        (0.34, 0.3),
        (0.36, 0.36),
        (0.36, 0.6),
        (0.26, 0.68),
        (0.25, 1.5),
        (0.25, 3.0),
        (0.25, 4.6),
        (0.30, 4.66),
        (0.30, 4.95),
        (0.22, 5.05),
        (0.08, 5.08),
        (0.0, 5.08),
    ];
    lathe(&densified(&profile), 56, &paint)
}

fn pump_handle() -> Model {
    let wood = Material::glossy(v3(1.0, 1.0, 1.0), 0.4, 0.4);
    let path = [v3(-1.0, 6.6, 0.0), v3(0.0, 6.66, 0.0), v3(1.0, 6.6, 0.0)];
    let swell = |t: f32| 0.15 + 0.05 * (t * 3.0 * PI).cos().abs();
    rod(&path, 40, 24, &wood, |t| (swell(t), swell(t))).painted(|p, _| wooden(p, 0xB5783F))
}

/// The bent foot and the gauge above it.
fn pump_foot() -> Model {
    let path = [v3(-1.25, 0.12, 0.5), v3(0.0, 0.18, 0.0), v3(1.25, 0.12, 0.5)];
    let foot = rod(&path, 40, 18, &alloy(), |t| (0.20 + 0.12 * (t - 0.5).abs(), 0.12));
    let case = [(0.0, -0.14), (0.40, -0.12), (0.44, 0.0), (0.42, 0.1), (0.36, 0.11), (0.0, 0.11)];
    let face = Material::glossy(v3(1.0, 1.0, 1.0), 0.3, 0.1).with(dial());
    let gauge = lathe(&curve(&case, 5), 56, &chrome()) + lathe(&[(0.36, 0.115), (0.18, 0.115), (0.0, 0.115)], 56, &face);
    foot + gauge.turned_x(62.0).at(0.0, 0.75, 0.48)
}

fn pump_hose() -> Model {
    let path = [
        v3(0.2, 0.55, 0.2),
        v3(1.2, 0.7, 0.6),
        v3(1.75, 2.2, 0.6),
        v3(1.1, 4.6, 0.4),
        v3(0.55, 5.4, 0.25),
        v3(0.36, 4.7, 0.2),
        v3(0.34, 4.2, 0.2),
    ];
    let head = bar(v3(0.34, 4.3, 0.2), v3(0.34, 3.8, 0.2), 0.10, &chrome());
    rod(&path, 140, 14, &rubber(), |_| (0.065, 0.065)) + head
}

fn dial() -> Arc<Texture> {
    let mut sheet = Sheet::new(512, 256, 0xF6F3EA);
    for i in 0..40 {
        let x = 6.0 + i as f32 * 12.8;
        sheet.line(
            (x, 60.0),
            (x, if i % 5 == 0 { 110.0 } else { 85.0 }),
            3.0,
            if i > 30 { 0xC8452F } else { 0x2A2826 },
            1.0,
        );
    }
    sheet.texture()
}

fn densified(profile: &[Ring]) -> Vec<Ring> {
    let between = |pair: &[Ring]| {
        let (a, b) = (pair[0], pair[1]);
        let steps = (((b.0 - a.0).hypot(b.1 - a.1) / 0.1) as usize).clamp(1, 20);
        (0..steps)
            .map(move |i| (lerp(a.0, b.0, i as f32 / steps as f32), lerp(a.1, b.1, i as f32 / steps as f32)))
            .collect::<Vec<_>>()
    };
    let mut dense: Vec<Ring> = profile.windows(2).flat_map(between).collect();
    dense.extend(profile.last());
    dense
}

/// A drinking bottle with a painted band.
fn bidon(colour: u32) -> Model {
    let outside = [
        (0.30, 0.0),
        (0.355, 0.04),
        (0.365, 0.3),
        (0.365, 0.95),
        (0.32, 1.08),
        (0.32, 1.18),
        (0.365, 1.30),
        (0.365, 1.62),
        (0.30, 1.78),
        (0.26, 1.82),
    ];
    let (bottle, band) = (srgb(colour), srgb(0xF0EADC));
    let body = lathe(&curve(&outside, 10), 96, &Material::glossy(v3(1.0, 1.0, 1.0), 0.5, 0.35)).painted(|p, _| {
        let stripe = (p.y - 0.62).abs() < 0.16 || (p.y - 0.86).abs() < 0.03;
        if stripe { band } else { bottle }
    });
    let cap = [
        (0.29, 1.80),
        (0.31, 1.82),
        (0.31, 2.0),
        (0.28, 2.04),
        (0.14, 2.10),
        (0.12, 2.14),
        (0.12, 2.22),
        (0.15, 2.26),
        (0.15, 2.36),
        (0.10, 2.42),
        (0.0, 2.43),
    ];
    let ribs = lathe(&curve(&cap, 6), 96, &Material::glossy(srgb(0x2A2C30), 0.4, 0.4)).bent(|p| {
        let rib = if (1.83..2.0).contains(&p.y) {
            1.0 + 0.02 * (p.z.atan2(p.x) * 24.0).sin()
        } else {
            1.0
        };
        v3(p.x * rib, p.y, p.z * rib)
    });
    body + ribs
}

fn three_bidons() -> Model {
    bidon(NAVY).at(-0.85, 0.0, -0.2) + bidon(0xD9583F).at(0.05, 0.0, 0.35) + bidon(0xE3DCCB).at(0.9, 0.0, -0.35)
}
