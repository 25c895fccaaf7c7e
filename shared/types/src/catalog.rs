//! Products, variants, pictures and categories.

use std::collections::BTreeMap;

use crate::measure::{Content, UnitPrice};
use crate::status::ProductStatus;
use crate::{CategoryId, Change, ImageId, Money, ProductId, Timestamp, VariantId};

wire! {
    /// An option of a product and the values it can take.
    #[serde(deny_unknown_fields)]
    pub struct ProductOption {
        /// Such as `Size`.
        pub name: String,
        /// Such as `["S", "M"]`, in the order to show.
        pub values: Vec<String>,
    }

    /// A picture of a product.
    pub struct ProductImage {
        pub id: ImageId,
        pub alt: String,
        pub position: i32,
        /// `ready`, `pending` (still being fetched) or `failed`.
        pub status: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub width: Option<i32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub height: Option<i32>,
        /// The average colour as `#rrggbb`, shown until the picture is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub placeholder: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub variant_id: Option<VariantId>,
        /// Where it was fetched from, and why that failed; for staff only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source_url: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fetch_error: Option<String>,
    }

    /// A category in a list.
    pub struct CategorySummary {
        pub id: CategoryId,
        pub slug: String,
        pub name: String,
        pub description: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parent_id: Option<CategoryId>,
        pub position: i32,
        /// Counts its changes; the `ETag` of a category.
        pub version: i32,
        /// Active products in it.
        pub product_count: i64,
        /// Absent in what the shop says of itself as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub updated_at: Option<Timestamp>,
        /// The picture of its first product that has one; known where the shop shows its categories.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image_id: Option<ImageId>,
    }

    /// What can be set on a category.
    #[serde(deny_unknown_fields)]
    pub struct SaveCategory {
        pub name: String,
        /// Made from the name when absent.
        #[serde(default)]
        pub slug: Option<String>,
        #[serde(default)]
        pub description: String,
        #[serde(default)]
        pub parent_id: Option<CategoryId>,
        #[serde(default)]
        pub position: i32,
    }

    /// A product in a listing of the shop.
    pub struct ProductCard {
        pub id: ProductId,
        pub slug: String,
        pub title: String,
        pub vendor: String,
        /// The lowest price of its variants.
        pub price: Money,
        /// Whether variants differ in price ("from …").
        pub price_varies: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub compare_at: Option<Money>,
        /// What a kilogram, litre or metre costs in the cheapest variant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit_price: Option<UnitPrice>,
        pub sold_out: bool,
        /// The first two pictures that are ready.
        pub images: Vec<ProductImage>,
        /// The options, for swatches.
        pub options: Vec<ProductOption>,
    }

    /// A listing of the shop: products and what they can be narrowed by.
    pub struct ProductListing {
        pub data: Vec<ProductCard>,
        pub has_more: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next_cursor: Option<String>,
        /// All that match, not only this page.
        pub total: i64,
        pub facets: Vec<Facet>,
        /// Another spelling that finds something, when this one finds nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub suggestion: Option<String>,
    }

    /// A dimension to narrow a listing by: `category`, `availability`, `price` (two values labelled `min` and `max`, in minor units),
    /// or an option such as `Size`.
    pub struct Facet {
        pub name: String,
        pub values: Vec<FacetValue>,
    }

    /// A value of a facet and how many products of the listing have it.
    pub struct FacetValue {
        pub value: String,
        pub label: String,
        pub count: i64,
    }

    /// A variant on the product page.
    pub struct StorefrontVariant {
        pub id: VariantId,
        pub title: String,
        /// One value per option of the product.
        pub option_values: Vec<String>,
        pub sku: String,
        pub price: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub compare_at: Option<Money>,
        /// What a kilogram, litre or metre of it costs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit_price: Option<UnitPrice>,
        pub available: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image_id: Option<ImageId>,
    }

    /// The product page.
    pub struct ProductPage {
        pub id: ProductId,
        pub slug: String,
        pub title: String,
        pub vendor: String,
        /// Sanitised HTML.
        pub description_html: String,
        pub seo_title: String,
        pub seo_description: String,
        pub options: Vec<ProductOption>,
        pub variants: Vec<StorefrontVariant>,
        pub images: Vec<ProductImage>,
        /// The first category, for the breadcrumb.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub category: Option<CategorySummary>,
        pub related: Vec<ProductCard>,
    }

    /// How much of each variant can be bought now; never cached.
    pub struct ProductAvailability {
        pub variants: Vec<VariantAvailability>,
    }

    /// How much of a variant can be bought now.
    pub struct VariantAvailability {
        pub variant_id: VariantId,
        /// Absent when no stock is kept: as many as wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub available: Option<i32>,
    }

    /// A search suggestion.
    pub struct Suggestion {
        pub title: String,
        pub slug: String,
        /// The lowest price of its variants.
        pub price: Money,
        /// Whether variants differ in price ("from …").
        pub price_varies: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image: Option<ProductImage>,
    }

    /// A product in the dashboard's list.
    pub struct ProductSummary {
        pub id: ProductId,
        pub slug: String,
        pub title: String,
        pub vendor: String,
        pub status: ProductStatus,
        pub price: Money,
        pub price_varies: bool,
        pub variant_count: i64,
        /// Units on hand over all variants; absent when no stock is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub on_hand: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image: Option<ProductImage>,
        pub updated_at: Timestamp,
    }

    /// A product as staff edit it.
    pub struct Product {
        pub id: ProductId,
        pub slug: String,
        pub title: String,
        pub description_html: String,
        pub vendor: String,
        pub product_type: String,
        pub tags: Vec<String>,
        pub status: ProductStatus,
        pub featured: bool,
        pub options: Vec<ProductOption>,
        pub variants: Vec<Variant>,
        pub images: Vec<ProductImage>,
        pub category_ids: Vec<CategoryId>,
        pub seo_title: String,
        pub seo_description: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        /// The number in the `ETag`; sent back in `If-Match`.
        pub version: i32,
        /// What other programs have noted; the shop does not show it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub metadata: BTreeMap<String, String>,
        /// Its id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        /// SKUs of its variants that other variants of the store have too. That is allowed; who looks an article up by its SKU finds several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub shared_skus: Vec<String>,
    }

    /// A variant as staff edit it.
    pub struct Variant {
        pub id: VariantId,
        pub title: String,
        pub option_values: Vec<String>,
        pub sku: String,
        pub barcode: String,
        pub price: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub compare_at: Option<Money>,
        /// What the merchant pays for it; shoppers never see it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cost: Option<Money>,
        /// How much is in it, for the price per kilogram or litre.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub content: Option<Content>,
        pub weight_grams: i32,
        pub taxable: bool,
        pub requires_shipping: bool,
        pub track_inventory: bool,
        /// Units on hand; absent when no stock is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub on_hand: Option<i32>,
        /// What other programs have noted; the shop does not show it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub metadata: BTreeMap<String, String>,
        /// Its id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        /// Counts its changes; its `ETag` where it is read alone.
        pub version: i32,
        pub updated_at: Timestamp,
    }

    /// What a product is created with, and what an edit replaces.
    #[serde(deny_unknown_fields)]
    pub struct SaveProduct {
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
        #[serde(default)]
        pub featured: bool,
        #[serde(default)]
        pub options: Vec<ProductOption>,
        /// At least one; one with no option values when the product has no options.
        pub variants: Vec<SaveVariant>,
        #[serde(default)]
        pub category_ids: Vec<CategoryId>,
        #[serde(default)]
        pub seo_title: String,
        #[serde(default)]
        pub seo_description: String,
        /// Variants that an edit takes out of the product. One that is neither here nor among `variants` is asked about.
        #[serde(default)]
        pub removed_variant_ids: Vec<VariantId>,
    }

    /// What can be set on a variant.
    #[serde(deny_unknown_fields)]
    pub struct SaveVariant {
        /// Present: this variant is changed; absent: a new one.
        #[serde(default)]
        pub id: Option<VariantId>,
        #[serde(default)]
        pub option_values: Vec<String>,
        #[serde(default)]
        pub sku: String,
        #[serde(default)]
        pub barcode: String,
        pub price_minor: i64,
        #[serde(default)]
        pub compare_at_minor: Option<i64>,
        /// What the merchant pays for it.
        #[serde(default)]
        pub cost_minor: Option<i64>,
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
    }

    /// A change of a picture.
    #[serde(deny_unknown_fields)]
    #[derive(Default)]
    pub struct UpdateImage {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub alt: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub position: Option<i32>,
        /// The variant that it shows; null for the product as a whole.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<VariantId>))]
        pub variant_id: Change<VariantId>,
    }
}

