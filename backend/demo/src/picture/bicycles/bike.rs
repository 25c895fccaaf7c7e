//! Whole bicycles: a frame from its geometry, and what is bolted to it.

use super::parts::*;
use super::wheels::{Wheel, alloy, chrome, mudguard, wire};
use crate::picture::backdrop::Gobo;
use crate::picture::math::{V3, lerp, srgb, v3};
use crate::picture::mesh::{Material, Model};
use crate::picture::scene::Scene;
use crate::picture::solids::{bar, lathe, rod};

pub const FOG: u32 = 0xE4E9EB;
pub const ICE: u32 = 0xD2DEE8;
pub const STEEL: u32 = 0xB4C2CC;
pub const CONCRETE: u32 = 0xD6D9D8;
pub const CREAM: u32 = 0xF0EADC;
pub const DENIM: u32 = 0x6F8CA8;

const COBALT: u32 = 0x24539B;
const RACING: u32 = 0x1F4A3A;
const CORAL: u32 = 0xD9583F;
const IVORY: u32 = 0xEDE4D0;
pub const HONEY: u32 = 0xA9652F;
pub const BLACK: u32 = 0x2A2826;

// Points of the frame in the plane of the wheels, the rear axle at the origin.
const BRACKET: V3 = v3(4.15, -0.70, 0.0);
const SEAT: V3 = v3(2.63, 4.27, 0.0);
const POST: V3 = v3(2.08, 6.05, 0.0);
const AXLE: V3 = v3(10.1, 0.0, 0.0);
const CROWN: V3 = v3(8.51, 3.43, 0.0);
const HEAD_LOW: V3 = v3(8.46, 3.57, 0.0);
const HEAD_TOP: V3 = v3(8.04, 4.88, 0.0);
const CLAMP: V3 = v3(8.85, 5.75, 0.0);

/// What makes one model differ from another.
struct Build {
    colour: u32,
    panel: u32,
    wheel: Wheel,
    saddle: u32,
    grips: u32,
    bar: Vec<V3>,
    step_through: bool,
    mudguards: bool,
    rear_rack: bool,
    basket: bool,
    lamp: bool,
}

impl Build {
    fn tourer(colour: u32) -> Self {
        let wheel = Wheel {
            radius: 3.42,
            tyre: 0.19,
            wall: 0xC9A57A,
            spokes: 32,
            turn: 17.0,
        };
        Build {
            colour,
            panel: IVORY,
            wheel,
            saddle: HONEY,
            grips: HONEY,
            bar: drop_bar(),
            step_through: false,
            mudguards: true,
            rear_rack: true,
            basket: false,
            lamp: true,
        }
    }

    fn courier(colour: u32) -> Self {
        let wheel = Wheel {
            radius: 3.40,
            tyre: 0.15,
            wall: 0x2B2C2E,
            spokes: 28,
            turn: 40.0,
        };
        Build {
            colour,
            panel: colour,
            wheel,
            saddle: BLACK,
            grips: BLACK,
            bar: flat_bar(),
            step_through: false,
            mudguards: false,
            rear_rack: false,
            basket: false,
            lamp: false,
        }
    }

    fn borough(colour: u32) -> Self {
        let wheel = Wheel {
            radius: 3.45,
            tyre: 0.22,
            wall: IVORY,
            spokes: 32,
            turn: 5.0,
        };
        Build {
            colour,
            panel: IVORY,
            wheel,
            saddle: HONEY,
            grips: HONEY,
            bar: swept_bar(),
            step_through: true,
            mudguards: true,
            rear_rack: true,
            basket: true,
            lamp: true,
        }
    }

    fn paint(&self) -> Material {
        Material::glossy(srgb(self.colour), 0.85, 0.10)
    }

    fn model(&self) -> Model {
        let mut bike = self.frame() + self.fork() + self.cockpit() + self.drive();
        bike = bike
            + self.wheel.model()
            + Wheel {
                turn: self.wheel.turn + 50.0,
                ..self.wheel
            }
            .model()
            .at(AXLE.x, AXLE.y, 0.0);
        if self.mudguards {
            bike = bike + self.guards();
        }
        if self.rear_rack {
            bike = bike + rack(4.0, &alloy());
        }
        if self.basket {
            let wicker = Material::matte(srgb(0x8A6A44));
            bike = bike
                + basket(2.9, 2.0, 2.9, &wicker).at(10.3, 4.15, 0.0)
                + wire(v3(10.2, 4.15, 0.6), v3(10.1, 0.1, 0.62), 0.05, &alloy())
                + wire(v3(10.2, 4.15, -0.6), v3(10.1, 0.1, -0.62), 0.05, &alloy());
        }
        if self.lamp {
            let at = if self.basket { v3(9.55, 3.3, 0.0) } else { v3(9.15, 4.35, 0.0) };
            bike = bike + headlamp(&chrome()).scaled(0.72).at(at.x, at.y, 0.0);
        }
        bike.at(-5.05, self.wheel.radius, 0.0)
    }

