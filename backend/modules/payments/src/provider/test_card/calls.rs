//! What the provider tells by itself: that something has become of a charge. Signed by Standard Webhooks.

use orion_events::PaymentReported;
use orion_framework::config::Config;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::incoming::{Call, CallError, Heard, IncomingSource, Notice};
use orion_framework::job::JobError;
use orion_framework::standard_webhooks::verify;
use orion_types::PaymentId;
use serde_json::Value;

use crate::provider::ProviderId;
use crate::queries;

/// What signs. Everybody knows it, as everybody knows the number that approves: `whsec_` and this in base64 is what a sender is given.
const KEY: &[u8] = b"orion: test cards have no secret";
/// The only event there is.
const UPDATED: &str = "charge.updated";

/// The provider as somebody who calls.
pub const SOURCE: IncomingSource = IncomingSource {
    name: ProviderId::TestCard.as_str(),
    read,
    handle,
};

fn read(_: &mut StoreTx, config: &Config, call: &Call<'_>) -> Result<Notice, CallError> {
    if config.is_production() {
        return Err(CallError::NotOffered);
    }
    let event_id = verify(&[KEY], call.headers, call.body, call.now)?.to_owned();
    let body: Value = serde_json::from_slice(call.body).map_err(|_| CallError::Unreadable("it is not JSON"))?;
    let event = body["type"].as_str().ok_or(CallError::Unreadable("it has no type"))?.to_owned();
    Ok(Notice { event_id, event, body })
}

/// Has the charge looked at: what a call says of it may be older than what is known.
fn handle(tx: &mut StoreTx, notice: &Notice) -> Result<Heard, JobError> {
    let key = notice.body["data"]["key"].as_str().and_then(|key| key.parse().ok());
    let Some(key) = key.filter(|_| notice.event == UPDATED) else {
        return Ok(Heard::Ignored);
    };
    let payment = match queries::get(tx, PaymentId(key)) {
        Ok(payment) => payment,
        Err(DbError::NotFound) => return Ok(Heard::Ignored),
        Err(error) => return Err(error.into()),
    };
    if payment.provider != ProviderId::TestCard || !payment.state.is_open() {
        return Ok(Heard::Ignored);
    }
    tx.emit(&PaymentReported {
        payment_id: payment.id,
        order_id: payment.order_id,
    });
    Ok(Heard::Done)
}