query! {
    /// Which categories to list.
    pub struct CategoryQuery {
        /// Only what has changed since this time.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100; all of them unless told.
        pub limit: Option<u32>,
    }

    /// What is said of a picture that is sent alone, as `application/octet-stream`.
    pub struct UploadImage {
        /// What it shows, for those who do not see it.
        pub alt: Option<String>,
        /// The variant that it shows, by its id.
        pub variant_id: Option<String>,
    }

    /// How to narrow and sort the dashboard's product list.
    pub struct ProductQuery {
        /// Words of the title, or an SKU.
        pub q: Option<String>,
        /// `draft`, `active` or `archived`.
        pub status: Option<String>,
        /// A category's id.
        pub category: Option<String>,
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        /// The id in another system.
        pub external_id: Option<String>,
        /// `low` (a variant with 5 units or fewer available) or `out` (nothing available).
        pub stock: Option<String>,
        /// `title`, `-title`, `created_at`, `-created_at` (default), `price`, `-price`.
        pub sort: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// How to narrow and sort a listing of the shop.
    pub struct ListingQuery {
        /// Words to search, typing errors allowed.
        pub q: Option<String>,
        /// A category's slug.
        pub category: Option<String>,
        /// In minor units of the store's currency.
        pub min_price: Option<i64>,
        pub max_price: Option<i64>,
        /// Only what can be bought now.
        pub available: Option<bool>,
        /// Values of options as `Name:Value`, several separated by `|`; values of one option are alternatives. A backslash stands before a `|`,
        /// `:` or `\\` that belongs to a name or a value.
        pub options: Option<String>,
        /// `newest` (default), `price`, `-price`, `title`, `relevance` (default when searching).
        pub sort: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }

    /// What has been typed into the search field so far.
    pub struct SuggestionQuery {
        pub q: String,
    }
}

fn yes() -> bool {
    true
}
