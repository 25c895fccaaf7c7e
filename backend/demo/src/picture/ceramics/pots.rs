//! The forms of the ceramics studio, each turned from a profile.

use super::glaze::Glaze;
use crate::picture::math::{V3, lerp, smooth, v3};
use crate::picture::mesh::Model;
use crate::picture::solids::{Ring, arc_lengths, curve, lathe, rod, vessel};
use std::f32::consts::PI;

/// Radii of a profile with the fine ridges a thrower's fingers leave.
fn thrown(mut profile: Vec<Ring>, ridge: f32) -> Vec<Ring> {
    for (r, y) in &mut profile {
        if *r > 0.05 {
            *r += ridge * (*y * 47.0 + 2.0 * (*y * 9.0).sin()).sin() + ridge * 0.5 * (*y * 103.0).sin();
        }
    }
    profile
}

/// An open pot from its outside profile.
pub fn pot(outside: &[Ring], wall: f32, glaze: &Glaze) -> Model {
    let height = outside.iter().fold(0.0_f32, |h, p| h.max(p.1)) + wall / 2.0;
    let profile = thrown(vessel(outside, wall, 11), 0.0012);
    let lengths = arc_lengths(&profile);
    let lip = profile
        .iter()
        .zip(&lengths)
        .fold((0.0, 0.0), |best, (p, &l)| if p.1 > best.0 { (p.1, l) } else { best })
        .1;
    glaze.on(lathe(&profile, 144, &glaze.material()), height, lip)
}

fn loop_handle(points: &[V3], width: f32, thick: f32, glaze: &Glaze) -> Model {
    // Pulled clay: broad where it leaves the wall, slim in the bend.
    rod(points, 48, 20, &glaze.plain(), |t| {
        let ends = 1.0 + 0.35 * (2.0 * t - 1.0).powi(4);
        (width * ends, thick * ends)
    })
}

/// Path of a handle from its upper to its lower root, standing out by `reach`.
fn ear(top: (f32, f32), low: (f32, f32), reach: f32) -> Vec<V3> {
    let point = |i: usize| {
        let t = i as f32 / 12.0;
        let (s, c) = (t * PI).sin_cos();
        // Rises a little before it falls, so the finger finds room under the thumb.
        let out = s.max(0.0).powf(0.75) * reach * (1.0 + 0.16 * c);
        v3(
            lerp(top.0, low.0, t) + out,
            lerp(low.1, top.1, 0.5 + 0.5 * c) + 0.10 * reach * (t * PI * 1.35).sin().max(0.0) * (1.0 - t),
            0.0,
        )
    };
    (0..=12).map(point).collect()
}

/// A mug with a pulled handle to the right.
pub fn mug(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let body = pot(
        &[
            (r * 0.84, 0.0),
            (r * 0.97, 0.10 * height),
            (r, 0.45 * height),
            (r * 0.985, 0.8 * height),
            (r, height),
        ],
        0.055,
        glaze,
    );
    let (top, low) = (height * 0.80, height * 0.24);
    let handle = ear((r * 0.94, top), (r * 0.95, low), 0.36 * height);
    body + loop_handle(&handle, 0.075, 0.04, glaze)
}

/// A cup without a handle.
pub fn beaker(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    pot(
        &[
            (r * 0.62, 0.0),
            (r * 0.80, 0.07 * height),
            (r * 0.93, 0.4 * height),
            (r, 0.8 * height),
            (r * 1.02, height),
        ],
        0.045,
        glaze,
    )
}

/// A bowl on a small foot.
pub fn bowl(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let outside = [
        (r * 0.44, 0.0),
        (r * 0.43, 0.07 * height),
        (r * 0.62, 0.16 * height),
        (r * 0.86, 0.46 * height),
        (r * 0.97, 0.78 * height),
        (r, height),
    ];
    pot(&outside, 0.055, glaze)
}

/// A flat plate with a raised rim.
pub fn dish(radius: f32, rim: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let outside = [
        (r * 0.66, 0.0),
        (r * 0.72, 0.035),
        (r * 0.86, 0.075),
        (r * 0.965, rim * 0.55),
        (r, rim),
    ];
    pot(&outside, 0.06, glaze)
}

/// A vase whose narrow neck rises from round shoulders.
pub fn bottle(glaze: &Glaze) -> Model {
    let outside = [
        (0.42, 0.0),
        (0.62, 0.18),
        (0.74, 0.62),
        (0.60, 1.10),
        (0.28, 1.42),
        (0.155, 1.72),
        (0.15, 2.05),
        (0.20, 2.24),
    ];
    pot(&outside, 0.05, glaze)
}

/// A full round vase with a short lip.
pub fn moon(glaze: &Glaze) -> Model {
    let outside = [
        (0.42, 0.0),
        (0.50, 0.05),
        (0.86, 0.38),
        (1.02, 0.92),
        (0.90, 1.42),
        (0.56, 1.74),
        (0.36, 1.84),
        (0.35, 1.93),
        (0.40, 2.0),
    ];
    pot(&outside, 0.06, glaze)
}

/// A small vase for one stem.
pub fn bud(glaze: &Glaze) -> Model {
    pot(
        &[
            (0.25, 0.0),
            (0.36, 0.10),
            (0.42, 0.32),
            (0.30, 0.56),
            (0.12, 0.74),
            (0.10, 0.92),
            (0.15, 1.04),
        ],
        0.04,
        glaze,
    )
}

