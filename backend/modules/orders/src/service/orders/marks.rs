//! What other systems note of an order.

use std::collections::BTreeMap;

use orion_events::OrderUpdated;
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::marks::Marks;
use orion_framework::problem::{FieldErrors, ProblemDraft, STALE};
use orion_types::order::Order;
use orion_types::{Change, OrderId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::detail::get_order;
use super::told;
use crate::error::OrdersError;
use crate::model::order::TAX_ROUNDING_NOTE;
use crate::queries::orders;

/// A change of what is noted of an order; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateOrder {
    /// The id in another system; null: none.
    pub external_id: Option<String>,
    /// Notes of other programs: those that are named change, null takes one away.
    #[schema(value_type = Option<BTreeMap<String, Option<String>>>, extensions(("x-null-clears" = json!(true))))]
    pub metadata: Change<BTreeMap<String, Option<String>>>,
}

/// Changes what is noted; a change of nothing leaves the version where it is.
///
/// # Errors
/// 412 when `version` is not the present one.
pub fn change(tx: &mut StoreTx, id: OrderId, version: Expected, change: UpdateOrder) -> Result<Order, OrdersError> {
    let mut fields = FieldErrors::default();
    let marks = Marks::changed(&mut fields, change.metadata, change.external_id.as_deref());
    if marks.speaks_of(TAX_ROUNDING_NOTE) {
        fields.add(format!("/metadata/{TAX_ROUNDING_NOTE}"), "not_allowed", "is a name that is taken");
    }
    fields.into_result()?;
    let row = orders::lock_order(tx, id.0)?.ok_or(OrdersError::NotFound)?;
    if row.version != version {
        return Err(ProblemDraft::new(&STALE).into());
    }
    let (metadata, external_id) = (
        with_ours(marks.metadata(Some(&row.metadata)), &row.metadata),
        marks.external_id(row.external_id.as_ref()),
    );
    if (&metadata, &external_id) == (&row.metadata, &row.external_id) {
        tx.no_audit("nothing had to change");
    } else {
        orders::set_marks(tx, id.0, &metadata, external_id.as_deref())?;
        tx.audit(AuditEntry::new("order.noted", "orders", id.0).change("external_id", &row.external_id, &external_id));
        tx.emit(&OrderUpdated(told::facts(&row)));
    }
    get_order(tx, id)
}

/// Whatever others clear, our own note stays.
fn with_ours(mut notes: Value, before: &Value) -> Value {
    if let (Some(ours), Some(notes)) = (before.get(TAX_ROUNDING_NOTE), notes.as_object_mut()) {
        notes.insert(TAX_ROUNDING_NOTE.to_owned(), ours.clone());
    }
    notes
}
