//! What stands beside the goods: twigs, boards, candles, drinks.

use super::math::{Dice, V3, lerp, mix, noise, srgb, v3};
use super::mesh::{Material, Mesh, Model};
use super::solids::{Ring, ball, curve, lathe, rod, slab};
use super::texture::{Sheet, Texture};
use std::f32::consts::PI;
use std::sync::{Arc, OnceLock};

/// A leaf that begins at the origin and bends down along x; a decimetre is a long leaf.
pub fn leaf(length: f32, width: f32, droop: f32, colour: u32) -> Model {
    let material = Material::glossy(srgb(colour), 0.35, 0.55).thin().glow(0.45);
    Mesh::surface(9, 15, &material, |u, v| {
        let half = width * (u * PI).sin().max(0.0).powf(0.7) * (1.0 - 0.35 * u);
        let across = (v - 0.5) * 2.0;
        let fold = 0.22 * half * across.abs();
        v3(length * u, fold - droop * length * u * u, half * across)
    })
    .into()
}

/// A twig from the origin with leaves on both sides; `lean` is how far its tip leans to the right.
pub fn twig(seed: &str, height: f32, lean: f32, leaves: usize, length: f32, colour: u32) -> Model {
    let mut dice = Dice::of(seed);
    let path = [
        v3(0.0, 0.0, 0.0),
        v3(lean * 0.12, height * 0.38, dice.range(-0.04, 0.04) * height),
        v3(lean * 0.48, height * 0.74, dice.range(-0.05, 0.05) * height),
        v3(lean, height, 0.0),
    ];
    let bark = Material::matte(srgb(0x6F5A42));
    let mut model = rod(&path, 30, 10, &bark, |t| (lerp(0.022, 0.008, t), lerp(0.022, 0.008, t)));
    for i in 0..leaves {
        let t = lerp(0.42, 1.0, i as f32 / (leaves - 1).max(1) as f32);
        let at = super::math::spline(&path, t);
        let side = if i % 2 == 0 { 0.0 } else { 180.0 };
        let shade = mix(srgb(colour), srgb(colour) * 0.62, dice.unit());
        let size = length * dice.range(0.75, 1.1) * lerp(1.0, 0.7, t);
        let one = leaf(size, size * 0.27, dice.range(0.05, 0.5), 0xFFFFFF).painted(|_, _| shade);
        let rise = dice.range(15.0, 58.0);
        model = model
            + one
                .turned_x(dice.range(-35.0, 35.0))
                .turned_z(rise)
                .turned_y(side + dice.range(-55.0, 55.0))
                .at(at.x, at.y, at.z);
    }
    model
}

/// A dry stem with a round seed head.
pub fn poppy(seed: &str, height: f32, lean: f32, colour: u32) -> Model {
    let mut dice = Dice::of(seed);
    let path = [
        v3(0.0, 0.0, 0.0),
        v3(lean * 0.2, height * 0.5, dice.range(-0.05, 0.05)),
        v3(lean, height, dice.range(-0.1, 0.1)),
    ];
    let straw = Material::matte(srgb(colour));
    let head: Vec<Ring> = vec![
        (0.0, 0.0),
        (0.03, 0.01),
        (0.085, 0.09),
        (0.075, 0.165),
        (0.04, 0.19),
        (0.09, 0.2),
        (0.085, 0.215),
        (0.0, 0.225),
    ];
    let tip = path[2];
    rod(&path, 30, 8, &straw, |_| (0.013, 0.013))
        + lathe(&curve(&head, 5), 28, &straw)
            .turned_z(-14.0 * lean)
            .at(tip.x, tip.y - 0.01, tip.z)
}

