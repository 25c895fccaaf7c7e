//! Tins covered in patterned paper.

use crate::picture::math::{lerp, srgb, v3};
use crate::picture::mesh::{Material, Mesh, Model};
use crate::picture::solids::{Ring, lathe};
use crate::picture::texture::{Sheet, Texture};
use std::f32::consts::{PI, TAU};
use std::sync::Arc;

/// Patterns of the paper.
#[derive(Debug, Clone, Copy)]
pub enum Pattern {
    /// Overlapping waves.
    Waves,
    /// Six-pointed hemp leaves.
    Hemp,
    /// Interlocking rings.
    Rings,
    /// Fine upright lines.
    Lines,
    /// Arrow feathers.
    Feathers,
}

/// Look of a tin; colours are sRGB numbers.
#[derive(Debug, Clone, Copy)]
pub struct Tin {
    pub paper: u32,
    pub ink: u32,
    pub pattern: Pattern,
    pub radius: f32,
    pub height: f32,
}

impl Tin {
    /// The closed tin with its label to the front.
    pub fn model(&self) -> Model {
        let r = self.radius;
        let lid_from = self.height * 0.74;
        let paper = Material {
            gloss: 0.25,
            rough: 0.7,
            ..Material::matte(v3(1.0, 1.0, 1.0))
        };
        let tiles = (TAU * r / 0.30).round();
        let body = self.sleeve(0.0, lid_from, &paper.clone().with(self.pattern(tiles, lid_from / 0.30)));
        let lid = self.sleeve(
            lid_from + 0.012,
            self.height,
            &paper.with(self.pattern(tiles, (self.height - lid_from) / 0.30)),
        );
        let mut top: Vec<Ring> = (0..=4)
            .map(|i| (i as f32 / 4.0 * PI / 2.0).sin_cos())
            .map(|(s, c)| (r - 0.03 + 0.03 * c, self.height + 0.03 * s))
            .collect();
        top.extend((0..=12).rev().map(|i| ((r - 0.03) * i as f32 / 12.0, self.height + 0.03)));
        let cap = lathe(
            &top,
            96,
            &Material {
                gloss: 0.25,
                rough: 0.7,
                ..Material::matte(srgb(self.paper))
            },
        );
        let seam = lathe(
            &[(r - 0.008, lid_from), (r - 0.008, lid_from + 0.012)],
            96,
            &Material::metal(srgb(0x8A7A5C), 0.4),
        );
        body + lid + cap + seam + self.label(lid_from)
    }

    fn sleeve(&self, from: f32, to: f32, material: &Material) -> Model {
        let profile: Vec<Ring> = (0..=24).map(|i| (self.radius, lerp(from, to, i as f32 / 24.0))).collect();
        lathe(&profile, 96, material)
    }

    fn label(&self, top: f32) -> Model {
        let paper = Material {
            gloss: 0.1,
            ..Material::matte(v3(1.0, 1.0, 1.0))
        }
        .with(label(self.ink));
        let (half, height) = (0.42 / self.radius * 0.62, top * 0.66);
        let sheet = Mesh::surface(16, 24, &paper, |u, v| {
            let (s, c) = ((u - 0.5) * 2.0 * half).sin_cos();
            let r = self.radius + 0.008;
            v3(s * r, top * 0.17 + height * (1.0 - v), c * r)
        });
        sheet.into()
    }

    fn pattern(&self, across: f32, down: f32) -> Arc<Texture> {
        let side = 96.0;
        let (cols, rows) = (across.max(1.0), down.max(0.5));
        let mut sheet = Sheet::new((cols * side).min(4000.0) as u32, (rows * side) as u32, self.paper);
        for row in -1..=(rows as i32 + 1) * 2 {
            for col in -1..=cols as i32 + 1 {
                self.tile(&mut sheet, col, row, side);
            }
        }
        sheet.texture()
    }

