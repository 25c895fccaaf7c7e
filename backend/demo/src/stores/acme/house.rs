//! Vases, serving pieces and things for the house.

use super::*;

pub const MOON_VASE: DemoProduct = DemoProduct {
    slug: "moon-vase",
    title: "Moon Vase",
    vendor: VENDOR,
    description: "<p>Two thrown hemispheres joined at the waist, as Korean moon jars have been made for three centuries. The seam stays faintly visible: run a finger around the middle and you will find where the halves met.</p>\
<p>21 cm tall, watertight, heavy enough for a branch of olive.</p>",
    category: "vases",
    tags: &["featured", "signature", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 2100,
    options: &[DemoOption {
        name: "Glaze",
        values: &[CHALK, SOOT],
    }],
    variants: &[
        variant(&["Chalk"], "ACM-MOO-CH", 12800, 14),
        variant(&["Soot"], "ACM-MOO-SO", 12800, 8),
    ],
    images: [
        "Round white vase with olive branches",
        "Black moon vase beside a small white bud vase",
    ],
};

pub const BOTTLE_VASE: DemoProduct = DemoProduct {
    slug: "bottle-vase",
    title: "Bottle Vase",
    vendor: VENDOR,
    description: "<p>A narrow neck on round shoulders: it holds one long stem upright without any help. Our ochre carries a little iron, which surfaces as freckles in the second firing.</p>",
    category: "vases",
    tags: &["gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1150,
    options: &[
        DemoOption {
            name: "Glaze",
            values: &[OCHRE, SEA, CHALK],
        },
        DemoOption {
            name: "Height",
            values: &[plain_value("16 cm"), plain_value("22 cm")],
        },
    ],
    variants: &[
        variant(&["Ochre", "16 cm"], "ACM-BOT-OC-16", 5200, 16),
        variant(&["Ochre", "22 cm"], "ACM-BOT-OC-22", 6800, 12),
        variant(&["Sea", "16 cm"], "ACM-BOT-SE-16", 5200, 13),
        variant(&["Sea", "22 cm"], "ACM-BOT-SE-22", 6800, 9),
        variant(&["Chalk", "16 cm"], "ACM-BOT-CH-16", 5200, 0),
        variant(&["Chalk", "22 cm"], "ACM-BOT-CH-22", 6800, 5),
    ],
    images: [
        "Ochre bottle vase in the light of a blind",
        "Three bottle vases in green, white and black",
    ],
};

pub const WINTER_BUD: DemoProduct = DemoProduct {
    slug: "winter-bud-vase",
    title: "Winter Bud Vase",
    vendor: VENDOR,
    description: "<p>A palm-sized vase for the months when the garden offers one seed head and a twig. We throw them from the last clay of each bag, a few dozen every December.</p>\
<p>This year's batch is gone. The next one comes out of the kiln in the first week of Advent.</p>",
    category: "vases",
    tags: &["seasonal", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 310,
    options: &[DemoOption {
        name: "Glaze",
        values: &[ROSE, COBALT, OCHRE],
    }],
    variants: &[
        variant(&["Rose"], "ACM-BUD-RO", 3600, 0),
        variant(&["Cobalt"], "ACM-BUD-CO", 3600, 0),
        variant(&["Ochre"], "ACM-BUD-OC", 3600, 0),
    ],
    images: ["Rose bud vase with one dried poppy head", "Three bud vases with dried stems"],
};

pub const KILN_48: DemoProduct = DemoProduct {
    slug: "kiln-no-48-floor-vase",
    title: "Kiln No. 48 Floor Vase",
    vendor: VENDOR,
    description: "<p>Once a year we fill a firing with single pieces. This one stood closest to the flame: its tenmoku ran, caught the light and stopped a finger's width above the foot.</p>\
<p>There is only one. 52 cm tall, signed and dated beneath.</p>",
    category: "vases",
    tags: &["one-of-a-kind", "signature"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 6800,
    options: &[],
    variants: &[variant(&[], "ACM-K48-01", 42000, 1)],
    images: [
        "Tall dark vase with green branches",
        "The neck of the vase, where brown glaze breaks to rust",
    ],
};

pub const KANNE: DemoProduct = DemoProduct {
    slug: "kanne-teapot",
    title: "Kanne Teapot",
    vendor: VENDOR,
    description: "<p>It took us eleven prototypes to make a spout that does not drip. The lid locks when you tilt it, the handle stays cool, and a fine strainer is built in where the spout begins.</p>\
<p>900 ml: four small cups or two generous ones.</p>",
    category: "serving",
    tags: &["gift", "bestseller"],
    status: ProductStatus::Active,
    compare_at: Some(11800),
    weight_grams: 1280,
    options: &[DemoOption {
        name: "Glaze",
        values: &[CELADON, SOOT],
    }],
    variants: &[
        variant(&["Celadon"], "ACM-KAN-CE", 9600, 15),
        variant(&["Soot"], "ACM-KAN-SO", 9600, 7),
    ],
    images: ["Pale green teapot", "Teapot and two cups of tea on a walnut board"],
};

pub const SUNDAY_JUG: DemoProduct = DemoProduct {
    slug: "sunday-jug",
    title: "Sunday Jug",
    vendor: VENDOR,
    description: "<p>For milk, gravy, sangria or peonies. The lip is pulled with one finger while the clay is still wet, and that finger decides how well it pours; ours have had practice.</p>",
    category: "serving",
    tags: &["dishwasher-safe"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 950,
    options: &[
        DemoOption {
            name: "Glaze",
            values: &[CHALK, ROSE],
        },
        DemoOption {
            name: "Size",
            values: &[plain_value("0.4 l"), plain_value("1 l")],
        },
    ],
    variants: &[
        variant(&["Chalk", "0.4 l"], "ACM-JUG-CH-04", 3800, 18),
        variant(&["Chalk", "1 l"], "ACM-JUG-CH-10", 5800, 13),
        variant(&["Rose", "0.4 l"], "ACM-JUG-RO-04", 3800, 10),
        variant(&["Rose", "1 l"], "ACM-JUG-RO-10", 5800, 6),
    ],
    images: ["White jug in window light", "A rose jug and a small white one"],
};

pub const CARAFE: DemoProduct = DemoProduct {
    slug: "carafe-and-two-tumblers",
    title: "Carafe & Two Tumblers",
    vendor: VENDOR,
    description: "<p>A carafe for the bedside or the desk with two tumblers, one of which sits upside down on its neck as a lid. Unglazed clay at the foot breathes a little and keeps water cool on warm days.</p>\
<p>Carafe 1 l, tumblers 180 ml each.</p>",
    category: "serving",
    tags: &["set", "gift"],
    status: ProductStatus::Active,
    compare_at: Some(9800),
    weight_grams: 1720,
    options: &[DemoOption {
        name: "Glaze",
        values: &[SEA, CHALK],
    }],
    variants: &[
        variant(&["Sea"], "ACM-CAR-SE", 8400, 11),
        variant(&["Chalk"], "ACM-CAR-CH", 8400, 8),
    ],
    images: ["Green carafe with two tumblers", "White carafe and filled tumblers from above"],
};

pub const SALT_CELLAR: DemoProduct = DemoProduct {
    slug: "fleur-de-sel-cellar",
    title: "Fleur de Sel Cellar",
    vendor: VENDOR,
    description: "<p>A lidded crock that lives beside the stove and keeps half a kilo of coarse salt dry. The opening takes a whole hand, because nobody seasons with a teaspoon.</p>",
    category: "serving",
    tags: &["kitchen"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 640,
    options: &[],
    variants: &[variant(&[], "ACM-SAL-SO", 3400, 9)],
    images: ["Black salt crock with its lid", "Open crock of coarse salt and a wooden spoon"],
};

pub const NOCTURNE: DemoProduct = DemoProduct {
    slug: "nocturne-candle-holder",
    title: "Nocturne Candle Holder",
    vendor: VENDOR,
    description: "<p>A chamberstick for a standard 22 mm candle, with a wide dish that catches every drop. Carry it by the rim; it stays cold.</p>",
    category: "house",
    tags: &["new", "gift"],
    status: ProductStatus::Draft,
    compare_at: None,
    weight_grams: 420,
    options: &[DemoOption {
        name: "Glaze",
        values: &[SOOT, CHALK, SEA],
    }],
    variants: &[
        variant(&["Soot"], "ACM-NOC-SO", 3200, 20),
        variant(&["Chalk"], "ACM-NOC-CH", 3200, 20),
        variant(&["Sea"], "ACM-NOC-SE", 3200, 20),
    ],
    images: [
        "Black candle holder with a lit candle",
        "Two candle holders, one tall candle and one short",
    ],
};

pub const HERB_PLANTER: DemoProduct = DemoProduct {
    slug: "herb-planter",
    title: "Herb Planter with Saucer",
    vendor: VENDOR,
    description: "<p>Rosemary hates wet feet, so this pot has a proper hole, a saucer, and a rolled rim you can lift with one hand. The terracotta is left raw and will turn paler and lovelier every summer.</p>",
    category: "house",
    tags: &["garden", "frost-proof"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1400,
    options: &[
        DemoOption {
            name: "Finish",
            values: &[TERRACOTTA, CHALK],
        },
        DemoOption {
            name: "Size",
            values: &[plain_value("12 cm"), plain_value("16 cm")],
        },
    ],
    variants: &[
        variant(&["Terracotta", "12 cm"], "ACM-HER-TE-12", 2900, 25),
        variant(&["Terracotta", "16 cm"], "ACM-HER-TE-16", 4400, 19),
        variant(&["Chalk", "12 cm"], "ACM-HER-CH-12", 3300, 14),
        variant(&["Chalk", "16 cm"], "ACM-HER-CH-16", 4900, 10),
    ],
    images: [
        "Terracotta pot with rosemary on its saucer",
        "A white and a terracotta herb planter",
    ],
};
