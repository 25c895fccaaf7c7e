//! A still life and its photograph.

use super::backdrop::{self, Backdrop, Gobo};
use super::camera::{Aim, Camera, View};
use super::light::DepthMap;
use super::math::{V3, srgb, v3};
use super::mesh::Model;
use super::raster;
use super::shade::{Lighting, Studio};
use super::tone::Tone;
use image::RgbaImage;

/// Objects, room, light and view of one picture.
#[derive(Debug, Clone)]
pub struct Scene {
    pub objects: Model,
    pub backdrop: Backdrop,
    pub studio: Studio,
    pub view: View,
}

impl Scene {
    /// Objects on a floor before a wall, both sRGB numbers, seen from a little above.
    pub fn new(wall: u32, floor: u32, objects: Model) -> Self {
        let backdrop = Backdrop {
            floor: srgb(floor),
            wall: srgb(wall),
            depth: 1.7,
            gobo: Gobo::Open,
            mottle: 0.5,
        };
        let view = View {
            pitch: 13.0,
            aim: Aim::Fit(0.66, 0.58),
            at: (0.5, 0.55),
        };
        Scene {
            objects,
            studio: Studio::new(backdrop.floor, backdrop.wall),
            backdrop,
            view,
        }
    }

    pub fn gobo(mut self, gobo: Gobo) -> Self {
        self.backdrop.gobo = gobo;
        self
    }

    /// Looks down by `pitch` degrees.
    pub fn pitch(mut self, pitch: f32) -> Self {
        self.view.pitch = pitch;
        self
    }

    /// Shares of width and height the objects may fill.
    pub fn fill(mut self, x: f32, y: f32) -> Self {
        self.view.aim = Aim::Fit(x, y);
        self
    }

    /// Looks at a point with `span` decimetres of height in view.
    pub fn aim(mut self, point: V3, span: f32) -> Self {
        self.view.aim = Aim::Point(point, span);
        self
    }

    /// Place of the aim in the picture, as fractions.
    pub fn placed(mut self, x: f32, y: f32) -> Self {
        self.view.at = (x, y);
        self
    }

    /// Distance of the wall in scene sizes; a far wall leaves only floor.
    pub fn depth(mut self, depth: f32) -> Self {
        self.backdrop.depth = depth;
        self
    }

    /// Light from a smaller window: shadows with firmer edges, for large things of thin parts.
    pub fn crisp(mut self, softness: f32) -> Self {
        self.studio.softness = softness;
        self
    }

    pub fn mottle(mut self, amount: f32) -> Self {
        self.backdrop.mottle = amount;
        self
    }

    /// The finished picture; the same scene and size give the same bytes.
    pub fn photograph(&self, width: u32, height: u32) -> RgbaImage {
        let size = (width as usize, height as usize);
        let tone = Tone::new();
        let camera = Camera::new(&self.view, &self.objects, width as f32, height as f32);
        let (low, high) = self.objects.bounds();
        let scale = (high - low).length() * 0.6;
        let meshes = &self.objects.meshes;
        let key_map = DepthMap::new(meshes, self.studio.key, 768);
        let top_map = DepthMap::new(meshes, v3(0.0, 1.0, 0.0), 384);
        let lighting = Lighting {
            studio: self.studio,
            key_map: &key_map,
            top_map: &top_map,
            scale,
            eye: camera.eye,
        };
        let lit: Vec<_> = meshes.iter().map(|mesh| lighting.mesh(mesh)).collect();
        let room = Backdrop {
            depth: self.backdrop.depth * scale,
            ..self.backdrop
        };
        let behind = backdrop::paint(&room, &camera, &self.studio, (&key_map, &top_map), scale, &tone, size);
        let bytes = raster::draw(meshes, &lit, &camera, &behind, &tone, size);
        RgbaImage::from_raw(width, height, bytes).unwrap_or_else(|| RgbaImage::new(width, height))
    }
}
