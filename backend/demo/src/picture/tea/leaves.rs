//! The teas: a tin and what is in it.

use super::tins::{Pattern, Tin};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{Dice, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::props::{board, drink, heap};
use crate::picture::scene::Scene;
use crate::picture::solids::{ball, crumb, curve, lathe, rod, vessel};

pub const RICE: u32 = 0xEFE9DC;
pub const WALNUT: u32 = 0xB39678;
pub const MOSS: u32 = 0xB9C2A2;
pub const STRAW: u32 = 0xDCCFA6;
pub const INDIGO: u32 = 0x5C6F8E;
pub const PINE: u32 = 0x66745A;
pub const CLAY: u32 = 0xC9A188;
const SLATE: u32 = 0x4A4A48;

/// One tea: the colours of its tin, its leaf and its cup.
struct Tea {
    tin: Tin,
    leaf: [u32; 2],
    cup: u32,
    shape: Shape,
}

#[derive(Clone, Copy)]
enum Shape {
    Needle,
    Flake,
    Rice,
    Powder,
}

fn tea(slug: &str) -> Option<Tea> {
    let tin = |paper, ink, pattern| Tin {
        paper,
        ink,
        pattern,
        radius: 0.42,
        height: 1.15,
    };
    Some(match slug {
        "uji-sencha" => Tea {
            tin: tin(0xDCE3CB, 0x6F8A4E, Pattern::Waves),
            leaf: [0x3F5A2C, 0x6C8A45],
            cup: 0xBDB955,
            shape: Shape::Needle,
        },
        "gyokuro-asahi" => Tea {
            tin: tin(0x2F4668, 0xD8C78E, Pattern::Hemp),
            leaf: [0x24452F, 0x46704A],
            cup: 0xA9B860,
            shape: Shape::Needle,
        },
        "kyoto-hojicha" => Tea {
            tin: tin(0xC98B5B, 0x6E3F24, Pattern::Lines),
            leaf: [0x5A3620, 0x93643C],
            cup: 0x9C4F1D,
            shape: Shape::Flake,
        },
        "genmaicha" => Tea {
            tin: tin(0xEAD9A8, 0x9A7A34, Pattern::Rings),
            leaf: [0x4F6533, 0x7C9150],
            cup: 0xC7A94A,
            shape: Shape::Rice,
        },
        "ceremonial-matcha" => Tea {
            tin: Tin {
                radius: 0.36,
                height: 0.72,
                ..tin(0x7C9A4B, 0xE9E6C8, Pattern::Feathers)
            },
            leaf: [0x7FA23C, 0x9DBB52],
            cup: 0x7FA040,
            shape: Shape::Powder,
        },
        "wakocha-black-tea" => Tea {
            tin: tin(0xA63D2C, 0xEBC9A0, Pattern::Waves),
            leaf: [0x2C1C17, 0x5B3524],
            cup: 0x93300F,
            shape: Shape::Flake,
        },
        _ => return None,
    })
}

/// Picture `n` of a tea.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    if slug == "first-flight-sampler" {
        return Some(sampler(n));
    }
    let kind = tea(slug)?;
    let (wall, floor, gobo) = match slug {
        "uji-sencha" => (RICE, WALNUT, Gobo::Window),
        "gyokuro-asahi" => (MOSS, WALNUT, Gobo::Leaves),
        "kyoto-hojicha" => (STRAW, WALNUT, Gobo::Open),
        "genmaicha" => (RICE, MOSS, Gobo::Blind),
        "ceremonial-matcha" => (PINE, MOSS, Gobo::Open),
        _ => (RICE, WALNUT, Gobo::Window),
    };
    Some(match n {
        0 => Scene::new(
            wall,
            floor,
            kind.tin.model().turned_y(-16.0) + kind.mound(slug, 0.42, 0.14).at(0.55, 0.0, 0.62),
        )
        .fill(0.66, 0.56)
        .pitch(17.0)
        .gobo(gobo),
        _ => {
            let (table, turn, pitch) = match slug {
                "uji-sencha" => (MOSS, 0.0, 42.0),
                "gyokuro-asahi" => (INDIGO, -90.0, 60.0),
                "kyoto-hojicha" => (WALNUT, 180.0, 46.0),
                "genmaicha" => (STRAW, 25.0, 50.0),
                "ceremonial-matcha" => (RICE, 90.0, 58.0),
                _ => (CLAY, -155.0, 44.0),
            };
            Scene::new(table, table, kind.served(slug).turned_y(turn))
                .pitch(pitch)
                .fill(0.84, 0.76)
                .placed(0.5, 0.51)
                .mottle(0.9)
                .depth(4.0)
        }
    })
}

