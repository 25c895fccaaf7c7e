//! Passkeys of a shop's customers. An account is one store's, and so are its passkeys.
//!
//! A passkey is another way in beside the password, and worth as much: customers have no second factor that it could stand for. Whoever chooses
//! another password by a link gets the account without them, since somebody else may have added one.

pub(crate) mod own;
pub(crate) mod register;
pub(crate) mod sign_in;

use orion_framework::Services;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::mail;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_i18n::{Locale, Text, fill};
use orion_types::passkey::PasskeyChallenge;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::challenge::make;
use super::{LIFETIME, Site};
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::queries::customer_passkey_challenges::{self, Asked};
use crate::queries::customers::CustomerRow;
use crate::queries::passkeys::PasskeyRow;
use crate::token::Token;

impl Site {
    /// The page of a shop, which devices call by the shop's name.
    pub(crate) fn of_shop(services: &Services, context: &RequestContext, store: &StoreContext) -> Result<Self, PeopleError> {
        Self::named(services, context, &store.name)
    }
}

/// Keeps what the answer will be checked by, and makes what the browser gets.
fn open(tx: &mut StoreTx, asked: &Asked, options: &impl Serialize, state: &impl Serialize) -> Result<PasskeyChallenge, PeopleError> {
    let made = make(options, state)?;
    let end = tx.now() + LIFETIME;
    customer_passkey_challenges::insert(tx, asked, (&made.hash, &made.state), end)?;
    Ok(made.shown)
}

/// Uses one up; `None` when it is none, none any more, or somebody else's.
fn take<T: DeserializeOwned>(tx: &mut StoreTx, asked: &Asked, token: &str) -> Result<Option<T>, PeopleError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let state = customer_passkey_challenges::take(tx, &token.hash(), asked)?;
    Ok(state.map(orion_framework::db::read_json).transpose()?)
}

/// Tells a customer by mail what has become of a passkey.
fn tell(tx: &mut StoreTx, customer: &CustomerRow, passkey: &PasskeyRow, (subject, said): (Text, Text)) -> Result<(), DbError> {
    let locale = Locale::parse(&customer.locale).unwrap_or_default();
    let shop = tx.store().name.clone();
    let values = [
        ("shop", shop.as_str()),
        ("name", customer.name.as_str()),
        ("passkey", passkey.name.as_str()),
        ("host", passkey.host.as_str()),
    ];
    let words = |text: Text| fill(text.words(locale), &values);
    let letter = Letter {
        subject: words(subject),
        paragraphs: vec![words(Text::MailGreeting), words(said)],
        link: None,
        closing: vec![words(Text::MailPasskeyOther), words(Text::MailFarewell)],
    };
    let id = tx.new_id();
    mail::queue(tx, letter.to(&customer.email, format!("passkey:{id}")))
}
