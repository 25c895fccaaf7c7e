//! The marks of the shops: one colour, few lines, legible at 24 pixels.

use super::texture::Sheet;
use crate::LOGO_SIZE;
use image::RgbaImage;
use std::f32::consts::TAU;
use tiny_skia::PathBuilder;

/// The mark of a store in its accent colour.
pub fn logo(store: &str) -> Option<RgbaImage> {
    let accent = crate::store(store)?.theme.accent;
    let ink = u32::from_str_radix(accent.trim_start_matches('#'), 16).ok()?;
    let mut sheet = Sheet::clear(LOGO_SIZE.0, LOGO_SIZE.1);
    match store {
        "acme" => vase(&mut sheet, ink),
        "globex" => wheel(&mut sheet, ink),
        "tokyo" => cup(&mut sheet, ink),
        "plain" => page(&mut sheet, ink),
        _ => flame(&mut sheet, ink),
    }
    RgbaImage::from_raw(LOGO_SIZE.0, LOGO_SIZE.1, sheet.pixels())
}

/// A round vase whose waist shows the seam of its two halves.
fn vase(sheet: &mut Sheet, ink: u32) {
    let body = |p: &mut PathBuilder| {
        p.move_to(196.0, 56.0);
        p.line_to(316.0, 56.0);
        p.line_to(306.0, 120.0);
        p.cubic_to(420.0, 150.0, 470.0, 236.0, 452.0, 320.0);
        p.cubic_to(438.0, 392.0, 392.0, 434.0, 338.0, 456.0);
        p.line_to(174.0, 456.0);
        p.cubic_to(120.0, 434.0, 74.0, 392.0, 60.0, 320.0);
        p.cubic_to(42.0, 236.0, 92.0, 150.0, 206.0, 120.0);
        p.close();
    };
    sheet.fill(body, ink, 1.0);
    let glaze = |p: &mut PathBuilder| {
        p.move_to(20.0, 290.0);
        p.cubic_to(140.0, 220.0, 200.0, 350.0, 290.0, 288.0);
        p.cubic_to(360.0, 242.0, 420.0, 284.0, 500.0, 262.0);
    };
    sheet.erase(glaze, 34.0);
}

/// A wheel whose spokes form a star.
fn wheel(sheet: &mut Sheet, ink: u32) {
    sheet.ring(256.0, 256.0, 200.0, 44.0, ink);
    for i in 0..10 {
        let (s, c) = (i as f32 / 10.0 * TAU).sin_cos();
        sheet.line(
            (256.0 + c * 56.0, 256.0 + s * 56.0),
            (256.0 + c * 180.0, 256.0 + s * 180.0),
            16.0,
            ink,
            1.0,
        );
    }
    sheet.dot(256.0, 256.0, 44.0, ink, 1.0);
}

/// A tea bowl under a round of steam.
fn cup(sheet: &mut Sheet, ink: u32) {
    let bowl = |p: &mut PathBuilder| {
        p.move_to(76.0, 248.0);
        p.line_to(436.0, 248.0);
        p.cubic_to(436.0, 352.0, 384.0, 416.0, 318.0, 432.0);
        p.line_to(318.0, 464.0);
        p.line_to(194.0, 464.0);
        p.line_to(194.0, 432.0);
        p.cubic_to(128.0, 416.0, 76.0, 352.0, 76.0, 248.0);
        p.close();
    };
    sheet.fill(bowl, ink, 1.0);
    let leaf = |p: &mut PathBuilder| {
        p.move_to(186.0, 204.0);
        p.cubic_to(180.0, 110.0, 240.0, 56.0, 344.0, 48.0);
        p.cubic_to(346.0, 146.0, 290.0, 206.0, 186.0, 204.0);
        p.close();
    };
    sheet.fill(leaf, ink, 1.0);
}

/// A sheet of paper with a turned corner and two lines.
fn page(sheet: &mut Sheet, ink: u32) {
    let paper = |p: &mut PathBuilder| {
        p.move_to(104.0, 48.0);
        p.line_to(304.0, 48.0);
        p.line_to(408.0, 152.0);
        p.line_to(408.0, 464.0);
        p.line_to(104.0, 464.0);
        p.close();
        for (y, end) in [(230.0, 344.0), (300.0, 344.0), (370.0, 270.0)] {
            p.move_to(168.0, y);
            p.line_to(end, y);
            p.line_to(end, y + 28.0);
            p.line_to(168.0, y + 28.0);
            p.close();
        }
        p.move_to(288.0, 72.0);
        p.line_to(288.0, 168.0);
        p.line_to(384.0, 168.0);
        p.close();
    };
    sheet.fill(paper, ink, 1.0);
}

/// A flame over its candle.
fn flame(sheet: &mut Sheet, ink: u32) {
    let drop = |p: &mut PathBuilder| {
        p.move_to(256.0, 36.0);
        p.cubic_to(330.0, 130.0, 346.0, 176.0, 322.0, 222.0);
        p.cubic_to(300.0, 262.0, 212.0, 262.0, 190.0, 222.0);
        p.cubic_to(166.0, 176.0, 182.0, 130.0, 256.0, 36.0);
        p.close();
    };
    sheet.fill(drop, ink, 1.0);
    sheet.polygon(&[(168.0, 296.0), (344.0, 296.0), (344.0, 472.0), (168.0, 472.0)], ink, 1.0);
}
