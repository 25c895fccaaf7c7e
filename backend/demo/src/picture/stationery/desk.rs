//! Pencils, tape, brass.

use super::paper::{BLUSH, BUTTER, FOREST, INK, LILAC, MINT, PAPER, RED, SKY, notebook};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::wooden;
use crate::picture::scene::Scene;
use crate::picture::solids::{Ring, curve, lathe, plate, rectangle, rod};
use crate::picture::texture::Sheet;
use std::f32::consts::{PI, TAU};

const OCHRE: u32 = 0xD9A441;
const PLUM: u32 = 0x8C7BA8;
const TEAL: u32 = 0x5B8F97;

/// Picture `n` of a thing to write, rule or stick with.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    let flat = |colour: u32, objects: Model| {
        Scene::new(colour, colour, objects)
            .pitch(66.0)
            .fill(0.8, 0.76)
            .placed(0.5, 0.51)
            .depth(5.0)
            .mottle(0.2)
    };
    Some(match (slug, n) {
        ("cedar-pencils", 0) => flat(SKY, six_pencils()).fill(0.76, 0.74),
        ("cedar-pencils", _) => Scene::new(BUTTER, BLUSH, pencil_pot())
            .pitch(15.0)
            .fill(0.6, 0.66)
            .gobo(Gobo::Window)
            .mottle(0.2),
        ("washi-tape-set", 0) => flat(PAPER, tapes()).pitch(56.0).gobo(Gobo::Window),
        ("washi-tape-set", _) => Scene::new(MINT, LILAC, tape_tower()).pitch(20.0).fill(0.7, 0.6).mottle(0.2),
        ("brass-ruler-and-clips", 0) => flat(LILAC, ruler_and_clips()).fill(0.86, 0.76),
        ("brass-ruler-and-clips", _) => flat(FOREST, ruler_and_clips().turned_y(48.0))
            .aim(v3(-0.3, 0.0, 0.2), 2.4)
            .pitch(50.0)
            .gobo(Gobo::Blind),
        ("brass-pen", 0) => flat(BLUSH, brass_pen().turned_y(52.0)).fill(0.72, 0.6),
        ("brass-pen", _) => flat(INK, brass_pen().turned_y(28.0) + brass_pen().turned_y(40.0).at(0.25, 0.0, 0.55))
            .fill(0.84, 0.6)
            .pitch(48.0),
        _ => return None,
    })
}

/// A sharpened pencil of a colour, lying along x with its point to the right.
pub fn pencil(colour: u32, length: f32) -> Model {
    let r = 0.045;
    let paint = Material::glossy(srgb(colour), 0.7, 0.2);
    let hexagon: Vec<(f32, f32)> = (0..36)
        .map(|i| {
            let (side, t) = (i / 6, (i % 6) as f32 / 6.0);
            let corner = |k: usize| ((k as f32) * PI / 3.0).sin_cos();
            let (a, b) = (corner(side), corner(side + 1));
            (lerp(a.1, b.1, t) * r, lerp(a.0, b.0, t) * r)
        })
        .collect();
    let body = plate(&hexagon, length - 0.24, 0.004, &paint).turned_y(90.0);
    let wood = Material::matte(v3(1.0, 1.0, 1.0));
    let cone: Vec<Ring> = (0..=12)
        .map(|i| (lerp(0.044, 0.012, i as f32 / 12.0), 0.18 * i as f32 / 12.0))
        .collect();
    let cone = lathe(&cone, 48, &wood)
        .painted(|p, _| wooden(p * 3.0, 0xDDB98C))
        .turned_z(-90.0)
        .at((length - 0.24) / 2.0, 0.0, 0.0);
    let lead = lathe(
        &[(0.013, 0.0), (0.007, 0.035), (0.0, 0.05)],
        20,
        &Material::glossy(srgb(0x3A3A3E), 0.5, 0.4),
    )
    .turned_z(-90.0)
    .at((length - 0.24) / 2.0 + 0.175, 0.0, 0.0);
    let end = lathe(
        &[(0.046, 0.0), (0.047, 0.10), (0.040, 0.12), (0.0, 0.125)],
        32,
        &Material::metal(srgb(0xD2A95A), 0.2),
    )
    .turned_z(90.0)
    .at(-(length - 0.24) / 2.0 + 0.06, 0.0, 0.0);
    (body + cone + lead + end).at(0.0, r, 0.0)
}

fn six_pencils() -> Model {
    let colours = [INK, FOREST, RED, OCHRE, PLUM, TEAL];
    let row: Model = colours
        .iter()
        .enumerate()
        .map(|(i, &c)| {
            pencil(c, 1.9)
                .turned_y(90.0)
                .at((i as f32 - 2.5) * 0.20, 0.0, 0.08 * ((i * 5) % 3) as f32)
        })
        .sum();
    row.turned_y(-18.0)
}

