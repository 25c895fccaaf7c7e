//! Books, pads and envelopes.

use crate::picture::backdrop::Gobo;
use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Mesh, Model};
use crate::picture::props::veneer;
use crate::picture::scene::Scene;
use crate::picture::solids::{ball, hoop, plate, rectangle, rod, slab};
use crate::picture::texture::{Sheet, Texture};
use std::sync::Arc;

pub const BUTTER: u32 = 0xF4DFAE;
pub const BLUSH: u32 = 0xEFC9BC;
pub const MINT: u32 = 0xC3DCCB;
pub const SKY: u32 = 0xC4D8E8;
pub const PAPER: u32 = 0xF5F1E8;
pub const LILAC: u32 = 0xD6CEE3;
pub const INK: u32 = 0x2E3A52;
pub const RED: u32 = 0xC24A3A;
pub const KRAFT: u32 = 0xB8936A;
pub const FOREST: u32 = 0x3F6652;

/// Picture `n` of something made of paper.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    let flat = |colour: u32, objects: Model| {
        Scene::new(colour, colour, objects)
            .pitch(64.0)
            .fill(0.82, 0.76)
            .placed(0.5, 0.51)
            .depth(5.0)
            .mottle(0.2)
    };
    Some(match (slug, n) {
        ("plain-notebook", 0) => flat(BUTTER, notebook(INK, 2).turned_y(-14.0)).fill(0.66, 0.72).gobo(Gobo::Window),
        ("plain-notebook", _) => Scene::new(BLUSH, BUTTER, notebook_pile()).pitch(24.0).fill(0.78, 0.6).mottle(0.2),
        ("field-sketchbook", 0) => flat(MINT, sketchbook(false).turned_y(12.0)).fill(0.72, 0.74),
        ("field-sketchbook", _) => flat(SKY, sketchbook(true).turned_y(-10.0)).pitch(52.0).gobo(Gobo::Leaves),
        ("laid-paper-envelopes", 0) => flat(BLUSH, envelopes()).gobo(Gobo::Window),
        ("laid-paper-envelopes", _) => Scene::new(MINT, PAPER, letter()).pitch(50.0).fill(0.86, 0.7).depth(4.0).mottle(0.2),
        ("desk-planner", 0) => flat(SKY, planner().turned_y(-8.0)).fill(0.86, 0.74).gobo(Gobo::Window),
        ("desk-planner", _) => Scene::new(LILAC, BUTTER, planner().turned_y(26.0))
            .pitch(30.0)
            .fill(0.86, 0.6)
            .mottle(0.2),
        _ => return None,
    })
}

fn card(colour: u32) -> Material {
    Material {
        gloss: 0.16,
        rough: 0.8,
        ..Material::matte(srgb(colour))
    }
}

fn pages() -> Material {
    let mut sheet = Sheet::new(64, 512, 0xF8F3E6);
    for i in 0..128 {
        sheet.line((0.0, i as f32 * 4.0), (64.0, i as f32 * 4.0), 1.4, 0x8A8272, 0.28);
    }
    Material::matte(v3(1.0, 1.0, 1.0)).with(sheet.texture())
}

