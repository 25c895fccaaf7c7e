//! Ghostlight Candles, a shop that is suspended: its pages stay closed.

use super::*;

pub const STORE: DemoStore = DemoStore {
    code: "ghost",
    platform: "main",
    status: StoreStatus::Suspended,
    custom_domain: None,
    name: "Ghostlight Candles",
    tagline: "For the hour after the curtain",
    hero_title: "Leave one burning",
    hero_text: "Beeswax and rapeseed candles poured in an old theatre, named after the lamp that keeps an empty stage company.",
    hero_action: "See the candles",
    story_title: "The lamp on the empty stage",
    story_html: "<p>Every theatre leaves one light on overnight. We pour ours in the scene dock of a playhouse that closed in 1974 and has never been quite dark since.</p>",
    contact_email: "stage.door@ghost.test",
    address: DemoAddress {
        line1: "3, rue du Théâtre Vide",
        line2: "",
        postal_code: "2613",
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
        name: "Parcel",
        price: 590,
        free_from: Some(6000),
        delivery: "3–5 working days",
    },
    bank: DemoBank {
        holder: "Ghost Candles",
        account: "DE89 3704 0044 0532 0130 00",
        name: "Beispielbank",
        code: "EXMPDEFF",
    },
    theme: DemoTheme {
        accent: "#5A3F72",
        on_accent: "#FFFFFF",
        surface: "#F8F6F9",
        raised: "#FFFFFF",
        sunken: "#EDE8F0",
        text: "#251F2B",
        muted: "#62586C",
        border: "#DDD5E3",
        radius: 6,
        fonts: "editorial",
    },
    categories: &[category("candles", "Candles", "Poured, dipped and slow to burn.")],
    featured: &["vigil-pillar"],
    products: &[PILLAR, TAPERS, JAR],
    customers: &[],
    orders: &[],
};

const VENDOR: &str = "Ghostlight";

const PILLAR: DemoProduct = DemoProduct {
    slug: "vigil-pillar",
    title: "Vigil Pillar",
    vendor: VENDOR,
    description: "<p>A pillar as wide as a fist that burns for seventy hours and keeps its wall, so the last evening glows from within. Unscented, because dinner has its own smell.</p>",
    category: "candles",
    tags: &["unscented"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 620,
    options: &[],
    variants: &[variant(&[], "GHO-VIG-01", 2400, 18)],
    images: ["Burning ivory pillar candle", "Three pillar candles of different heights"],
};

const TAPERS: DemoProduct = DemoProduct {
    slug: "beeswax-tapers",
    title: "Beeswax Tapers, Pair",
    vendor: VENDOR,
    description: "<p>Dipped thirty times and hung in pairs by their wick, as they always were. They bend a little in July and smell of honey when they are blown out.</p>",
    category: "candles",
    tags: &["beeswax"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 180,
    options: &[],
    variants: &[variant(&[], "GHO-TAP-02", 1600, 30)],
    images: ["Two lit tapers in stoneware holders", "The tapers from the side"],
};

const JAR: DemoProduct = DemoProduct {
    slug: "attic-jar",
    title: "Attic Jar Candle",
    vendor: VENDOR,
    description: "<p>Cedar, old paper and a trace of smoke, in a dark jar that keeps pencils afterwards. Burns for forty hours.</p>",
    category: "candles",
    tags: &["scented"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 430,
    options: &[],
    variants: &[variant(&[], "GHO-ATT-01", 2900, 12)],
    images: ["Jar candle on a white saucer", "Jar candle and a dried poppy stem"],
};