    fn tile(&self, sheet: &mut Sheet, col: i32, row: i32, side: f32) {
        let shift = if row % 2 == 0 { 0.0 } else { side / 2.0 };
        let (x, y) = (col as f32 * side + shift, row as f32 * side / 2.0);
        match self.pattern {
            Pattern::Waves => {
                sheet.dot(x, y + side * 0.5, side * 0.5, self.paper, 1.0);
                for k in 0..3 {
                    sheet.ring(x, y + side * 0.5, side * (0.46 - 0.15 * k as f32), 4.5, self.ink);
                }
            }
            Pattern::Hemp => {
                for k in 0..6 {
                    let (s, c) = (k as f32 * PI / 3.0 + PI / 6.0).sin_cos();
                    sheet.line((x, y), (x + c * side * 0.5, y + s * side * 0.5), 3.5, self.ink, 1.0);
                    let (s2, c2) = ((k as f32 + 1.0) * PI / 3.0 + PI / 6.0).sin_cos();
                    sheet.line(
                        (x + c * side * 0.5, y + s * side * 0.5),
                        (x + (c + c2) * side * 0.17, y + (s + s2) * side * 0.17),
                        3.0,
                        self.ink,
                        1.0,
                    );
                }
            }
            Pattern::Rings => sheet.ring(x, y, side * 0.5, 4.5, self.ink),
            Pattern::Lines => {
                for k in 0..6 {
                    let at = x + k as f32 * side / 6.0;
                    sheet.line((at, y - side), (at, y + side), if k % 3 == 0 { 5.0 } else { 1.6 }, self.ink, 0.8);
                }
            }
            Pattern::Feathers => {
                let (a, b) = (x, x + side / 2.0);
                sheet.polygon(
                    &[(a, y), (b, y + side * 0.25), (b, y + side * 0.5), (a, y + side * 0.25)],
                    self.ink,
                    1.0,
                );
                sheet.polygon(
                    &[
                        (a, y),
                        (a - side / 2.0, y + side * 0.25),
                        (a - side / 2.0, y + side * 0.5),
                        (a, y + side * 0.25),
                    ],
                    self.ink,
                    0.55,
                );
            }
        }
    }
}

/// Paper label with the sign for tea and a red seal.
fn label(ink: u32) -> Arc<Texture> {
    let mut sheet = Sheet::new(300, 420, 0xF3EDDD);
    for (inset, width) in [(14.0, 5.0), (24.0, 1.5)] {
        let (a, b, c, d) = (inset, 300.0 - inset, inset, 420.0 - inset);
        for (from, to) in [((a, c), (b, c)), ((b, c), (b, d)), ((b, d), (a, d)), ((a, d), (a, c))] {
            sheet.line(from, to, width, ink, 1.0);
        }
    }
    let dark = 0x2B2722;
    let strokes = [
        ((20.0, 22.0), (80.0, 22.0)),
        ((38.0, 12.0), (38.0, 32.0)),
        ((62.0, 12.0), (62.0, 32.0)),
        ((50.0, 34.0), (14.0, 62.0)),
        ((50.0, 34.0), (86.0, 62.0)),
        ((28.0, 64.0), (72.0, 64.0)),
        ((50.0, 50.0), (50.0, 96.0)),
        ((40.0, 72.0), (26.0, 88.0)),
        ((60.0, 72.0), (74.0, 88.0)),
    ];
    for (from, to) in strokes {
        let place = |(x, y): (f32, f32)| (150.0 + (x - 50.0) * 2.0, 60.0 + y * 2.0);
        sheet.line(place(from), place(to), 15.0, dark, 1.0);
    }
    sheet.polygon(&[(126.0, 306.0), (174.0, 306.0), (174.0, 354.0), (126.0, 354.0)], 0xB23A2A, 1.0);
    for x in [138.0, 150.0, 162.0] {
        sheet.line((x, 316.0), (x, 344.0), 4.0, 0xF3EDDD, 1.0);
    }
    sheet.texture()
}