/// A closed book lying flat, 1.45 wide and 2.1 deep, with an elastic band; `ribbons` hang out in front.
pub fn notebook(colour: u32, ribbons: usize) -> Model {
    let (w, d, thick) = (1.45, 2.1, 0.17);
    let board = card(colour);
    let block = slab(v3(w - 0.05, thick - 0.03, d - 0.06), 0.06, 0.005, &pages()).at(0.0, 0.015, 0.0);
    let cover = |y: f32| slab(v3(w, 0.028, d), 0.10, 0.012, &board).at(0.0, y, 0.0);
    let face = veneer(w - 0.05, d - 0.05, thick, 0.08, &board);
    let spine = rod(
        &[
            v3(-w / 2.0 + 0.01, thick / 2.0, -d / 2.0 + 0.06),
            v3(-w / 2.0 + 0.01, thick / 2.0, 0.0),
            v3(-w / 2.0 + 0.01, thick / 2.0, d / 2.0 - 0.06),
        ],
        30,
        16,
        &board,
        |_| (thick * 0.5, 0.03),
    );
    let band = slab(v3(0.055, 0.012, d + 0.02), 0.01, 0.004, &card(RED)).at(w / 2.0 - 0.20, thick + 0.006, 0.0);
    let ribbon = |i: usize| {
        let x = -0.28 + 0.09 * i as f32;
        let path = [
            v3(x, 0.10, d / 2.0 - 0.08),
            v3(x, 0.09, d / 2.0 + 0.06),
            v3(x + 0.02, 0.02, d / 2.0 + 0.22),
            v3(x + 0.05, 0.012, d / 2.0 + 0.42),
        ];
        rod(&path, 30, 8, &card(if i == 0 { RED } else { 0xE0B64E }), |_| (0.028, 0.006))
    };
    block
        + cover(0.0)
        + cover(thick - 0.028)
        + face
        + spine
        + band
        + stamp(colour).at(-0.08, thick + 0.006, -0.45)
        + (0..ribbons).map(ribbon).sum()
}

/// A small label on a cover.
fn stamp(colour: u32) -> Model {
    let mut sheet = Sheet::new(360, 200, PAPER);
    for (y, width) in [(60.0, 220.0), (100.0, 280.0), (140.0, 160.0)] {
        sheet.line((180.0 - width / 2.0, y), (180.0 + width / 2.0, y), 4.0, colour, 0.75);
    }
    for (from, to) in [
        ((14.0, 14.0), (346.0, 14.0)),
        ((346.0, 14.0), (346.0, 186.0)),
        ((346.0, 186.0), (14.0, 186.0)),
        ((14.0, 186.0), (14.0, 14.0)),
    ] {
        sheet.line(from, to, 3.0, colour, 0.9);
    }
    plate(
        &rectangle(0.72, 0.40, 0.03),
        0.012,
        0.003,
        &Material::matte(v3(1.0, 1.0, 1.0)).with(sheet.texture()),
    )
    .turned_x(-90.0)
}

fn notebook_pile() -> Model {
    let colours = [INK, FOREST, RED, 0xD9A441, 0x8C7BA8];
    let pile: Model = colours
        .iter()
        .enumerate()
        .map(|(i, &c)| {
            notebook(c, usize::from(i == 4))
                .turned_y([-4.0, 7.0, -9.0, 3.0, -16.0][i])
                .at(0.0, 0.178 * i as f32, 0.0)
        })
        .sum();
    pile.turned_y(-22.0)
}

fn dotted() -> Arc<Texture> {
    let mut sheet = Sheet::new(700, 1000, 0xF8F3E6);
    for i in 1..28 {
        for k in 1..40 {
            sheet.dot(i as f32 * 25.0, k as f32 * 25.0, 2.0, 0x6A7280, 0.6);
        }
    }
    sheet.texture()
}

fn sketch() -> Arc<Texture> {
    let mut sheet = Sheet::new(700, 1000, 0xF8F3E6);
    let pencil = 0x4A4640;
    // A drawn vase with a twig.
    sheet.stroke(
        |p| {
            p.move_to(300.0, 430.0);
            p.cubic_to(300.0, 500.0, 200.0, 540.0, 210.0, 660.0);
            p.cubic_to(216.0, 740.0, 260.0, 780.0, 350.0, 780.0);
            p.cubic_to(440.0, 780.0, 484.0, 740.0, 490.0, 660.0);
            p.cubic_to(500.0, 540.0, 400.0, 500.0, 400.0, 430.0);
            p.close();
        },
        5.0,
        pencil,
        0.8,
    );
    for i in 0..16 {
        let y = 560.0 + i as f32 * 13.0;
        sheet.line(
            (410.0, y + 10.0),
            (470.0 - (i as f32 - 7.0).abs() * 3.0, y - 20.0),
            2.0,
            pencil,
            0.5,
        );
    }
    sheet.stroke(
        |p| {
            p.move_to(350.0, 430.0);
            p.cubic_to(340.0, 330.0, 390.0, 260.0, 470.0, 170.0);
        },
        4.0,
        pencil,
        0.8,
    );
    for (x, y, side) in [
        (352.0, 360.0, -1.0),
        (366.0, 310.0, 1.0),
        (390.0, 266.0, -1.0),
        (424.0, 222.0, 1.0),
        (462.0, 178.0, -1.0),
    ] {
        sheet.stroke(
            |p| {
                p.move_to(x, y);
                p.quad_to(x + side * 20.0, y - 60.0, x + side * 90.0, y - 46.0);
                p.quad_to(x + side * 60.0, y + 6.0, x, y);
            },
            3.5,
            pencil,
            0.8,
        );
    }
    sheet.texture()
}

