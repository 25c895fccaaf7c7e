//! What buyers are told by mail, in the language of their order.

mod compose;

use std::collections::HashMap;

use orion_framework::Services;
use orion_framework::db::StoreTx;
use orion_framework::mail::{self, Mail};
use uuid::Uuid;

use crate::error::OrdersError;
use crate::jobs::{Message, SendOrderMail};
use crate::model::detail::OrderDetail;
use crate::queries::orders;
use crate::service::access::AccessKey;
use crate::service::orders::detail;

/// Writes the mails of occasions; the same occasion is mailed once, however often its job runs.
pub fn send(services: &Services, tx: &mut StoreTx, jobs: &[SendOrderMail]) -> Result<(), OrdersError> {
    let key = AccessKey::of(services);
    let details = load(tx, jobs)?;
    let instructions = detail::instructions_of(tx, &details)?;
    let known: HashMap<Uuid, _> = details.iter().zip(&instructions).map(|both| (both.0.row.id, both)).collect();
    let mut mails = Vec::with_capacity(jobs.len());
    for job in jobs {
        let (detail, instructions) = known.get(&job.order_id.0).ok_or(OrdersError::NotFound)?;
        mails.push(compose(tx, &key, (detail, &instructions.text), job));
    }
    Ok(mail::queue_all(tx, mails)?)
}

/// The orders that the mails are about, with shipments where a mail tells of one.
fn load(tx: &mut StoreTx, jobs: &[SendOrderMail]) -> Result<Vec<OrderDetail>, OrdersError> {
    let mut ids: Vec<Uuid> = jobs.iter().map(|job| job.order_id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let with_parcels = jobs.iter().any(|job| matches!(job.message, Message::Shipped { .. }));
    let rows = orders::find_orders(tx, &ids)?;
    Ok(detail::load_for_mails(tx, rows, with_parcels)?)
}

fn compose(tx: &StoreTx, key: &AccessKey, (detail, instructions): (&OrderDetail, &str), job: &SendOrderMail) -> Mail {
    let token = key.token(tx.store_id(), job.order_id);
    // The token stands behind the `#`: browsers keep that part to themselves, so it is in nobody's log.
    let url = format!("{}/orders/{}#{token}", tx.store().visit_url(), job.order_id);
    let shop = compose::Shop {
        name: &tx.store().name,
        url: &url,
        payment_instructions: instructions,
    };
    compose::compose(&shop, detail, job.message)
}
