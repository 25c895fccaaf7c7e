//! The paper the objects stand on: floor, wall, their light and the shadows on them.

use super::camera::Camera;
use super::foliage;
use super::light::DepthMap;
use super::math::{V3, lerp, noise, smooth, v3};
use super::shade::Studio;
use super::tone::Tone;

/// Colours and shape of the room behind the objects.
#[derive(Debug, Clone, Copy)]
pub struct Backdrop {
    /// Linear colours.
    pub floor: V3,
    pub wall: V3,
    /// Distance of the wall behind the origin, in scene sizes until the picture is taken.
    pub depth: f32,
    pub gobo: Gobo,
    /// How much the surface is mottled, 0 (paper) to 1 (plaster).
    pub mottle: f32,
}

/// What hangs between the window and the scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gobo {
    Open,
    /// The bars of a window throw soft stripes.
    Window,
    /// Leaves of a tree.
    Leaves,
    /// Slats of a blind.
    Blind,
}

/// The backdrop's light is smooth, so it is computed once per this many pixels.
const COARSE: usize = 5;

/// The lit backdrop of one picture, in display values.
#[derive(Debug)]
pub struct Painted {
    floor: Vec<[f32; 3]>,
    wall: Vec<[f32; 3]>,
    horizon: f32,
    cols: usize,
}

impl Painted {
    /// Display values of one row of pixels, replacing what `pixels` held.
    pub fn row(&self, y: usize, pixels: &mut Vec<[f32; 3]>) {
        let floor = smooth(self.horizon - 0.7, self.horizon + 0.7, y as f32 + 0.5);
        let first = y / COARSE * self.cols;
        let down = (y % COARSE) as f32 / COARSE as f32;
        let between = |a: [f32; 3], b: [f32; 3], t: f32| -> [f32; 3] { std::array::from_fn(|k| lerp(a[k], b[k], t)) };
        let node = |i: usize| {
            let of = |nodes: &[[f32; 3]]| between(nodes[i], nodes[i + self.cols], down);
            if floor >= 1.0 {
                of(&self.floor)
            } else if floor <= 0.0 {
                of(&self.wall)
            } else {
                between(of(&self.wall), of(&self.floor), floor)
            }
        };
        pixels.clear();
        let mut left = node(first);
        for i in first + 1..first + self.cols {
            let right = node(i);
            pixels.extend((0..COARSE).map(|k| between(left, right, k as f32 / COARSE as f32)));
            left = right;
        }
    }
}

/// Lights the bare backdrop.
pub fn paint(
    backdrop: &Backdrop,
    camera: &Camera,
    studio: &Studio,
    maps: (&DepthMap, &DepthMap),
    scale: f32,
    tone: &Tone,
    size: (usize, usize),
) -> Painted {
    let (width, height) = size;
    let (w, h) = (width / COARSE + 2, height / COARSE + 2);
    let room = Room {
        backdrop,
        camera,
        studio,
        maps,
        scale,
        middle: camera.ray(width as f32 / 2.0, height as f32 / 2.0),
    };
    let horizon = room.horizon(height);
    // Beyond its own edge each surface is lit only as far as the blur below reaches.
    let spare = 3.0 * COARSE as f32;
    let seen = |albedo: V3, visible: &dyn Fn(f32) -> bool, light: &dyn Fn(f32, f32) -> V3| {
        let nodes: Vec<V3> = (0..w * h)
            .map(|i| {
                let (x, y) = ((i % w * COARSE) as f32, (i / w * COARSE) as f32);
                if visible(y) { light(x, y) } else { v3(0.0, 0.0, 0.0) }
            })
            .collect();
        softened(&nodes, w, h).iter().map(|l| tone.of_colour(l.tinted(albedo))).collect()
    };
    Painted {
        floor: seen(backdrop.floor, &|y| y > horizon - spare, &|x, y| room.floor(x, y)),
        wall: seen(backdrop.wall, &|y| y < horizon + spare, &|x, y| room.wall(x, y)),
        horizon,
        cols: w,
    }
}

struct Room<'a> {
    backdrop: &'a Backdrop,
    camera: &'a Camera,
    studio: &'a Studio,
    maps: (&'a DepthMap, &'a DepthMap),
    scale: f32,
    middle: V3,
}