/// A wire-bound sketchbook; open it shows a drawing.
fn sketchbook(open: bool) -> Model {
    let (w, d) = (1.7, 2.3);
    let wire = Material::metal(srgb(0x3B3A38), 0.4);
    let rings: Model = (0..22)
        .map(|i| {
            hoop(0.10, 0.014, 0.014, &wire)
                .turned_x(90.0)
                .at(-w / 2.0 - 0.02, 0.10, lerp(-d / 2.0 + 0.12, d / 2.0 - 0.12, i as f32 / 21.0))
        })
        .sum();
    let block = slab(v3(w, 0.14, d), 0.05, 0.006, &pages()).at(0.0, 0.02, 0.0);
    let back = slab(v3(w + 0.04, 0.025, d + 0.04), 0.06, 0.008, &card(KRAFT));
    let sheet = |texture: Arc<Texture>| veneer(w - 0.02, d - 0.02, 0.0, 0.05, &Material::matte(v3(1.0, 1.0, 1.0)).with(texture));
    if open {
        let left = slab(v3(w, 0.06, d), 0.05, 0.006, &pages()) + sheet(dotted()).at(0.0, 0.065, 0.0);
        let pencil = super::desk::pencil(0xD9A441, 1.6).turned_y(62.0).at(0.30, 0.18, 0.35);
        return block + back + rings + sheet(sketch()).at(0.0, 0.166, 0.0) + left.at(-w - 0.06, 0.02, 0.0) + pencil;
    }
    let front = slab(v3(w + 0.04, 0.025, d + 0.04), 0.06, 0.008, &card(KRAFT)).at(0.0, 0.16, 0.0);
    let band = slab(v3(w + 0.06, 0.01, 0.07), 0.01, 0.003, &card(INK)).at(0.0, 0.186, 0.62);
    block
        + back
        + front
        + rings
        + band
        + stamp(INK).scaled(1.25).at(0.1, 0.19, -0.35)
        + super::desk::pencil(FOREST, 1.75).turned_y(-78.0).at(1.15, 0.06, 0.1)
}

fn envelope(colour: u32, back: bool) -> Model {
    let mut sheet = Sheet::new(640, 440, colour);
    for i in 0..110 {
        sheet.line((0.0, i as f32 * 4.0), (640.0, i as f32 * 4.0), 1.0, 0x000000, 0.035);
    }
    if back {
        sheet.polygon(&[(0.0, 0.0), (640.0, 0.0), (340.0, 236.0), (300.0, 236.0)], 0x000000, 0.07);
        sheet.line((0.0, 0.0), (306.0, 240.0), 2.5, 0x000000, 0.22);
        sheet.line((640.0, 0.0), (334.0, 240.0), 2.5, 0x000000, 0.22);
        sheet.line((0.0, 440.0), (260.0, 210.0), 1.5, 0x000000, 0.14);
        sheet.line((640.0, 440.0), (380.0, 210.0), 1.5, 0x000000, 0.14);
    } else {
        sheet.polygon(&[(536.0, 34.0), (606.0, 34.0), (606.0, 118.0), (536.0, 118.0)], 0xB5543F, 1.0);
        sheet.dot(571.0, 76.0, 22.0, 0xF1E4CB, 1.0);
        for (y, width) in [(210.0, 220.0), (250.0, 270.0), (290.0, 170.0)] {
            sheet.line((230.0, y), (230.0 + width, y), 4.0, INK, 0.7);
        }
    }
    plate(
        &rectangle(1.62, 1.14, 0.02),
        0.03,
        0.008,
        &Material::matte(v3(1.0, 1.0, 1.0)).with(sheet.texture()),
    )
    .turned_x(-90.0)
    .at(0.0, 0.016, 0.0)
}

