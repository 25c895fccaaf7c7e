//! Atelier Acme, a ceramics studio in Luxembourg: prices in euro with tax.

mod house;
mod orders;
mod people;
mod table;

use super::*;

pub const STORE: DemoStore = DemoStore {
    code: "acme",
    platform: "main",
    status: StoreStatus::Active,
    custom_domain: Some("shop.acme.test"),
    name: "Atelier Acme",
    tagline: "Stoneware for every day",
    hero_title: "Made slowly, used daily",
    hero_text: "Cups, bowls and vases thrown by hand on four wheels in the Grund, fired twice and meant for the dishwasher.",
    hero_action: "See the collection",
    story_title: "Two kilns and a river",
    story_html: "<p>Atelier Acme began in a garage with one second-hand kiln called Brigitte. Today four of us throw, trim and glaze in an old \
glove factory by the Alzette, and Brigitte still fires every Thursday.</p>\
<p>Our clay comes from the Westerwald, our glazes from recipes we keep in a flour-stained notebook. No two pieces leave the kiln alike: \
the glaze breaks over edges and pools where it wants to. If a piece ever chips within two years, send us a photograph and we will throw you a new one.</p>",
    contact_email: "bonjour@acme.test",
    address: DemoAddress {
        line1: "17, rue de l'Exemple",
        line2: "",
        postal_code: "2160",
        city: "Luxembourg",
        region: "",
        country: "LU",
        phone: "",
    },
    locale: "en",
    timezone: "Europe/Luxembourg",
    currency: "EUR",
    tax: DemoTax {
        name: "TVA 17 %",
        rate_ppm: 170_000,
        included: true,
    },
    shipping: DemoShipping {
        name: "Parcel, packed in straw",
        price: 690,
        free_from: Some(9000),
        delivery: "3–5 working days",
    },
    bank: DemoBank {
        holder: "Atelier Acme S.à r.l.",
        account: "LU28 0019 4006 4475 0000",
        name: "Banque de l'Exemple",
        code: "EXMPLULL",
    },
    theme: DemoTheme {
        accent: "#9A4424",
        on_accent: "#FFFFFF",
        surface: "#FBF7F1",
        raised: "#FFFFFF",
        sunken: "#F3EADF",
        text: "#2B221D",
        muted: "#6B5B50",
        border: "#E4D7C8",
        radius: 8,
        fonts: "editorial",
    },
    categories: &[
        category(
            "cups-and-mugs",
            "Cups & Mugs",
            "For the first coffee and the last tea. Balanced in the hand, thin at the lip.",
        ),
        category(
            "bowls-and-plates",
            "Bowls & Plates",
            "They stack, they match, and they forgive a crowded dishwasher.",
        ),
        category("vases", "Vases", "From a single stem to an armful of branches."),
        category(
            "serving",
            "Serving",
            "Pots, jugs and jars that go from the stove side to the table.",
        ),
        category("house", "For the House", "Pots for herbs, light for long evenings."),
    ],
    featured: &["moon-vase", "morning-mug", "kanne-teapot", "supper-bowl"],
    products: &[
        table::MORNING_MUG,
        table::PETIT_NOIR,
        table::CAFE_AU_LAIT,
        table::SUPPER_BOWL,
        table::NOODLE_BOWL,
        table::BATTER_BOWL,
        table::SUNDAY_PLATE,
        table::TARTINE_PLATE,
        table::DEEP_PLATE,
        table::SCRIPT_MUG,
        house::MOON_VASE,
        house::BOTTLE_VASE,
        house::WINTER_BUD,
        house::KILN_48,
        house::KANNE,
        house::SUNDAY_JUG,
        house::CARAFE,
        house::SALT_CELLAR,
        house::NOCTURNE,
        house::HERB_PLANTER,
    ],
    customers: &people::CUSTOMERS,
    orders: &orders::ORDERS,
};

const VENDOR: &str = "Atelier Acme";

// The studio's glazes, with the colour of their swatch.
const CHALK: DemoValue = colour("Chalk", "#F1EADF");
const OCHRE: DemoValue = colour("Ochre", "#D2922F");
const SEA: DemoValue = colour("Sea", "#3C7F75");
const SOOT: DemoValue = colour("Soot", "#35322F");
const ROSE: DemoValue = colour("Rose", "#E3A79D");
const COBALT: DemoValue = colour("Cobalt", "#2B4C92");
const CELADON: DemoValue = colour("Celadon", "#A9CBAE");
const TERRACOTTA: DemoValue = colour("Terracotta", "#B5623F");