    fn frame(&self) -> Model {
        let paint = self.paint();
        let seat_at = if self.step_through { v3(2.75, 3.9, 0.0) } else { SEAT };
        let mut frame = bar(BRACKET, seat_at, 0.15, &paint) + bar(HEAD_LOW, HEAD_TOP, 0.195, &paint);
        frame = frame + bar(v3(8.38, 3.80, 0.0), BRACKET, 0.17, &paint);
        if self.step_through {
            let low = [v3(8.16, 4.52, 0.0), v3(6.9, 2.9, 0.0), v3(5.2, 1.55, 0.0), v3(3.75, 0.65, 0.0)];
            frame = frame + rod(&low, 60, 20, &paint, |_| (0.145, 0.145));
        } else {
            frame = frame + bar(v3(8.12, 4.62, 0.0), v3(2.68, 4.12, 0.0), 0.145, &paint);
        }
        for z in [1.0, -1.0] {
            let stay = [v3(4.0, -0.68, 0.28 * z), v3(2.9, -0.55, 0.36 * z), v3(0.0, 0.0, 0.56 * z)];
            frame = frame + rod(&stay, 30, 14, &paint, |t| (lerp(0.10, 0.07, t), lerp(0.10, 0.07, t)));
            frame = frame
                + bar(
                    v3(seat_at.x + 0.02, seat_at.y - 0.18, 0.16 * z),
                    v3(0.0, 0.0, 0.56 * z),
                    0.065,
                    &paint,
                );
        }
        let lug = Material::glossy(srgb(self.panel), 0.85, 0.10);
        let shell = lathe(
            &[(0.0, -0.36), (0.22, -0.36), (0.24, -0.3), (0.24, 0.3), (0.22, 0.36), (0.0, 0.36)],
            40,
            &paint,
        )
        .turned_x(90.0);
        let at = |t: f32| BRACKET + (seat_at - BRACKET) * t;
        frame + shell.at(BRACKET.x, BRACKET.y, 0.0) + bar(at(0.34), at(0.60), 0.154, &lug) + bar(seat_at, POST, 0.105, &chrome())
    }

    fn fork(&self) -> Model {
        let paint = self.paint();
        let blade = |z: f32| {
            let path = [
                v3(8.52, 3.40, 0.34 * z),
                v3(8.95, 2.05, 0.46 * z),
                v3(9.38, 0.85, 0.52 * z),
                v3(10.1, 0.0, 0.55 * z),
            ];
            rod(&path, 50, 16, &paint, |t| (lerp(0.12, 0.065, t), lerp(0.15, 0.07, t)))
        };
        let crown = rod(&[v3(8.51, 3.43, -0.36), CROWN, v3(8.51, 3.43, 0.36)], 12, 16, &chrome(), |_| {
            (0.15, 0.13)
        });
        blade(1.0) + blade(-1.0) + crown
    }

    fn cockpit(&self) -> Model {
        let stem = rod(
            &[HEAD_TOP, v3(7.86, 5.45, 0.0), v3(8.02, 5.72, 0.0), v3(8.40, 5.74, 0.0), CLAMP],
            40,
            16,
            &chrome(),
            |_| (0.12, 0.12),
        );
        let cover = leather(self.saddle);
        let mut seat = saddle(&cover);
        if self.saddle == HONEY {
            seat = seat + rivets();
        }
        let from = if self.bar.len() > 7 { 0.24 } else { 0.68 };
        stem + bars(&self.bar, &leather(self.grips), from).at(CLAMP.x, CLAMP.y, 0.0) + seat.turned_z(1.5).at(POST.x - 0.05, POST.y, 0.0)
    }

    fn drive(&self) -> Model {
        crankset(-28.0).at(BRACKET.x, BRACKET.y, 0.0) + chain(v3(-BRACKET.x, -BRACKET.y, 0.0)).at(BRACKET.x, BRACKET.y, 0.0)
    }