fn seal() -> Model {
    let wax = Material::glossy(srgb(0xA8382C), 0.7, 0.25);
    ball(v3(0.13, 0.03, 0.12), &wax) + hoop(0.085, 0.02, 0.02, &wax).at(0.0, 0.02, 0.0)
}

fn envelopes() -> Model {
    let fan = [
        (0xF7F2E6, -34.0, -0.55, -0.75),
        (0xC7D3DB, -12.0, 0.1, -0.2),
        (0xDFAE9C, 8.0, -0.15, 0.45),
    ];
    let pile: Model = fan
        .iter()
        .enumerate()
        .map(|(i, &(c, turn, x, z))| envelope(c, true).turned_y(turn).at(x, 0.035 * i as f32, z))
        .sum();
    pile + seal().at(-0.18, 0.12, 0.50) + envelope(0xF7F2E6, false).turned_y(-20.0).at(0.55, 0.0, 1.45)
}

fn letter() -> Model {
    let mut sheet = Sheet::new(500, 700, 0xFBF7EE);
    for i in 0..15 {
        let width = if i % 5 == 4 { 180.0 } else { 380.0 - (i * 37 % 60) as f32 };
        sheet.line(
            (60.0, 110.0 + i as f32 * 34.0),
            (60.0 + width, 110.0 + i as f32 * 34.0),
            3.0,
            INK,
            0.6,
        );
    }
    let page = Material::matte(v3(1.0, 1.0, 1.0)).thin().with(sheet.texture());
    let folded = Mesh::surface(61, 40, &page, |u, v| {
        let crease = (v * 3.0).fract() - 0.5;
        v3((u - 0.5) * 1.45, 0.05 + 0.05 * (1.0 - 4.0 * crease * crease), (v - 0.5) * 2.05)
    });
    envelope(0xDFAE9C, true).turned_y(14.0).at(0.55, 0.0, -0.75)
        + Model::from(folded).turned_y(-10.0).at(-0.3, 0.03, 0.25)
        + super::desk::brass_pen().turned_y(58.0).at(0.75, 0.0, 0.65)
}

/// A week on a pad, with a torn edge held by a board.
fn planner() -> Model {
    let mut sheet = Sheet::new(1100, 760, 0xFAF6EC);
    for i in 0..7 {
        let x = 40.0 + i as f32 * 146.0;
        sheet.polygon(
            &[(x, 60.0), (x + 136.0, 60.0), (x + 136.0, 100.0), (x, 100.0)],
            if i > 4 { RED } else { INK },
            0.85,
        );
        for k in 0..15 {
            sheet.line(
                (x, 140.0 + k as f32 * 38.0),
                (x + 136.0, 140.0 + k as f32 * 38.0),
                1.6,
                0x8A93A3,
                0.8,
            );
        }
        for k in 0..(3 + i * 2 % 4) {
            sheet.line(
                (x + 8.0, 132.0 + k as f32 * 38.0),
                (x + 60.0 + (i * 31 % 60) as f32, 132.0 + k as f32 * 38.0),
                4.0,
                INK,
                0.55,
            );
        }
    }
    sheet.dot(40.0 + 2.0 * 146.0 + 110.0, 246.0, 15.0, RED, 0.9);
    sheet.dot(40.0 + 5.0 * 146.0 + 100.0, 398.0, 15.0, 0xE0B64E, 0.95);
    let top = veneer(2.9, 2.0, 0.0, 0.03, &Material::matte(v3(1.0, 1.0, 1.0)).with(sheet.texture()));
    slab(v3(2.92, 0.16, 2.02), 0.03, 0.005, &pages())
        + top.at(0.0, 0.167, 0.0)
        + slab(v3(2.96, 0.18, 0.16), 0.03, 0.01, &card(INK)).at(0.0, 0.0, -1.02)
        + super::desk::pencil(RED, 1.8).turned_y(24.0).at(0.35, 0.24, 0.55)
}
