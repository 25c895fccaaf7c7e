//! Globex Cycles, a bicycle workshop in Portland: prices in dollars, tax on top.

mod bicycles;
mod goods;
mod orders;
mod people;

use super::*;

pub const STORE: DemoStore = DemoStore {
    code: "globex",
    platform: "main",
    status: StoreStatus::Active,
    custom_domain: None,
    name: "Globex Cycles",
    tagline: "Steel bicycles and what belongs on them",
    hero_title: "A bicycle for the next thirty years",
    hero_text: "Brazed steel frames, wheels laced by hand and parts you can still buy in 2056. Built to order in our workshop by the river.",
    hero_action: "Find your size",
    story_title: "Every bolt has a name",
    story_html: "<p>We started Globex in 2011 to repair what others called unrepairable. After four thousand bicycles we knew which tubes crack, \
which bearings last and which screws strip, and began to build our own.</p>\
<p>Each frame is brazed, painted and assembled by the same person, whose initials you will find under the bottom bracket. \
Come by for a free adjustment after the first hundred miles; the coffee is on us.</p>",
    contact_email: "workshop@globex.test",
    address: DemoAddress {
        line1: "1200 SE Example Street",
        line2: "",
        postal_code: "97214",
        city: "Portland",
        region: "OR",
        country: "US",
        phone: "+1 503 555 0142",
    },
    locale: "en-US",
    timezone: "America/Los_Angeles",
    currency: "USD",
    tax: DemoTax {
        name: "Sales tax 8 %",
        rate_ppm: 80_000,
        included: false,
    },
    shipping: DemoShipping {
        name: "Ground, insured",
        price: 1200,
        free_from: Some(20000),
        delivery: "4–6 business days",
    },
    bank: DemoBank {
        holder: "Globex Cycles Inc.",
        account: "000123456789",
        name: "First Example Bank",
        code: "123456780",
    },
    theme: DemoTheme {
        accent: "#1D4D8C",
        on_accent: "#FFFFFF",
        surface: "#F6F8FA",
        raised: "#FFFFFF",
        sunken: "#E9EEF2",
        text: "#17202A",
        muted: "#53606D",
        border: "#D5DDE4",
        radius: 4,
        fonts: "modern",
    },
    categories: &[
        category(
            "bicycles",
            "Bicycles",
            "Complete, adjusted and ready to ride. Every one is test-ridden before it is boxed.",
        ),
        category("frames-and-wheels", "Frames & Wheels", "The parts that decide how a bicycle feels."),
        category(
            "parts",
            "Parts",
            "Saddles, cranks, lights and tape for the bicycle you already have.",
        ),
        category("bags", "Bags & Baskets", "Waxed canvas, leather and willow."),
        category("tools", "Tools & Bells", "What hangs on the wall and what rings on the bar."),
    ],
    featured: &[
        "meridian-tourer",
        "borough-step-through",
        "longhaul-leather-saddle",
        "daybreak-pannier",
    ],
    products: &[
        bicycles::MERIDIAN,
        bicycles::BOROUGH,
        bicycles::COURIER,
        bicycles::KITE,
        bicycles::FRAMESET,
        bicycles::WHEELSET,
        goods::SADDLE,
        goods::CRANKSET,
        goods::HEADLAMP,
        goods::BAR_TAPE,
        goods::PANNIER,
        goods::BASKET,
        goods::TOOL_ROLL,
        goods::BELL,
        goods::PUMP,
        goods::BIDON,
    ],
    customers: &people::CUSTOMERS,
    orders: &orders::ORDERS,
};

const VENDOR: &str = "Globex Cycles";

const COBALT: DemoValue = colour("Cobalt", "#24539B");
const RACING: DemoValue = colour("Racing green", "#1F4A3A");
const CORAL: DemoValue = colour("Coral", "#D9583F");
const INK: DemoValue = colour("Ink", "#26282B");
const NAVY: DemoValue = colour("Navy", "#2F4668");
const MOSS: DemoValue = colour("Moss", "#6B7358");
const OCHRE: DemoValue = colour("Ochre", "#B8873E");
const SAND: DemoValue = colour("Sand", "#E3DCCB");
const HONEY: DemoValue = colour("Honey", "#A9652F");
const BRASS: DemoValue = colour("Brass", "#D9AE5F");
const CHROME: DemoValue = colour("Chrome", "#D5D9DC");
