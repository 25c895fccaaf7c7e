//! Parts, bags and tools.

use super::*;

pub const SADDLE: DemoProduct = DemoProduct {
    slug: "longhaul-leather-saddle",
    title: "Longhaul Leather Saddle",
    vendor: "Longhaul",
    description: "<p>A single hide stretched over steel rails and hammered to copper rivets. It is stiff for two hundred miles and then fits nobody else in the world.</p>\
<p>Comes with a tin of proofing wax and a tension wrench.</p>",
    category: "parts",
    tags: &["leather", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 540,
    options: &[DemoOption {
        name: "Color",
        values: &[HONEY, INK],
    }],
    variants: &[
        variant(&["Honey"], "GLX-SAD-HO", 14_500, 16),
        variant(&["Ink"], "GLX-SAD-IN", 14_500, 12),
    ],
    images: ["Honey-colored leather saddle with copper rivets", "A honey and a black saddle"],
};

pub const CRANKSET: DemoProduct = DemoProduct {
    slug: "forged-crankset-44t",
    title: "Forged Crankset 44T",
    vendor: VENDOR,
    description: "<p>Arms forged from one billet and polished until they look wet. The 44-tooth ring bolts on with five arms, so it can be replaced without the rest.</p>",
    category: "parts",
    tags: &["drivetrain"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 690,
    options: &[DemoOption {
        name: "Arm length",
        values: &[plain_value("165 mm"), plain_value("170 mm"), plain_value("175 mm")],
    }],
    variants: &[
        variant(&["165 mm"], "GLX-CRA-165", 16_500, 6),
        variant(&["170 mm"], "GLX-CRA-170", 16_500, 10),
        variant(&["175 mm"], "GLX-CRA-175", 16_500, 5),
    ],
    images: ["Polished crankset with a toothed ring", "Chainring and crank arm, close up"],
};

pub const HEADLAMP: DemoProduct = DemoProduct {
    slug: "lantern-dynamo-headlamp",
    title: "Lantern Dynamo Headlamp",
    vendor: "Lantern",
    description: "<p>A spun-metal bullet with a modern heart: 80 lux on the road, a stand light that stays on for five minutes at the crossing, and a switch you can find with gloves on.</p>",
    category: "parts",
    tags: &["lights", "dynamo"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 210,
    options: &[DemoOption {
        name: "Finish",
        values: &[CHROME, INK, BRASS],
    }],
    variants: &[
        variant(&["Chrome"], "GLX-LAM-CH", 11_800, 13),
        variant(&["Ink"], "GLX-LAM-IN", 11_800, 9),
        variant(&["Brass"], "GLX-LAM-BR", 12_800, 3),
    ],
    images: ["Chrome bullet headlamp", "A black and a brass headlamp"],
};

pub const BAR_TAPE: DemoProduct = DemoProduct {
    slug: "cotton-bar-tape",
    title: "Cotton Bar Tape",
    vendor: VENDOR,
    description: "<p>Woven cotton that feels dry in the rain and better after a coat of shellac. One box wraps one drop bar, with two plugs and enough left over for a second try.</p>",
    category: "parts",
    tags: &["cotton"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 90,
    options: &[DemoOption {
        name: "Color",
        values: &[HONEY, NAVY, CORAL, SAND, INK, MOSS],
    }],
    variants: &[
        variant(&["Honey"], "GLX-TAP-HO", 2200, 40),
        variant(&["Navy"], "GLX-TAP-NA", 2200, 35),
        variant(&["Coral"], "GLX-TAP-CR", 2200, 28),
        variant(&["Sand"], "GLX-TAP-SA", 2200, 31),
        variant(&["Ink"], "GLX-TAP-IN", 2200, 44),
        variant(&["Moss"], "GLX-TAP-MO", 2200, 0),
    ],
    images: [
        "Two rolls of honey-colored bar tape with plugs",
        "Six colors of bar tape from above",
    ],
};

pub const PANNIER: DemoProduct = DemoProduct {
    slug: "daybreak-pannier",
    title: "Daybreak Roll-Top Pannier",
    vendor: "Daybreak",
    description: "<p>Waxed canvas, bridle leather and brass: it holds twenty liters on the way out and a surprising twenty-four on the way back from the market. Hooks fit every rack up to 16 mm and lift off with one hand.</p>",
    category: "bags",
    tags: &["canvas", "waterproof", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 980,
    options: &[DemoOption {
        name: "Color",
        values: &[MOSS, NAVY, OCHRE],
    }],
    variants: &[
        variant(&["Moss"], "GLX-PAN-MO", 12_800, 18),
        variant(&["Navy"], "GLX-PAN-NA", 12_800, 14),
        variant(&["Ochre"], "GLX-PAN-OC", 12_800, 4),
    ],
    images: ["Moss-green roll-top pannier with leather straps", "A navy and an ochre pannier"],
};

pub const BASKET: DemoProduct = DemoProduct {
    slug: "market-basket",
    title: "Willow Market Basket",
    vendor: VENDOR,
    description: "<p>Woven from whole willow on a wooden floor by two sisters in Astoria. Leather straps hold it to any front rack, and it comes off at the stall to be filled with tomatoes.</p>",
    category: "bags",
    tags: &["basket", "handmade"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1250,
    options: &[],
    variants: &[variant(&[], "GLX-BAS-01", 7_200, 15)],
    images: ["Willow basket with leather straps", "The basket seen from above"],
};

pub const TOOL_ROLL: DemoProduct = DemoProduct {
    slug: "tool-roll",
    title: "Roadside Tool Roll",
    vendor: VENDOR,
    description: "<p>The nine tools that fix ninety percent of what breaks, in a canvas roll that straps under any saddle. Each has its own pocket, so you notice before you ride off without the 15 mm.</p>",
    category: "tools",
    tags: &["canvas", "gift"],
    status: ProductStatus::Active,
    compare_at: Some(6400),
    weight_grams: 640,
    options: &[],
    variants: &[variant(&[], "GLX-ROL-NA", 5400, 22)],
    images: [
        "Rolled navy canvas with leather straps",
        "Spanners and a screwdriver laid out on the canvas",
    ],
};

pub const BELL: DemoProduct = DemoProduct {
    slug: "brass-bell",
    title: "Ding-Dong Brass Bell",
    vendor: VENDOR,
    description: "<p>Spun brass with a clear two-note ring that people turn to with a smile. Fits bars from 22 to 26 mm; no tools needed.</p>",
    category: "tools",
    tags: &["brass", "gift", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 110,
    options: &[DemoOption {
        name: "Finish",
        values: &[BRASS, CHROME],
    }],
    variants: &[
        variant(&["Brass"], "GLX-BEL-BR", 2800, 60),
        variant(&["Chrome"], "GLX-BEL-CH", 2800, 38),
    ],
    images: ["Brass bell on a handlebar", "A brass and a chrome bell"],
};

pub const PUMP: DemoProduct = DemoProduct {
    slug: "standing-track-pump",
    title: "Standing Track Pump",
    vendor: VENDOR,
    description: "<p>Steel barrel, beech handle, a foot you can stand on with both boots. The leather washer lasts ten years and its spare is taped inside the base.</p>",
    category: "tools",
    tags: &["workshop"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1900,
    options: &[DemoOption {
        name: "Color",
        values: &[COBALT, CORAL],
    }],
    variants: &[
        variant(&["Cobalt"], "GLX-PUM-CO", 6800, 17),
        variant(&["Coral"], "GLX-PUM-CR", 6800, 13),
    ],
    images: ["Blue floor pump with a wooden handle", "Gauge and foot of the pump"],
};

pub const BIDON: DemoProduct = DemoProduct {
    slug: "bidon-620",
    title: "Bidon 620",
    vendor: VENDOR,
    description: "<p>A squeeze bottle that does not taste of bottle, for 620 ml of water. The waist sits in any cage, the wide neck takes ice cubes, and the cap comes apart for washing.</p>",
    category: "tools",
    tags: &["water"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 80,
    options: &[DemoOption {
        name: "Color",
        values: &[NAVY, CORAL, SAND],
    }],
    variants: &[
        variant(&["Navy"], "GLX-BID-NA", 1600, 70),
        variant(&["Coral"], "GLX-BID-CR", 1600, 64),
        variant(&["Sand"], "GLX-BID-SA", 1600, 52),
    ],
    images: ["Navy drinking bottle with a cream band", "Three bottles in navy, coral and sand"],
};
