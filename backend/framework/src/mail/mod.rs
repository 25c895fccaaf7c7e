//! Outgoing mail: a row and a job in the caller's transaction, sent after the commit.
//!
//! Without an SMTP server the rows themselves are the mailbox, which `/dev/mailbox` shows.

mod message;
mod secret;
mod send;
#[cfg(test)]
mod tests;

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use secret::{PLACE, Secret, queue_for_platform, queue_secret, reveal};

use crate::db::{DbError, Statement, StatementText, StoreTx};
use crate::health::HealthCheck;
use crate::job::{Job, JobHandler, JobOptions, JobRun, Patience, failing};

/// A mail to a customer or member of staff.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Names the occasion, such as `order-confirmation:{id}`; a mail of the same key is the same mail and goes out once.
    pub key: String,
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part, with everything from outside escaped.
    pub html: String,
}

/// Sends one mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The row.
    pub message_id: Uuid,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    const PATIENCE: Patience = Patience::DAYS;
}

/// The jobs of the framework itself.
pub static JOBS: &[JobHandler] = &[JobHandler {
    kind: SendMail::KIND,
    run: JobRun::Async(|context, payload| Box::pin(send::send(context, payload))),
}];

struct Write;

impl StatementText for Write {
    const SQL: &'static str = "
INSERT INTO mail_messages
    (store_id, id, message_key, sender, reply_to, recipient, subject, text_body, html_body, status, created_at, sent_at)
SELECT $1, m.id, m.message_key, $2, $3, m.recipient, m.subject, m.text_body, m.html_body, $4, $5, $6
FROM unnest($7, $8, $9, $10, $11, $12) AS m (id, message_key, recipient, subject, text_body, html_body)
ON CONFLICT (store_id, message_key) DO NOTHING
RETURNING id";
    type Row = SqlUuid;
}

/// Queues a mail of the transaction's store; nothing happens when one of its key is there already. Without a mail server it has arrived where
/// it stays, and no job has to say so.
pub fn queue(tx: &mut StoreTx, mail: Mail) -> Result<(), DbError> {
    queue_all(tx, vec![mail])
}

/// Likewise with several.
pub fn queue_all(tx: &mut StoreTx, mails: Vec<Mail>) -> Result<(), DbError> {
    let (leaves, now) = (tx.mails_leave(), tx.now());
    let ids: Vec<Uuid> = mails.iter().map(|_| tx.new_id()).collect();
    let texts = |text: fn(&Mail) -> &str| mails.iter().map(text).collect::<Vec<_>>().into_sql::<Array<Text>>();
    let (sender, reply_to) = (tx.store().name.clone(), tx.store().contact_email.clone());
    let write = Statement::<Write, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        sender.into_sql::<Text>(),
        reply_to.into_sql::<Text>(),
        (if leaves { "queued" } else { "sent" }).into_sql::<Text>(),
        now.into_sql::<Timestamptz>(),
        (!leaves).then_some(now).into_sql::<Nullable<Timestamptz>>(),
        ids.clone().into_sql::<Array<SqlUuid>>(),
        texts(|mail| &mail.key),
        texts(|mail| &mail.to),
        texts(|mail| &mail.subject),
        texts(|mail| &mail.text),
        texts(|mail| &mail.html),
    ));
    let written: Vec<Uuid> = write.load(tx.conn())?;
    for (message_id, mail) in ids.into_iter().zip(mails) {
        if leaves && written.contains(&message_id) {
            let options = JobOptions {
                unique_key: Some(mail.key),
                ..JobOptions::default()
            };
            tx.enqueue_with(&SendMail { message_id }, options);
        }
    }
    tx.no_audit("mail_messages is itself the log of what was sent");
    Ok(())
}

/// Whether mails leave.
pub(crate) static DELIVERY: HealthCheck = HealthCheck {
    name: "mail.delivery",
    timeout: Duration::from_secs(2),
    only_degrades: true,
    run: |context| {
        Box::pin(async move {
            let found = context.look(|tx| failing(tx, SendMail::KIND, "mails")).await;
            found.map_err(|error| error.to_string())?.map_or(Ok(()), Err)
        })
    },
};
