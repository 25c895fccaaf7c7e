//! Mails with something in them that only their reader may see, such as a link that lets in.
//!
//! It is encrypted in the row beside the texts, which hold [`PLACE`] where it belongs, and is put there when the mail leaves. Then the row
//! forgets it.

use crate::schema::mail_messages;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::NO_STORE;
use uuid::Uuid;

use super::{Mail, SendMail};
use crate::Services;
use crate::auth::{Vault, VaultError};
use crate::db::{DbError, PlatformTx, StoreTx};
use crate::job::JobOptions;

/// Stands in the texts of a mail where the secret belongs.
pub const PLACE: &str = "{secret}";

/// What a mail keeps to itself, encrypted.
#[derive(Debug)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Encrypts it for this mail and no other.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn lock(vault: &Vault, mail: &Mail, text: &str) -> Result<Self, VaultError> {
        vault.lock(&place(&mail.key), text.as_bytes()).map(Self)
    }
}

/// A text of a mail with its secret in its place; as it is when the mail has none.
///
/// # Errors
/// When the secret was not encrypted by this server for the mail of this key.
pub fn reveal(vault: &Vault, key: &str, text: &str, secret: Option<&[u8]>) -> Result<String, VaultError> {
    let Some(kept) = secret else {
        return Ok(text.to_owned());
    };
    let secret = String::from_utf8(vault.open(&place(key), kept)?).map_err(|_| VaultError)?;
    Ok(text.replace(PLACE, &secret))
}

fn place(key: &str) -> String {
    format!("mail {key}")
}

/// Queues a mail of the transaction's store with a secret; nothing happens when one of its key is there already.
pub fn queue_secret(tx: &mut StoreTx, mail: &Mail, secret: Secret) -> Result<(), DbError> {
    let (leaves, now) = (tx.mails_leave(), tx.now());
    let store = tx.store().clone();
    let row = New {
        store: store.id.0,
        id: tx.new_id(),
        sender: &store.name,
        reply_to: Some(&store.contact_email),
        leaves,
        now,
    };
    if insert(tx.conn(), &row, mail, Some(secret))? && leaves {
        tx.enqueue_with(&SendMail { message_id: row.id }, options(mail));
    }
    tx.no_audit("mail_messages is itself the log of what was sent");
    Ok(())
}

/// Queues a mail of the platform to somebody who works with it, with a secret or without; its sender is the platform's own address.
pub fn queue_for_platform(tx: &mut PlatformTx, services: &Services, mail: &Mail, secret: Option<Secret>) -> Result<(), DbError> {
    let leaves = services.config.mail.smtp_url.is_some();
    let row = New {
        store: NO_STORE.0,
        id: tx.new_id(),
        sender: "",
        reply_to: None,
        leaves,
        now: tx.now(),
    };
    if insert(tx.conn(), &row, mail, secret)? && leaves {
        tx.enqueue_with(NO_STORE, &SendMail { message_id: row.id }, options(mail));
    }
    Ok(())
}

fn options(mail: &Mail) -> JobOptions {
    JobOptions {
        unique_key: Some(mail.key.clone()),
        ..JobOptions::default()
    }
}

/// What of a row is not the mail's own.
struct New<'a> {
    store: Uuid,
    id: Uuid,
    sender: &'a str,
    reply_to: Option<&'a str>,
    leaves: bool,
    now: DateTime<Utc>,
}

/// Writes the row; false when there is one of the key.
fn insert(conn: &mut PgConnection, row: &New<'_>, mail: &Mail, secret: Option<Secret>) -> QueryResult<bool> {
    use mail_messages::dsl;
    let written = diesel::insert_into(mail_messages::table)
        .values((
            (
                dsl::store_id.eq(row.store),
                dsl::id.eq(row.id),
                dsl::message_key.eq(&mail.key),
                dsl::sender.eq(row.sender),
                dsl::reply_to.eq(row.reply_to),
                dsl::recipient.eq(&mail.to),
                dsl::subject.eq(&mail.subject),
                dsl::text_body.eq(&mail.text),
                dsl::html_body.eq(&mail.html),
            ),
            dsl::secret.eq(secret.map(|secret| secret.0)),
            dsl::status.eq(if row.leaves { "queued" } else { "sent" }),
            dsl::created_at.eq(row.now),
            dsl::sent_at.eq((!row.leaves).then_some(row.now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(written > 0)
}
