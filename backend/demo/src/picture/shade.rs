//! The studio: one large window to the left, a narrow light to the right, a bright ceiling.

use super::light::DepthMap;
use super::math::{V3, mix, smooth, v3};
use super::mesh::{Material, Mesh};

/// Where reflections see the window: lower than the lamp, so that upright walls show it too.
const PANE: V3 = v3(-0.691, 0.435, 0.577);

/// Colours and directions of the light.
#[derive(Debug, Clone, Copy)]
pub struct Studio {
    /// Unit vector to the window.
    pub key: V3,
    pub key_light: V3,
    pub sky_light: V3,
    /// Colour the floor throws back.
    pub floor: V3,
    /// Colour of the room that shows in reflections.
    pub room: V3,
    /// Size of the window as the tangent of its angle: the softness of shadows.
    pub softness: f32,
}

impl Studio {
    /// Morning light for a room of given floor and wall colours.
    pub fn new(floor: V3, room: V3) -> Self {
        Studio {
            key: v3(-0.70, 0.78, 0.42).unit(),
            key_light: v3(1.04, 1.0, 0.945),
            sky_light: v3(0.375, 0.39, 0.415),
            floor,
            room,
            softness: 0.22,
        }
    }

    /// What a mirror sees along a unit direction.
    fn reflection(&self, r: V3, rough: f32) -> V3 {
        let blur = 0.03 + rough * 0.5;
        let ceiling = mix(self.room, v3(0.9, 0.9, 0.92), 0.5);
        let horizon = smooth(-0.25 - rough * 0.5, 0.25 + rough * 0.5, r.y);
        let mut seen = mix(self.floor * 0.55, mix(self.room * 0.75, ceiling, smooth(0.0, 1.0, r.y)), horizon);
        // A dark band where the room meets the table gives metal its line.
        let band = smooth(-0.34, -0.10, r.y) * (1.0 - smooth(0.02, 0.22 + rough * 0.3, r.y));
        seen = seen * (1.0 - 0.62 * (1.0 - rough) * band);
        let window = panel(r, PANE, 0.34, 0.50, blur);
        // A sharp reflection shows the cross of the window.
        let cross = if rough < 0.25 { self.bars(r) } else { 1.0 };
        let spread = 1.0 / (1.0 + rough * 3.0);
        seen = seen + v3(1.0, 0.97, 0.92) * (5.5 * spread * window * cross);
        let strip = panel(r, v3(0.93, 0.30, 0.10).unit(), 0.10, 0.75, blur);
        seen + v3(0.95, 0.98, 1.0) * (1.9 * spread * strip)
    }

    fn bars(&self, r: V3) -> f32 {
        let (a, b) = panel_place(r, PANE);
        let gap = |x: f32| smooth(0.0, 0.05, x.abs() - 0.015);
        0.35 + 0.65 * gap(a).min(gap(b - 0.05))
    }
}

fn panel_place(r: V3, centre: V3) -> (f32, f32) {
    let right = v3(centre.z, 0.0, -centre.x).unit();
    let up = centre.cross(right);
    let ahead = r.dot(centre).max(1e-3);
    (r.dot(right) / ahead, r.dot(up) / ahead)
}

fn panel(r: V3, centre: V3, half_width: f32, half_height: f32, blur: f32) -> f32 {
    if r.dot(centre) <= 0.05 {
        return 0.0;
    }
    let (a, b) = panel_place(r, centre);
    let inside = |x: f32, half: f32| 1.0 - smooth(half - blur, half + blur, x.abs());
    inside(a, half_width) * inside(b, half_height)
}

/// Light on one point of a surface: what is scattered (to multiply with its colour) and what is mirrored.
#[derive(Debug, Clone, Copy)]
pub struct Lit {
    pub scattered: V3,
    pub mirrored: V3,
}

/// Everything that decides how a point is lit.
#[derive(Debug)]
pub struct Lighting<'a> {
    pub studio: Studio,
    pub key_map: &'a DepthMap,
    pub top_map: &'a DepthMap,
    /// Size of the scene, decimetres.
    pub scale: f32,
    pub eye: V3,
}

impl Lighting<'_> {
    /// Lights every point of a mesh that can face the eye.
    pub fn mesh(&self, mesh: &Mesh) -> Vec<Lit> {
        let material = &mesh.material;
        (0..mesh.points.len())
            .map(|i| {
                let (p, mut n) = (mesh.points[i], mesh.normals[i]);
                let to_eye = (self.eye - p).unit();
                if material.thin && n.dot(to_eye) < 0.0 {
                    n = -n;
                }
                if n.dot(to_eye) < -0.35 {
                    return Lit {
                        scattered: v3(0.0, 0.0, 0.0),
                        mirrored: v3(0.0, 0.0, 0.0),
                    };
                }
                self.point(p, n, to_eye, material, mesh.tints[i])
            })
            .collect()
    }

    fn point(&self, p: V3, n: V3, to_eye: V3, material: &Material, tint: V3) -> Lit {
        let studio = &self.studio;
        let facing = n.dot(studio.key);
        let open = 0.25 + 0.75 * self.top_map.openness(p, n, self.scale, 0.0);
        let behind = if material.thin { (-facing).max(0.0) * material.glow } else { 0.0 };
        let reach = if facing > -0.05 || behind > 0.0 {
            self.key_map.reach(p, n, studio.softness, 0.0)
        } else {
            0.0
        };
        // Light wraps a little round the edge, as it does from a large window.
        let key = studio.key_light * (((facing + 0.12) / 1.12).max(0.0) * reach + behind * reach.max(0.4));
        let sky = studio.sky_light * ((0.55 + 0.45 * n.y) * open);
        let bounce = studio.floor * ((0.5 - 0.5 * n.y) * 0.42 * (0.35 + 0.65 * open));
        let side = v3(0.95, 0.98, 1.0) * (0.10 * n.dot(v3(0.93, 0.3, 0.1)).max(0.0) * open);
        let scattered = key + sky + bounce + side;
        let mirror = n * (2.0 * n.dot(to_eye)) - to_eye;
        let seen = studio.reflection(mirror, material.rough) * (0.35 + 0.65 * open);
        if material.metal {
            let base = material.colour.tinted(tint);
            return Lit {
                scattered: scattered * (0.16 + 0.2 * material.rough),
                mirrored: seen.tinted(base) * (0.9 * material.gloss),
            };
        }
        let grazing = (1.0 - n.dot(to_eye).clamp(0.0, 1.0)).powi(5);
        let share = material.gloss * (0.045 + 0.5 * grazing * (1.0 - material.rough * 0.7));
        Lit {
            scattered,
            mirrored: seen * share * (0.3 + 0.7 * reach.max(0.3)),
        }
    }
}
