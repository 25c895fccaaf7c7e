//! What other systems note of a customer.

use std::collections::BTreeMap;

use orion_events::{CustomerFacts, CustomerUpdated};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::marks::Marks;
use orion_framework::problem::{FieldErrors, ProblemDraft, STALE};
use orion_types::customer::CustomerDetail;
use orion_types::{Change, CustomerId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list;
use crate::error::CustomersError;
use crate::queries::customers;

/// A change of what is noted of a customer; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UpdateCustomer {
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
pub(crate) fn change(
    tx: &mut StoreTx,
    id: CustomerId,
    version: Expected,
    change: UpdateCustomer,
) -> Result<CustomerDetail, CustomersError> {
    let mut fields = FieldErrors::default();
    let marks = Marks::changed(&mut fields, change.metadata, change.external_id.as_deref());
    fields.into_result()?;
    let row = customers::lock(tx, id.0)?;
    if row.version != version {
        return Err(ProblemDraft::new(&STALE).into());
    }
    let (metadata, external_id) = (marks.metadata(Some(&row.metadata)), marks.external_id(row.external_id.as_ref()));
    if (&metadata, &external_id) == (&row.metadata, &row.external_id) {
        tx.no_audit("nothing had to change");
    } else {
        customers::set_marks(tx, id.0, &metadata, external_id.as_deref())?;
        tx.audit(AuditEntry::new("customer.noted", "customers", id.0).change("external_id", &row.external_id, &external_id));
        tx.emit(&CustomerUpdated(CustomerFacts { customer_id: id }));
    }
    Ok(list::get(tx, id)?)
}
