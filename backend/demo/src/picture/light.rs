//! What the lamp and the ceiling see: soft shadows and the darkness of corners.

use super::math::{V3, v3};
use super::mesh::Mesh;
use std::f32::consts::{FRAC_1_SQRT_2, TAU};

/// Samples on the disc of a shadow's edge.
const DISC: usize = 32;

/// Distances from a far lamp to the nearest surface, on a square of texels.
#[derive(Debug)]
pub struct DepthMap {
    size: usize,
    right: V3,
    up: V3,
    away: V3,
    origin: (f32, f32),
    nearest: f32,
    /// Width of a texel, decimetres.
    pub texel: f32,
    depth: Vec<f32>,
    /// Even spread of points over the unit disc, sorted from the middle out.
    disc: [(f32, f32); DISC],
}

impl DepthMap {
    /// Map of everything as seen from the direction `towards` the lamp.
    pub fn new(meshes: &[Mesh], towards: V3, size: usize) -> Self {
        let away = -towards;
        let right = v3(-towards.z, 0.0, towards.x).unit();
        let right = if right.length() < 0.5 { v3(1.0, 0.0, 0.0) } else { right };
        let up = right.cross(away);
        let (mut low, mut high, mut nearest) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN), f32::MAX);
        for p in meshes.iter().flat_map(|m| &m.points) {
            let (s, t) = (p.dot(right), p.dot(up));
            low = (low.0.min(s), low.1.min(t));
            high = (high.0.max(s), high.1.max(t));
            nearest = nearest.min(p.dot(away));
        }
        let texel = (high.0 - low.0).max(high.1 - low.1).max(0.01) / (size - 6) as f32;
        let origin = (low.0 - 3.0 * texel, low.1 - 3.0 * texel);
        let mut map = DepthMap {
            size,
            right,
            up,
            away,
            origin,
            nearest,
            texel,
            depth: vec![f32::MAX; size * size],
            disc: disc(),
        };
        meshes.iter().for_each(|mesh| map.draw(mesh));
        map
    }

    fn place(&self, p: V3) -> (f32, f32, f32) {
        (
            (p.dot(self.right) - self.origin.0) / self.texel,
            (p.dot(self.up) - self.origin.1) / self.texel,
            p.dot(self.away),
        )
    }

    fn draw(&mut self, mesh: &Mesh) {
        let placed: Vec<(f32, f32, f32)> = mesh.points.iter().map(|&p| self.place(p)).collect();
        for r in 0..mesh.rows - 1 {
            for c in 0..mesh.cols - 1 {
                let i = r * mesh.cols + c;
                let (a, b, d, e) = (placed[i], placed[i + 1], placed[i + mesh.cols], placed[i + mesh.cols + 1]);
                let low = (a.0.min(b.0).min(d.0).min(e.0), a.1.min(b.1).min(d.1).min(e.1));
                let high = (a.0.max(b.0).max(d.0).max(e.0), a.1.max(b.1).max(d.1).max(e.1));
                self.put(a.0 as usize, a.1 as usize, a.2);
                // A cell smaller than a texel is no more than its corner.
                if high.0 - low.0 > 1.0 || high.1 - low.1 > 1.0 {
                    self.triangle(a, b, d, mesh.material.thin);
                    self.triangle(b, e, d, mesh.material.thin);
                }
            }
        }
    }

    fn triangle(&mut self, a: (f32, f32, f32), b: (f32, f32, f32), c: (f32, f32, f32), thin: bool) {
        let size = self.size as f32;
        let area = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        // Solids are closed: the faces turned to the lamp are enough.
        if area.abs() < 1e-6 || (area > 0.0 && !thin) {
            return;
        }
        let reach = |p: f32, q: f32, r: f32| ((p.min(q).min(r) + 0.99).max(0.0) as usize, p.max(q).max(r).min(size - 1.0) as usize);
        let ((x0, x1), (y0, y1)) = (reach(a.0, b.0, c.0), reach(a.1, b.1, c.1));
        let scale = 1.0 / area;
        for y in y0..=y1 {
            for x in x0..=x1 {
                let (px, py) = (x as f32 - a.0, y as f32 - a.1);
                let v = (px * (c.1 - a.1) - py * (c.0 - a.0)) * scale;
                let w = ((b.0 - a.0) * py - (b.1 - a.1) * px) * scale;
                if v >= -0.01 && w >= -0.01 && v + w <= 1.01 {
                    self.put(x, y, a.2 + v * (b.2 - a.2) + w * (c.2 - a.2));
                }
            }
        }
    }

    fn put(&mut self, x: usize, y: usize, depth: f32) {
        let slot = &mut self.depth[y * self.size + x];
        *slot = slot.min(depth);
    }

    fn read(&self, s: f32, t: f32) -> f32 {
        if s < 0.0 || t < 0.0 || s >= self.size as f32 || t >= self.size as f32 {
            return f32::MAX;
        }
        self.depth[t as usize * self.size + s as usize]
    }

    /// Share of a lamp of angular size `softness` that reaches a point, 0 to 1; `spin` turns the sample pattern.
    pub fn reach(&self, p: V3, normal: V3, softness: f32, spin: f32) -> f32 {
        let (s, t, d) = self.place(p + normal * (self.texel * 1.6));
        let d = d - self.texel;
        let wide = ((d - self.nearest) * softness / self.texel).max(1.5);
        let size = self.size as f32;
        if s < -wide || t < -wide || s > size + wide || t > size + wide || wide <= 0.0 {
            return 1.0;
        }
        let (sin, cos) = (spin * TAU).sin_cos();
        let look = |(a, b): (f32, f32), radius: f32| self.read(s + (a * cos - b * sin) * radius, t + (a * sin + b * cos) * radius);
        let (mut sum, mut count) = (0.0, 0.0);
        for &place in self.disc.iter().step_by(2) {
            let near = look(place, wide);
            if near < d {
                sum += near;
                count += 1.0;
            }
        }
        if count == 0.0 {
            return 1.0;
        }
        let penumbra = ((d - sum / count) * softness / self.texel).clamp(1.2, wide);
        let open = self.disc.iter().filter(|&&place| look(place, penumbra) >= d).count();
        open as f32 / DISC as f32
    }

    /// Share of the open ceiling over a point, for a map seen from straight above; `scale` is the size of the scene.
    pub fn openness(&self, p: V3, normal: V3, scale: f32, spin: f32) -> f32 {
        let (s, t, d) = self.place(p + normal * (self.texel * 1.5));
        let height = -d;
        let (size, far) = (self.size as f32, scale / self.texel);
        if s < -far || t < -far || s > size + far || t > size + far {
            return 1.0;
        }
        let mut open = 0.0;
        let (mut sin, mut cos) = (spin * TAU / 8.0).sin_cos();
        // Neighbouring points look at other distances, so that no rings show.
        let reach = scale * (0.75 + 0.5 * (spin * 7.0).fract());
        for _ in 0..8 {
            (sin, cos) = ((sin + cos) * FRAC_1_SQRT_2, (cos - sin) * FRAC_1_SQRT_2);
            let mut steepest = 0.0_f32;
            for step in [0.025, 0.06, 0.12, 0.23, 0.42, 0.75_f32] {
                let far = step * reach;
                let depth = self.read(s + cos * far / self.texel, t + sin * far / self.texel);
                if depth < f32::MAX {
                    let rise = -depth - height - self.texel;
                    steepest = steepest.max(rise / (rise * rise + far * far).sqrt());
                }
            }
            open += 1.0 - steepest * steepest;
        }
        open / 8.0
    }
}

fn disc() -> [(f32, f32); DISC] {
    std::array::from_fn(|i| {
        let far = ((i as f32 + 0.5) / DISC as f32).sqrt();
        let (sin, cos) = (i as f32 * 2.399_963).sin_cos();
        (far * cos, far * sin)
    })
}
