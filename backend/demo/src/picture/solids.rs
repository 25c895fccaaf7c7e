//! The solids everything is made of: turned, drawn along a path, cut from an outline.

use super::math::{V3, lerp, spline, v3};
use super::mesh::{Material, Mesh, Model};
use std::f32::consts::{PI, TAU};

/// Radius and height of a turned form.
pub type Ring = (f32, f32);

/// Points along a smooth curve through `rings`, `steps` per piece.
pub fn curve(rings: &[Ring], steps: usize) -> Vec<Ring> {
    let points: Vec<V3> = rings.iter().map(|&(r, y)| v3(r, y, 0.0)).collect();
    let count = (points.len() - 1) * steps;
    (0..=count)
        .map(|i| {
            let p = spline(&points, i as f32 / count as f32);
            (p.x.max(0.0), p.y)
        })
        .collect()
}

/// Surface of revolution of a profile that runs from the bottom outside to the top; `around` is the number of facets.
pub fn lathe(profile: &[Ring], around: usize, material: &Material) -> Model {
    let lengths = arc_lengths(profile);
    let mut mesh = Mesh::surface(profile.len(), around + 1, material, |u, v| {
        let (r, y) = profile[(v * (profile.len() - 1) as f32).round() as usize];
        // The seam faces away from the viewer, where no texture shows it.
        let (s, c) = ((u - 0.25) * TAU).sin_cos();
        v3(r * c, y, r * s)
    });
    for (i, uv) in mesh.uvs.iter_mut().enumerate() {
        *uv = [1.0 - uv[0], 1.0 - lengths[i / (around + 1)]];
    }
    mesh.into()
}

