//! Saddles, bars, cranks, racks: what is bolted to a frame.

use super::wheels::{alloy, chrome, rubber, wire};
use crate::picture::math::{V3, lerp, smooth, srgb, v3};
use crate::picture::mesh::{Material, Mesh, Model};
use crate::picture::solids::{ball, bar, block, hoop, lathe, rod};
use std::f32::consts::TAU;

pub fn leather(colour: u32) -> Material {
    Material::glossy(srgb(colour), 0.5, 0.45)
}

/// A saddle with its nose to the right; its clamp is at the origin.
pub fn saddle(cover: &Material) -> Model {
    let width = |t: f32| lerp(0.20, 0.78, smooth(0.30, 0.92, t)) * (1.0 - smooth(0.93, 1.0, t) * 0.28);
    let ends = |t: f32| (1.0 - ((t - 0.5).abs() * 2.0).powi(14)).max(0.0).sqrt();
    let shell = Mesh::surface(70, 49, cover, |u, v| {
        let (s, c) = (u * TAU).sin_cos();
        let w = width(v) * (0.25 + 0.75 * ends(v));
        let side = 0.16 + 0.26 * smooth(0.0, 0.5, v) * (1.0 - 0.3 * v);
        let top = 0.10 + 0.10 * smooth(0.6, 1.0, v) - 0.04 * smooth(0.1, 0.5, v);
        let y = if s > 0.0 {
            top + 0.10 * s.powf(0.8) * ends(v)
        } else {
            top + side * s * ends(v)
        };
        v3(1.45 - 2.75 * v, 0.42 + y, -w * c.signum() * c.abs().powf(0.8))
    });
    let rail = |z: f32| {
        let path = [
            v3(1.15, 0.40, z * 0.3),
            v3(0.55, 0.02, z),
            v3(-0.45, 0.02, z),
            v3(-1.05, 0.42, z * 1.6),
        ];
        rod(&path, 30, 10, &chrome(), |_| (0.035, 0.035))
    };
    let clamp = block(v3(0.36, 0.24, 0.5), 0.06, &alloy()).at(0.0, -0.12, 0.0);
    Model::from(shell) + rail(0.22) + rail(-0.22) + clamp
}

/// Copper rivets of a leather saddle.
pub fn rivets() -> Model {
    let copper = Material::metal(srgb(0xC98A5A), 0.25);
    let at = [
        (-1.06, 0.68, 0.28),
        (-1.06, 0.68, -0.28),
        (-1.10, 0.68, 0.0),
        (-0.95, 0.66, 0.50),
        (-0.95, 0.66, -0.50),
        (1.28, 0.58, 0.0),
    ];
    at.iter().map(|&(x, y, z)| ball(v3(0.055, 0.04, 0.055), &copper).at(x, y, z)).sum()
}

fn mirrored(path: &[V3]) -> Vec<V3> {
    path.iter().map(|p| v3(p.x, p.y, -p.z)).collect()
}

/// Bars clamped at the origin; forward is right. `grip` covers the last part of each side.
pub fn bars(side: &[V3], grip: &Material, from: f32) -> Model {
    let half = |path: &[V3]| {
        let tube = rod(path, 60, 16, &alloy(), |_| (0.125, 0.125));
        let points: Vec<V3> = (0..=24)
            .map(|i| crate::picture::math::spline(path, lerp(from, 1.0, i as f32 / 24.0)))
            .collect();
        tube + rod(&points, 60, 18, grip, |_| (0.165, 0.165))
    };
    half(side) + half(&mirrored(side))
}

pub fn drop_bar() -> Vec<V3> {
    vec![
        v3(0.0, 0.0, 0.0),
        v3(0.02, 0.0, 1.0),
        v3(0.10, 0.0, 1.85),
        v3(0.55, 0.0, 2.08),
        v3(0.98, -0.12, 2.14),
        v3(1.12, -0.52, 2.18),
        v3(0.92, -1.02, 2.22),
        v3(0.42, -1.28, 2.26),
        v3(-0.12, -1.30, 2.30),
    ]
}

