//! Outgoing mail: a row and a job in the caller's transaction, sent after the commit.
//!
//! Without an SMTP server the rows themselves are the mailbox, which `/dev/mailbox` shows.

mod message;
mod send;
#[cfg(test)]
mod tests;

use std::time::Duration;

use diesel::prelude::*;
use orion_schema::mail_messages;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::{Actor, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::health::HealthCheck;
use crate::job::{Job, JobHandler, JobOptions, JobRun, failing};

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
}

/// The jobs of the framework itself.
pub static JOBS: &[JobHandler] = &[JobHandler {
    kind: SendMail::KIND,
    run: JobRun::Async(|context, payload| Box::pin(send::send(context, payload))),
}];

/// Queues a mail of the transaction's store; nothing happens when one of its key is there already. Without a mail server it has arrived where
/// it stays, and no job has to say so.
pub fn queue(tx: &mut StoreTx, mail: Mail) -> Result<(), DbError> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    let leaves = tx.mails_leave();
    let (sender, reply_to) = (tx.store().name.clone(), tx.store().contact_email.clone());
    let written = diesel::insert_into(mail_messages::table)
        .values((
            mail_messages::store_id.eq(store),
            mail_messages::id.eq(id),
            mail_messages::message_key.eq(&mail.key),
            mail_messages::sender.eq(sender),
            mail_messages::reply_to.eq(reply_to),
            mail_messages::recipient.eq(&mail.to),
            mail_messages::subject.eq(&mail.subject),
            mail_messages::text_body.eq(&mail.text),
            mail_messages::html_body.eq(&mail.html),
            mail_messages::status.eq(if leaves { "queued" } else { "sent" }),
            mail_messages::created_at.eq(now),
            mail_messages::sent_at.eq((!leaves).then_some(now)),
        ))
        .on_conflict((mail_messages::store_id, mail_messages::message_key))
        .do_nothing()
        .execute(tx.conn())?;
    if leaves && written == 1 {
        tx.enqueue_with(
            &SendMail { message_id: id },
            JobOptions {
                unique_key: Some(mail.key),
                ..JobOptions::for_days()
            },
        );
    }
    tx.no_audit("mail_messages is itself the log of what was sent");
    Ok(())
}

/// Whether mails leave.
pub(crate) static DELIVERY: HealthCheck = HealthCheck {
    name: "mail.delivery",
    timeout: Duration::from_secs(2),
    run: |services| {
        Box::pin(async move {
            let look = |tx: &mut PlatformTx| failing(tx, SendMail::KIND, "mails");
            let found = services.platform_tx(Actor::system("health"), RequestMeta::default(), look).await;
            found.map_err(|error| error.to_string())?.map_or(Ok(()), Err)
        })
    },
};