impl Tea {
    fn mound(&self, seed: &str, radius: f32, height: f32) -> Model {
        let dull = Material::matte(v3(1.0, 1.0, 1.0));
        let count = (radius * radius * 2400.0) as usize;
        match self.shape {
            Shape::Needle => heap(seed, radius, height, count, self.leaf, |d: &mut Dice| {
                crumb(d.range(0.06, 0.15), d.range(0.006, 0.010), &dull)
            }),
            Shape::Flake => heap(seed, radius, height, count, self.leaf, |d: &mut Dice| {
                crumb(d.range(0.05, 0.11), d.range(0.010, 0.020), &dull)
            }),
            Shape::Rice => {
                let tea = heap(seed, radius, height, count * 3 / 4, self.leaf, |d: &mut Dice| {
                    crumb(d.range(0.05, 0.12), d.range(0.006, 0.010), &dull)
                });
                tea + heap(
                    "rice",
                    radius * 0.96,
                    height * 1.02,
                    count / 4,
                    [0xD9B36A, 0xF1E2B8],
                    |d: &mut Dice| crumb(d.range(0.045, 0.065), d.range(0.016, 0.022), &dull),
                )
            }
            Shape::Powder => heap(seed, radius, height * 1.5, count / 2, self.leaf, |d: &mut Dice| {
                crumb(0.012, d.range(0.004, 0.009), &dull)
            }),
        }
    }

    /// A cup of the tea and a small dish of its leaf on a board.
    fn served(&self, seed: &str) -> Model {
        let white = Material::glossy(srgb(0xF1EDE2), 0.75, 0.14);
        let cup = lathe(
            &vessel(&[(0.24, 0.0), (0.26, 0.05), (0.40, 0.22), (0.46, 0.42), (0.48, 0.52)], 0.04, 10),
            96,
            &white,
        );
        let dish = lathe(
            &vessel(&[(0.34, 0.0), (0.38, 0.03), (0.56, 0.10), (0.60, 0.16)], 0.045, 10),
            96,
            &Material::glossy(srgb(SLATE), 0.5, 0.3),
        );
        let on = |m: Model, x: f32, z: f32| m.at(x, 0.10, z);
        board(2.9, 2.3, 0.10, 0.16, 0x6B4A33)
            + on(cup + drink(0.43, 0.40, self.cup), -0.55, -0.35)
            + on(dish + self.mound(seed, 0.44, 0.12).at(0.0, 0.06, 0.0), 0.62, 0.36)
            + on(scoop(), -0.40, 0.78)
    }
}

/// A bamboo scoop lying along x.
pub fn scoop() -> Model {
    let bamboo = Material::glossy(srgb(0xC9A869), 0.35, 0.5);
    let path = [
        v3(-0.85, 0.03, 0.0),
        v3(-0.1, 0.05, 0.0),
        v3(0.55, 0.07, 0.0),
        v3(0.78, 0.12, 0.0),
        v3(0.86, 0.20, 0.0),
    ];
    rod(&path, 60, 14, &bamboo, |t| (0.035 + 0.035 * (t - 0.7).max(0.0) * 3.3, 0.02))
        + ball(v3(0.045, 0.03, 0.05), &bamboo).at(-0.1, 0.055, 0.0)
}

/// Four small tins, for trying.
fn sampler(n: usize) -> Scene {
    let papers = [
        (0xDCE3CB, 0x6F8A4E, Pattern::Waves),
        (0x2F4668, 0xD8C78E, Pattern::Hemp),
        (0xC98B5B, 0x6E3F24, Pattern::Lines),
        (0xEAD9A8, 0x9A7A34, Pattern::Rings),
    ];
    let tin = |i: usize| {
        let (paper, ink, pattern) = papers[i];
        Tin {
            paper,
            ink,
            pattern,
            radius: 0.34,
            height: 0.78,
        }
        .model()
    };
    if n == 0 {
        let row: Model = (0..4)
            .map(|i| {
                tin(i)
                    .turned_y(12.0 - 8.0 * i as f32)
                    .at((i as f32 - 1.5) * 0.82, 0.10, 0.16 * (i % 2) as f32)
            })
            .sum();
        return Scene::new(RICE, WALNUT, row + board(3.8, 1.4, 0.10, 0.14, 0x7A563B))
            .fill(0.88, 0.5)
            .pitch(16.0)
            .gobo(Gobo::Window);
    }
    let tower = tin(3)
        + tin(1).turned_y(-14.0).at(0.02, 0.815, 0.0)
        + tin(0).turned_y(16.0).at(0.86, 0.0, 0.35)
        + tin(2).turned_y(-20.0).at(-0.80, 0.0, 0.30);
    Scene::new(INDIGO, STRAW, tower).fill(0.74, 0.62).pitch(15.0)
}

/// Smooth knob or foot turned from a curve.
pub fn turned(points: &[(f32, f32)], material: &Material) -> Model {
    lathe(&curve(points, 6), 96, material)
}