/// A round block to stand things on.
pub fn plinth(radius: f32, height: f32, colour: u32) -> Model {
    let mut profile: Vec<Ring> = vec![
        (radius, 0.0),
        (radius, height * 0.33),
        (radius, height * 0.66),
        (radius, height - 0.03),
    ];
    for i in 1..=4 {
        let (s, c) = (i as f32 / 4.0 * PI / 2.0).sin_cos();
        profile.push((radius - 0.03 + 0.03 * c, height - 0.03 + 0.03 * s));
    }
    profile.extend((0..40).rev().map(|i| ((radius - 0.03) * i as f32 / 40.0, height)));
    lathe(&profile, 120, &Material::matte(srgb(colour)))
}

/// A round surface of a drink.
pub fn drink(radius: f32, level: f32, colour: u32) -> Model {
    let profile: Vec<Ring> = (0..=14).rev().map(|i| (radius * i as f32 / 14.0, level)).collect();
    lathe(&profile, 64, &Material::glossy(srgb(colour), 0.55, 0.06))
}

/// Grain of oiled wood.
pub fn grain() -> Arc<Texture> {
    static GRAIN: OnceLock<Arc<Texture>> = OnceLock::new();
    let draw = || {
        let mut sheet = Sheet::new(1024, 512, 0xF4F0EA);
        let mut dice = Dice::of("grain");
        for _ in 0..220 {
            let (y, bend) = (dice.unit() * 512.0, dice.range(-16.0, 16.0));
            let (x, reach) = (dice.range(-300.0, 900.0), dice.range(250.0, 1100.0));
            let line = |path: &mut tiny_skia::PathBuilder| {
                path.move_to(x, y);
                path.cubic_to(
                    x + reach * 0.3,
                    y + bend,
                    x + reach * 0.6,
                    y - bend * 0.6,
                    x + reach,
                    y + bend * 0.4,
                );
            };
            sheet.stroke(line, dice.range(0.8, 4.5), 0x8A6A4C, dice.range(0.04, 0.20));
        }
        sheet.texture()
    };
    GRAIN.get_or_init(draw).clone()
}

/// A wooden board lying on the floor.
pub fn board(width: f32, depth: f32, thick: f32, radius: f32, colour: u32) -> Model {
    let wood = Material::glossy(srgb(colour), 0.35, 0.6).with(grain());
    slab(v3(width, thick, depth), radius, thick * 0.25, &wood) + veneer(width - thick, depth - thick, thick, radius, &wood)
}

/// A fine flat grid at a level, because shadows are as fine as the points they fall on.
pub fn veneer(width: f32, depth: f32, level: f32, radius: f32, material: &Material) -> Model {
    Mesh::surface(81, 101, material, |u, v| {
        let (x, z) = ((u - 0.5) * width, (v - 0.5) * depth);
        let (cx, cz) = ((width / 2.0 - x.abs()).max(0.0), (depth / 2.0 - z.abs()).max(0.0));
        // Round corners: points beyond the arc slide onto it.
        let (dx, dz) = ((radius - cx).max(0.0), (radius - cz).max(0.0));
        let over = (dx.hypot(dz) / radius.max(1e-3)).max(1.0);
        let pull = |inside: f32, d: f32, x: f32| {
            if over > 1.0 {
                (inside - (radius - d / over)).abs() * -x.signum() + x
            } else {
                x
            }
        };
        v3(pull(cx, dx, x), level + 0.002, pull(cz, dz, z))
    })
    .into()
}

/// A spoon lying along x, its bowl to the left.
pub fn spoon(length: f32, material: &Material) -> Model {
    let path = [
        v3(-length * 0.2, 0.05, 0.0),
        v3(0.0, 0.10, 0.0),
        v3(length * 0.4, 0.07, 0.0),
        v3(length * 0.75, 0.05, 0.0),
    ];
    let stem = rod(&path, 30, 14, material, |t| (lerp(0.035, 0.055, t), lerp(0.03, 0.025, t)));
    let bowl = ball(v3(length * 0.16, 0.05, length * 0.095), material);
    stem + bowl
        .bent(|p| v3(p.x, p.y.min(0.02 - 0.35 * (0.09 - p.x * p.x - p.z * p.z).max(0.0)), p.z))
        .at(-length * 0.28, 0.06, 0.0)
}

