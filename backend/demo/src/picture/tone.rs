//! From light to display values.

use super::math::{V3, encode};

/// Maps linear light to display values with a soft shoulder, so that highlights do not clip.
#[derive(Debug)]
pub struct Tone {
    table: Vec<f32>,
}

const DARKEST: f32 = 1.0 / 4096.0;
const BRIGHTEST: f32 = 3.999;
/// Steps per doubling of light: 2 to the power of 8, the leading bits of a float's fraction.
const DROP: u32 = 23 - 8;

impl Tone {
    pub fn new() -> Self {
        let first = DARKEST.to_bits() >> DROP;
        let last = BRIGHTEST.to_bits() >> DROP;
        let value = |step: u32| {
            let x = f32::from_bits((step << DROP) | (1 << (DROP - 1)));
            let soft = if x < 0.62 {
                x
            } else {
                0.62 + 0.38 * (1.0 - (-(x - 0.62) / 0.38).exp())
            };
            encode(soft) * 255.0
        };
        Tone {
            table: (first..=last).map(value).collect(),
        }
    }

    /// Display value, 0 to 255.
    pub fn of(&self, c: f32) -> f32 {
        self.table[((c.clamp(DARKEST, BRIGHTEST).to_bits() - DARKEST.to_bits()) >> DROP) as usize]
    }

    /// Display values of a linear colour.
    pub fn of_colour(&self, c: V3) -> [f32; 3] {
        [self.of(c.x), self.of(c.y), self.of(c.z)]
    }
}
