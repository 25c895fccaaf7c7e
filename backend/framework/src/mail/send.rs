//! The job that sends a mail.

use std::time::Duration;

use diesel::prelude::*;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use uuid::Uuid;

use super::{SendMail, message};
use crate::config::Mail;
use crate::db::{DbError, StoreTx};
use crate::job::{JobContext, JobError, typed};
use crate::schema::mail_messages;

/// How long a mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_messages)]
struct Row {
    sender: String,
    reply_to: Option<String>,
    recipient: String,
    subject: String,
    text_body: String,
    html_body: String,
    status: String,
}

impl Row {
    fn message(&self, id: Uuid, platform: &str) -> Result<Message, String> {
        let parts = message::Parts {
            sender: message::Sender::of(platform, &self.sender, self.reply_to.as_deref())?,
            to: &self.recipient,
            subject: &self.subject,
            text: &self.text_body,
            html: &self.html_body,
        };
        message::build(id, parts)
    }
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
    let outcome = transmit(id, &row, &config.mail).await;
    let status = match &outcome {
        Ok(()) => "sent",
        Err(JobError::Retry(_)) if !context.last_attempt() => return outcome,
        Err(_) => "failed",
    };
    if outcome.is_err() {
        context.tx(move |tx| note(tx, id, status)).await?;
        return outcome;
    }
    context.last_tx(move |tx| note(tx, id, status)).await
}

/// Builds the message and hands it over; without a mail server the row in the mailbox is all there is.
async fn transmit(id: Uuid, row: &Row, settings: &Mail) -> Result<(), JobError> {
    let mail = row.message(id, &settings.from).map_err(JobError::Fail)?;
    match &settings.smtp_url {
        Some(url) => deliver(url, mail).await,
        None => Ok(()),
    }
}

async fn deliver(url: &SecretString, mail: Message) -> Result<(), JobError> {
    let failed = |error: lettre::transport::smtp::Error| {
        let text = format!("the mail could not be handed over: {error}");
        if error.is_permanent() {
            JobError::Fail(text)
        } else {
            JobError::Retry(text)
        }
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()).map_err(failed)?;
    builder.timeout(Some(PATIENCE)).build().send(mail).await.map(|_| ()).map_err(failed)
}

fn find(tx: &mut StoreTx, id: Uuid) -> Result<Row, DbError> {
    let store = tx.store_id();
    let found = mail_messages::table
        .filter(mail_messages::store_id.eq(store))
        .filter(mail_messages::id.eq(id));
    Ok(found.select(Row::as_select()).first(tx.conn())?)
}

fn note(tx: &mut StoreTx, id: Uuid, status: &str) -> Result<(), JobError> {
    let (store, now) = (tx.store_id(), tx.now());
    let row = mail_messages::table
        .filter(mail_messages::store_id.eq(store))
        .filter(mail_messages::id.eq(id));
    let sent_at = (status == "sent").then_some(now);
    diesel::update(row)
        .set((mail_messages::status.eq(status), mail_messages::sent_at.eq(sent_at)))
        .execute(tx.conn())?;
    tx.no_audit("mail_messages is itself the log of what was sent");
    Ok(())
}