fn pencil_pot() -> Model {
    let stone = Material::glossy(srgb(0xE9E2D4), 0.3, 0.5);
    let pot = lathe(
        &crate::picture::solids::vessel(&[(0.38, 0.0), (0.40, 0.03), (0.40, 0.5), (0.40, 0.95)], 0.05, 14),
        96,
        &stone,
    );
    let colours = [INK, FOREST, RED, OCHRE, PLUM, TEAL];
    let stand: Model = colours
        .iter()
        .enumerate()
        .map(|(i, &c)| {
            let turn = i as f32 * 60.0 + 20.0;
            let (s, k) = turn.to_radians().sin_cos();
            pencil(c, 1.8)
                .turned_z(90.0)
                .turned_z(-9.0 - (i % 3) as f32 * 2.0)
                .turned_y(turn)
                .at(k * 0.12, 1.0 + 0.07 * (i % 3) as f32, -s * 0.12)
        })
        .sum();
    pot + stand
}

/// A roll of printed paper tape lying on its side.
fn tape(paper: u32, ink: u32, print: usize) -> Model {
    let mut sheet = Sheet::new(1200, 64, paper);
    for i in 0..60 {
        let x = i as f32 * 20.0;
        match print {
            0 => sheet.line((x, 0.0), (x, 64.0), 7.0, ink, 1.0),
            1 => sheet.dot(x + 10.0, if i % 2 == 0 { 20.0 } else { 44.0 }, 6.5, ink, 1.0),
            2 => sheet.line((x, 64.0), (x + 28.0, 0.0), 6.0, ink, 1.0),
            _ => sheet.polygon(&[(x, 32.0), (x + 10.0, 12.0), (x + 20.0, 32.0), (x + 10.0, 52.0)], ink, 1.0),
        }
    }
    let band = Material {
        gloss: 0.2,
        rough: 0.6,
        ..Material::matte(v3(1.0, 1.0, 1.0))
    }
    .with(sheet.texture());
    let outside: Vec<Ring> = (0..=8).map(|i| (0.40, 0.02 + 0.22 * i as f32 / 8.0)).collect();
    let rim = Material::matte(srgb(paper));
    let top: Vec<Ring> = (0..=16)
        .map(|i| (lerp(0.40, 0.30, i as f32 / 16.0), 0.245 + 0.004 * (i as f32 * 2.2).sin()))
        .collect();
    let core = Material::matte(srgb(0xC9AE86));
    let inside: Vec<Ring> = vec![(0.30, 0.245), (0.26, 0.245), (0.26, 0.12), (0.26, 0.01)];
    lathe(&outside, 96, &band)
        + lathe(&top, 96, &rim)
        + lathe(&inside, 96, &core)
        + lathe(&[(0.26, 0.005), (0.40, 0.005), (0.40, 0.02)], 96, &rim)
}

const TAPES: [(u32, u32, usize); 5] = [
    (0xF0CFC0, 0xC24A3A, 1),
    (0xC9DCE8, 0x2E3A52, 0),
    (0xEFE0A8, 0xB8862F, 2),
    (0xC6DCC8, 0x3F6652, 3),
    (0xDCD2E6, 0x75659A, 1),
];

fn tapes() -> Model {
    let at = [(-0.62, -0.85), (0.42, -0.72), (-0.28, 0.12), (0.72, 0.32), (-0.42, 1.05)];
    let rolls: Model = TAPES
        .iter()
        .zip(at)
        .map(|(&(paper, ink, print), (x, z))| tape(paper, ink, print).at(x, 0.0, z))
        .sum();
    let standing = tape(TAPES[1].0, TAPES[1].1, 2)
        .turned_x(90.0)
        .turned_y(-38.0)
        .grounded()
        .at(0.55, 0.0, 1.2);
    rolls + standing
}

fn tape_tower() -> Model {
    let tower: Model = TAPES
        .iter()
        .enumerate()
        .map(|(i, &(paper, ink, print))| {
            tape(paper, ink, print)
                .turned_y(31.0 * i as f32)
                .at(0.03 * (i as f32 * 2.1).sin(), 0.25 * i as f32, 0.0)
        })
        .sum();
    tower
        + tape(0xF0CFC0, 0x2E3A52, 3)
            .turned_x(90.0)
            .turned_y(-32.0)
            .grounded()
            .at(0.92, 0.0, 0.25)
}

fn brass() -> Material {
    Material::metal(srgb(0xD9B160), 0.28)
}