/// Distance along a profile from its start to each point, as shares of the whole.
pub fn arc_lengths(profile: &[Ring]) -> Vec<f32> {
    let mut sum = 0.0;
    let mut lengths = vec![0.0];
    for pair in profile.windows(2) {
        sum += (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
        lengths.push(sum);
    }
    lengths.iter().map(|l| l / sum).collect()
}

/// Profile of an open vessel: the outside from the foot to a rounded lip, then the inside down to its floor.
pub fn vessel(outside: &[Ring], wall: f32, steps: usize) -> Vec<Ring> {
    let outer = curve(outside, steps);
    let mut profile = vec![
        (0.0, outer[0].1 + 0.02),
        (outer[0].0 * 0.8, outer[0].1 + 0.02),
        (outer[0].0 * 0.9, outer[0].1),
    ];
    profile.extend(&outer);
    let (r, y) = outer[outer.len() - 1];
    for i in 1..8 {
        let (s, c) = (i as f32 / 8.0 * PI).sin_cos();
        profile.push((r - wall / 2.0 + c * wall / 2.0, y + s * wall / 2.0));
    }
    let floor = outer[0].1 + wall * 1.2;
    let inner: Vec<Ring> = outer
        .iter()
        .rev()
        .map(|&(r, y)| ((r - wall).max(0.0), y))
        .take_while(|p| p.1 > floor)
        .collect();
    let end = inner.last().copied().unwrap_or((r - wall, floor));
    profile.extend(&inner);
    // The floor curves into the wall, as a thumb leaves it.
    for i in 1..=6 {
        let (s, c) = (i as f32 / 6.0 * PI / 2.0).sin_cos();
        let edge = end.0 * 0.86;
        profile.push((edge + (end.0 - edge) * c, lerp(end.1, floor, s)));
    }
    for i in (0..5).rev() {
        profile.push((end.0 * 0.86 * i as f32 / 5.0, floor));
    }
    profile
}

/// A rod along a smooth path; `radius` gives the half widths along both cross directions at `t` from 0 to 1.
pub fn rod(path: &[V3], steps: usize, around: usize, material: &Material, radius: impl Fn(f32) -> (f32, f32)) -> Model {
    let closed = (path[0] - path[path.len() - 1]).length() < 1e-4;
    let cap = if closed { 0 } else { 4 };
    let centres: Vec<V3> = (0..=steps).map(|i| spline(path, i as f32 / steps as f32)).collect();
    let frames = frames(&centres);
    let rows = steps + 1 + 2 * cap;
    Mesh::surface(rows, around + 1, material, |u, v| {
        let row = (v * (rows - 1) as f32).round() as usize;
        let i = row.saturating_sub(cap).min(steps);
        let (along, side, up) = frames[i];
        let (a, b) = radius(i as f32 / steps as f32);
        let beyond = if row < cap {
            row as f32 / cap as f32 - 1.0
        } else {
            (row as f32 - (cap + steps) as f32).max(0.0) / cap.max(1) as f32
        };
        let (s, c) = (u * TAU).sin_cos();
        let shrink = (1.0 - beyond * beyond).max(0.0).sqrt();
        centres[i] + along * (beyond * a.min(b) * 0.6) + side * (a * c * shrink) - up * (b * s * shrink)
    })
    .into()
}

fn frames(centres: &[V3]) -> Vec<(V3, V3, V3)> {
    let last = centres.len() - 1;
    let mut side = v3(0.0, 0.0, 1.0);
    let mut frames = Vec::with_capacity(centres.len());
    for i in 0..=last {
        let along = (centres[(i + 1).min(last)] - centres[i.saturating_sub(1)]).unit();
        if i == 0 && along.z.abs() > 0.9 {
            side = v3(1.0, 0.0, 0.0);
        }
        side = (side - along * side.dot(along)).unit();
        // `side × up` must point along, so that the columns run the right way round.
        let up = along.cross(side);
        frames.push((along, side, up));
    }
    frames
}

/// Round rod of one thickness between two points.
pub fn bar(from: V3, to: V3, radius: f32, material: &Material) -> Model {
    let steps = (((to - from).length() / radius.max(0.06)) as usize).clamp(2, 40);
    let around = if radius < 0.03 { 8 } else { 20 };
    let middle = (from + to) * 0.5;
    rod(&[from, middle, to], steps, around, material, |_| (radius, radius))
}

/// Ball squeezed to three half widths.
pub fn ball(size: V3, material: &Material) -> Model {
    Mesh::surface(33, 49, material, |u, v| {
        let (s, c) = ((v - 0.5) * PI).sin_cos();
        let (a, b) = ((u - 0.25) * TAU).sin_cos();
        v3(c * b * size.x, s * size.y, c * a * size.z)
    })
    .into()
}

/// A small angular thing, such as a grain of salt or a tea leaf, along x.
pub fn crumb(length: f32, thick: f32, material: &Material) -> Model {
    let half = length / 2.0;
    rod(
        &[v3(-half, 0.0, 0.0), v3(0.0, thick * 0.4, thick * 0.3), v3(half, 0.0, 0.0)],
        2,
        5,
        material,
        |_| (thick, thick * 0.7),
    )
}

/// Ring lying flat: a rod of radius `thick` bent to radius `r`.
pub fn hoop(r: f32, thick: f32, flat: f32, material: &Material) -> Model {
    let profile: Vec<Ring> = (0..=20)
        .map(|i| {
            let (s, c) = (i as f32 / 20.0 * TAU).sin_cos();
            (r + c * thick, s * flat)
        })
        .collect();
    lathe(&profile, 128, material)
}

/// Outline of a rectangle with round corners, counter-clockwise.
pub fn rectangle(width: f32, height: f32, radius: f32) -> Vec<(f32, f32)> {
    let (w, h) = (width / 2.0 - radius, height / 2.0 - radius);
    let corners = [(w, h, 0.0), (-w, h, 0.25), (-w, -h, 0.5), (w, -h, 0.75)];
    let mut outline = Vec::new();
    for (i, &(x, y, turn)) in corners.iter().enumerate() {
        for k in 0..=6 {
            let (s, c) = ((turn + k as f32 / 24.0) * TAU).sin_cos();
            outline.push((x + c * radius, y + s * radius));
        }
        let (a, b) = (outline[outline.len() - 1], corners[(i + 1) % 4]);
        let (s, c) = (b.2 * TAU).sin_cos();
        let end = (b.0 + c * radius, b.1 + s * radius);
        for k in 1..10 {
            outline.push((lerp(a.0, end.0, k as f32 / 10.0), lerp(a.1, end.1, k as f32 / 10.0)));
        }
    }
    outline
}

/// A plate cut from a star-shaped outline, `depth` thick along z, its edges rounded by `bevel`.
///
/// `(u, v)` of the front is the outline's own rectangle, so that a texture lies on it undistorted.
pub fn plate(outline: &[(f32, f32)], depth: f32, bevel: f32, material: &Material) -> Model {
    let rows = plate_rows(depth, bevel);
    let count = outline.len();
    let inward = inward(outline);
    let mut mesh = Mesh::surface(rows.len(), count + 1, material, |u, v| {
        let row = rows[(v * (rows.len() - 1) as f32).round() as usize];
        let i = (u * count as f32).round() as usize % count;
        let (x, y) = (outline[i].0 + inward[i].0 * row.1, outline[i].1 + inward[i].1 * row.1);
        v3(x * row.0, y * row.0, row.2)
    });
    let (low, high) = Model::from(mesh.clone()).bounds();
    for (uv, p) in mesh.uvs.iter_mut().zip(&mesh.points) {
        *uv = [(p.x - low.x) / (high.x - low.x), 1.0 - (p.y - low.y) / (high.y - low.y)];
    }
    mesh.into()
}

/// Rows of a plate as (scale towards the centre, inset, z), from the centre of the front to the centre of the back.
fn plate_rows(depth: f32, bevel: f32) -> Vec<(f32, f32, f32)> {
    let half = depth / 2.0;
    let mut front: Vec<(f32, f32, f32)> = (0..=14).map(|i| (i as f32 / 14.0, bevel, half)).collect();
    front.push((1.0, bevel * 0.98, half));
    for i in 1..=4 {
        let (s, c) = (i as f32 / 4.0 * PI / 2.0).sin_cos();
        front.push((1.0, bevel * (1.0 - s), half - bevel * (1.0 - c)));
    }
    let edge = half - bevel;
    let side = 6;
    let mut rows = front.clone();
    rows.extend((1..side).map(|i| (1.0, 0.0, lerp(edge, -edge, i as f32 / side as f32))));
    rows.extend(front.iter().rev().map(|&(k, inset, z)| (k, inset, -z)));
    rows
}

fn inward(outline: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let n = outline.len();
    (0..n)
        .map(|i| {
            let (a, b) = (outline[(i + n - 1) % n], outline[(i + 1) % n]);
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx.hypot(dy).max(1e-6);
            (-dy / length, dx / length)
        })
        .collect()
}

/// Box with rounded edges, standing on the floor.
pub fn block(size: V3, bevel: f32, material: &Material) -> Model {
    plate(&rectangle(size.x, size.y, bevel.max(0.005)), size.z, bevel * 0.8, material).at(0.0, size.y / 2.0, 0.0)
}

/// Board lying on the floor: `size.x` wide, `size.z` deep, `size.y` thick, with corners of `radius`.
pub fn slab(size: V3, radius: f32, bevel: f32, material: &Material) -> Model {
    plate(&rectangle(size.x, size.z, radius.max(0.005)), size.y, bevel, material)
        .turned_x(-90.0)
        .at(0.0, size.y / 2.0, 0.0)
}
