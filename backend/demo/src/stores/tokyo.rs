//! Tokyo Chaya, a tea house in Yanaka: prices in yen with tax.

use super::*;

pub const STORE: DemoStore = DemoStore {
    code: "tokyo",
    platform: "main",
    status: StoreStatus::Active,
    custom_domain: None,
    name: "Tokyo Chaya",
    tagline: "Japanese tea and what it is brewed in",
    hero_title: "First flush, freshly opened",
    hero_text: "Single-garden teas from Uji, Yame and Shizuoka, packed in washi tins on the day you order, and pots made to bring them out.",
    hero_action: "Choose a tea",
    story_title: "Seven seats in Yanaka",
    story_html: "<p>Tokyo Chaya is a counter with seven seats between a bathhouse and a bookshop. We pour one tea at a time and talk about it if you like, \
or leave you with the rain if you would rather.</p>\
<p>Each spring we visit the same five gardens, taste until our tongues give up and buy what surprised us. What we pour is what we sell: \
nothing blended for export, nothing older than a year.</p>",
    contact_email: "ocha@tokyo.test",
    address: DemoAddress {
        line1: "Yanaka 3-1-1",
        line2: "Example Building 1F",
        postal_code: "110-0001",
        city: "Taito-ku",
        region: "13",
        country: "JP",
        phone: "",
    },
    locale: "en",
    timezone: "Asia/Tokyo",
    currency: "JPY",
    tax: DemoTax {
        name: "Consumption tax 10 %",
        rate_ppm: 100_000,
        included: true,
    },
    shipping: DemoShipping {
        name: "Takkyubin",
        price: 800,
        free_from: Some(8000),
        delivery: "1–2 days in Japan",
    },
    bank: DemoBank {
        holder: "Tokyo Chaya",
        account: "1234567",
        name: "Rei Bank, Kanda branch (001), ordinary account",
        code: "0009",
    },
    theme: DemoTheme {
        accent: "#4C6128",
        on_accent: "#FFFFFF",
        surface: "#F9F7F0",
        raised: "#FFFFFF",
        sunken: "#EFEBDD",
        text: "#23261F",
        muted: "#5F6254",
        border: "#DCD8C6",
        radius: 2,
        fonts: "quiet",
    },
    categories: &[
        category(
            "green-tea",
            "Green Tea",
            "Steamed within hours of picking: grass, sea air and a long sweetness.",
        ),
        category(
            "roasted-and-black",
            "Roasted & Black",
            "Warm teas for after dinner and for the cold months.",
        ),
        category("matcha", "Matcha", "Stone-ground powder and the tools to whisk it."),
        category("tea-ware", "Tea Ware", "Clay, iron and bamboo from workshops we know by name."),
    ],
    featured: &["uji-sencha", "tokoname-kyusu", "ceremonial-matcha", "nanbu-tetsubin"],
    products: &[
        SENCHA, GYOKURO, GENMAICHA, HOJICHA, WAKOCHA, SAMPLER, MATCHA, CHASEN, CHAWAN, KYUSU, YUNOMI, TETSUBIN,
    ],
    customers: &CUSTOMERS,
    orders: &ORDERS,
};

const VENDOR: &str = "Tokyo Chaya";
const G50: DemoValue = plain_value("50 g");
const G100: DemoValue = plain_value("100 g");
const G200: DemoValue = plain_value("200 g");

