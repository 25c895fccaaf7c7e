//! What happens to stock. Counts that come with a product or with a file are told by `product.updated` and `import.finished`.

use orion_types::VariantId;
use orion_types::status::MovementReason;

use crate::examples::id;

facts! {
    /// The stock of a variant, in units, as it is after what happened to it.
    StockFacts {
        /// The variant.
        variant_id: VariantId = id(1),
        /// In the house.
        on_hand: i32 = 7,
        /// Promised to orders.
        reserved: i32 = 3,
        /// Left to be sold.
        available: i32 = 4,
        /// Why units moved.
        reason: MovementReason = MovementReason::Reserved,
    }
}

events! {
    module "inventory";

    /// Units of a variant came, left, or were promised to an order or given back by one.
    StockChanged: "stock.changed", 1, variant_id, public, fleeting (StockFacts)

    /// A variant is running out: five units or fewer can still be sold.
    StockLow: "stock.low", 1, variant_id, public, kept (StockFacts)

    /// A variant is sold out.
    StockRanOut: "stock.ran_out", 1, variant_id, public, kept (StockFacts { reserved: 7, available: 0 })

    /// A variant that was sold out can be had again.
    StockReturned: "stock.returned", 1, variant_id, public, kept (StockFacts { on_hand: 20, available: 17, reason: MovementReason::Received })
}
