//! Curved surfaces as grids of points, with the moves that put them into a scene.

use super::math::{V3, v3};
use super::texture::Texture;
use std::sync::Arc;

/// How a surface answers light.
#[derive(Debug, Clone)]
pub struct Material {
    /// Linear colour; multiplied by the tint of each point and by the texture.
    pub colour: V3,
    /// Strength of the reflection, 0 (chalk) to 1 (glass).
    pub gloss: f32,
    /// Blur of the reflection, 0 (mirror) to 1 (satin).
    pub rough: f32,
    /// Whether the reflection carries the colour and nothing is scattered.
    pub metal: bool,
    /// Whether both faces are seen, as with paper and leaves.
    pub thin: bool,
    /// Light that passes through from behind, 0 to 1.
    pub glow: f32,
    pub texture: Option<Arc<Texture>>,
}

impl Material {
    /// Dull surface of a colour.
    pub fn matte(colour: V3) -> Self {
        Material {
            colour,
            gloss: 0.12,
            rough: 0.9,
            metal: false,
            thin: false,
            glow: 0.0,
            texture: None,
        }
    }

    /// Lacquer or glaze of a colour.
    pub fn glossy(colour: V3, gloss: f32, rough: f32) -> Self {
        Material {
            gloss,
            rough,
            ..Material::matte(colour)
        }
    }

    /// Bare metal of a colour.
    pub fn metal(colour: V3, rough: f32) -> Self {
        Material {
            gloss: 1.0,
            rough,
            metal: true,
            ..Material::matte(colour)
        }
    }

    pub fn thin(mut self) -> Self {
        self.thin = true;
        self
    }

    pub fn glow(mut self, glow: f32) -> Self {
        self.glow = glow;
        self
    }

    pub fn with(mut self, texture: Arc<Texture>) -> Self {
        self.texture = Some(texture);
        self
    }
}

/// A grid of points; neighbours in rows and columns span small quadrangles.
#[derive(Debug, Clone)]
pub struct Mesh {
    pub rows: usize,
    pub cols: usize,
    pub points: Vec<V3>,
    pub normals: Vec<V3>,
    pub uvs: Vec<[f32; 2]>,
    pub tints: Vec<V3>,
    pub material: Material,
}

impl Mesh {
    /// Grid over `u` (columns) and `v` (rows), each 0 to 1.
    pub fn surface(rows: usize, cols: usize, material: &Material, at: impl Fn(f32, f32) -> V3) -> Self {
        let mut points = Vec::with_capacity(rows * cols);
        let mut uvs = Vec::with_capacity(rows * cols);
        for r in 0..rows {
            for c in 0..cols {
                let (u, v) = (c as f32 / (cols - 1) as f32, r as f32 / (rows - 1) as f32);
                points.push(at(u, v));
                uvs.push([u, v]);
            }
        }
        let tints = vec![v3(1.0, 1.0, 1.0); points.len()];
        let mut mesh = Mesh {
            rows,
            cols,
            points,
            normals: Vec::new(),
            uvs,
            tints,
            material: material.clone(),
        };
        mesh.find_normals();
        mesh
    }

    fn find_normals(&mut self) {
        let (rows, cols) = (self.rows, self.cols);
        let at = |r: usize, c: usize| self.points[r * cols + c];
        let close = |a: V3, b: V3| (a - b).length() < 1e-4;
        let round = (0..rows).all(|r| close(at(r, 0), at(r, cols - 1)));
        let ring = (0..cols).all(|c| close(at(0, c), at(rows - 1, c)));
        let mut normals = Vec::with_capacity(rows * cols);
        for r in 0..rows {
            for c in 0..cols {
                let (up, down) = neighbours(r, rows, ring);
                let (left, right) = neighbours(c, cols, round);
                let mut across = at(r, right) - at(r, left);
                if across.length() < 1e-5 {
                    // A pole: the whole row is one point, so the direction comes from the next row.
                    let near = if r + 1 < rows { r + 1 } else { r.saturating_sub(1) };
                    across = at(near, right) - at(near, left);
                }
                normals.push((at(down, c) - at(up, c)).cross(across).unit());
            }
        }
        self.normals = normals;
    }
}

fn neighbours(i: usize, count: usize, closed: bool) -> (usize, usize) {
    match (i == 0, i + 1 == count, closed) {
        (true, _, true) | (_, true, true) => (count - 2, 1),
        (true, _, false) => (0, 1),
        (_, true, false) => (count - 2, count - 1),
        _ => (i - 1, i + 1),
    }
}

/// An object made of meshes.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub meshes: Vec<Mesh>,
}

impl From<Mesh> for Model {
    fn from(mesh: Mesh) -> Self {
        Model { meshes: vec![mesh] }
    }
}

impl std::ops::Add for Model {
    type Output = Model;
    fn add(mut self, other: Model) -> Model {
        self.meshes.extend(other.meshes);
        self
    }
}

impl std::iter::Sum for Model {
    fn sum<I: Iterator<Item = Model>>(models: I) -> Model {
        models.fold(Model::default(), |all, one| all + one)
    }
}

impl Model {
    /// Tints every point by a colour that depends on its place and its `(u, v)`.
    pub fn painted(mut self, colour: impl Fn(V3, [f32; 2]) -> V3) -> Self {
        for mesh in &mut self.meshes {
            for i in 0..mesh.points.len() {
                mesh.tints[i] = colour(mesh.points[i], mesh.uvs[i]);
            }
        }
        self
    }

    /// Moves every point anywhere; the normals follow.
    pub fn bent(mut self, to: impl Fn(V3) -> V3) -> Self {
        for mesh in &mut self.meshes {
            mesh.points.iter_mut().for_each(|p| *p = to(*p));
            mesh.find_normals();
        }
        self
    }

    fn each(mut self, point: impl Fn(V3) -> V3, normal: impl Fn(V3) -> V3) -> Self {
        for mesh in &mut self.meshes {
            mesh.points.iter_mut().for_each(|p| *p = point(*p));
            mesh.normals.iter_mut().for_each(|n| *n = normal(*n));
        }
        self
    }

    pub fn at(self, x: f32, y: f32, z: f32) -> Self {
        self.each(|p| p + v3(x, y, z), |n| n)
    }

    pub fn scaled(self, k: f32) -> Self {
        self.each(|p| p * k, |n| n)
    }

    /// Angles in degrees, here and below.
    pub fn turned_x(self, angle: f32) -> Self {
        let a = angle.to_radians();
        self.each(|p| p.turned_x(a), |n| n.turned_x(a))
    }

    pub fn turned_y(self, angle: f32) -> Self {
        let a = angle.to_radians();
        self.each(|p| p.turned_y(a), |n| n.turned_y(a))
    }

    pub fn turned_z(self, angle: f32) -> Self {
        let a = angle.to_radians();
        self.each(|p| p.turned_z(a), |n| n.turned_z(a))
    }

    /// Lowest and highest corner.
    pub fn bounds(&self) -> (V3, V3) {
        let mut low = v3(f32::MAX, f32::MAX, f32::MAX);
        let mut high = -low;
        for p in self.meshes.iter().flat_map(|m| &m.points) {
            low = v3(low.x.min(p.x), low.y.min(p.y), low.z.min(p.z));
            high = v3(high.x.max(p.x), high.y.max(p.y), high.z.max(p.z));
        }
        (low, high)
    }

    /// Lowers or lifts the object until it stands on the floor.
    pub fn grounded(self) -> Self {
        let low = self.bounds().0.y;
        self.at(0.0, -low, 0.0)
    }
}