    fn guards(&self) -> Model {
        let shade = if self.step_through { self.paint() } else { chrome() };
        let rear = mudguard(self.wheel.radius, -12.0 + 30.0, 205.0, &shade);
        let front = mudguard(self.wheel.radius, 42.0, 190.0, &shade).at(AXLE.x, AXLE.y, 0.0);
        let end = |x: f32, angle: f32, z: f32| {
            let (s, c) = angle.to_radians().sin_cos();
            wire(v3(x, 0.05, 0.58 * z), v3(x + 3.68 * c, 3.68 * s, 0.27 * z), 0.022, &alloy())
        };
        rear + front + end(0.0, 190.0, 1.0) + end(0.0, 190.0, -1.0) + end(AXLE.x, 172.0, 1.0) + end(AXLE.x, 172.0, -1.0)
    }
}

/// Picture `n` of a bicycle.
pub fn product(slug: &str, n: usize) -> Option<Scene> {
    let close = |build: &Build, at: V3, span: f32, turn: f32| {
        let bike = build.model().at(-at.x, 0.0, 0.0).turned_y(turn);
        Scene::new(FOG, CONCRETE, bike)
            .aim(v3(0.0, at.y, 0.0), span)
            .pitch(9.0)
            .depth(1.2)
            .crisp(0.10)
    };
    Some(match (slug, n) {
        ("meridian-tourer", 0) => stand(FOG, CONCRETE, Build::tourer(COBALT).model()).gobo(Gobo::Window),
        ("meridian-tourer", _) => close(&Build::tourer(COBALT), v3(3.6, 7.6, 0.0), 7.2, -38.0),
        ("borough-step-through", 0) => stand(ICE, CONCRETE, Build::borough(0x7FA9A0).model()),
        ("borough-step-through", _) => close(&Build::borough(0x7FA9A0), v3(4.2, 6.9, 0.0), 7.6, -35.0).gobo(Gobo::Blind),
        ("courier-single-speed", 0) => stand(CREAM, CONCRETE, Build::courier(CORAL).model()),
        ("courier-single-speed", _) => close(&Build::courier(CORAL), v3(-2.1, 3.5, 0.0), 7.0, 26.0),
        ("kite-20-childrens-bike", 0) => stand(ICE, STEEL, kite()).gobo(Gobo::Leaves),
        ("kite-20-childrens-bike", _) => Scene::new(CREAM, CONCRETE, kite().turned_y(-58.0))
            .fill(0.74, 0.72)
            .pitch(12.0)
            .crisp(0.09),
        ("meridian-frameset", 0) => Scene::new(FOG, ICE, frameset(RACING).turned_y(-20.0))
            .fill(0.84, 0.7)
            .pitch(7.0)
            .gobo(Gobo::Blind)
            .crisp(0.10)
            .depth(0.7),
        ("meridian-frameset", _) => Scene::new(STEEL, CONCRETE, frameset(COBALT).at(-2.9, 0.0, 0.0).turned_y(-42.0))
            .aim(v3(0.15, 3.7, 0.0), 5.6)
            .pitch(9.0)
            .crisp(0.10)
            .depth(1.0),
        _ => return None,
    })
}

fn stand(wall: u32, floor: u32, bike: Model) -> Scene {
    Scene::new(wall, floor, bike.turned_y(-24.0))
        .fill(0.90, 0.72)
        .pitch(7.0)
        .depth(0.62)
        .placed(0.5, 0.56)
        .crisp(0.09)
}

fn kite() -> Model {
    let wheel = Wheel {
        radius: 3.3,
        tyre: 0.34,
        wall: 0x2B2C2E,
        spokes: 24,
        turn: 12.0,
    };
    Build {
        wheel,
        basket: false,
        rear_rack: false,
        lamp: false,
        panel: IVORY,
        saddle: BLACK,
        grips: 0x3F7FA6,
        ..Build::borough(0xE3B23C)
    }
    .model()
}

/// A bare frame with its fork, resting on the floor.
fn frameset(colour: u32) -> Model {
    let build = Build::tourer(colour);
    (build.frame() + build.fork()).at(-5.05, 0.0, 0.0).turned_z(9.0).grounded()
}

/// The home page's picture: the tourer before a bright wall.
pub fn hero() -> Scene {
    let bike = Build::tourer(COBALT).model().turned_y(-26.0);
    Scene::new(ICE, CONCRETE, bike)
        .fill(0.52, 0.80)
        .placed(0.71, 0.54)
        .pitch(6.0)
        .depth(0.55)
        .crisp(0.09)
        .gobo(Gobo::Window)
}