const SENCHA: DemoProduct = DemoProduct {
    slug: "uji-sencha",
    title: "Uji Sencha",
    vendor: VENDOR,
    description: "<p>The tea we drink all day. Picked in the first week of May on the slopes above Wazuka, steamed long enough to turn the cup a cloudy jade, with a taste of young peas and hazelnut.</p>\
<p>Brew 4 g in 150 ml at 70 °C for one minute; the second cup needs ten seconds.</p>",
    category: "green-tea",
    tags: &["first-flush", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 160,
    options: &[DemoOption {
        name: "Weight",
        values: &[G50, G100, G200],
    }],
    variants: &[
        variant(&["50 g"], "TYO-SEN-050", 1480, 60),
        variant(&["100 g"], "TYO-SEN-100", 2680, 45),
        variant(&["200 g"], "TYO-SEN-200", 4980, 20),
    ],
    images: [
        "Tin with a green wave pattern and a mound of needle-shaped tea",
        "Cup of pale green tea and a dish of leaves on a walnut board",
    ],
};

const GYOKURO: DemoProduct = DemoProduct {
    slug: "gyokuro-asahi",
    title: "Gyokuro Asahi",
    vendor: VENDOR,
    description: "<p>Shaded under straw for three weeks, so that the leaf makes sweetness instead of bitterness. Brewed cool and short it is closer to broth than to tea; one small cup is enough for an afternoon.</p>",
    category: "green-tea",
    tags: &["first-flush", "shaded", "rare"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 160,
    options: &[DemoOption {
        name: "Weight",
        values: &[plain_value("30 g"), G50, G100],
    }],
    variants: &[
        variant(&["30 g"], "TYO-GYO-030", 2400, 24),
        variant(&["50 g"], "TYO-GYO-050", 3800, 15),
        variant(&["100 g"], "TYO-GYO-100", 7200, 3),
    ],
    images: [
        "Blue tin with a gold hemp-leaf pattern and dark green tea",
        "Bright green tea in a white cup, seen from above",
    ],
};

const GENMAICHA: DemoProduct = DemoProduct {
    slug: "genmaicha",
    title: "Genmaicha",
    vendor: VENDOR,
    description: "<p>Sencha and roasted rice, half and half; a few grains pop like corn on the way. It smells of toast, forgives boiling water and is the one to start with.</p>",
    category: "green-tea",
    tags: &["everyday", "low-caffeine"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 210,
    options: &[DemoOption {
        name: "Weight",
        values: &[G100, G200],
    }],
    variants: &[
        variant(&["100 g"], "TYO-GEN-100", 1180, 70),
        variant(&["200 g"], "TYO-GEN-200", 2080, 40),
    ],
    images: [
        "Yellow tin with interlocking rings and tea with roasted rice",
        "Golden tea and a dish of genmaicha",
    ],
};

const HOJICHA: DemoProduct = DemoProduct {
    slug: "kyoto-hojicha",
    title: "Kyoto Hojicha",
    vendor: VENDOR,
    description: "<p>Autumn leaf roasted over charcoal until the whole street knows about it. Caramel, cedar and hardly any caffeine: the tea of bathhouses and of bedtime.</p>",
    category: "roasted-and-black",
    tags: &["roasted", "low-caffeine", "everyday"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 160,
    options: &[DemoOption {
        name: "Weight",
        values: &[G50, G100, G200],
    }],
    variants: &[
        variant(&["50 g"], "TYO-HOJ-050", 980, 50),
        variant(&["100 g"], "TYO-HOJ-100", 1780, 42),
        variant(&["200 g"], "TYO-HOJ-200", 3280, 18),
    ],
    images: [
        "Copper-striped tin and roasted brown leaves",
        "Reddish-brown tea and roasted leaves on a walnut board",
    ],
};

const WAKOCHA: DemoProduct = DemoProduct {
    slug: "wakocha-black-tea",
    title: "Wakocha Black Tea",
    vendor: VENDOR,
    description: "<p>Black tea made from a Japanese cultivar in the hills of Shizuoka. Soft, without the bite that asks for milk, and with a finish of honey and dried plum.</p>",
    category: "roasted-and-black",
    tags: &["black", "new"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 160,
    options: &[DemoOption {
        name: "Weight",
        values: &[G50, G100],
    }],
    variants: &[
        variant(&["50 g"], "TYO-WAK-050", 1280, 33),
        variant(&["100 g"], "TYO-WAK-100", 2280, 0),
    ],
    images: ["Red tin with waves and dark curled leaves", "Deep red tea on a board"],
};

const SAMPLER: DemoProduct = DemoProduct {
    slug: "first-flight-sampler",
    title: "First Flight Sampler",
    vendor: VENDOR,
    description: "<p>Four small tins with 20 g each of Sencha, Gyokuro, Hojicha and Genmaicha, and a card that says how hot and how long. Enough for a month of finding out which you like.</p>",
    category: "green-tea",
    tags: &["gift", "set", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 420,
    options: &[],
    variants: &[variant(&[], "TYO-SAM-04", 3600, 28)],
    images: ["Four small tins in a row on a board", "Four patterned tins, two of them stacked"],
};

const MATCHA: DemoProduct = DemoProduct {
    slug: "ceremonial-matcha",
    title: "Ceremonial Matcha",
    vendor: VENDOR,
    description: "<p>Ground between granite at forty grams an hour, because faster stones run warm and dull the green. Creamy and savoury, thin or thick, and far too good for cake.</p>",
    category: "matcha",
    tags: &["first-flush", "shaded"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 110,
    options: &[DemoOption {
        name: "Weight",
        values: &[plain_value("30 g"), G100],
    }],
    variants: &[
        variant(&["30 g"], "TYO-MAT-030", 3240, 36),
        variant(&["100 g"], "TYO-MAT-100", 9400, 8),
    ],
    images: [
        "Small green tin and a mound of matcha powder",
        "Matcha in a cup and in a dish, seen from above",
    ],
};

const CHASEN: DemoProduct = DemoProduct {
    slug: "chasen-whisk",
    title: "Chasen Whisk, 80 Tines",
    vendor: "Takayama",
    description: "<p>Split by hand from one piece of pale bamboo in Takayama, where eighteen families still know how. Soak the tips before whisking, stand it to dry, and it will froth some two hundred bowls.</p>",
    category: "matcha",
    tags: &["bamboo", "handmade"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 60,
    options: &[],
    variants: &[variant(&[], "TYO-CHA-80", 4200, 19)],
    images: ["Bamboo whisk standing on its handle", "Bowl of matcha, whisk and bamboo scoop"],
};

const CHAWAN: DemoProduct = DemoProduct {
    slug: "kuro-chawan",
    title: "Kuro Chawan Tea Bowl",
    vendor: "Sasaki Kiln",
    description: "<p>A black raku bowl pulled glowing from the kiln with tongs; where the air touched first, the glaze burnt to rust. It is shaped by hand, so it fits two of them.</p>\
<p>Every bowl differs from the picture. That is the point.</p>",
    category: "matcha",
    tags: &["handmade", "rare"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 430,
    options: &[],
    variants: &[variant(&[], "TYO-KUR-01", 18_500, 2)],
    images: ["Black and rust-red tea bowl", "The bowl from above, filled with whisked matcha"],
};

const KYUSU: DemoProduct = DemoProduct {
    slug: "tokoname-kyusu",
    title: "Tokoname Kyusu",
    vendor: "Tokoname",
    description: "<p>A side-handled pot of iron-rich clay that rounds off sencha like no porcelain can. The lid is ground to its own pot until it closes without a sound; the strainer is a wall of two hundred holes.</p>\
<p>280 ml.</p>",
    category: "tea-ware",
    tags: &["clay", "handmade", "bestseller"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 310,
    options: &[],
    variants: &[variant(&[], "TYO-KYU-28", 12_800, 12)],
    images: ["Red clay teapot with a side handle", "The pot and two small cups on a tray"],
};

const YUNOMI: DemoProduct = DemoProduct {
    slug: "yunomi-pair",
    title: "Yunomi Pair",
    vendor: "Mashiko",
    description: "<p>Two cups, one a little larger, as couples were once given them. We sell them to friends, too. Ash and indigo glazes run over bare clay and stop where they like.</p>",
    category: "tea-ware",
    tags: &["clay", "gift", "set"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 480,
    options: &[],
    variants: &[variant(&[], "TYO-YUN-02", 7600, 14)],
    images: ["A white and a blue cup with bare clay feet", "Cup of green tea in an ash glaze"],
};

const TETSUBIN: DemoProduct = DemoProduct {
    slug: "nanbu-tetsubin",
    title: "Nanbu Tetsubin Kettle",
    vendor: "Morioka Foundry",
    description: "<p>Cast in sand in Morioka and finished with lacquer over fire. Water boiled in bare iron tastes softer, and the kettle outlives whoever buys it, provided it is dried every time.</p>\
<p>1.2 l, for gas and induction.</p>",
    category: "tea-ware",
    tags: &["iron", "handmade"],
    status: ProductStatus::Active,
    compare_at: None,
    weight_grams: 1900,
    options: &[],
    variants: &[variant(&[], "TYO-TET-12", 32_000, 6)],
    images: [
        "Black cast-iron kettle with an arched handle",
        "The bosses on the kettle's shoulder, close up",
    ],
};

const CASEY: &str = "customer@example.test";
const TARO: &str = "taro.yamada@example.test";
const HANAKO: &str = "hanako.yamada@example.test";

static CUSTOMERS: [DemoCustomer; 3] = [
    DemoCustomer {
        email: CASEY,
        first_name: "Casey",
        last_name: "Customer",
        password: Some(PASSWORD),
        address: japanese("Example 1-2-3", "100-0001", "Chiyoda-ku", "13"),
    },
    DemoCustomer {
        email: TARO,
        first_name: "Taro",
        last_name: "Yamada",
        password: None,
        address: japanese("Mihon 4-5-6", "530-0001", "Osaka-shi Kita-ku", "27"),
    },
    DemoCustomer {
        email: HANAKO,
        first_name: "Hanako",
        last_name: "Yamada",
        password: Some(PASSWORD),
        address: japanese("Rei 7-8-9", "604-0001", "Kyoto-shi Nakagyo-ku", "26"),
    },
];

const fn japanese(line1: &'static str, postal_code: &'static str, city: &'static str, region: &'static str) -> DemoAddress {
    DemoAddress {
        line1,
        line2: "",
        postal_code,
        city,
        region,
        country: "JP",
        phone: "",
    }
}

static ORDERS: [DemoOrder; 9] = [
    card(
        CASEY,
        24,
        75,
        OrderState::Completed,
        &[line("TYO-SEN-100", 1), line("TYO-KYU-28", 1)],
    ),
    card(
        HANAKO,
        19,
        190,
        OrderState::Completed,
        &[line("TYO-MAT-030", 2), line("TYO-CHA-80", 1)],
    ),
    transfer(TARO, 15, 310, OrderState::Cancelled, &[line("TYO-TET-12", 1)]),
    card(
        TARO,
        12,
        120,
        OrderState::Completed,
        &[line("TYO-HOJ-200", 1), line("TYO-GEN-200", 1)],
    ),
    card(CASEY, 8, 45, OrderState::Completed, &[line("TYO-SAM-04", 2)]),
    card(
        HANAKO,
        5,
        260,
        OrderState::PartlyFulfilled,
        &[line("TYO-YUN-02", 1), line("TYO-GYO-050", 1)],
    ),
    card(TARO, 3, 95, OrderState::PaymentFailed, &[line("TYO-KUR-01", 1)]),
    card(CASEY, 1, 30, OrderState::Paid, &[line("TYO-SEN-200", 1)]),
    transfer(HANAKO, 0, 20, OrderState::PendingPayment, &[line("TYO-TET-12", 1)]),
];
