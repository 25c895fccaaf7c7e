//! New passwords of a store's customers.

use orion_events::{CustomerFacts, CustomerPasswordChanged};
use orion_framework::auth::flow::chosen_hash;
use orion_framework::auth::{CustomerSessions, SessionTable, Vault};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::gate::Anonymous;
use orion_framework::mail::{self, Secret};
use orion_framework::tenancy::StoreContext;
use orion_i18n::{Locale, Text, fill};
use orion_types::CustomerId;
use orion_types::auth::{AskPasswordLink, ResetPassword};

use super::{LINK_LIFETIME, MOST_LINKS, asked_for, brake, customer_emails};
use crate::error::PeopleError;
use crate::jobs::{SendCustomerLink, one_for};
use crate::letter::Letter;
use crate::links;
use crate::queries::customer_links;
use crate::queries::customer_passkey_challenges;
use crate::queries::customer_passkeys;
use crate::queries::customers::{self, CustomerRow};
use crate::token::Token;

/// Notes that somebody asks for a link. Whether the address has an account is not looked at before the answer is given.
pub(crate) async fn ask(anybody: &Anonymous, store: &StoreContext, asked: &AskPasswordLink) -> Result<(), PeopleError> {
    let email = asked_for(asked)?;
    brake(anybody, store.id.0, &format!("password link {email}"))?;
    let options = one_for(email.clone());
    let note = move |tx: &mut StoreTx| {
        tx.enqueue_with(&SendCustomerLink { email }, options);
        tx.no_audit("whether there is an account is looked at by the job");
        Ok::<_, DbError>(())
    };
    Ok(anybody.store_tx(store, note).await?)
}

/// Sends the link, if the address has an account in this store.
pub(crate) fn send_link(tx: &mut StoreTx, vault: &Vault, email: &str) -> Result<(), PeopleError> {
    let Some(customer) = customers::lock_by_email(tx, email)? else {
        tx.no_audit("nobody has this address");
        return Ok(());
    };
    let now = tx.now();
    if customer_links::count_since(tx, customer.id, now - LINK_LIFETIME)? >= MOST_LINKS {
        tx.no_audit("as many as there may be were sent");
        return Ok(());
    }
    customer_links::void(tx, customer.id)?;
    let (id, token) = (tx.new_id(), Token::random());
    customer_links::insert(tx, id, customer.id, token.hash(), now + LINK_LIFETIME)?;
    let mail = link_letter(tx.store(), &customer).to(&customer.email, format!("password-link:{id}"));
    let secret = Secret::lock(vault, &mail, token.reveal())?;
    mail::queue_secret(tx, &mail, secret)?;
    tx.audit(AuditEntry::new("customer.password_link_sent", "customers", customer.id));
    Ok(())
}

/// Words in the language of a customer, with their name and the shop's in place.
fn words(store: &StoreContext, customer: &CustomerRow) -> impl Fn(Text) -> String {
    let locale = Locale::parse(&customer.locale).unwrap_or_default();
    let (shop, name) = (store.name.clone(), customer.name.clone());
    move |text| fill(text.words(locale), &[("shop", &shop), ("name", &name)])
}

fn link_letter(store: &StoreContext, customer: &CustomerRow) -> Letter {
    let words = words(store, customer);
    Letter {
        subject: words(Text::MailPasswordSubject),
        paragraphs: vec![words(Text::MailGreeting), words(Text::MailPasswordText)],
        link: Some((words(Text::MailPasswordLink), links::customer_password(store))),
        closing: vec![words(Text::MailPasswordOnce), words(Text::MailFarewell)],
    }
}

/// `bare` where the account had passkeys, and has none any more.
fn changed_letter(store: &StoreContext, customer: &CustomerRow, bare: bool) -> Letter {
    let words = words(store, customer);
    let passkeys = bare.then(|| words(Text::MailPasswordPasskeysText));
    Letter {
        subject: words(Text::MailPasswordChangedSubject),
        paragraphs: [words(Text::MailGreeting), words(Text::MailPasswordChangedText)]
            .into_iter()
            .chain(passkeys)
            .collect(),
        link: None,
        closing: vec![words(Text::MailPasswordChangedOther), words(Text::MailFarewell)],
    }
}

/// Chooses the new password by a link.
pub(crate) async fn reset(anybody: &Anonymous, store: &StoreContext, asked: ResetPassword) -> Result<(), PeopleError> {
    let attempt = brake(anybody, store.id.0, "password link")?;
    let hash = Token::parse(&asked.token).ok_or(PeopleError::LinkEnded)?.hash();
    let services = anybody.services().clone();
    let wanted = hash.clone();
    let look = move |tx: &mut StoreTx| {
        tx.no_audit("a look at whose link it is");
        let customer = customer_links::find(tx, &wanted)?.ok_or(PeopleError::LinkEnded)?;
        customers::lock(tx, customer)?.ok_or(PeopleError::LinkEnded)
    };
    let customer: CustomerRow = anybody.store_tx(store, look).await?;
    let personal = vec![customer.email, customer.name, store.name.clone()];
    let password = chosen_hash(&services.passwords, asked.new_password, personal).await?;
    anybody.store_tx(store, move |tx| set(tx, &hash, &password)).await?;
    services.brake.succeeded(attempt);
    Ok(())
}

/// Uses the link up, and with it every other one, every session and every passkey of the account, those that are being made included: whoever had got
/// into it may have added one, which would go on to let them in.
fn set(tx: &mut StoreTx, token: &[u8], password: &str) -> Result<(), PeopleError> {
    // The account before its link, as whoever sends one holds them.
    let id = customer_links::find(tx, token)?.ok_or(PeopleError::LinkEnded)?;
    let customer = customers::lock(tx, id)?.ok_or(PeopleError::LinkEnded)?;
    if !customer_links::take(tx, token)? {
        return Err(PeopleError::LinkEnded);
    }
    customer_links::void(tx, id)?;
    customers::set_password(tx, id, password)?;
    customer_emails::prove(tx, &customer)?;
    let ended = CustomerSessions::new(tx).revoke_all(id, None)?;
    let removed = customer_passkeys::delete_all(tx, id)?;
    customer_passkey_challenges::delete_all(tx, id)?;
    let key = format!("password-changed:{}", tx.new_id());
    let mail = changed_letter(tx.store(), &customer, removed > 0).to(&customer.email, key);
    mail::queue(tx, mail)?;
    let entry = AuditEntry::new("customer.password_reset", "customers", id).note("sessions_ended", ended.len());
    tx.audit(entry.note("passkeys_removed", removed));
    let customer_id = CustomerId(id);
    tx.emit(&CustomerPasswordChanged(CustomerFacts { customer_id }));
    Ok(())
}
