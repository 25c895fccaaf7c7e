//! The job that sends a mail.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use orion_types::NO_STORE;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use uuid::Uuid;

use super::{SendMail, message, reveal};
use crate::auth::Vault;
use crate::config::Mail;
use crate::db::{DbError, PlatformTx, StoreTx};
use crate::job::{JobContext, JobError, typed};
use crate::schema::mail_messages;

/// How long a mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_messages)]
struct Row {
    message_key: String,
    sender: String,
    reply_to: Option<String>,
    recipient: String,
    subject: String,
    text_body: String,
    html_body: String,
    status: String,
    secret: Option<Vec<u8>>,
}

impl Row {
    /// Puts the secret in its place.
    fn open(mut self, vault: &Vault) -> Result<Self, JobError> {
        for text in [&mut self.text_body, &mut self.html_body] {
            let filled = reveal(vault, &self.message_key, text, self.secret.as_deref());
            *text = filled.map_err(|error| JobError::Fail(error.to_string()))?;
        }
        Ok(self)
    }

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
    let row = load(&context, id).await?;
    if row.status == "sent" {
        return Ok(());
    }
    let services = context.services().clone();
    let outcome = match row.open(&services.vault) {
        Ok(row) => transmit(id, &row, &services.config.mail).await,
        Err(error) => Err(error),
    };
    let status = match &outcome {
        Ok(()) => "sent",
        Err(JobError::Retry(_)) if !context.last_attempt() => return outcome,
        Err(_) => "failed",
    };
    note(&context, id, status, outcome.is_ok()).await?;
    outcome
}

async fn load(context: &JobContext, id: Uuid) -> Result<Row, JobError> {
    if context.store().is_ok() {
        context.read(move |tx| find(tx.store_id(), id, tx.conn())).await
    } else {
        let look = move |tx: &mut PlatformTx| find(NO_STORE.0, id, tx.conn());
        context.platform_tx(look).await
    }
}

/// What came of it; where a store's mail was sent, that the job is over is the same commit.
async fn note(context: &JobContext, id: Uuid, status: &'static str, last: bool) -> Result<(), JobError> {
    let of_store = move |tx: &mut StoreTx| {
        tx.no_audit("mail_messages is itself the log of what was sent");
        let (store, now) = (tx.store_id(), tx.now());
        mark(store, id, (status, now), tx.conn())
    };
    match context.store() {
        Ok(_) if last => context.last_tx(of_store).await,
        Ok(_) => context.tx(of_store).await,
        Err(_) => {
            let of_platform = move |tx: &mut PlatformTx| {
                tx.no_audit("mail_messages is itself the log of what was sent");
                let now = tx.now();
                mark(NO_STORE.0, id, (status, now), tx.conn())
            };
            context.platform_tx(of_platform).await
        }
    }
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

fn find(store: Uuid, id: Uuid, conn: &mut PgConnection) -> Result<Row, DbError> {
    let found = mail_messages::table
        .filter(mail_messages::store_id.eq(store))
        .filter(mail_messages::id.eq(id));
    Ok(found.select(Row::as_select()).first(conn)?)
}

/// Whoever was to read the secret has it, or nobody will: nothing of it stays.
fn mark(store: Uuid, id: Uuid, (status, now): (&str, DateTime<Utc>), conn: &mut PgConnection) -> Result<(), DbError> {
    let row = mail_messages::table
        .filter(mail_messages::store_id.eq(store))
        .filter(mail_messages::id.eq(id));
    diesel::update(row)
        .set((
            mail_messages::status.eq(status),
            mail_messages::sent_at.eq((status == "sent").then_some(now)),
            mail_messages::secret.eq(None::<Vec<u8>>),
        ))
        .execute(conn)?;
    Ok(())
}
