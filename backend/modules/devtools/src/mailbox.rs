//! The mails that were written, whether they were sent or not.

use std::collections::HashMap;

use orion_framework::auth::Vault;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::mail::reveal;
use orion_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::queries::{self, MailRow};

/// The most mails shown.
const MAX_MAILS: i64 = 200;

/// A mail.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct MailboxMessage {
    id: Uuid,
    /// The name of the store that wrote it.
    store: String,
    sender: String,
    /// Where answers go.
    reply_to: Option<String>,
    recipient: String,
    pub(crate) subject: String,
    text: String,
    html: String,
    /// `queued`, `sent` or `failed`.
    status: String,
    created_at: Timestamp,
    sent_at: Option<Timestamp>,
}

/// The newest mails, to one recipient or to all.
pub(crate) fn list(tx: &mut PlatformTx, vault: &Vault, recipient: Option<&str>) -> Result<Vec<MailboxMessage>, DbError> {
    let rows = queries::list_mails(tx.conn(), recipient, MAX_MAILS)?;
    describe(tx, vault, rows)
}

/// One mail.
pub(crate) fn get(tx: &mut PlatformTx, vault: &Vault, id: Uuid) -> Result<MailboxMessage, DbError> {
    let row = queries::find_mail(tx.conn(), id)?.ok_or(DbError::NotFound)?;
    describe(tx, vault, vec![row])?.pop().ok_or(DbError::NotFound)
}

fn describe(tx: &mut PlatformTx, vault: &Vault, rows: Vec<MailRow>) -> Result<Vec<MailboxMessage>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.store_id).collect();
    let names: HashMap<Uuid, String> = queries::list_store_names(tx.conn(), &ids)?.into_iter().collect();
    let describe = |row: MailRow| {
        let MailRow {
            id,
            store_id,
            sender,
            reply_to,
            recipient,
            subject,
            text_body,
            html_body,
            status,
            created_at,
            sent_at,
            message_key,
            secret,
        } = row;
        // One that was kept under another key is shown as it lies there.
        let open = |text: String| reveal(vault, &message_key, &text, secret.as_deref()).unwrap_or(text);
        MailboxMessage {
            id,
            store: names.get(&store_id).cloned().unwrap_or_default(),
            sender,
            reply_to,
            recipient,
            subject,
            text: open(text_body),
            html: open(html_body),
            status,
            created_at: created_at.into(),
            sent_at: sent_at.map(Timestamp::from),
        }
    };
    Ok(rows.into_iter().map(describe).collect())
}

#[cfg(test)]
pub(crate) fn sample(subject: &str, html: &str) -> MailboxMessage {
    MailboxMessage {
        id: Uuid::nil(),
        store: "Acme".to_owned(),
        sender: "Acme".to_owned(),
        reply_to: Some("hello@acme.test".to_owned()),
        recipient: "customer@example.test".to_owned(),
        subject: subject.to_owned(),
        text: "Thank you".to_owned(),
        html: html.to_owned(),
        status: "sent".to_owned(),
        created_at: Timestamp("2026-11-23T10:00:00.000Z".to_owned()),
        sent_at: None,
    }
}
