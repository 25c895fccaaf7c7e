//! What a demo shop consists of: plain data the seed writes through the ordinary services.

/// One demo shop with everything it sells and everyone who bought there.
#[derive(Debug)]
pub struct DemoStore {
    /// Code and subdomain, unique over all stores.
    pub code: &'static str,
    /// Code of the platform the store belongs to: `main` or `lite`.
    pub platform: &'static str,
    pub status: StoreStatus,
    /// Verified extra host, if the store has one.
    pub custom_domain: Option<&'static str>,
    pub name: &'static str,
    pub tagline: &'static str,
    pub hero_title: &'static str,
    pub hero_text: &'static str,
    /// Label of the button in the hero.
    pub hero_action: &'static str,
    pub story_title: &'static str,
    /// Brand story as HTML (`p` only).
    pub story_html: &'static str,
    pub contact_email: &'static str,
    pub address: DemoAddress,
    /// BCP 47 tag of the shop's first language.
    pub locale: &'static str,
    /// IANA name.
    pub timezone: &'static str,
    /// ISO 4217 code; every price of the store is in its minor unit.
    pub currency: &'static str,
    pub tax: DemoTax,
    pub shipping: DemoShipping,
    pub bank: DemoBank,
    pub theme: DemoTheme,
    pub categories: &'static [DemoCategory],
    /// Slugs of the products the home page shows first.
    pub featured: &'static [&'static str],
    pub products: &'static [DemoProduct],
    pub customers: &'static [DemoCustomer],
    pub orders: &'static [DemoOrder],
}

/// Whether a shop is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreStatus {
    Active,
    Suspended,
}

/// The one tax rate a demo shop charges.
#[derive(Debug)]
pub struct DemoTax {
    pub name: &'static str,
    /// Parts per million: 170 000 is 17 %.
    pub rate_ppm: u32,
    /// Whether the prices of the store include it.
    pub included: bool,
}

/// The one shipping rate a demo shop offers.
#[derive(Debug)]
pub struct DemoShipping {
    pub name: &'static str,
    /// Minor units.
    pub price: i64,
    /// Subtotal in minor units from which shipping costs nothing.
    pub free_from: Option<i64>,
    /// Shown beside the rate, such as "2–4 working days".
    pub delivery: &'static str,
}

/// The account that customers of a demo shop transfer money to. None of them exists.
#[derive(Debug)]
pub struct DemoBank {
    pub holder: &'static str,
    /// An IBAN, or the number of an account where there are none.
    pub account: &'static str,
    pub name: &'static str,
    /// A BIC or a routing number; empty where the name says enough.
    pub code: &'static str,
}

/// Theme tokens for light mode; colours are `#RRGGBB`.
#[derive(Debug)]
pub struct DemoTheme {
    pub accent: &'static str,
    /// Text on the accent colour.
    pub on_accent: &'static str,
    pub surface: &'static str,
    pub raised: &'static str,
    pub sunken: &'static str,
    pub text: &'static str,
    pub muted: &'static str,
    pub border: &'static str,
    /// Corner radius in CSS pixels.
    pub radius: u8,
    /// The font pair by its name on the wire.
    pub fonts: &'static str,
}

/// A category of a shop.
#[derive(Debug)]
pub struct DemoCategory {
    pub slug: &'static str,
    pub name: &'static str,
    pub text: &'static str,
}

/// Whether a product is on sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductStatus {
    Active,
    Draft,
}

/// A product; every one has at least one variant, and exactly one if it has no options.
#[derive(Debug)]
pub struct DemoProduct {
    pub slug: &'static str,
    pub title: &'static str,
    pub vendor: &'static str,
    /// HTML of paragraphs and lists.
    pub description: &'static str,
    /// Slug of one of the store's categories.
    pub category: &'static str,
    pub tags: &'static [&'static str],
    pub status: ProductStatus,
    /// Struck-through price in minor units, above every variant's price.
    pub compare_at: Option<i64>,
    pub weight_grams: u32,
    pub options: &'static [DemoOption],
    pub variants: &'static [DemoVariant],
    /// Alternative texts of the pictures, in order; their number is the number of pictures.
    pub images: [&'static str; 2],
}

impl DemoProduct {
    /// The colours to choose from, each with the first variant that has it; empty where colour is no choice.
    pub fn colours(&'static self) -> impl Iterator<Item = (&'static str, &'static DemoVariant)> {
        let is_colour = |option: &DemoOption| option.values.iter().all(|value| value.swatch.is_some());
        let option = self.options.iter().enumerate().find(|(_, option)| is_colour(option));
        option.into_iter().flat_map(move |(place, option)| {
            option.values.iter().filter_map(move |value| {
                let has = |variant: &&DemoVariant| variant.values.get(place) == Some(&value.name);
                Some((value.name, self.variants.iter().find(has)?))
            })
        })
    }
}

/// A choice the customer makes, such as the glaze.
#[derive(Debug)]
pub struct DemoOption {
    pub name: &'static str,
    pub values: &'static [DemoValue],
}

/// One value of an option.
#[derive(Debug)]
pub struct DemoValue {
    pub name: &'static str,
    /// Colour of the swatch as `#RRGGBB`, for options that are colours.
    pub swatch: Option<&'static str>,
}

/// What is bought.
#[derive(Debug)]
pub struct DemoVariant {
    /// Values in the order of the product's options.
    pub values: &'static [&'static str],
    /// Unique in the store.
    pub sku: &'static str,
    /// Minor units.
    pub price: i64,
    /// Units on hand before the demo orders are placed.
    pub stock: u32,
}

/// A person who has an account at one shop.
#[derive(Debug)]
pub struct DemoCustomer {
    pub email: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    /// Password of the account; those without one have ordered as guests.
    pub password: Option<&'static str>,
    pub address: DemoAddress,
}

/// A postal address.
#[derive(Debug)]
pub struct DemoAddress {
    pub line1: &'static str,
    pub line2: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    /// ISO 3166-2 suffix where the country writes one, else empty.
    pub region: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub phone: &'static str,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Placed by bank transfer, money not yet arrived.
    PendingPayment,
    /// The card holds the money, nobody has captured it.
    Authorized,
    /// Paid, nothing sent.
    Paid,
    /// Paid, the first line sent.
    PartlyFulfilled,
    /// Paid and everything sent.
    Completed,
    /// Cancelled by the shop or the customer before payment; stock is free again.
    Cancelled,
    /// The card was declined.
    PaymentFailed,
    /// Paid by card and cancelled by the shop; the money went back.
    Refunded,
}

/// Which payment provider an order used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoPayment {
    BankTransfer,
    TestCard,
}

/// One line of an order.
#[derive(Debug)]
pub struct DemoLine {
    pub sku: &'static str,
    pub quantity: u32,
}

/// An order as it stands when the demo begins.
#[derive(Debug)]
pub struct DemoOrder {
    /// E-mail of one of the store's customers.
    pub customer: &'static str,
    /// Whole days before the seed runs, 0 to 29.
    pub days_ago: u32,
    /// Minute of that day, UTC, 0 to 1439; the seed caps it at the present for `days_ago` 0.
    pub minute: u32,
    pub state: OrderState,
    pub payment: DemoPayment,
    pub lines: &'static [DemoLine],
    /// What the customer wrote at checkout, or empty.
    pub note: &'static str,
}
