//! Draws lit meshes over the backdrop with four samples a pixel, one band of rows after the other.

use super::backdrop::Painted;
use super::camera::Camera;
use super::mesh::Mesh;
use super::shade::Lit;
use super::texture::Texture;
use super::tone::Tone;

/// Samples along each side of a pixel.
const FINE: usize = 2;
/// Sample rows in a band: small enough for the processor's cache.
const BAND: usize = 128;

#[derive(Clone, Copy)]
struct Corner {
    x: f32,
    y: f32,
    near: f32,
    /// Display colour of a plain surface, or its light if a texture is to be multiplied.
    colour: [f32; 3],
    mirrored: [f32; 3],
    uv: [f32; 2],
}

struct Skin<'a> {
    corners: Vec<Corner>,
    cols: usize,
    thin: bool,
    texture: Option<&'a Texture>,
}

/// The picture's RGBA bytes: `lit` meshes over what is `behind`.
pub fn draw(meshes: &[Mesh], lit: &[Vec<Lit>], camera: &Camera, behind: &Painted, tone: &Tone, size: (usize, usize)) -> Vec<u8> {
    let skins: Vec<Skin<'_>> = meshes.iter().zip(lit).map(|(mesh, lit)| skin(mesh, lit, camera, tone)).collect();
    let (width, height) = (size.0 * FINE, size.1 * FINE);
    let mut bytes = Vec::with_capacity(size.0 * size.1 * 4);
    let mut row = Vec::with_capacity(size.0 + 8);
    let mut grain = Grain(0x9e37_79b9);
    let mut band = Band {
        width,
        top: 0,
        tone,
        near: vec![0.0; width * BAND],
        colour: vec![[0; 3]; width * BAND],
    };
    for (k, cells) in sorted_by_band(&skins, width, height).iter().enumerate() {
        band.top = k * BAND;
        band.near.fill(0.0);
        for &(skin, cell) in cells {
            band.cell(&skins[skin as usize], cell as usize);
        }
        let first = band.top / FINE;
        for y in first..(first + BAND / FINE).min(size.1) {
            behind.row(y, &mut row);
            for (x, back) in row.iter().take(size.0).enumerate() {
                let pixel = band.resolve(x, y - first, *back);
                let grain = grain.next();
                bytes.extend([(pixel[0] + grain) as u8, (pixel[1] + grain) as u8, (pixel[2] + grain) as u8, 255]);
            }
        }
    }
    bytes
}

/// A breath of grain, which also keeps the soft gradients free of bands.
struct Grain(u32);

impl Grain {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        ((self.0 & 255) + ((self.0 >> 8) & 255)) as f32 * (1.4 / 255.0) - 0.9
    }
}

fn skin<'a>(mesh: &'a Mesh, lit: &[Lit], camera: &Camera, tone: &Tone) -> Skin<'a> {
    let texture = mesh.material.texture.as_deref();
    let corners = (0..mesh.points.len()).map(|i| {
        let (x, y, near) = camera.project(mesh.points[i]);
        let light = lit[i].scattered.tinted(mesh.material.colour).tinted(mesh.tints[i]);
        let glint = lit[i].mirrored;
        let colour = if texture.is_some() {
            [light.x, light.y, light.z]
        } else {
            tone.of_colour(light + glint)
        };
        Corner {
            x: x * FINE as f32,
            y: y * FINE as f32,
            near,
            colour,
            mirrored: [glint.x, glint.y, glint.z],
            uv: mesh.uvs[i],
        }
    });
    Skin {
        corners: corners.collect(),
        cols: mesh.cols,
        thin: mesh.material.thin,
        texture,
    }
}

fn sorted_by_band(skins: &[Skin<'_>], width: usize, height: usize) -> Vec<Vec<(u32, u32)>> {
    let mut bands = vec![Vec::new(); height.div_ceil(BAND)];
    for (s, skin) in skins.iter().enumerate() {
        let rows = skin.corners.len() / skin.cols;
        for i in (0..rows - 1).flat_map(|r| (0..skin.cols - 1).map(move |c| r * skin.cols + c)) {
            let four = [i, i + 1, i + skin.cols, i + skin.cols + 1].map(|k| &skin.corners[k]);
            let low = four.iter().fold(f32::MAX, |m, c| m.min(c.y));
            let high = four.iter().fold(f32::MIN, |m, c| m.max(c.y));
            let beside = four.iter().all(|c| c.x < 0.0) || four.iter().all(|c| c.x > width as f32);
            if beside || high < 0.0 || low >= height as f32 {
                continue;
            }
            let last = (high as usize).min(height - 1) / BAND;
            for band in &mut bands[low.max(0.0) as usize / BAND..=last] {
                band.push((s as u32, i as u32));
            }
        }
    }
    bands
}

/// One side of a triangle along a row of samples.
struct Edge {
    slope: f32,
    inverse: f32,
}

impl Edge {
    fn new(slope: f32) -> Self {
        Edge {
            slope,
            inverse: 1.0 / slope,
        }
    }

    /// Narrows `from..=to` to the samples where `at + slope * x` is not negative.
    fn clip(&self, at: f32, from: &mut f32, to: &mut f32) {
        let zero = -at * self.inverse;
        if self.slope > 1e-12 {
            *from = from.max(zero);
        } else if self.slope < -1e-12 {
            *to = to.min(zero);
        } else if at < 0.0 {
            *to = -1.0;
        }
    }
}

struct Band<'a> {
    width: usize,
    top: usize,
    tone: &'a Tone,
    near: Vec<f32>,
    colour: Vec<[u8; 3]>,
}

