//! Cups, bowls and plates.

use super::*;

pub const MORNING_MUG: DemoProduct = DemoProduct {
    slug: "morning-mug",
    title: "Morning Mug",
    vendor: VENDOR,
    description: "<p>The mug we reach for ourselves. Its handle takes three fingers, its lip is drawn thin, and the foot is left bare so that you feel the clay before you are awake.</p>\
<p>Two sizes: 250 ml for a flat white, 350 ml for a long filter coffee. Dishwasher and microwave proof.</p>",
    category: "cups-and-mugs",
    tags: &["bestseller", "dishwasher-safe", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 380,
    options: &[
        DemoOption {
            name: "Glaze",
            values: &[CHALK, OCHRE, SEA, SOOT],
        },
        DemoOption {
            name: "Size",
            values: &[plain_value("250 ml"), plain_value("350 ml")],
        },
    ],
    variants: &[
        variant(&["Chalk", "250 ml"], "ACM-MUG-CH-25", 2600, 48),
        variant(&["Chalk", "350 ml"], "ACM-MUG-CH-35", 3200, 36),
        variant(&["Ochre", "250 ml"], "ACM-MUG-OC-25", 2600, 31),
        variant(&["Ochre", "350 ml"], "ACM-MUG-OC-35", 3200, 22),
        variant(&["Sea", "250 ml"], "ACM-MUG-SE-25", 2600, 40),
        variant(&["Sea", "350 ml"], "ACM-MUG-SE-35", 3200, 27),
        variant(&["Soot", "250 ml"], "ACM-MUG-SO-25", 2600, 0),
        variant(&["Soot", "350 ml"], "ACM-MUG-SO-35", 3200, 14),
    ],
    images: [
        "Speckled white mug with a bare clay foot in window light",
        "Four mugs in ochre, black, white and green on a clay table",
    ],
};

pub const PETIT_NOIR: DemoProduct = DemoProduct {
    slug: "petit-noir-espresso-cup",
    title: "Petit Noir Espresso Cup",
    vendor: VENDOR,
    description: "<p>Seventy millilitres, no handle and walls thick enough to keep a short espresso hot for as long as it lasts. It comes with its saucer, which also holds exactly one madeleine.</p>\
<p>The cups nest, so six of them take the room of one.</p>",
    category: "cups-and-mugs",
    tags: &["dishwasher-safe", "stackable", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 290,
    options: &[DemoOption {
        name: "Glaze",
        values: &[SOOT, CHALK, SEA],
    }],
    variants: &[
        variant(&["Soot"], "ACM-ESP-SO", 2400, 34),
        variant(&["Chalk"], "ACM-ESP-CH", 2400, 29),
        variant(&["Sea"], "ACM-ESP-SE", 2400, 18),
    ],
    images: [
        "Black espresso cup on its saucer",
        "Three stacked espresso cups beside a green cup and saucer",
    ],
};

pub const CAFE_AU_LAIT: DemoProduct = DemoProduct {
    slug: "cafe-au-lait-bowl",
    title: "Café au Lait Bowl",
    vendor: VENDOR,
    description: "<p>A Breton habit: coffee with milk from a bowl held in both hands, wide enough for a buttered tartine to go in sideways. Ours has a small raised foot, so the table stays cool while the coffee does not.</p>\
<p>Holds 400 ml, and is just as good with soup.</p>",
    category: "cups-and-mugs",
    tags: &["breakfast", "dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 410,
    options: &[DemoOption {
        name: "Glaze",
        values: &[CHALK, COBALT, ROSE],
    }],
    variants: &[
        variant(&["Chalk"], "ACM-CAL-CH", 2800, 26),
        variant(&["Cobalt"], "ACM-CAL-CO", 2800, 19),
        variant(&["Rose"], "ACM-CAL-RO", 2800, 4),
    ],
    images: ["Bowl of milky coffee in soft light", "Three breakfast bowls seen from above"],
};

pub const SUPPER_BOWL: DemoProduct = DemoProduct {
    slug: "supper-bowl",
    title: "Supper Bowl",
    vendor: VENDOR,
    description: "<p>One shape in three sizes that sit inside each other: small for olives, medium for pasta, large for the salad everyone shares. The inside is glazed to a gloss, the outside satin, so it does not slip when it is wet.</p>",
    category: "bowls-and-plates",
    tags: &["stackable", "dishwasher-safe", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 720,
    options: &[
        DemoOption {
            name: "Glaze",
            values: &[SEA, CELADON],
        },
        DemoOption {
            name: "Size",
            values: &[
                plain_value("Small, 14 cm"),
                plain_value("Medium, 18 cm"),
                plain_value("Large, 24 cm"),
            ],
        },
    ],
    variants: &[
        variant(&["Sea", "Small, 14 cm"], "ACM-SUP-SE-S", 2400, 30),
        variant(&["Sea", "Medium, 18 cm"], "ACM-SUP-SE-M", 3400, 25),
        variant(&["Sea", "Large, 24 cm"], "ACM-SUP-SE-L", 5200, 11),
        variant(&["Celadon", "Small, 14 cm"], "ACM-SUP-CE-S", 2400, 21),
        variant(&["Celadon", "Medium, 18 cm"], "ACM-SUP-CE-M", 3400, 16),
        variant(&["Celadon", "Large, 24 cm"], "ACM-SUP-CE-L", 5200, 3),
    ],
    images: ["Deep green bowl with a glossy inside", "Three bowls nested from large to small"],
};

pub const NOODLE_BOWL: DemoProduct = DemoProduct {
    slug: "noodle-bowl",
    title: "Noodle Bowl with Chopsticks",
    vendor: VENDOR,
    description: "<p>Tall sides keep the broth in and the steam up. A shallow notch in the rim holds the pair of lacquered chopsticks that comes with every bowl.</p>\
<p>Holds a litre with room to spare.</p>",
    category: "bowls-and-plates",
    tags: &["gift", "dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 860,
    options: &[DemoOption {
        name: "Glaze",
        values: &[SOOT, OCHRE],
    }],
    variants: &[
        variant(&["Soot"], "ACM-NOO-SO", 3800, 20),
        variant(&["Ochre"], "ACM-NOO-OC", 3800, 17),
    ],
    images: [
        "Black noodle bowl with red chopsticks on its rim",
        "Two noodle bowls and chopsticks from above",
    ],
};

pub const BATTER_BOWL: DemoProduct = DemoProduct {
    slug: "ruehrschuessel-batter-bowl",
    title: "Rührschüssel Batter Bowl",
    vendor: VENDOR,
    description: "<p>Every German grandmother owns one: a heavy bowl that stays put while you stir, with a lip that pours pancakes one at a time. We added a broad rim to hold on to and left out the floral pattern.</p>\
<p>2.2 litres. The beech spoon in the picture is not included, but any spoon will do.</p>",
    category: "bowls-and-plates",
    tags: &["baking", "dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1650,
    options: &[DemoOption {
        name: "Glaze",
        values: &[CHALK, OCHRE],
    }],
    variants: &[
        variant(&["Chalk"], "ACM-BAT-CH", 6400, 12),
        variant(&["Ochre"], "ACM-BAT-OC", 6400, 9),
    ],
    images: ["Large white mixing bowl with a pouring lip", "Ochre mixing bowl and a beech spoon"],
};

pub const SUNDAY_PLATE: DemoProduct = DemoProduct {
    slug: "sunday-plate",
    title: "Sunday Plate",
    vendor: VENDOR,
    description: "<p>A dinner plate with a low upright rim, so that sauce stays where it is served. At 27 cm it fits every dishwasher we have met, and the unglazed ring beneath keeps a stack from sliding.</p>",
    category: "bowls-and-plates",
    tags: &["stackable", "dishwasher-safe", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 780,
    options: &[DemoOption {
        name: "Glaze",
        values: &[OCHRE, CHALK, SEA, SOOT],
    }],
    variants: &[
        variant(&["Ochre"], "ACM-PLT-OC", 3400, 44),
        variant(&["Chalk"], "ACM-PLT-CH", 3400, 52),
        variant(&["Sea"], "ACM-PLT-SE", 3400, 38),
        variant(&["Soot"], "ACM-PLT-SO", 3400, 30),
    ],
    images: ["Ochre dinner plate in window light", "Stack of five plates with a small cup on top"],
};

pub const TARTINE_PLATE: DemoProduct = DemoProduct {
    slug: "tartine-side-plate",
    title: "Tartine Side Plate",
    vendor: VENDOR,
    description: "<p>For bread and butter, cake, or the half sandwich you meant to share. It is the lid of the Café au Lait Bowl as well, which keeps the milk warm while you look for the jam.</p>",
    category: "bowls-and-plates",
    tags: &["breakfast", "stackable", "dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 420,
    options: &[DemoOption {
        name: "Glaze",
        values: &[SEA, ROSE, CHALK],
    }],
    variants: &[
        variant(&["Sea"], "ACM-TAR-SE", 2200, 33),
        variant(&["Rose"], "ACM-TAR-RO", 2200, 28),
        variant(&["Chalk"], "ACM-TAR-CH", 2200, 41),
    ],
    images: [
        "A green and a rose side plate, overlapping",
        "White side plate and a knife on an oak board",
    ],
};

pub const DEEP_PLATE: DemoProduct = DemoProduct {
    slug: "deep-plate",
    title: "Assiette Creuse Deep Plate",
    vendor: VENDOR,
    description: "<p>Halfway between plate and bowl, with a flat rim to rest a spoon on. Made for risotto, good for soup, and the reason our own kitchen has no other plates left.</p>",
    category: "bowls-and-plates",
    tags: &["stackable", "dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: Some(3600),
    weight_grams: 690,
    options: &[DemoOption {
        name: "Glaze",
        values: &[ROSE, SOOT, CHALK],
    }],
    variants: &[
        variant(&["Rose"], "ACM-DEE-RO", 2900, 24),
        variant(&["Soot"], "ACM-DEE-SO", 2900, 15),
        variant(&["Chalk"], "ACM-DEE-CH", 2900, 2),
    ],
    images: ["Rose-coloured deep plate", "Three deep plates stacked"],
};

pub const SCRIPT_MUG: DemoProduct = DemoProduct {
    slug: "script-and-soehne-mug",
    title: "<script>alert(1)</script> & Söhne 🚀",
    vendor: "Script & Söhne",
    description: "<p>Our first web developer named this mug while testing the shop, and the family firm that paints the rockets refused to let us change it. Each rocket is brushed on by hand under a clear glaze, so no two fly in quite the same direction.</p>\
<p>Holds 300 ml of anything that is not rocket fuel.</p>",
    category: "house",
    tags: &["guest-edition", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 400,
    options: &[],
    variants: &[variant(&[], "ACM-SCR-01", 2900, 24)],
    images: ["Cobalt mug with a hand-painted rocket", "Rocket mug beside a plain white mug"],
};
