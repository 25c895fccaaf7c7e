//! The shadow of a branch in the window.

use super::math::{Dice, lerp};
use super::texture::Sheet;
use std::sync::OnceLock;

const SIDE: usize = 512;

/// Share of light that passes the branch at a place of the window, both 0 to 1; all of it outside.
pub fn light(u: f32, v: f32) -> f32 {
    static LIGHT: OnceLock<Vec<f32>> = OnceLock::new();
    let light = LIGHT.get_or_init(draw);
    let (x, y) = (u * (SIDE - 2) as f32, v * (SIDE - 2) as f32);
    if x < 0.0 || y < 0.0 || x >= (SIDE - 2) as f32 || y >= (SIDE - 2) as f32 {
        return 1.0;
    }
    let (i, j, fx, fy) = (x as usize, y as usize, x.fract(), y.fract());
    let at = |i: usize, j: usize| light[j * SIDE + i];
    lerp(lerp(at(i, j), at(i + 1, j), fx), lerp(at(i, j + 1), at(i + 1, j + 1), fx), fy)
}

fn draw() -> Vec<f32> {
    let mut sheet = Sheet::new(SIDE as u32, SIDE as u32, 0xFFFFFF);
    let mut dice = Dice::of("branch");
    for (root, angle, length) in [
        ((30.0, 40.0), 0.55, 420.0),
        ((200.0, 10.0), 0.95, 300.0),
        ((10.0, 230.0), 0.15, 330.0),
    ] {
        twig(&mut sheet, root, angle, length, &mut dice);
    }
    let mut light: Vec<f32> = sheet.pixels().chunks(4).map(|p| f32::from(p[0]) / 255.0).collect();
    for _ in 0..3 {
        light = blurred(&light, 1);
        light = blurred(&light, SIDE);
    }
    light
}

/// A bent twig whose leaves alternate and grow smaller towards its tip.
fn twig(sheet: &mut Sheet, root: (f32, f32), angle: f32, length: f32, dice: &mut Dice) {
    let (mut at, mut turn) = (root, angle);
    let pieces = 13;
    for i in 0..pieces {
        let step = length / pieces as f32;
        let next = (at.0 + turn.cos() * step, at.1 + turn.sin() * step);
        sheet.line(at, next, lerp(5.0, 1.5, i as f32 / pieces as f32), 0, 1.0);
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        if i > 1 {
            leaf(
                sheet,
                next,
                turn + side * dice.range(0.5, 1.0),
                lerp(86.0, 46.0, i as f32 / pieces as f32) * dice.range(0.8, 1.1),
            );
        }
        at = next;
        turn += dice.range(-0.10, 0.14);
    }
    leaf(sheet, at, turn, 60.0);
}

fn leaf(sheet: &mut Sheet, at: (f32, f32), angle: f32, length: f32) {
    let (s, c) = angle.sin_cos();
    let place = |along: f32, across: f32| (at.0 + along * c - across * s, at.1 + along * s + across * c);
    let (tip, left, right) = (
        place(length, 0.0),
        place(length * 0.42, length * 0.30),
        place(length * 0.42, -length * 0.30),
    );
    let outline = |path: &mut tiny_skia::PathBuilder| {
        path.move_to(at.0, at.1);
        path.quad_to(left.0, left.1, tip.0, tip.1);
        path.quad_to(right.0, right.1, at.0, at.1);
        path.close();
    };
    sheet.fill(outline, 0, 1.0);
}

fn blurred(light: &[f32], step: usize) -> Vec<f32> {
    let wide = 5_isize;
    (0..light.len())
        .map(|i| {
            let place = if step == 1 { i % SIDE } else { i / SIDE } as isize;
            let inside = (-wide..=wide).filter(|k| (0..SIDE as isize).contains(&(place + k)));
            let (sum, count) = inside.fold((0.0, 0.0), |(s, n), k| {
                (s + light[(i as isize + k * step as isize) as usize], n + 1.0)
            });
            sum / count
        })
        .collect()
}