impl Band<'_> {
    fn cell(&mut self, skin: &Skin<'_>, i: usize) {
        let c = &skin.corners;
        self.triangle([&c[i], &c[i + 1], &c[i + skin.cols]], skin.texture, skin.thin);
        self.triangle([&c[i + 1], &c[i + skin.cols + 1], &c[i + skin.cols]], skin.texture, skin.thin);
    }

    fn triangle(&mut self, [a, b, c]: [&Corner; 3], texture: Option<&Texture>, thin: bool) {
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        // Solids are closed, so a face that turns away is hidden by one that does not.
        if area.abs() < 1e-4 || (area < 0.0 && !thin) {
            return;
        }
        let scale = 1.0 / area;
        let top = self.top as f32;
        let y0 = (a.y.min(b.y).min(c.y) - top + 0.5).max(0.0) as usize;
        let y1 = (a.y.max(b.y).max(c.y) - top + 0.5).clamp(0.0, BAND as f32) as usize;
        // Shares of the corners b, c and a, each linear along a row.
        let (vx, vy) = ((c.y - a.y) * scale, (a.x - c.x) * scale);
        let (wx, wy) = ((a.y - b.y) * scale, (b.x - a.x) * scale);
        let edges = [Edge::new(vx), Edge::new(wx), Edge::new(-vx - wx)];
        let (near_v, near_w) = (b.near - a.near, c.near - a.near);
        for y in y0..y1 {
            let (px, py) = (0.5 - a.x, y as f32 + top + 0.5 - a.y);
            let (v0, w0) = (px * vx + py * vy, px * wx + py * wy);
            let (mut from, mut to) = (0.0, self.width as f32 - 1.0);
            for (edge, at) in edges.iter().zip([v0, w0, 1.0 - v0 - w0]) {
                edge.clip(at, &mut from, &mut to);
            }
            if from > to {
                continue;
            }
            // Truncation rounds up because the bound is not negative and one is added unless it is whole.
            let first = (from + 0.999_99) as usize;
            for x in first..=to as usize {
                let (v, w) = (v0 + vx * x as f32, w0 + wx * x as f32);
                let near = a.near + v * near_v + w * near_w;
                let slot = y * self.width + x;
                if near > self.near[slot] {
                    self.near[slot] = near;
                    self.colour[slot] = match texture {
                        None => plain([a, b, c], v, w),
                        Some(texture) => textured([a, b, c], v, w, texture, self.tone),
                    };
                }
            }
        }
    }

    fn resolve(&self, x: usize, y: usize, back: [f32; 3]) -> [f32; 3] {
        let slot = y * FINE * self.width + x * FINE;
        let four = [slot, slot + 1, slot + self.width, slot + self.width + 1];
        let covered = four.map(|s| self.near[s] > 0.0);
        if covered == [false; 4] {
            return back;
        }
        std::array::from_fn(|k| {
            let sample = |i: usize| {
                if covered[i] {
                    f32::from(self.colour[four[i]][k]) + 0.5
                } else {
                    back[k]
                }
            };
            (sample(0) + sample(1) + sample(2) + sample(3)) * 0.25
        })
    }
}

fn plain(corners: [&Corner; 3], v: f32, w: f32) -> [u8; 3] {
    let [a, b, c] = corners.map(|c| c.colour);
    std::array::from_fn(|k| (a[k] + v * (b[k] - a[k]) + w * (c[k] - a[k])) as u8)
}

fn textured([a, b, c]: [&Corner; 3], v: f32, w: f32, texture: &Texture, tone: &Tone) -> [u8; 3] {
    let u = 1.0 - v - w;
    let texel = texture.at(a.uv[0] * u + b.uv[0] * v + c.uv[0] * w, a.uv[1] * u + b.uv[1] * v + c.uv[1] * w);
    let texel = [texel.x, texel.y, texel.z];
    std::array::from_fn(|k| {
        let light = a.colour[k] * u + b.colour[k] * v + c.colour[k] * w;
        tone.of(light * texel[k] + a.mirrored[k] * u + b.mirrored[k] * v + c.mirrored[k] * w) as u8
    })
}
