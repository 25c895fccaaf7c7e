//! A store as its shop and its staff see it.

use crate::catalog::{CategorySummary, ProductCard};
use crate::status::FontPair;
use crate::{Currency, ImageId, Money, ShippingMethodId, StoreId, TaxRateId, Timestamp};

wire! {
    /// The tokens of a store's theme; each colour is `#rrggbb`.
    #[serde(deny_unknown_fields, default)]
    pub struct Theme {
        pub accent: String,
        pub on_accent: String,
        pub surface: String,
        pub raised: String,
        pub sunken: String,
        pub text: String,
        pub muted: String,
        pub border: String,
        /// Corner radius in pixels, 0–24.
        pub radius: u8,
        /// The shop's two fonts.
        pub fonts: FontPair,
    }

    /// What the storefront shows on every page.
    pub struct StorefrontInfo {
        pub id: StoreId,
        pub name: String,
        pub tagline: String,
        pub currency: Currency,
        pub prices_include_tax: bool,
        /// `en`, `fr` or `de`.
        pub locale: String,
        pub contact_email: String,
        /// Modules that are on; without `orders` the shop is a catalogue.
        pub modules: Vec<String>,
        pub theme: Theme,
        pub categories: Vec<CategorySummary>,
        /// Path of the logo picture, when there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub logo_url: Option<String>,
        /// What the product page says about delivery; empty for nothing.
        pub shipping_hint: String,
        /// The legal texts that there are: `imprint`, `terms`.
        #[serde(default)]
        pub legal: Vec<String>,
    }

    /// The home page.
    pub struct HomePage {
        pub hero_title: String,
        pub hero_text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hero_image_url: Option<String>,
        pub featured: Vec<ProductCard>,
        pub newest: Vec<ProductCard>,
        pub brand_title: String,
        pub brand_text: String,
    }

    /// The general settings of a store.
    pub struct StoreSettings {
        pub name: String,
        pub code: String,
        pub tagline: String,
        pub contact_email: String,
        pub currency: Currency,
        /// Orders exist, so the currency can no longer change.
        pub currency_locked: bool,
        /// Products, variants and ways of shipping with a price: while there are any, another currency needs a `price_rate`.
        pub price_count: i64,
        pub prices_include_tax: bool,
        pub locale: String,
        pub timezone: String,
        pub hero_title: String,
        pub hero_text: String,
        pub brand_title: String,
        pub brand_text: String,
        /// What the product page says about delivery.
        pub shipping_hint: String,
        /// Who runs the shop, as the law asks for it.
        pub imprint: String,
        /// On which terms it sells.
        pub terms: String,
        pub theme: Theme,
        /// Websites whose pages may call the shop's API, each as its origin: `https://www.example.com`.
        pub allowed_origins: Vec<String>,
        /// Where customers find the shop.
        pub storefront_url: String,
        pub version: i32,
    }

    /// A change of the general settings; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateStoreSettings {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tagline: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub contact_email: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub currency: Option<String>,
        /// What one of the present currency is worth in the new one, with at most ten decimals: all prices become that times what they were,
        /// rounded half up. Only with another currency, and needed then where there are prices; `1` keeps the figures.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub price_rate: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub prices_include_tax: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub locale: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub timezone: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hero_title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hero_text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub brand_title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub brand_text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub shipping_hint: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub imprint: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub terms: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub theme: Option<Theme>,
        /// Websites whose pages may call the shop's API, at most 20: scheme, host and port as a browser writes them, without a path.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub allowed_origins: Option<Vec<String>>,
    }

    /// A way of shipping.
    pub struct ShippingMethod {
        pub id: ShippingMethodId,
        pub name: String,
        pub price: Money,
        /// The subtotal from which it is free.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub free_from: Option<Money>,
        pub active: bool,
        pub version: i32,
        pub updated_at: Timestamp,
    }

    /// What can be set on a way of shipping.
    #[serde(deny_unknown_fields)]
    pub struct SaveShippingMethod {
        pub name: String,
        pub price_minor: i64,
        #[serde(default)]
        pub free_from_minor: Option<i64>,
        #[serde(default = "yes")]
        pub active: bool,
    }

    /// A tax rate.
    pub struct TaxRate {
        pub id: TaxRateId,
        pub name: String,
        /// Parts per million: 170 000 is 17 %, 88 750 is 8.875 %.
        pub rate_ppm: u32,
        pub version: i32,
    }

    /// What can be set on the store's tax rate.
    #[serde(deny_unknown_fields)]
    pub struct SaveTaxRate {
        pub name: String,
        /// Parts per million: 170 000 is 17 %, 88 750 is 8.875 %.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rate_ppm: Option<u32>,
        /// The same in basis points, 1700 for 17 %, from programs that were written before rates had four decimals; one of the two.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rate_bp: Option<u32>,
    }

    /// Where customers transfer their money to; empty when the store has said nothing.
    pub struct BankTransfer {
        pub account_holder: String,
        /// An IBAN in groups of four, or the number of an account in a country without one.
        pub account_number: String,
        pub bank_name: String,
        /// A BIC, or what the country uses instead, such as a routing number.
        pub bank_code: String,
        /// What else customers should know, in the merchant's words.
        pub instructions: String,
        pub version: i32,
    }

    /// What can be set of it; all empty takes the details away.
    #[serde(deny_unknown_fields)]
    pub struct SaveBankTransfer {
        pub account_holder: String,
        pub account_number: String,
        #[serde(default)]
        pub bank_name: String,
        #[serde(default)]
        pub bank_code: String,
        #[serde(default)]
        pub instructions: String,
    }

    /// What the server knows when it serves a page: the app reads it from the document instead of guessing.
    pub struct PageContext {
        /// Prefix of every link and API call: empty on a store's own host, `/storefront/acme` in path mode.
        pub base: String,
        /// Prefix of every API path, such as `/api/v1/storefront` or `/storefront/acme/api/v1/storefront`.
        pub api: String,
        /// The store of the page; absent in the admin area and in the store chooser.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store: Option<PageStore>,
        /// `development`, `test`, `staging` or `production`.
        pub environment: String,
        /// Files of the app's other bundle, to be fetched once it is likely to be opened.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub ahead: Vec<String>,
    }

    /// The store of a page.
    pub struct PageStore {
        pub code: String,
        pub name: String,
        pub currency: Currency,
        pub locale: String,
        pub suspended: bool,
        /// Whether the shop is open to the world.
        pub opened: bool,
        /// Where the shop of the store is, from the dashboard's point of view.
        pub storefront_url: String,
    }
}

fn yes() -> bool {
    true
}

/// The address of a picture in one of its widths, below the storefront's base.
pub fn media_path(image: ImageId, width: u32) -> String {
    format!("/media/{image}/{width}.jpg")
}

impl Default for Theme {
    /// The theme of a store that has none: ink on paper.
    fn default() -> Self {
        let text = |value: &str| value.to_owned();
        Self {
            accent: text("#1f3a5f"),
            on_accent: text("#ffffff"),
            surface: text("#ffffff"),
            raised: text("#ffffff"),
            sunken: text("#f5f5f3"),
            text: text("#1a1a1a"),
            muted: text("#5c5c5c"),
            border: text("#e3e3df"),
            radius: 8,
            fonts: FontPair::Editorial,
        }
    }
}

query! {
    /// Which ways of shipping to list.
    pub struct ShippingMethodQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
    }
}
