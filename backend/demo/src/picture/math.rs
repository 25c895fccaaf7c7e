//! Vectors, colours, splines and repeatable chance. Lengths are decimetres, y points up, z to the viewer.

use std::ops::{Add, Mul, Neg, Sub};

/// A point, a direction or a linear RGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct V3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

/// Short for [`V3`] from its parts.
pub const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl V3 {
    pub fn dot(self, o: V3) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    pub fn cross(self, o: V3) -> V3 {
        v3(
            self.y * o.z - self.z * o.y,
            self.z * o.x - self.x * o.z,
            self.x * o.y - self.y * o.x,
        )
    }

    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// Unit vector; a zero vector stays zero.
    pub fn unit(self) -> V3 {
        let length = self.length();
        if length > 1e-12 { self * (1.0 / length) } else { self }
    }

    /// Product part by part, as colours multiply.
    pub fn tinted(self, o: V3) -> V3 {
        v3(self.x * o.x, self.y * o.y, self.z * o.z)
    }

    pub fn turned_x(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v3(self.x, self.y * c - self.z * s, self.y * s + self.z * c)
    }

    pub fn turned_y(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v3(self.x * c + self.z * s, self.y, self.z * c - self.x * s)
    }

    pub fn turned_z(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v3(self.x * c - self.y * s, self.x * s + self.y * c, self.z)
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        v3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        v3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V3 {
    type Output = V3;
    fn mul(self, k: f32) -> V3 {
        v3(self.x * k, self.y * k, self.z * k)
    }
}

impl Neg for V3 {
    type Output = V3;
    fn neg(self) -> V3 {
        self * -1.0
    }
}

/// Linear blend of two vectors or colours.
pub fn mix(a: V3, b: V3, t: f32) -> V3 {
    a + (b - a) * t
}

/// Linear blend of two numbers.
pub fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// Hermite step from 0 at `from` to 1 at `to`.
pub fn smooth(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Linear colour of an sRGB number such as `0xC8553D`.
pub fn srgb(hex: u32) -> V3 {
    let part = |shift: u32| {
        let c = ((hex >> shift) & 255) as f32 / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    v3(part(16), part(8), part(0))
}

/// sRGB encoding of a linear value, both 0 to 1.
pub fn encode(c: f32) -> f32 {
    if c <= 0.003_130_8 {
        c * 12.92
    } else {
        1.055 * c.powf(1.0 / 2.4) - 0.055
    }
}

/// Point of a Catmull-Rom spline through `points` at `t` from 0 to 1.
pub fn spline(points: &[V3], t: f32) -> V3 {
    let last = points.len() - 1;
    let x = t.clamp(0.0, 1.0) * last as f32;
    let i = (x as usize).min(last.saturating_sub(1));
    let f = x - i as f32;
    let at = |k: isize| points[(i as isize + k).clamp(0, last as isize) as usize];
    let (a, b, c, d) = (at(-1), at(0), at(1), at(2));
    let (f2, f3) = (f * f, f * f * f);
    (b * 2.0 + (c - a) * f + (a * 2.0 - b * 5.0 + c * 4.0 - d) * f2 + (b * 3.0 - a - c * 3.0 + d) * f3) * 0.5
}

/// Repeatable chance: the same seed always throws the same numbers.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice seeded by a name.
    pub fn of(name: &str) -> Self {
        Dice(
            name.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)),
        )
    }

    /// 0 up to, not including, 1.
    pub fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Between `a` and `b`.
    pub fn range(&mut self, a: f32, b: f32) -> f32 {
        lerp(a, b, self.unit())
    }
}

/// Smooth value noise over the plane, 0 to 1.
pub fn noise(x: f32, y: f32) -> f32 {
    let (xi, yi) = (x.floor(), y.floor());
    let (fx, fy) = (smooth(0.0, 1.0, x - xi), smooth(0.0, 1.0, y - yi));
    let corner = |dx: i32, dy: i32| {
        let (i, j) = (xi as i32 + dx, yi as i32 + dy);
        let mut h = (i.wrapping_mul(374_761_393)).wrapping_add(j.wrapping_mul(668_265_263)) as u32;
        h = (h ^ (h >> 13)).wrapping_mul(1_274_126_177);
        ((h ^ (h >> 16)) & 0xffff) as f32 / 65535.0
    };
    lerp(lerp(corner(0, 0), corner(1, 0), fx), lerp(corner(0, 1), corner(1, 1), fx), fy)
}
