//! Flat patterns that lie on surfaces: labels, speckles, covers, drawn with paths.

use super::math::{V3, srgb, v3};
use std::sync::Arc;
use tiny_skia::{BlendMode, Color, FillRule, LineCap, Paint, PathBuilder, Pixmap, Stroke, Transform};

/// A picture in linear colour, sampled without filtering because the raster supersamples.
#[derive(Debug)]
pub struct Texture {
    width: usize,
    height: usize,
    texels: Vec<V3>,
}

impl Texture {
    /// Texel at `u`, `v`, both repeating every 1; `v` 0 is the top.
    pub fn at(&self, u: f32, v: f32) -> V3 {
        // A cast is cheaper than a floor here; coordinates are never below -8.
        let wrap = |c: f32| c + 8.0 - ((c + 8.0) as i32) as f32;
        let x = (wrap(u) * self.width as f32) as usize;
        let y = (wrap(v) * self.height as f32) as usize;
        self.texels[y.min(self.height - 1) * self.width + x.min(self.width - 1)]
    }
}

/// A sheet to draw a texture on; coordinates are pixels.
#[derive(Debug)]
pub struct Sheet {
    pixmap: Pixmap,
}

fn paint(colour: u32, alpha: f32) -> Paint<'static> {
    let part = |shift: u32| ((colour >> shift) & 255) as f32 / 255.0;
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    paint.set_color(Color::from_rgba(part(16), part(8), part(0), alpha.clamp(0.0, 1.0)).unwrap_or(Color::BLACK));
    paint
}

impl Sheet {
    /// Transparent sheet; sides are at least one pixel.
    pub fn clear(width: u32, height: u32) -> Self {
        let side = |n: u32| n.clamp(1, 4096);
        let pixmap = Pixmap::new(side(width), side(height)).unwrap_or_else(|| unreachable!("both sides are between 1 and 4096"));
        Sheet { pixmap }
    }

    /// Sheet filled with a colour `0xRRGGBB`.
    pub fn new(width: u32, height: u32, colour: u32) -> Self {
        let mut sheet = Sheet::clear(width, height);
        let (w, h) = (sheet.width(), sheet.height());
        sheet.polygon(&[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)], colour, 1.0);
        sheet
    }

    pub fn width(&self) -> f32 {
        self.pixmap.width() as f32
    }

    pub fn height(&self) -> f32 {
        self.pixmap.height() as f32
    }

    pub fn fill(&mut self, draw: impl FnOnce(&mut PathBuilder), colour: u32, alpha: f32) {
        let mut path = PathBuilder::new();
        draw(&mut path);
        if let Some(path) = path.finish() {
            self.pixmap
                .fill_path(&path, &paint(colour, alpha), FillRule::EvenOdd, Transform::identity(), None);
        }
    }

    pub fn stroke(&mut self, draw: impl FnOnce(&mut PathBuilder), width: f32, colour: u32, alpha: f32) {
        let mut path = PathBuilder::new();
        draw(&mut path);
        if let Some(path) = path.finish() {
            let stroke = Stroke {
                width,
                line_cap: LineCap::Round,
                ..Stroke::default()
            };
            self.pixmap
                .stroke_path(&path, &paint(colour, alpha), &stroke, Transform::identity(), None);
        }
    }

    /// Takes a line of the drawing away again.
    pub fn erase(&mut self, draw: impl FnOnce(&mut PathBuilder), width: f32) {
        let mut path = PathBuilder::new();
        draw(&mut path);
        if let Some(path) = path.finish() {
            let stroke = Stroke {
                width,
                ..Stroke::default()
            };
            let paint = Paint {
                blend_mode: BlendMode::DestinationOut,
                ..paint(0, 1.0)
            };
            self.pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    pub fn polygon(&mut self, points: &[(f32, f32)], colour: u32, alpha: f32) {
        let outline = |path: &mut PathBuilder| {
            for (i, &(x, y)) in points.iter().enumerate() {
                if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
            }
            path.close();
        };
        self.fill(outline, colour, alpha);
    }

    pub fn dot(&mut self, x: f32, y: f32, radius: f32, colour: u32, alpha: f32) {
        self.fill(|path| path.push_circle(x, y, radius), colour, alpha);
    }

    pub fn ring(&mut self, x: f32, y: f32, radius: f32, width: f32, colour: u32) {
        self.stroke(|path| path.push_circle(x, y, radius), width, colour, 1.0);
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: u32, alpha: f32) {
        let draw = |path: &mut PathBuilder| {
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
        };
        self.stroke(draw, width, colour, alpha);
    }

    /// Straight RGBA pixels, row by row.
    pub fn pixels(&self) -> Vec<u8> {
        let straight = self.pixmap.pixels().iter().map(|p| p.demultiply());
        straight.flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]).collect()
    }

    /// The sheet as a texture; transparent parts become black.
    pub fn texture(&self) -> Arc<Texture> {
        let decode: Vec<f32> = (0..256).map(|i| srgb(i).z).collect();
        let texels = self.pixmap.pixels().iter();
        let texels = texels
            .map(|p| v3(decode[p.red() as usize], decode[p.green() as usize], decode[p.blue() as usize]))
            .collect();
        Arc::new(Texture {
            width: self.pixmap.width() as usize,
            height: self.pixmap.height() as usize,
            texels,
        })
    }
}
