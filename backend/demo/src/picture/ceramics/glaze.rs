//! Clay and glaze: what a pot is coated with and how the coat breaks at edges.

use crate::picture::math::{Dice, V3, mix, noise, smooth, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::texture::{Sheet, Texture};
use std::sync::{Arc, OnceLock};

/// A glaze over a clay body; colours are sRGB numbers.
#[derive(Debug, Clone, Copy)]
pub struct Glaze {
    pub coat: u32,
    /// Colour where the coat runs thin, at lips and ridges.
    pub thin: u32,
    pub clay: u32,
    /// Share of the height that stays bare clay above the foot.
    pub bare: f32,
    pub speckled: bool,
    /// Blur of the reflection.
    pub rough: f32,
}

pub const CHALK: Glaze = Glaze {
    coat: 0xF4EEE4,
    thin: 0xD2B596,
    clay: 0xB98A66,
    bare: 0.10,
    speckled: true,
    rough: 0.34,
};
pub const OCHRE: Glaze = Glaze {
    coat: 0xCB8A33,
    thin: 0x7A4520,
    clay: 0x8A5A3C,
    bare: 0.12,
    speckled: true,
    rough: 0.20,
};
pub const SEA: Glaze = Glaze {
    coat: 0x4E8079,
    thin: 0x9DA58C,
    clay: 0xA97C58,
    bare: 0.12,
    speckled: false,
    rough: 0.14,
};
pub const SOOT: Glaze = Glaze {
    coat: 0x35322F,
    thin: 0x7C5A43,
    clay: 0x6B4A38,
    bare: 0.08,
    speckled: false,
    rough: 0.38,
};
pub const ROSE: Glaze = Glaze {
    coat: 0xD9A295,
    thin: 0xEBD3C4,
    clay: 0xC08D6C,
    bare: 0.12,
    speckled: true,
    rough: 0.28,
};
pub const TERRACOTTA: Glaze = Glaze {
    coat: 0xBB6A45,
    thin: 0xC9825C,
    clay: 0xB5623F,
    bare: 0.0,
    speckled: false,
    rough: 0.85,
};
pub const COBALT: Glaze = Glaze {
    coat: 0x2F4E86,
    thin: 0x8FA3BE,
    clay: 0xC4A78C,
    bare: 0.08,
    speckled: false,
    rough: 0.12,
};
pub const CELADON: Glaze = Glaze {
    coat: 0xA9BFA6,
    thin: 0xD5DCC6,
    clay: 0xC7A98C,
    bare: 0.06,
    speckled: false,
    rough: 0.12,
};

impl Glaze {
    /// The glaze that the studio calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        Some(match name {
            "Chalk" => &CHALK,
            "Ochre" => &OCHRE,
            "Sea" => &SEA,
            "Soot" => &SOOT,
            "Rose" => &ROSE,
            "Cobalt" => &COBALT,
            "Celadon" => &CELADON,
            "Terracotta" => &TERRACOTTA,
            _ => return None,
        })
    }

    /// Surface of the glazed pot.
    pub fn material(&self) -> Material {
        let gloss = if self.rough > 0.7 { 0.15 } else { 0.9 - self.rough };
        let material = Material::glossy(v3(1.0, 1.0, 1.0), gloss, self.rough);
        if self.speckled { material.with(speckles()) } else { material }
    }

    /// Colour of a point of a pot of `height` whose outside ends at the lip.
    pub fn colour(&self, p: V3, height: f32) -> V3 {
        let angle = p.z.atan2(p.x);
        let wave = 0.035 * (noise(angle * 1.3 + 20.0, height * 7.0) - 0.5) + 0.02 * (noise(angle * 4.0 + 50.0, 3.0) - 0.5);
        let h = p.y / height + wave;
        let coat = srgb(self.coat);
        // The coat pools towards the bare clay and thins at the lip.
        let pooled = mix(coat, coat * 0.72, 1.0 - smooth(self.bare, self.bare + 0.28, h));
        let thin = smooth(0.955, 0.995, p.y / height);
        let cloud = 0.94 + 0.12 * noise(p.x * 3.0 + 9.0, p.z * 3.0 + p.y * 4.0);
        let glazed = mix(pooled * cloud, srgb(self.thin), thin * 0.85);
        mix(srgb(self.clay), glazed, smooth(self.bare - 0.006, self.bare + 0.006, h))
    }

    /// Colour inside a pot, where the coat gathers on the floor.
    pub fn inside(&self, p: V3, height: f32) -> V3 {
        let coat = srgb(self.coat);
        let deep = smooth(0.0, 0.45, p.y / height);
        let cloud = 0.92 + 0.16 * noise(p.x * 3.0 + 9.0, p.z * 3.0 + 30.0);
        mix(
            mix(coat * 0.80, coat, deep) * cloud,
            srgb(self.thin),
            smooth(0.955, 0.995, p.y / height) * 0.85,
        )
    }

    /// A turned pot of `height` with this glaze; its lip lies at the share `lip` of its profile.
    pub fn on(&self, pot: Model, height: f32, lip: f32) -> Model {
        pot.painted(|p, uv| {
            if 1.0 - uv[1] > lip {
                self.inside(p, height)
            } else {
                self.colour(p, height)
            }
        })
    }

    /// Paint for a part that carries no lip and no bare foot, such as a handle.
    pub fn plain(&self) -> Material {
        Material {
            colour: srgb(self.coat),
            ..self.material()
        }
    }
}

fn speckles() -> Arc<Texture> {
    static SPECKLES: OnceLock<Arc<Texture>> = OnceLock::new();
    SPECKLES.get_or_init(draw_speckles).clone()
}

fn draw_speckles() -> Arc<Texture> {
    let mut sheet = Sheet::new(2048, 1024, 0xFFFFFF);
    let mut dice = Dice::of("speckles");
    for _ in 0..1500 {
        let (x, y) = (dice.unit() * 2048.0, dice.unit() * 1024.0);
        let size = 1.0 + 3.4 * dice.unit().powi(4);
        sheet.dot(x, y, size, 0x5A4030, dice.range(0.25, 0.8));
    }
    sheet.texture()
}
