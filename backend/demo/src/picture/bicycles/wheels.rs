//! Wheels, tyres, mudguards.

use crate::picture::math::{V3, mix, smooth, srgb, v3};
use crate::picture::mesh::{Material, Mesh, Model};
use crate::picture::solids::{Ring, hoop, lathe, rod};
use std::f32::consts::{PI, TAU};

pub fn alloy() -> Material {
    Material::metal(srgb(0xC6CBD0), 0.38)
}

pub fn chrome() -> Material {
    Material::metal(srgb(0xE8EAEC), 0.10)
}

pub fn rubber() -> Material {
    Material::matte(srgb(0x2B2C2E))
}

/// A thin straight wire.
pub fn wire(from: V3, to: V3, radius: f32, material: &Material) -> Model {
    rod(&[from, (from + to) * 0.5, to], 6, 6, material, |_| (radius, radius))
}

/// Looks of a wheel; radii in decimetres.
#[derive(Debug, Clone, Copy)]
pub struct Wheel {
    pub radius: f32,
    pub tyre: f32,
    /// Colour of the tyre's side.
    pub wall: u32,
    pub spokes: usize,
    /// Degrees the valve has turned.
    pub turn: f32,
}

impl Wheel {
    /// The wheel in the plane of x and y around the origin.
    pub fn model(&self) -> Model {
        let (r, t) = (self.radius, self.tyre);
        let side = srgb(self.wall);
        let tread = srgb(0x2B2C2E);
        let tyre = hoop(
            r - t,
            t,
            t,
            &Material {
                colour: v3(1.0, 1.0, 1.0),
                ..rubber()
            },
        )
        .painted(|p, _| mix(side, tread, smooth(r - t * 0.95, r - t * 0.85, p.x.hypot(p.z))));
        let rim_at = r - 2.0 * t;
        let rim = lathe(&self.rim(rim_at), 144, &alloy());
        let hub: Vec<Ring> = vec![
            (0.0, -0.52),
            (0.06, -0.52),
            (0.06, -0.34),
            (0.26, -0.33),
            (0.26, -0.28),
            (0.12, -0.24),
            (0.12, 0.24),
            (0.26, 0.28),
            (0.26, 0.33),
            (0.06, 0.34),
            (0.06, 0.52),
            (0.0, 0.52),
        ];
        let hub = lathe(&hub, 40, &chrome());
        let valve = wire(v3(rim_at - 0.1, 0.0, 0.0), v3(rim_at - 0.55, 0.0, 0.0), 0.03, &chrome());
        (tyre + rim + hub + valve + self.spokes(rim_at - 0.08))
            .turned_x(90.0)
            .turned_z(self.turn)
    }

    fn rim(&self, r: f32) -> Vec<Ring> {
        let half = self.tyre * 0.78;
        vec![
            (r + 0.06, -half),
            (r - 0.06, -half * 0.96),
            (r - 0.12, -half * 0.6),
            (r - 0.13, 0.0),
            (r - 0.12, half * 0.6),
            (r - 0.06, half * 0.96),
            (r + 0.06, half),
            (r + 0.02, 0.0),
            (r + 0.06, -half),
        ]
    }

    /// Spokes laced tangentially, half to each flange.
    fn spokes(&self, rim: f32) -> Model {
        let steel = Material::metal(srgb(0xD4D8DB), 0.3);
        let place = |r: f32, angle: f32, y: f32| v3(r * angle.cos(), y, r * angle.sin());
        (0..self.spokes)
            .map(|i| {
                let angle = i as f32 / self.spokes as f32 * TAU;
                let flange = if i % 2 == 0 { 0.31 } else { -0.31 };
                let lead = if i % 4 < 2 { 1.0 } else { -1.0 };
                wire(
                    place(0.22, angle + lead * 1.25, flange),
                    place(rim, angle, flange * 0.08),
                    0.014,
                    &steel,
                )
            })
            .sum()
    }
}

/// A mudguard over a wheel of `radius`, from one angle to another in degrees, counted from the front.
pub fn mudguard(radius: f32, from: f32, to: f32, material: &Material) -> Model {
    let sheet = material.clone().thin();
    Mesh::surface(60, 13, &sheet, |u, v| {
        let (s, c) = (from + (to - from) * v).to_radians().sin_cos();
        let across = (u - 0.5) * PI * 0.9;
        let r = radius + 0.20 + 0.13 * across.cos();
        v3(r * c, r * s, 0.30 * across.sin())
    })
    .into()
}