/// A candle with a wick and a flame.
pub fn candle(radius: f32, height: f32, colour: u32) -> Model {
    let wax = Material::glossy(srgb(colour), 0.35, 0.6);
    let r = radius;
    let mut side: Vec<Ring> = (0..=12).map(|i| (r, height * i as f32 / 12.0 - 0.02)).collect();
    side.extend([
        (r * 0.985, height + r * 0.05),
        (r * 0.93, height + r * 0.09),
        (r * 0.8, height + r * 0.05),
        (r * 0.5, height - r * 0.08),
        (r * 0.2, height - r * 0.12),
        (0.0, height - r * 0.12),
    ]);
    // Wax lets the light of the flame through near the top.
    let body = lathe(&side, 64, &wax).painted(|p, _| {
        let warm = ((p.y - height + r * 2.2) / (r * 2.2)).clamp(0.0, 1.0).powi(2);
        mix(v3(1.0, 1.0, 1.0), v3(1.75, 1.25, 0.85), warm)
    });
    let wick = rod(
        &[
            v3(0.0, height - r * 0.1, 0.0),
            v3(0.0, height + 0.06, 0.0),
            v3(0.012, height + 0.11, 0.0),
        ],
        8,
        8,
        &Material::matte(srgb(0x2A2320)),
        |_| (0.012, 0.012),
    );
    body + wick + flame().at(0.012, height + 0.07, 0.0)
}

/// The flame of a candle, 22 mm high.
fn flame() -> Model {
    let drop: Vec<Ring> = vec![(0.0, 0.0), (0.028, 0.02), (0.045, 0.07), (0.035, 0.13), (0.016, 0.19), (0.0, 0.23)];
    lathe(
        &curve(&drop, 5),
        24,
        &Material {
            gloss: 0.0,
            ..Material::matte(v3(1.0, 1.0, 1.0))
        },
    )
    .painted(|p, _| mix(v3(9.0, 5.2, 1.9), v3(12.0, 10.0, 6.5), 1.0 - ((p.y - 0.07).abs() / 0.16).min(1.0)))
}

/// A heap of small dry things such as tea: `count` crumbs in a mound of `radius` and `height`.
pub fn heap(seed: &str, radius: f32, height: f32, count: usize, colours: [u32; 2], crumb: impl Fn(&mut Dice) -> Model) -> Model {
    let mut dice = Dice::of(seed);
    let dome = |r: f32| height * (1.0 - (r / radius).powi(2)).max(0.0);
    let base: Vec<Ring> = (0..=24)
        .rev()
        .map(|i| (radius * 0.97 * i as f32 / 24.0, dome(radius * i as f32 / 24.0) * 0.9))
        .collect();
    let ground = lathe(&base, 72, &Material::matte(v3(1.0, 1.0, 1.0)))
        .bent(|p| v3(p.x, p.y * (0.8 + 0.4 * noise(p.x * 9.0 + 30.0, p.z * 9.0 + 60.0)), p.z))
        .painted(|p, _| mix(srgb(colours[0]), srgb(colours[1]), noise(p.x * 40.0 + 70.0, p.z * 40.0 + 11.0)) * 0.7);
    (0..count).fold(ground, |all, _| {
        let (r, a) = (radius * 1.04 * dice.unit().sqrt(), dice.unit() * PI * 2.0);
        let colour = mix(srgb(colours[0]), srgb(colours[1]), dice.unit());
        let one = crumb(&mut dice).turned_x(dice.range(-35.0, 35.0)).turned_y(dice.unit() * 360.0);
        all + one.painted(|_, _| colour).at(r * a.cos(), dome(r).max(0.01) * 0.98, r * a.sin())
    })
}

/// Colour of a wooden thing along its grain.
pub fn wooden(p: V3, colour: u32) -> V3 {
    srgb(colour) * (0.86 + 0.28 * noise(p.x * 2.0 + 50.0, (p.y + p.z) * 26.0 + 50.0))
}