impl Room<'_> {
    /// Picture row where the floor meets the wall, which may lie outside the picture.
    fn horizon(&self, height: usize) -> f32 {
        let corner = v3(0.0, 0.0, -self.backdrop.depth);
        if self.camera.eye.z <= corner.z + 0.5 {
            -(height as f32)
        } else {
            self.camera.project(corner).1
        }
    }

    fn floor(&self, x: f32, y: f32) -> V3 {
        let ray = self.camera.ray(x, y);
        let p = self.camera.eye + ray * (self.camera.eye.y / (-ray.y).max(1e-3));
        self.surface(p, v3(0.0, 1.0, 0.0), spin(x, y)) * self.falloff(ray)
    }

    fn wall(&self, x: f32, y: f32) -> V3 {
        let ray = self.camera.ray(x, y);
        let p = self.camera.eye + ray * ((self.camera.eye.z + self.backdrop.depth) / (-ray.z).max(1e-3));
        self.surface(p, v3(0.0, 0.0, 1.0), spin(x, y)) * self.falloff(ray)
    }

    /// Corners of a picture are a little darker than its middle.
    fn falloff(&self, ray: V3) -> f32 {
        let edge = ray - self.middle;
        1.02 - 3.4 * edge.dot(edge)
    }

    fn surface(&self, p: V3, normal: V3, spin: f32) -> V3 {
        let studio = self.studio;
        let facing = normal.dot(studio.key).max(0.0);
        let upright = normal.z > 0.5;
        // The wall turns from the window less than it would, as if a second lamp lit it.
        let facing = if upright { facing * 0.5 + 0.36 } else { facing };
        let reach = self.maps.0.reach(p, normal, studio.softness, spin);
        let open = if upright {
            1.0
        } else {
            self.maps.1.openness(p, normal, self.scale, spin)
        };
        let gobo = self.gobo(p);
        let plaster = if self.backdrop.mottle > 0.0 { self.mottling(p) } else { 1.0 };
        let sky = if upright { 0.86 } else { 1.0 };
        (studio.key_light * (facing * reach * gobo) + studio.sky_light * (sky * (0.2 + 0.8 * open))) * plaster
    }

    fn mottling(&self, p: V3) -> f32 {
        let k = 6.0 / self.scale;
        let (a, b) = (p.x * k, (p.y + p.z) * k);
        let cloud = 0.6 * noise(a + 40.0, b + 40.0) + 0.4 * noise(a * 3.1 + 7.0, b * 3.1 + 90.0);
        1.0 + self.backdrop.mottle * 0.12 * (cloud - 0.5)
    }

    fn gobo(&self, p: V3) -> f32 {
        if self.backdrop.gobo == Gobo::Open {
            return 1.0;
        }
        // Place on the plane of the window, in scene sizes.
        let right = v3(self.studio.key.z, 0.0, -self.studio.key.x).unit();
        let up = self.studio.key.cross(right);
        let middle = if self.backdrop.gobo == Gobo::Leaves {
            self.backdrop.depth - 0.42 * self.scale
        } else {
            0.55 * self.backdrop.depth
        };
        let p = (p - v3(0.0, 0.2 * self.scale, -middle)) * (1.0 / self.scale);
        let (a, b) = (p.dot(right), p.dot(up));
        match self.backdrop.gobo {
            Gobo::Open => 1.0,
            Gobo::Window => lerp(0.62, 1.06, stripes(a * 1.05 + 0.28, 0.40).min(stripes(b * 0.8 + 0.15, 0.42))),
            Gobo::Blind => lerp(0.66, 1.06, stripes(b * 3.2 + a * 0.25, 0.26)),
            Gobo::Leaves => lerp(0.50, 1.06, foliage::light(a * 0.55 + 0.5, 0.5 - b * 0.55)),
        }
    }
}

/// Bright bands with soft edges, one per unit; `half` is half of the bright part.
fn stripes(x: f32, half: f32) -> f32 {
    let off = (x - x.floor() - 0.5).abs();
    1.0 - smooth(half - 0.07, half + 0.05, off)
}

/// Per-texel turn of the shadow samples, so that the blur below turns bands into an even tone.
fn spin(x: f32, y: f32) -> f32 {
    let (x, y) = (x / COARSE as f32, y / COARSE as f32);
    let v = 52.982_918 * (0.067_110_56 * x + 0.005_837_15 * y).fract();
    v.fract().abs()
}

fn softened(light: &[V3], w: usize, h: usize) -> Vec<V3> {
    let pass = |source: &[V3], step: usize, limit: &dyn Fn(usize) -> (bool, bool)| -> Vec<V3> {
        (0..source.len())
            .map(|i| {
                let (first, last) = limit(i);
                let before = if first { source[i] } else { source[i - step] };
                let after = if last { source[i] } else { source[i + step] };
                source[i] * 0.4 + (before + after) * 0.3
            })
            .collect()
    };
    let across = pass(light, 1, &|i| (i % w == 0, i % w == w - 1));
    let down = pass(&across, w, &|i| (i < w, i >= w * (h - 1)));
    let across = pass(&down, 1, &|i| (i % w == 0, i % w == w - 1));
    pass(&across, w, &|i| (i < w, i >= w * (h - 1)))
}
