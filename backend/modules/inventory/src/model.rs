//! Rows, and how they look on the wire.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::{DbError, read_json_option};
use orion_types::inventory::{InventoryLevel, InventoryMovement};
use orion_types::status::MovementReason;
use orion_types::{MovementId, OrderId, ProductId, VariantId};
use serde_json::Value;
use uuid::Uuid;

use crate::schema::{inventory_levels, inventory_movements};

/// A level by itself.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = inventory_levels)]
pub struct LevelRow {
    pub variant_id: Uuid,
    pub on_hand: i32,
    pub reserved: i32,
}

/// A tracked variant and its level, if it was ever counted.
#[derive(Debug, Queryable)]
pub struct StockRow {
    pub variant_id: Uuid,
    pub product_id: Uuid,
    pub product_title: String,
    pub variant_title: String,
    pub sku: Option<String>,
    pub image: Option<Value>,
    pub on_hand: Option<i32>,
    pub reserved: Option<i32>,
    pub counted_at: Option<DateTime<Utc>>,
    pub saved_at: DateTime<Utc>,
}

impl StockRow {
    /// The wire form.
    pub fn into_wire(self) -> Result<InventoryLevel, DbError> {
        let Self {
            variant_id,
            product_id,
            product_title,
            variant_title,
            sku,
            image,
            on_hand,
            reserved,
            counted_at,
            saved_at,
        } = self;
        let (on_hand, reserved) = (on_hand.unwrap_or(0), reserved.unwrap_or(0));
        Ok(InventoryLevel {
            variant_id: VariantId(variant_id),
            product_id: ProductId(product_id),
            product_title,
            variant_title,
            sku: sku.unwrap_or_default(),
            image: read_json_option(image)?,
            on_hand,
            reserved,
            available: on_hand - reserved,
            updated_at: counted_at.unwrap_or(saved_at).into(),
        })
    }
}

/// A line of the ledger.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = inventory_movements)]
pub struct MovementRow {
    pub id: Uuid,
    pub variant_id: Uuid,
    pub on_hand_delta: i32,
    pub reserved_delta: i32,
    pub reason: String,
    pub order_id: Option<Uuid>,
    pub note: String,
    pub actor_label: String,
    pub created_at: DateTime<Utc>,
}

impl MovementRow {
    /// The wire form.
    pub fn into_wire(self) -> InventoryMovement {
        let Self {
            id,
            variant_id,
            on_hand_delta,
            reserved_delta,
            reason,
            order_id,
            note,
            actor_label,
            created_at,
        } = self;
        InventoryMovement {
            id: MovementId(id),
            variant_id: VariantId(variant_id),
            on_hand_delta,
            reserved_delta,
            // The table's CHECK lists the same words.
            reason: reason.parse().unwrap_or(MovementReason::Correction),
            order_id: order_id.map(OrderId),
            note,
            actor: actor_label,
            created_at: created_at.into(),
        }
    }
}
