//! The cart.

use crate::catalog::ProductImage;
use crate::{CartId, CartItemId, Money, ProductId, VariantId};

wire! {
    /// A cart as the customer sees it; prices are read anew every time.
    pub struct Cart {
        /// Absent while nothing was ever put in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<CartId>,
        pub items: Vec<CartItem>,
        /// Units over all items.
        pub item_count: i32,
        pub subtotal: Money,
        /// Whether everything in it can be ordered as it is.
        pub can_checkout: bool,
        /// The subtotal from which the cheapest way of shipping is free; absent where it never is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub free_shipping_from: Option<Money>,
    }

    /// A line of a cart.
    pub struct CartItem {
        pub id: CartItemId,
        pub variant_id: VariantId,
        pub product_id: ProductId,
        pub product_slug: String,
        pub title: String,
        pub variant_title: String,
        pub sku: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image: Option<ProductImage>,
        pub quantity: i32,
        pub unit_price: Money,
        pub line_total: Money,
        /// How many can be had; absent when no stock is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub available: Option<i32>,
        /// What to tell the customer about the line.
        pub notices: Vec<CartNotice>,
    }

    /// Something the customer should know about a line.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CartNotice {
        /// The price is another than when it was added.
        PriceChanged { before: Money },
        /// Fewer are left than wanted.
        OnlyLeft { available: i32 },
        /// None is left.
        SoldOut,
        /// The shop does not sell it any more.
        Unavailable,
    }

    /// Puts units of a variant into the cart.
    #[serde(deny_unknown_fields)]
    pub struct AddCartItem {
        pub variant_id: VariantId,
        /// 1–999.
        pub quantity: i32,
    }

    /// Sets the quantity of a line.
    #[serde(deny_unknown_fields)]
    pub struct UpdateCartItem {
        /// 1–999; to remove a line, delete it.
        pub quantity: i32,
    }
}