pub fn flat_bar() -> Vec<V3> {
    vec![v3(0.0, 0.0, 0.0), v3(0.0, 0.0, 0.8), v3(-0.06, 0.03, 1.7), v3(-0.25, 0.06, 2.9)]
}

pub fn swept_bar() -> Vec<V3> {
    vec![
        v3(0.0, 0.0, 0.0),
        v3(0.12, 0.08, 0.7),
        v3(0.10, 0.45, 1.5),
        v3(-0.55, 0.62, 2.3),
        v3(-1.45, 0.58, 2.62),
        v3(-2.1, 0.50, 2.7),
    ]
}

/// Chainring, both cranks and pedals around the bottom bracket; `turn` in degrees.
pub fn crankset(turn: f32) -> Model {
    let ring = hoop(0.86, 0.10, 0.035, &chrome()).bent(|p| {
        let (r, a) = (p.x.hypot(p.z), p.z.atan2(p.x));
        let tooth = smooth(0.90, 0.96, r) * 0.035 * (a * 44.0).sin();
        v3(p.x * (1.0 + tooth / r), p.y, p.z * (1.0 + tooth / r))
    });
    let arms: Model = (0..5)
        .map(|i| bar(v3(0.0, 0.0, 0.0), v3(0.82, 0.0, 0.0), 0.055, &alloy()).turned_z(i as f32 * 72.0 + 36.0))
        .sum();
    let ring = (ring.turned_x(90.0) + arms).at(0.0, 0.0, 0.46);
    let arm = |z: f32| {
        let path = [v3(0.0, 0.0, z), v3(0.85, 0.0, z * 1.03), v3(1.70, 0.0, z * 1.06)];
        let pedal = block(v3(0.85, 0.22, 0.75), 0.08, &rubber()).at(1.70, -0.11, z * 1.06 + z.signum() * 0.48);
        rod(&path, 24, 16, &alloy(), |t| (lerp(0.09, 0.075, t), lerp(0.15, 0.11, t))) + pedal_upright(pedal, turn, z)
    };
    let axle = bar(v3(0.0, 0.0, -0.75), v3(0.0, 0.0, 0.78), 0.11, &chrome());
    (ring + axle).turned_z(turn) + arm(0.66).turned_z(turn) + arm(-0.66).turned_z(turn + 180.0)
}

/// Pedals hang level however the cranks stand: turned back about their own axle.
fn pedal_upright(pedal: Model, turn: f32, z: f32) -> Model {
    let back = if z > 0.0 { -turn } else { -turn - 180.0 };
    pedal.at(-1.70, 0.0, 0.0).turned_z(back).at(1.70, 0.0, 0.0)
}

/// A chain from the ring to a sprocket at `rear`, relative to the bottom bracket.
pub fn chain(rear: V3) -> Model {
    let links = Material::metal(srgb(0x5D6064), 0.45);
    let run = |from: V3, to: V3| {
        rod(&[from, (from + to) * 0.5, to], 120, 8, &links, |t| {
            (0.045, if (t * 120.0) as i32 % 2 == 0 { 0.062 } else { 0.042 })
        })
    };
    let sprocket = hoop(0.34, 0.08, 0.04, &Material::metal(srgb(0x8C9094), 0.4))
        .turned_x(90.0)
        .at(rear.x, rear.y, 0.46);
    let upper = run(v3(0.06, 0.93, 0.46), v3(rear.x, rear.y + 0.40, 0.46));
    let lower = run(v3(0.06, -0.93, 0.46), v3(rear.x, rear.y - 0.40, 0.46));
    upper + lower + sprocket
}