/// A tall floor vase.
pub fn column(glaze: &Glaze) -> Model {
    let outside = [
        (0.48, 0.0),
        (0.55, 0.12),
        (0.62, 0.9),
        (0.68, 1.9),
        (0.66, 2.5),
        (0.52, 2.86),
        (0.44, 2.98),
        (0.50, 3.12),
    ];
    pot(&outside, 0.06, glaze)
}

/// A jug: a vessel whose lip is pulled out to the left, with a handle to the right.
pub fn jug(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let outside = [
        (r * 0.78, 0.0),
        (r * 0.95, 0.08 * height),
        (r * 1.02, 0.36 * height),
        (r * 0.84, 0.70 * height),
        (r * 0.70, 0.88 * height),
        (r * 0.80, height),
    ];
    let body = pot(&outside, 0.05, glaze).bent(|p| {
        let beak = smooth(height * 0.72, height * 1.02, p.y) * smooth(0.72, 1.0, -p.x / (p.x.hypot(p.z) + 1e-4));
        v3(p.x * (1.0 + 0.42 * beak), p.y + 0.05 * beak, p.z * (1.0 - 0.25 * beak))
    });
    let handle = ear((r * 0.70, height * 0.90), (r * 0.97, height * 0.24), 0.42 * height);
    body + loop_handle(&handle, 0.08, 0.042, glaze)
}

/// A carafe with a long waist.
pub fn carafe(glaze: &Glaze) -> Model {
    pot(
        &[
            (0.40, 0.0),
            (0.47, 0.08),
            (0.50, 0.45),
            (0.42, 0.95),
            (0.28, 1.45),
            (0.25, 1.80),
            (0.33, 2.08),
        ],
        0.045,
        glaze,
    )
}

/// A round pot with lid, spout to the left and handle to the right.
pub fn teapot(glaze: &Glaze) -> Model {
    let body = pot(
        &[(0.46, 0.0), (0.58, 0.06), (0.82, 0.36), (0.80, 0.72), (0.56, 0.98), (0.40, 1.04)],
        0.05,
        glaze,
    );
    let lid = [
        (0.41, 1.03),
        (0.44, 1.05),
        (0.43, 1.075),
        (0.30, 1.13),
        (0.12, 1.165),
        (0.07, 1.18),
        (0.06, 1.22),
        (0.10, 1.27),
        (0.11, 1.31),
        (0.07, 1.35),
        (0.0, 1.36),
    ];
    let lid = lathe(&curve(&lid, 6), 120, &glaze.plain());
    let spout = [
        v3(-0.70, 0.36, 0.0),
        v3(-0.95, 0.48, 0.0),
        v3(-1.08, 0.76, 0.0),
        v3(-1.27, 1.02, 0.0),
    ];
    let spout = rod(&spout, 40, 24, &glaze.plain(), |t| {
        (lerp(0.20, 0.085, t.sqrt()), lerp(0.22, 0.085, t.sqrt()))
    });
    let handle = ear((0.64, 0.86), (0.76, 0.26), 0.50);
    body + lid + spout + loop_handle(&handle, 0.085, 0.05, glaze)
}

/// A lidded crock for salt with a wooden spoon's rest cut away.
pub fn cellar(glaze: &Glaze) -> Model {
    let body = pot(&[(0.42, 0.0), (0.50, 0.05), (0.56, 0.30), (0.54, 0.58), (0.50, 0.66)], 0.05, glaze);
    let lid = [
        (0.52, 0.66),
        (0.55, 0.69),
        (0.53, 0.73),
        (0.30, 0.80),
        (0.10, 0.83),
        (0.07, 0.86),
        (0.09, 0.92),
        (0.07, 0.97),
        (0.0, 0.985),
    ];
    body + lathe(&curve(&lid, 6), 120, &glaze.plain())
}

/// A deep plate with a flat rim.
pub fn coupe(radius: f32, glaze: &Glaze) -> Model {
    let r = radius;
    pot(
        &[
            (r * 0.52, 0.0),
            (r * 0.56, 0.04),
            (r * 0.78, 0.12),
            (r * 0.88, 0.24),
            (r * 0.93, 0.30),
            (r, 0.325),
        ],
        0.06,
        glaze,
    )
}

/// A steep bowl with a pouring lip to the left.
pub fn batter(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let outside = [
        (r * 0.58, 0.0),
        (r * 0.64, 0.06 * height),
        (r * 0.86, 0.45 * height),
        (r * 0.96, 0.86 * height),
        (r * 1.03, 0.93 * height),
        (r, height),
    ];
    pot(&outside, 0.06, glaze).bent(|p| {
        let beak = smooth(height * 0.62, height * 1.02, p.y) * smooth(0.86, 1.0, -p.x / (p.x.hypot(p.z) + 1e-4));
        v3(p.x * (1.0 + 0.20 * beak), p.y + 0.04 * beak, p.z * (1.0 - 0.2 * beak))
    })
}

/// A flower pot with a rolled rim.
pub fn planter(radius: f32, height: f32, glaze: &Glaze) -> Model {
    let r = radius;
    let outside = [
        (r * 0.68, 0.0),
        (r * 0.72, 0.03),
        (r * 0.90, height * 0.78),
        (r * 0.91, height * 0.81),
        (r * 1.0, height * 0.825),
        (r * 1.02, height * 0.9),
        (r * 1.0, height),
    ];
    pot(&outside, 0.07, glaze)
}

/// A low dish with a socket for a candle.
pub fn holder(glaze: &Glaze) -> Model {
    let socket = pot(&[(0.24, 0.05), (0.17, 0.12), (0.145, 0.22), (0.16, 0.34)], 0.05, glaze);
    dish(0.62, 0.14, glaze) + socket
}
