//! What modules offer to others that may not know them; see [`Module`](crate::module::Module).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{DbError, StoreTx};

/// Carts by variants.
pub type InCarts = fn(&mut StoreTx, &[Uuid]) -> Result<HashMap<Uuid, i64>, DbError>;

/// Purchases by customers.
pub type BoughtBy = fn(&mut StoreTx, &[Uuid]) -> Result<HashMap<Uuid, Bought>, DbError>;

/// What a customer has ordered in the store's currency and not called off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bought {
    /// How many orders.
    pub orders: i64,
    /// For how much, in minor units.
    pub spent_minor: i64,
    /// When the last was placed.
    pub last_placed_at: Option<DateTime<Utc>>,
}
