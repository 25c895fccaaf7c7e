//! The mail to the owner of a store whose endpoint was switched off by itself.

use chrono::{DateTime, Utc};
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, Patience, typed};
use orion_framework::mail::{self, Mail};
use orion_types::status::WebhookOff;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::address::Sees;
use crate::model::EndpointRow;
use crate::queries::endpoints;

/// Tells the owner of the store.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TellOwner {
    pub(crate) endpoint_id: Uuid,
    pub(crate) off_at: DateTime<Utc>,
}

impl Job for TellOwner {
    const KIND: &'static str = "webhooks.tell_owner";
    const PATIENCE: Patience = Patience::DAYS;
}

/// Writes the mail; whoever owns the store at this moment gets it.
pub(crate) async fn tell_owner(context: JobContext, payload: Value) -> Result<(), JobError> {
    let told: TellOwner = typed(&payload)?;
    let store = context.store()?.id;
    let find = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at who owns the store");
        orion_tenancy::owner_email(tx, store)
    };
    let owner = context.platform_tx(find).await?;
    let write = move |tx: &mut StoreTx| match owner {
        Some(to) => write(tx, &told, to),
        None => {
            tx.no_audit("nobody owns the store");
            Ok(())
        }
    };
    context.last_tx(write).await
}

fn write(tx: &mut StoreTx, told: &TellOwner, to: String) -> Result<(), DbError> {
    // Deleted or switched on again meanwhile: somebody knows.
    let row = endpoints::find_locked(tx, told.endpoint_id)?.filter(|row| row.off_at == Some(told.off_at));
    let Some(row) = row else {
        tx.no_audit("nothing is left to tell");
        return Ok(());
    };
    let (subject, lines) = compose(&tx.store().name, &row);
    let html: String = lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    let mail = Mail {
        key: format!("webhook-endpoint-off:{}:{}", row.id, told.off_at.timestamp_micros()),
        to,
        subject,
        text: lines.join("\n\n"),
        html,
    };
    mail::queue(tx, mail)
}

fn compose(store: &str, row: &EndpointRow) -> (String, Vec<String>) {
    let why = if row.off_reason.as_deref() == Some(WebhookOff::Gone.as_str()) {
        "It has answered 410 Gone, which means that nothing should be sent to it any more."
    } else {
        "Nothing that was sent to it for three days has been taken."
    };
    let lines = vec![
        format!("The webhook endpoint {} of {store} was switched off.", Sees::Masked.shown(&row.url)),
        why.to_owned(),
        "What waited for it is kept for 30 days and will be sent when it is switched on again in the dashboard (Webhooks). What happens until \
         then is not sent; the numbers of the events go on, so that the receiver sees how many it has missed."
            .to_owned(),
        "The log of the endpoint shows each attempt and what came back.".to_owned(),
    ];
    (format!("{store}: a webhook endpoint was switched off"), lines)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
