//! Plain Paper, a stationery shop in Berlin. Its platform has no orders module: a catalogue to look at.

use super::*;

pub const STORE: DemoStore = DemoStore {
    code: "plain",
    platform: "lite",
    status: StoreStatus::Active,
    custom_domain: None,
    name: "Plain Paper",
    tagline: "Good paper, sharp pencils",
    hero_title: "Write it down",
    hero_text: "Notebooks that lie flat, pencils that hold a point and tape that comes off again. See them here, buy them at the counter in Oderberger Straße.",
    hero_action: "Browse the shelves",
    story_title: "A shop without a screen",
    story_html: "<p>Plain Paper is thirty square metres of drawers. We stock what we use ourselves: about two hundred things, most of them older designs than we are.</p>\
<p>This catalogue shows what is on the shelves today. We do not ship. Come in, try the pens, and take your time; there is a table by the window for exactly that.</p>",
    contact_email: "hallo@plain.test",
    address: DemoAddress {
        line1: "Musterstraße 8",
        line2: "",
        postal_code: "10435",
        city: "Berlin",
        region: "",
        country: "DE",
        phone: "+49 30 23125 008",
    },
    locale: "en",
    timezone: "Europe/Berlin",
    currency: "EUR",
    tax: DemoTax {
        name: "MwSt. 19 %",
        rate_ppm: 190_000,
        included: true,
    },
    shipping: DemoShipping {
        name: "Collected at the counter",
        price: 0,
        free_from: None,
        delivery: "Tuesday to Saturday, 10–18 h",
    },
    bank: DemoBank {
        holder: "Plain Paper",
        account: "DE89 3704 0044 0532 0130 00",
        name: "Beispielbank",
        code: "EXMPDEFF",
    },
    theme: DemoTheme {
        accent: "#2E3A52",
        on_accent: "#FFFFFF",
        surface: "#FAF8F3",
        raised: "#FFFFFF",
        sunken: "#F1ECE0",
        text: "#22252B",
        muted: "#5E626B",
        border: "#DFDACD",
        radius: 0,
        fonts: "quiet",
    },
    categories: &[
        category("paper", "Paper", "Bound, loose, ruled, dotted and blank."),
        category("writing", "Writing", "Things that leave a line."),
        category("desk", "Desk", "What keeps the rest in order."),
    ],
    featured: &["plain-notebook", "cedar-pencils", "washi-tape-set"],
    products: &[NOTEBOOK, SKETCHBOOK, ENVELOPES, PENCILS, PEN, PLANNER, TAPE, RULER],
    customers: &[],
    orders: &[],
};

const VENDOR: &str = "Plain Paper";
const INK: DemoValue = colour("Ink", "#2E3A52");
const FOREST: DemoValue = colour("Forest", "#3F6652");
const RED: DemoValue = colour("Red", "#C24A3A");