fn ruler() -> Model {
    let mut sheet = Sheet::new(1600, 140, 0xFFFFFF);
    for i in 0..=75 {
        let x = 40.0 + i as f32 * 20.0;
        let reach = if i % 10 == 0 {
            62.0
        } else if i % 5 == 0 {
            46.0
        } else {
            30.0
        };
        sheet.line((x, 0.0), (x, reach), 3.5, 0x3A2C14, 1.0);
    }
    sheet.dot(1560.0, 100.0, 16.0, 0x3A2C14, 1.0);
    let flat = Material::glossy(srgb(0xD9B160), 0.9, 0.3).with(sheet.texture());
    plate(&rectangle(2.5, 0.24, 0.03), 0.03, 0.008, &flat)
        .turned_x(-90.0)
        .at(0.0, 0.015, 0.0)
}

fn clip() -> Model {
    let turn = |x: f32, r: f32, from: f32, to: f32| -> Vec<_> {
        (0..=8)
            .map(move |i| {
                let (s, c) = lerp(from, to, i as f32 / 8.0).sin_cos();
                v3(x + c * r, 0.03, s * r)
            })
            .collect()
    };
    let mut path = vec![v3(-0.02, 0.03, -0.07)];
    path.extend(turn(0.16, 0.07, -PI / 2.0, PI / 2.0));
    path.extend(turn(-0.18, 0.09, PI / 2.0, PI * 1.5).into_iter().map(|p| v3(p.x, p.y, p.z - 0.02)));
    path.extend(turn(0.22, 0.11, -PI / 2.0, PI / 2.0));
    path.push(v3(-0.10, 0.03, 0.11));
    rod(&path, 150, 10, &brass(), |_| (0.014, 0.014))
}

fn ruler_and_clips() -> Model {
    let at = [
        (-0.7, 0.62, 20.0),
        (-0.1, 0.85, -48.0),
        (0.35, 0.52, 100.0),
        (0.75, 0.95, 10.0),
        (-0.45, 1.2, 70.0),
        (0.2, 1.32, -20.0),
    ];
    let clips: Model = at.iter().map(|&(x, z, turn)| clip().turned_y(turn).at(x, 0.0, z)).sum();
    ruler().turned_y(14.0).at(0.0, 0.0, -0.35) + ruler().scaled(0.62).turned_y(4.0).at(0.2, 0.0, -0.95) + clips
}

/// A faceted brass pen lying along x, its point to the right.
pub fn brass_pen() -> Model {
    let outline: Vec<Ring> = vec![
        (0.0, -0.95),
        (0.050, -0.95),
        (0.062, -0.92),
        (0.066, -0.6),
        (0.068, 0.0),
        (0.066, 0.5),
        (0.058, 0.7),
        (0.034, 0.90),
        (0.020, 0.93),
        (0.010, 0.97),
        (0.0, 0.985),
    ];
    let body = lathe(&curve(&outline, 7), 64, &Material::metal(srgb(0xD9B160), 0.16)).bent(|p| {
        // Six soft facets along the barrel.
        let facet = if p.y < 0.55 {
            1.0 - 0.05 * (6.0 * p.z.atan2(p.x)).cos()
        } else {
            1.0
        };
        v3(p.x * facet, p.y, p.z * facet)
    });
    let clip = rod(
        &[
            v3(0.06, -0.85, 0.0),
            v3(0.105, -0.80, 0.0),
            v3(0.10, -0.3, 0.0),
            v3(0.085, -0.2, 0.0),
        ],
        24,
        10,
        &brass(),
        |_| (0.02, 0.012),
    );
    let ring = lathe(
        &[(0.069, -0.04), (0.073, -0.03), (0.073, 0.03), (0.069, 0.04)],
        64,
        &Material::metal(srgb(0x8A6A30), 0.3),
    );
    (body + ring + clip.turned_y(TAU.to_degrees() / 8.0)).turned_z(-90.0).grounded()
}

/// The home page's picture: a desk with room to write.
pub fn hero() -> Scene {
    let desk = notebook(INK, 2).turned_y(-12.0).at(0.1, 0.0, 0.0)
        + notebook(RED, 0).scaled(0.8).turned_y(9.0).at(0.35, 0.182, -0.2)
        + pencil(OCHRE, 1.9).turned_y(64.0).at(1.55, 0.0, 0.25)
        + pencil(FOREST, 1.9).turned_y(72.0).at(1.85, 0.0, 0.15)
        + brass_pen().turned_y(35.0).at(0.35, 0.32, -0.05)
        + tape(TAPES[0].0, TAPES[0].1, 1).at(-1.25, 0.0, 0.75)
        + tape(TAPES[3].0, TAPES[3].1, 3).at(-1.3, 0.0, -0.25)
        + clip().turned_y(30.0).at(1.35, 0.0, 1.2)
        + clip().turned_y(-50.0).at(1.0, 0.0, 1.35)
        + clip().turned_y(80.0).at(-0.95, 0.0, 1.4);
    Scene::new(BUTTER, BUTTER, desk)
        .fill(0.48, 0.80)
        .placed(0.72, 0.5)
        .pitch(56.0)
        .depth(5.0)
        .gobo(Gobo::Window)
        .mottle(0.2)
}
