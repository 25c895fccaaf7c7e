//! Lines of a cart.

use uuid::Uuid;

/// A line as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLineRow {
    pub id: Uuid,
    pub variant_id: Uuid,
    pub quantity: i32,
    pub seen_price_minor: i64,
}

/// An open cart and what is in it, oldest line first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartRow {
    pub id: Uuid,
    pub lines: Vec<CartLineRow>,
}

impl CartRow {
    /// The variants in it.
    pub fn variant_ids(&self) -> Vec<Uuid> {
        self.lines.iter().map(|line| line.variant_id).collect()
    }
}
