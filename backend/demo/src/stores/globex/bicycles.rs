//! Bicycles, frames and wheels.

use super::*;

const CM_50: DemoValue = plain_value("50 cm");
const CM_54: DemoValue = plain_value("54 cm");
const CM_58: DemoValue = plain_value("58 cm");

pub const MERIDIAN: DemoProduct = DemoProduct {
    slug: "meridian-tourer",
    title: "Meridian Tourer",
    vendor: VENDOR,
    description: "<p>Our long-distance bicycle: lugged steel, a rack that carries 55 pounds, and a dynamo that lights the road for as long as you turn the pedals. The geometry is calm, so you can eat a sandwich with one hand at fifteen miles an hour.</p>\
<ul><li>Frame: double-butted chromoly, brazed</li><li>Tires: 38 mm, tan wall</li><li>Weight: 28 lb with rack and fenders</li></ul>",
    category: "bicycles",
    tags: &["touring", "steel", "dynamo"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 12700,
    options: &[
        DemoOption {
            name: "Color",
            values: &[COBALT, RACING],
        },
        DemoOption {
            name: "Frame size",
            values: &[CM_50, CM_54, CM_58],
        },
    ],
    variants: &[
        variant(&["Cobalt", "50 cm"], "GLX-MER-CO-50", 245_000, 4),
        variant(&["Cobalt", "54 cm"], "GLX-MER-CO-54", 245_000, 6),
        variant(&["Cobalt", "58 cm"], "GLX-MER-CO-58", 245_000, 5),
        variant(&["Racing green", "50 cm"], "GLX-MER-RG-50", 245_000, 0),
        variant(&["Racing green", "54 cm"], "GLX-MER-RG-54", 245_000, 4),
        variant(&["Racing green", "58 cm"], "GLX-MER-RG-58", 245_000, 3),
    ],
    images: [
        "Blue touring bicycle with fenders and rack",
        "Wrapped drop bars and chrome headlamp",
    ],
};

pub const BOROUGH: DemoProduct = DemoProduct {
    slug: "borough-step-through",
    title: "Borough Step-Through",
    vendor: VENDOR,
    description: "<p>An upright city bicycle that asks nothing of your clothes: low frame, full fenders, covered bars and a willow basket for the groceries. Three internal gears handle every bridge in town and need oil once a year.</p>",
    category: "bicycles",
    tags: &["city", "steel", "basket"],
    status: ProductStatus::Active,
    compare_at: Some(149_000),
    weight_grams: 14500,
    options: &[DemoOption {
        name: "Frame size",
        values: &[plain_value("Small"), plain_value("Medium"), plain_value("Large")],
    }],
    variants: &[
        variant(&["Small"], "GLX-BOR-S", 129_000, 6),
        variant(&["Medium"], "GLX-BOR-M", 129_000, 9),
        variant(&["Large"], "GLX-BOR-L", 129_000, 5),
    ],
    images: ["Pale green city bicycle with a front basket", "Basket and leather grips, close up"],
};

pub const COURIER: DemoProduct = DemoProduct {
    slug: "courier-single-speed",
    title: "Courier Single Speed",
    vendor: VENDOR,
    description: "<p>One gear, two brakes and nothing that rattles. A flip-flop hub lets you ride it fixed when you are brave and free when you are late.</p>\
<p>At 20 pounds it goes up the stairs on one shoulder.</p>",
    category: "bicycles",
    tags: &["city", "steel", "light"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 9100,
    options: &[
        DemoOption {
            name: "Color",
            values: &[CORAL, INK],
        },
        DemoOption {
            name: "Frame size",
            values: &[CM_50, CM_54, CM_58],
        },
    ],
    variants: &[
        variant(&["Coral", "50 cm"], "GLX-COU-CR-50", 89_000, 5),
        variant(&["Coral", "54 cm"], "GLX-COU-CR-54", 89_000, 8),
        variant(&["Coral", "58 cm"], "GLX-COU-CR-58", 89_000, 2),
        variant(&["Ink", "50 cm"], "GLX-COU-IN-50", 89_000, 4),
        variant(&["Ink", "54 cm"], "GLX-COU-IN-54", 89_000, 7),
        variant(&["Ink", "58 cm"], "GLX-COU-IN-58", 89_000, 6),
    ],
    images: ["Coral single-speed bicycle", "Crank, chain and rear wheel of the Courier"],
};

pub const KITE: DemoProduct = DemoProduct {
    slug: "kite-20-childrens-bike",
    title: "Kite 20 Children's Bicycle",
    vendor: VENDOR,
    description: "<p>Built like the big ones, with real bearings, a low step and fat tires that shrug off curbs. We buy it back for half its price when it is outgrown, repaint it and send it to the next rider.</p>\
<p>For ages six to nine, or 45 to 55 inches.</p>",
    category: "bicycles",
    tags: &["children", "steel"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 8900,
    options: &[],
    variants: &[variant(&[], "GLX-KIT-20", 48_000, 11)],
    images: ["Yellow children's bicycle", "The children's bicycle from the front"],
};

pub const FRAMESET: DemoProduct = DemoProduct {
    slug: "meridian-frameset",
    title: "Meridian Frameset",
    vendor: VENDOR,
    description: "<p>The Meridian without the rest: frame, fork and seatpost, faced, reamed and ready to build. There are braze-ons for everything you may want to bolt on later, and caps for those you do not.</p>",
    category: "frames-and-wheels",
    tags: &["touring", "steel"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 3100,
    options: &[
        DemoOption {
            name: "Color",
            values: &[RACING, COBALT],
        },
        DemoOption {
            name: "Frame size",
            values: &[CM_54, CM_58],
        },
    ],
    variants: &[
        variant(&["Racing green", "54 cm"], "GLX-FRA-RG-54", 98_000, 3),
        variant(&["Racing green", "58 cm"], "GLX-FRA-RG-58", 98_000, 3),
        variant(&["Cobalt", "54 cm"], "GLX-FRA-CO-54", 98_000, 4),
        variant(&["Cobalt", "58 cm"], "GLX-FRA-CO-58", 98_000, 1),
    ],
    images: ["Green steel frame and fork", "Head tube and fork crown of a blue frame"],
};

pub const WHEELSET: DemoProduct = DemoProduct {
    slug: "handbuilt-wheelset-700c",
    title: "Handbuilt Wheelset 700C",
    vendor: VENDOR,
    description: "<p>Thirty-two spokes a wheel, laced three-cross and tensioned by ear, then by gauge, because the ear is usually right. We true them again for free for as long as you own them.</p>",
    category: "frames-and-wheels",
    tags: &["wheels", "handmade"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1980,
    options: &[DemoOption {
        name: "Rear hub",
        values: &[plain_value("Single speed"), plain_value("11 speed")],
    }],
    variants: &[
        variant(&["Single speed"], "GLX-WHE-SS", 46_000, 7),
        variant(&["11 speed"], "GLX-WHE-11", 52_000, 8),
    ],
    images: ["Two spoked wheels with tan tires", "Hub and spokes, close up"],
};
