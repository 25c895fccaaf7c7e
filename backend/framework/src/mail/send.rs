//! The job that sends a mail.

use diesel::prelude::*;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use orion_schema::mail_messages;
use secrecy::ExposeSecret;
use serde_json::Value;
use uuid::Uuid;

use super::{SendMail, message};
use crate::db::{DbError, StoreTx};
use crate::job::{JobContext, JobError, typed};

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_messages)]
struct Row {
    sender: String,
    recipient: String,
    subject: String,
    text_body: String,
    html_body: String,
    status: String,
}

/// Sends the mail unless it was sent already. The SMTP server may get it twice when this server dies between sending and noting it;
/// RFC 5321 offers nothing better.
pub(super) async fn send(context: JobContext, payload: Value) -> Result<(), JobError> {
    let id = typed::<SendMail>(&payload)?.message_id;
    let row: Row = context.read(move |tx| find(tx, id)).await?;
    if row.status == "sent" {
        return Ok(());
    }
    let config = context.services().config.clone();
    let sender = if row.sender.is_empty() { config.mail.from.clone() } else { row.sender.clone() };
    let mail = message::build(&sender, &row.recipient, &row.subject, &row.text_body, &row.html_body).map_err(JobError::Fail)?;
    if let Some(url) = &config.mail.smtp_url {
        deliver(url.expose_secret(), mail).await?;
    }
    context.tx(move |tx| note_sent(tx, id)).await
}

async fn deliver(url: &str, mail: Message) -> Result<(), JobError> {
    let failed = |error: lettre::transport::smtp::Error| {
        let text = format!("the mail server refused: {error}");
        if error.is_permanent() { JobError::Fail(text) } else { JobError::Retry(text) }
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(failed)?.build();
    transport.send(mail).await.map(|_| ()).map_err(failed)
}

fn find(tx: &mut StoreTx, id: Uuid) -> Result<Row, DbError> {
    let store = tx.store_id();
    let found = mail_messages::table.filter(mail_messages::store_id.eq(store)).filter(mail_messages::id.eq(id));
    Ok(found.select(Row::as_select()).first(tx.conn())?)
}

fn note_sent(tx: &mut StoreTx, id: Uuid) -> Result<(), JobError> {
    let (store, now) = (tx.store_id(), tx.now());
    let row = mail_messages::table.filter(mail_messages::store_id.eq(store)).filter(mail_messages::id.eq(id));
    diesel::update(row).set((mail_messages::status.eq("sent"), mail_messages::sent_at.eq(now))).execute(tx.conn())?;
    tx.no_audit("mail_messages is itself the log of what was sent");
    Ok(())
}
