//! Bodies as programs send them: what was read may be sent back, and changes name only what changes.

use std::collections::BTreeMap;

use orion_types::catalog::{ProductImage, ProductOption};
use orion_types::measure::Content;
use orion_types::status::ProductStatus;
use orion_types::{CategoryId, Change, Money, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a product is created with, and what an edit replaces. What was read can be sent back as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what only an answer says may be sent back, and changes nothing")]
pub(crate) struct WriteProduct {
    pub title: String,
    /// Made from the title when absent.
    #[serde(default)]
    pub slug: Option<String>,
    #[serde(default)]
    pub description_html: String,
    #[serde(default)]
    pub vendor: String,
    #[serde(default)]
    pub product_type: String,
    #[serde(default)]
    pub tags: Vec<String>,
    /// A new product is a draft unless told otherwise; one that is there keeps its status.
    #[serde(default)]
    pub status: Option<ProductStatus>,
    #[serde(default)]
    pub featured: bool,
    #[serde(default)]
    pub options: Vec<ProductOption>,
    /// At least one; one with no option values when the product has no options.
    pub variants: Vec<WriteVariant>,
    #[serde(default)]
    pub category_ids: Vec<CategoryId>,
    #[serde(default)]
    pub seo_title: String,
    #[serde(default)]
    pub seo_description: String,
    /// Variants that an edit takes out of the product. One that is neither here nor among `variants` is asked about.
    #[serde(default)]
    pub removed_variant_ids: Vec<VariantId>,
    /// Notes of other programs, all of them; absent: those that are there stay.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Its id in another system; absent: it stays, empty: it has none.
    #[serde(default)]
    pub external_id: Option<String>,
    #[serde(default)]
    #[schema(read_only)]
    id: Option<ProductId>,
    #[serde(default)]
    #[schema(read_only)]
    images: Vec<ProductImage>,
    #[serde(default)]
    #[schema(read_only)]
    created_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(read_only)]
    updated_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(read_only)]
    version: Option<i32>,
    #[serde(default)]
    #[schema(read_only)]
    shared_skus: Vec<String>,
}

/// What can be set on a variant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what only an answer says may be sent back, and changes nothing")]
pub(crate) struct WriteVariant {
    /// Present: this variant is changed; absent: a new one.
    #[serde(default)]
    pub id: Option<VariantId>,
    #[serde(default)]
    pub option_values: Vec<String>,
    #[serde(default)]
    pub sku: String,
    #[serde(default)]
    pub barcode: String,
    /// In minor units of the store's currency; this or `price` is needed.
    #[serde(default)]
    pub price_minor: Option<i64>,
    /// The price as an answer tells it.
    #[serde(default)]
    pub price: Option<Money>,
    #[serde(default)]
    pub compare_at_minor: Option<i64>,
    /// The former price as an answer tells it.
    #[serde(default)]
    pub compare_at: Option<Money>,
    /// What the merchant pays for it, in minor units.
    #[serde(default)]
    pub cost_minor: Option<i64>,
    /// The cost as an answer tells it.
    #[serde(default)]
    pub cost: Option<Money>,
    /// How much is in it.
    #[serde(default)]
    pub content: Option<Content>,
    #[serde(default)]
    pub weight_grams: i32,
    #[serde(default = "yes")]
    pub taxable: bool,
    #[serde(default = "yes")]
    pub requires_shipping: bool,
    #[serde(default = "yes")]
    pub track_inventory: bool,
    /// Units on hand at creation; later changes go through inventory.
    #[serde(default)]
    pub initial_on_hand: Option<i32>,
    /// Notes of other programs, all of them; absent: those that are there stay.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Its id in another system; absent: it stays, empty: it has none.
    #[serde(default)]
    pub external_id: Option<String>,
    #[serde(default)]
    #[schema(read_only)]
    title: Option<String>,
    #[serde(default)]
    #[schema(read_only)]
    on_hand: Option<i32>,
    #[serde(default)]
    #[schema(read_only)]
    version: Option<i32>,
    #[serde(default)]
    #[schema(read_only)]
    updated_at: Option<Timestamp>,
}

fn yes() -> bool {
    true
}

/// A change of a product; what is absent stays. Its variants are changed one by one.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UpdateProduct {
    pub title: Option<String>,
    pub slug: Option<String>,
    pub description_html: Option<String>,
    pub vendor: Option<String>,
    pub product_type: Option<String>,
    pub tags: Option<Vec<String>>,
    /// `active` puts it on sale, `archived` withdraws it, `draft` brings it back from the archive.
    pub status: Option<ProductStatus>,
    pub featured: Option<bool>,
    pub category_ids: Option<Vec<CategoryId>>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Its id in another system; null: none.
    pub external_id: Option<String>,
    /// Notes of other programs: those that are named change, null takes one away.
    #[schema(value_type = Option<BTreeMap<String, Option<String>>>, extensions(("x-null-clears" = json!(true))))]
    pub metadata: Change<BTreeMap<String, Option<String>>>,
}

/// A change of a variant; what is absent stays. Its stock is changed through inventory.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UpdateVariant {
    /// One value for each option of the product.
    pub option_values: Option<Vec<String>>,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    /// In minor units of the store's currency.
    pub price_minor: Option<i64>,
    /// The former price; null: none.
    #[schema(value_type = Option<i64>, extensions(("x-null-clears" = json!(true))))]
    pub compare_at_minor: Change<i64>,
    /// What the merchant pays for it, in minor units; null: unknown.
    #[schema(value_type = Option<i64>, extensions(("x-null-clears" = json!(true))))]
    pub cost_minor: Change<i64>,
    /// How much is in it; null: nothing that prices are compared by.
    #[schema(value_type = Option<Content>, extensions(("x-null-clears" = json!(true))))]
    pub content: Change<Content>,
    pub weight_grams: Option<i32>,
    pub taxable: Option<bool>,
    pub requires_shipping: Option<bool>,
    pub track_inventory: Option<bool>,
    /// Its id in another system; null: none.
    pub external_id: Option<String>,
    /// Notes of other programs: those that are named change, null takes one away.
    #[schema(value_type = Option<BTreeMap<String, Option<String>>>, extensions(("x-null-clears" = json!(true))))]
    pub metadata: Change<BTreeMap<String, Option<String>>>,
}

/// A status for several products.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetStatuses {
    /// `active` puts them on sale, `archived` withdraws them, `draft` brings them back from the archive.
    pub status: ProductStatus,
    /// Up to 500 products.
    pub ids: Vec<ProductId>,
}

/// Prices of several variants.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPrices {
    /// Up to 500 variants, of any products.
    pub items: Vec<SetPrice>,
}

/// The price of a variant.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPrice {
    pub variant_id: VariantId,
    /// In minor units of the store's currency.
    pub price_minor: i64,
    /// The former price; absent: it stays, null: none.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    #[schema(value_type = Option<i64>)]
    pub compare_at_minor: Change<i64>,
    /// The version that the change is for; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}
