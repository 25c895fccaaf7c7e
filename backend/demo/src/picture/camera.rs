//! Where the scene is seen from.

use super::math::{V3, v3};
use super::mesh::Model;

/// What the camera looks at; the camera never turns sideways, the objects do.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Degrees looked down, 0 (level) to 88.
    pub pitch: f32,
    pub aim: Aim,
    /// Place of the aim in the picture, as fractions from the top left.
    pub at: (f32, f32),
}

/// How the part of the scene in view is chosen.
#[derive(Debug, Clone, Copy)]
pub enum Aim {
    /// All objects, filling at most these fractions of width and height.
    Fit(f32, f32),
    /// A point and the height in view at its distance.
    Point(V3, f32),
}

/// Perspective camera for a picture of a given size.
#[derive(Debug, Clone, Copy)]
pub struct Camera {
    pub eye: V3,
    up: V3,
    forward: V3,
    focal: f32,
    centre: (f32, f32),
}

/// Distance to the aim in heights of view: a long lens, which keeps vertical lines calm.
const REACH: f32 = 3.4;

impl Camera {
    pub fn new(view: &View, objects: &Model, width: f32, height: f32) -> Self {
        match view.aim {
            Aim::Point(target, span) => Camera::aimed(view, target, span, width, height),
            Aim::Fit(fill_x, fill_y) => {
                let (low, high) = objects.bounds();
                let mut target = (low + high) * 0.5;
                let mut span = (high - low).length().max(0.1) * 1.3;
                let mut camera = Camera::aimed(view, target, span, width, height);
                for _ in 0..4 {
                    let (x0, y0, x1, y1) = camera.extent(objects);
                    let unit = span / height;
                    let (dx, dy) = ((x0 + x1) / 2.0 - camera.centre.0, (y0 + y1) / 2.0 - camera.centre.1);
                    target = target + v3(dx * unit, 0.0, 0.0) - camera.up * (dy * unit);
                    span *= ((x1 - x0) / (width * fill_x)).max((y1 - y0) / (height * fill_y));
                    camera = Camera::aimed(view, target, span, width, height);
                }
                camera
            }
        }
    }

    fn aimed(view: &View, target: V3, span: f32, width: f32, height: f32) -> Self {
        let (s, c) = view.pitch.to_radians().sin_cos();
        let forward = v3(0.0, -s, -c);
        let distance = span * REACH;
        Camera {
            eye: target - forward * distance,
            up: v3(0.0, c, -s),
            forward,
            focal: height / span * distance,
            centre: (width * view.at.0, height * view.at.1),
        }
    }

    fn extent(&self, objects: &Model) -> (f32, f32, f32, f32) {
        let points = objects.meshes.iter().flat_map(|m| &m.points);
        points.fold((f32::MAX, f32::MAX, f32::MIN, f32::MIN), |e, &p| {
            let (x, y, _) = self.project(p);
            (e.0.min(x), e.1.min(y), e.2.max(x), e.3.max(y))
        })
    }

    /// Pixel and nearness (one over the distance along the view) of a point.
    pub fn project(&self, p: V3) -> (f32, f32, f32) {
        let d = p - self.eye;
        let near = 1.0 / d.dot(self.forward).max(1e-3);
        (
            self.centre.0 + d.x * self.focal * near,
            self.centre.1 - d.dot(self.up) * self.focal * near,
            near,
        )
    }

    /// Unit direction from the eye through a pixel.
    pub fn ray(&self, x: f32, y: f32) -> V3 {
        let right = v3((x - self.centre.0) / self.focal, 0.0, 0.0);
        (self.forward + right - self.up * ((y - self.centre.1) / self.focal)).unit()
    }
}