/// Carrier over a wheel whose axle is the origin; `level` is the height of its top.
pub fn rack(level: f32, material: &Material) -> Model {
    let side = |z: f32| {
        let rail = rod(
            &[v3(-2.0, level, z), v3(-0.3, level, z), v3(1.3, level, z)],
            20,
            10,
            material,
            |_| (0.05, 0.05),
        );
        rail + wire(v3(-0.9, level, z), v3(0.0, 0.15, z * 1.1), 0.045, material)
            + wire(v3(0.5, level, z), v3(0.0, 0.15, z * 1.1), 0.045, material)
    };
    let rungs: Model = (0..5)
        .map(|i| {
            wire(
                v3(-1.95 + 0.78 * i as f32, level, -0.62),
                v3(-1.95 + 0.78 * i as f32, level, 0.62),
                0.045,
                material,
            )
        })
        .sum();
    side(0.62) + side(-0.62) + rungs
}

/// Wire basket standing on the origin, open above.
pub fn basket(width: f32, height: f32, depth: f32, material: &Material) -> Model {
    let ring = |k: f32, y: f32, r: f32| {
        let mut outline: Vec<V3> = crate::picture::solids::rectangle(width * k, depth * k, 0.35)
            .iter()
            .map(|&(x, z)| v3(x, y, z))
            .collect();
        outline.push(outline[0]);
        rod(&outline, 160, 8, material, |_| (r, r))
    };
    let rings: Model = (0..6)
        .map(|i| {
            ring(
                lerp(0.84, 1.0, i as f32 / 5.0),
                height * i as f32 / 5.0,
                if i == 5 { 0.06 } else { 0.03 },
            )
        })
        .sum();
    let outline = crate::picture::solids::rectangle(width, depth, 0.35);
    let posts: Model = outline
        .iter()
        .step_by(2)
        .map(|&(x, z)| wire(v3(x * 0.84, 0.0, z * 0.84), v3(x, height, z), 0.025, material))
        .sum();
    let floor: Model = (1..8)
        .map(|i| lerp(-0.42, 0.42, i as f32 / 8.0) * width)
        .map(|x| wire(v3(x, 0.0, -depth * 0.42), v3(x, 0.0, depth * 0.42), 0.025, material))
        .sum();
    rings + posts + floor
}

/// A bullet headlamp that shines to the right; its bracket is below the origin.
pub fn headlamp(shell: &Material) -> Model {
    let body = lathe(
        &crate::picture::solids::curve(
            &[
                (0.0, -0.62),
                (0.16, -0.58),
                (0.34, -0.36),
                (0.44, 0.0),
                (0.46, 0.22),
                (0.48, 0.26),
                (0.47, 0.31),
                (0.42, 0.33),
            ],
            8,
        ),
        64,
        shell,
    );
    let lens: Vec<_> = (0..=20)
        .rev()
        .map(|i| {
            (
                0.43 * i as f32 / 20.0,
                0.31 + 0.06 * (1.0 - (i as f32 / 20.0).powi(2)) + 0.006 * ((i % 3) as f32),
            )
        })
        .collect();
    let lens = lathe(&lens, 64, &Material::glossy(srgb(0xF3F1E4), 1.0, 0.05));
    let foot = bar(v3(0.0, -0.75, 0.0), v3(0.0, -0.35, 0.0), 0.08, &alloy());
    (body + lens).turned_z(-90.0) + foot
}

/// A domed bell whose clamp is at the origin.
pub fn bell(metal: &Material) -> Model {
    let dome = crate::picture::solids::curve(
        &[
            (0.05, 0.02),
            (0.40, 0.0),
            (0.435, 0.03),
            (0.42, 0.14),
            (0.34, 0.29),
            (0.20, 0.38),
            (0.06, 0.41),
            (0.05, 0.43),
            (0.06, 0.46),
            (0.0, 0.48),
        ],
        8,
    );
    let lever = rod(
        &[v3(0.30, -0.08, 0.2), v3(0.52, -0.02, 0.22), v3(0.62, 0.10, 0.22)],
        16,
        12,
        metal,
        |t| (lerp(0.03, 0.05, t), 0.03),
    );
    let band = hoop(0.17, 0.05, 0.08, &alloy()).turned_x(90.0);
    lathe(&dome, 96, metal).at(0.0, 0.24, 0.0) + bar(v3(0.0, 0.1, 0.0), v3(0.0, 0.3, 0.0), 0.10, &alloy()) + lever.at(0.0, 0.26, 0.0) + band
}
