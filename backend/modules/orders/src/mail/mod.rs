//! What buyers are told by mail, in the language of their order.

mod compose;

use orion_framework::db::StoreTx;
use orion_framework::job::{JobContext, JobError};
use orion_framework::mail;

use crate::error::OrdersError;
use crate::jobs::{Message, SendOrderMail};
use crate::queries::orders;
use crate::service::access::AccessKey;
use crate::service::orders::detail;

/// Writes the mail of an occasion; the same occasion is mailed once, however often the job runs.
pub async fn send(context: &JobContext, job: SendOrderMail) -> Result<(), JobError> {
    let key = AccessKey::of(context.services());
    context.last_tx(move |tx| queue(tx, &key, &job)).await
}

fn queue(tx: &mut StoreTx, key: &AccessKey, job: &SendOrderMail) -> Result<(), OrdersError> {
    let order = orders::find_order(tx, job.order_id.0)?.ok_or(OrdersError::NotFound)?;
    let detail = detail::load_for_mail(tx, order, matches!(job.message, Message::Shipped { .. }))?;
    let token = key.token(tx.store_id(), job.order_id);
    // The token stands behind the `#`: browsers keep that part to themselves, so it is in nobody's log.
    let url = format!("{}/orders/{}#{token}", tx.store().visit_url(), job.order_id);
    let instructions = detail::payment_instructions(tx, &detail)?;
    let shop = compose::Shop {
        name: &tx.store().name,
        url: &url,
        payment_instructions: &instructions.text,
    };
    let mail = compose::compose(&shop, &detail, job.message);
    Ok(mail::queue(tx, mail)?)
}