const NOTEBOOK: DemoProduct = DemoProduct {
    slug: "plain-notebook",
    title: "Plain Notebook A5",
    vendor: VENDOR,
    description: "<p>One hundred and ninety-two numbered pages, thread-sewn so that it lies flat from the first to the last. The paper takes fountain pens without feathering, and the two ribbons settle arguments about which page mattered.</p>",
    category: "paper",
    tags: &["bestseller", "thread-sewn"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 340,
    options: &[
        DemoOption {
            name: "Cover",
            values: &[INK, FOREST, RED],
        },
        DemoOption {
            name: "Ruling",
            values: &[plain_value("Dotted"), plain_value("Lined")],
        },
    ],
    variants: &[
        variant(&["Ink", "Dotted"], "PLN-NOT-IN-D", 1890, 40),
        variant(&["Ink", "Lined"], "PLN-NOT-IN-L", 1890, 32),
        variant(&["Forest", "Dotted"], "PLN-NOT-FO-D", 1890, 25),
        variant(&["Forest", "Lined"], "PLN-NOT-FO-L", 1890, 18),
        variant(&["Red", "Dotted"], "PLN-NOT-RE-D", 1890, 21),
        variant(&["Red", "Lined"], "PLN-NOT-RE-L", 1890, 0),
    ],
    images: [
        "Dark blue notebook with a red elastic band",
        "Pile of five notebooks in five colours",
    ],
};

const SKETCHBOOK: DemoProduct = DemoProduct {
    slug: "field-sketchbook",
    title: "Field Sketchbook",
    vendor: VENDOR,
    description: "<p>A kraft cover stiff enough to draw on standing up, and sixty sheets of 160 g paper that accept a light wash. The wire folds right round, so the page you need is always on top.</p>",
    category: "paper",
    tags: &["drawing"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 420,
    options: &[],
    variants: &[variant(&[], "PLN-SKE-01", 1450, 26)],
    images: [
        "Wire-bound sketchbook and a green pencil",
        "Open sketchbook with a drawing of a vase",
    ],
};

const ENVELOPES: DemoProduct = DemoProduct {
    slug: "laid-paper-envelopes",
    title: "Laid Paper & Envelopes",
    vendor: VENDOR,
    description: "<p>Twelve sheets and twelve envelopes of laid paper, whose faint lines keep handwriting level without anyone noticing. The flaps are gummed, and a stick of red wax is in the box for letters that deserve it.</p>",
    category: "paper",
    tags: &["letters", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 230,
    options: &[DemoOption {
        name: "Colour",
        values: &[colour("Cream", "#F7F2E6"), colour("Slate", "#C7D3DB"), colour("Brick", "#DFAE9C")],
    }],
    variants: &[
        variant(&["Cream"], "PLN-ENV-CR", 1690, 30),
        variant(&["Slate"], "PLN-ENV-SL", 1690, 22),
        variant(&["Brick"], "PLN-ENV-BR", 1690, 17),
    ],
    images: [
        "Envelopes in three colours, one with a wax seal",
        "Handwritten letter, envelope and brass pen",
    ],
};

const PENCILS: DemoProduct = DemoProduct {
    slug: "cedar-pencils",
    title: "Cedar Pencils, Set of Six",
    vendor: VENDOR,
    description: "<p>Incense cedar, sharpened by hand before they leave the shop. The lead is a soft HB that writes dark without smudging, and the brass cap stops them rolling off the table.</p>",
    category: "writing",
    tags: &["cedar", "gift", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 45,
    options: &[DemoOption {
        name: "Lead",
        values: &[plain_value("HB"), plain_value("2B")],
    }],
    variants: &[variant(&["HB"], "PLN-PEN-HB", 1250, 55), variant(&["2B"], "PLN-PEN-2B", 1250, 38)],
    images: ["Six coloured pencils with brass caps", "Pencils in a stone pot"],
};

const PEN: DemoProduct = DemoProduct {
    slug: "brass-pen",
    title: "Faceted Brass Pen",
    vendor: VENDOR,
    description: "<p>Turned from one rod of brass, with six soft facets that find their place between three fingers. It darkens where you hold it, takes any standard refill and weighs exactly as much as a good idea should.</p>",
    category: "writing",
    tags: &["brass", "gift"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 38,
    options: &[],
    variants: &[variant(&[], "PLN-BRP-01", 4800, 14)],
    images: ["Brass pen on a rose background", "Two brass pens on dark blue"],
};

const PLANNER: DemoProduct = DemoProduct {
    slug: "desk-planner",
    title: "Undated Desk Planner",
    vendor: VENDOR,
    description: "<p>A week to a sheet, Monday to Sunday, with room for what you will not get done. Fifty-four sheets on a board, undated, so holidays cost you nothing.</p>",
    category: "desk",
    tags: &["planning"],
    status: ProductStatus::Active,
    compare_at: Some(1900),
    weight_grams: 510,
    options: &[],
    variants: &[variant(&[], "PLN-PLA-01", 1490, 33)],
    images: ["Weekly desk pad and a red pencil", "The desk pad from the side"],
};

const TAPE: DemoProduct = DemoProduct {
    slug: "washi-tape-set",
    title: "Washi Tape, Set of Five",
    vendor: VENDOR,
    description: "<p>Five rolls of printed rice-paper tape that tear straight by hand and peel off walls without taking the paint along. Dots, stripes, diagonals, diamonds and one more pattern of dots, because we like dots.</p>",
    category: "desk",
    tags: &["gift", "set"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 120,
    options: &[],
    variants: &[variant(&[], "PLN-TAP-05", 1390, 28)],
    images: ["Six rolls of patterned paper tape", "Five rolls of tape stacked into a tower"],
};

const RULER: DemoProduct = DemoProduct {
    slug: "brass-ruler-and-clips",
    title: "Brass Ruler & Clips",
    vendor: VENDOR,
    description: "<p>Two brass rulers, 15 and 9 cm, with etched marks that cannot rub off, and a tin of forty paper clips to match. They tarnish together, slowly and well.</p>",
    category: "desk",
    tags: &["brass", "set"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 95,
    options: &[],
    variants: &[variant(&[], "PLN-RUL-01", 2200, 19)],
    images: ["Two brass rulers and six paper clips", "Brass ruler on dark green, close up"],
};
