//! Stock.

use crate::catalog::ProductImage;
use crate::status::MovementReason;
use crate::{MovementId, OrderId, ProductId, Timestamp, VariantId};

wire! {
    /// The stock of a variant.
    pub struct InventoryLevel {
        pub variant_id: VariantId,
        pub product_id: ProductId,
        pub product_title: String,
        pub variant_title: String,
        pub sku: String,
        /// The product's first picture that is ready.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image: Option<ProductImage>,
        /// Units in the house.
        pub on_hand: i32,
        /// Units promised to orders that are not yet shipped.
        pub reserved: i32,
        /// Units that can be sold: on hand less reserved.
        pub available: i32,
        pub updated_at: Timestamp,
    }

    /// A change of stock by hand.
    #[serde(deny_unknown_fields)]
    pub struct AdjustInventory {
        pub variant_id: VariantId,
        /// Units to add; negative to take away.
        pub delta: i32,
        /// `received`, `correction`, `damaged` or `returned`.
        pub reason: MovementReason,
        #[serde(default)]
        pub note: String,
    }

    /// A count of a variant's stock; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct CountInventory {
        /// Units in the house; never fewer than are promised to orders.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub on_hand: Option<i32>,
        /// `received`, `correction` (unless told otherwise), `damaged` or `returned`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reason: Option<MovementReason>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    /// Counts of several variants.
    #[serde(deny_unknown_fields)]
    pub struct CountSeveral {
        /// Up to 500 variants.
        pub items: Vec<CountOne>,
        /// `received`, `correction` (unless told otherwise), `damaged` or `returned`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<MovementReason>,
        #[serde(default)]
        pub note: String,
    }

    /// The count of one variant.
    #[serde(deny_unknown_fields)]
    pub struct CountOne {
        pub variant_id: VariantId,
        /// Units in the house.
        pub on_hand: i32,
        /// Units that the books had when this was counted: refused with 412 when they have others now. Absent: whatever they have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expected_on_hand: Option<i32>,
    }

    /// One line of the stock ledger.
    pub struct InventoryMovement {
        pub id: MovementId,
        pub variant_id: VariantId,
        pub on_hand_delta: i32,
        pub reserved_delta: i32,
        pub reason: MovementReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub order_id: Option<OrderId>,
        pub note: String,
        pub actor: String,
        pub created_at: Timestamp,
    }
}

query! {
    /// How to narrow the stock list.
    pub struct InventoryQuery {
        /// Words of the product's title, or an SKU.
        pub q: Option<String>,
        /// `low` (available ≤ 5) or `out` (nothing available).
        pub stock: Option<String>,
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        /// `product` (default), `-product`, `available`, `-available`.
        pub sort: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }

    /// Which movements to list.
    pub struct MovementQuery {
        /// A variant's id; absent: all variants.
        pub variant_id: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }
}

/// From how many available units downwards a variant counts as low.
pub const LOW_STOCK: i32 = 5;
