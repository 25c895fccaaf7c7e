//! Addresses of a store's customers: proving that one reads their mails, and having another one.

use orion_events::{CustomerEmailChanged, CustomerEmailVerified, CustomerFacts};
use orion_framework::auth::{CustomerSessions, SessionTable, Vault, flow};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::gate::{Customer, CustomerIdentity};
use orion_framework::mail::{self, Secret};
use orion_framework::module::RegisteredError;
use orion_framework::tenancy::StoreContext;
use orion_i18n::{Locale, Text, fill};
use orion_types::auth::{ChangeEmail, ConfirmEmail};
use orion_types::validation::email_spellings;
use orion_types::{CustomerId, SessionId};

use super::{EMAIL_LINK_LIFETIME, another_address, room};
use crate::Accounts;
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::customer_email_links::{self as email_links, LinkRow};
use crate::queries::customer_links;
use crate::queries::customers::{self, CustomerRow};
use crate::token::Token;

/// Sends the link to somebody who has just made an account, unless as many as there may be were sent there.
pub(crate) fn greet(tx: &mut StoreTx, vault: &Vault, customer: CustomerId) -> Result<(), RegisteredError> {
    let Some(row) = customers::lock(tx, customer.0)? else {
        return Err(DbError::NotFound.into());
    };
    let link = own_link(&row);
    if has_room(tx, &row, &link)?.is_err() {
        return Ok(());
    }
    send(tx, vault, &row, &link)
}

fn own_link(customer: &CustomerRow) -> LinkRow {
    LinkRow {
        customer_id: customer.id,
        email: customer.email.clone(),
    }
}

fn has_room(tx: &mut StoreTx, customer: &CustomerRow, link: &LinkRow) -> Result<Result<(), PeopleError>, diesel::result::Error> {
    let now = tx.now();
    let own = link.email == customer.email;
    let sent = email_links::list_times_since(tx, link, own, now - EMAIL_LINK_LIFETIME)?;
    Ok(room(&sent, now))
}

/// Sends the link again.
pub(crate) fn ask(tx: &mut StoreTx, vault: &Vault, customer: &CustomerIdentity) -> Result<(), PeopleError> {
    let row = customers::lock(tx, customer.id.0)?.ok_or(DbError::NotFound)?;
    if row.email_verified_at.is_some() {
        return Err(PeopleError::AlreadyVerified);
    }
    let link = own_link(&row);
    has_room(tx, &row, &link)??;
    Ok(send(tx, vault, &row, &link)?)
}

/// Sends a link, which ends those before it.
fn send(tx: &mut StoreTx, vault: &Vault, customer: &CustomerRow, link: &LinkRow) -> Result<(), RegisteredError> {
    email_links::void(tx, customer.id)?;
    let (id, token, ends) = (tx.new_id(), Token::random(), tx.now() + EMAIL_LINK_LIFETIME);
    email_links::insert(tx, id, link, Some(token.hash()), ends)?;
    let mail = link_letter(tx.store(), customer, link).to(&link.email, format!("email-link:{id}"));
    let secret = Secret::lock(vault, &mail, token.reveal())?;
    mail::queue_secret(tx, &mail, secret)?;
    tx.audit(AuditEntry::new("customer.email_link_sent", "customers", customer.id).note("email", &link.email));
    Ok(())
}

/// Words in the language of a customer, with their name and the shop's in place.
fn words(store: &StoreContext, customer: &CustomerRow) -> impl Fn(Text) -> String {
    let locale = Locale::parse(&customer.locale).unwrap_or_default();
    let (shop, name) = (store.name.clone(), customer.name.clone());
    move |text| fill(text.words(locale), &[("shop", &shop), ("name", &name)])
}

fn link_letter(store: &StoreContext, customer: &CustomerRow, link: &LinkRow) -> Letter {
    let words = words(store, customer);
    let (subject, text) = if link.email == customer.email {
        (Text::MailEmailSubject, Text::MailEmailText)
    } else {
        (Text::MailNewEmailSubject, Text::MailNewEmailText)
    };
    Letter {
        subject: words(subject),
        paragraphs: vec![words(Text::MailGreeting), words(text)],
        link: Some((words(Text::MailEmailLink), links::customer_email(store))),
        closing: vec![words(Text::MailEmailOnce), words(Text::MailFarewell)],
    }
}

/// Asks for another address, whose owner gets a link; the one that there is stays until then, and is told. The password is asked for again.
pub(crate) async fn change(customer: &Customer<Accounts>, asked: ChangeEmail) -> Result<(), PeopleError> {
    let identity = customer.identity().clone();
    let email = another_address(&asked.email, &identity.email)?;
    let (accounts, context, store) = (customer.accounts(), customer.context(), customer.store());
    flow::check_customer_password(accounts, context, store, &identity, &asked.current_password).await?;
    let vault = customer.services().vault.clone();
    customer.tx(move |tx| ask_for_another(tx, &vault, &identity, email)).await
}

fn ask_for_another(tx: &mut StoreTx, vault: &Vault, customer: &CustomerIdentity, email: String) -> Result<(), PeopleError> {
    let row = customers::lock(tx, customer.id.0)?.ok_or(DbError::NotFound)?;
    let link = LinkRow {
        customer_id: row.id,
        email,
    };
    has_room(tx, &row, &link)??;
    let id = tx.new_id();
    if customers::is_taken(tx, &link.email)? {
        // Whoever asks is told the same; whoever has the address hears of it.
        email_links::void(tx, row.id)?;
        let ends = tx.now() + EMAIL_LINK_LIFETIME;
        email_links::insert(tx, id, &link, None, ends)?;
        let mail = taken_letter(tx.store(), &row).to(&link.email, format!("email-taken:{id}"));
        mail::queue(tx, mail)?;
    } else {
        send(tx, vault, &row, &link)?;
    }
    let notice = asked_letter(tx.store(), &row).to(&row.email, format!("email-asked:{id}"));
    mail::queue(tx, notice)?;
    tx.audit(AuditEntry::new("customer.email_change_asked", "customers", row.id).note("email", &link.email));
    Ok(())
}

/// To somebody of whom it is not told what they are called.
fn taken_letter(store: &StoreContext, customer: &CustomerRow) -> Letter {
    let words = words(store, customer);
    Letter {
        subject: words(Text::MailEmailTakenSubject),
        paragraphs: vec![words(Text::MailEmailTakenText), words(Text::MailFarewell)],
        ..Letter::default()
    }
}

fn asked_letter(store: &StoreContext, customer: &CustomerRow) -> Letter {
    let words = words(store, customer);
    Letter {
        subject: words(Text::MailEmailAskedSubject),
        paragraphs: vec![words(Text::MailGreeting), words(Text::MailEmailAskedText)],
        link: None,
        closing: vec![words(Text::MailEmailAskedOther), words(Text::MailFarewell)],
    }
}

fn changed_letter(store: &StoreContext, customer: &CustomerRow) -> Letter {
    let words = words(store, customer);
    Letter {
        subject: words(Text::MailEmailChangedSubject),
        paragraphs: vec![words(Text::MailGreeting), words(Text::MailEmailChangedText)],
        link: None,
        closing: vec![words(Text::MailEmailChangedOther), words(Text::MailFarewell)],
    }
}

/// Follows a link. Only the account that it was sent for can: whoever reads the mails of an address must not lend it to an account that somebody
/// else has made with it, and a link that waits is worth nothing to whoever was signed out meanwhile.
pub(crate) fn follow(tx: &mut StoreTx, identity: &CustomerIdentity, asked: &ConfirmEmail) -> Result<(), PeopleError> {
    let token = Token::parse(&asked.token).ok_or(PeopleError::LinkEnded)?.hash();
    // The account before its link, as whoever sends one holds them.
    let customer = customers::lock(tx, identity.id.0)?.ok_or(PeopleError::LinkEnded)?;
    let email = email_links::take(tx, customer.id, &token)?.ok_or(PeopleError::LinkEnded)?;
    if email_spellings(&customer.email).contains(&email) {
        prove(tx, &customer)
    } else {
        have(tx, &customer, &email, identity.session_id)
    }
}

/// Notes that the owner of an account reads the mails of its address, such as one that a link was in; what was ordered with it joins the account.
pub(crate) fn prove(tx: &mut StoreTx, customer: &CustomerRow) -> Result<(), PeopleError> {
    email_links::void(tx, customer.id)?;
    if customer.email_verified_at.is_some() {
        tx.no_audit("it was proved before");
        return Ok(());
    }
    customers::set_verified(tx, customer.id, &customer.email)?;
    tx.audit(AuditEntry::new("customer.email_verified", "customers", customer.id).note("email", &customer.email));
    proved(tx, CustomerId(customer.id), &customer.email)
}

fn proved(tx: &mut StoreTx, customer_id: CustomerId, email: &str) -> Result<(), PeopleError> {
    tx.emit(&CustomerEmailVerified(CustomerFacts { customer_id }));
    for module in tx.modules().all() {
        if let Some(hook) = module.on_email_verified {
            hook(tx, customer_id, email)?;
        }
    }
    Ok(())
}

/// Gives an account the address whose link was followed. Links that the old one was sent are worth nothing from now on, and every session ends but
/// the one of whoever followed it.
fn have(tx: &mut StoreTx, customer: &CustomerRow, email: &str, here: SessionId) -> Result<(), PeopleError> {
    if customers::is_taken(tx, email)? {
        return Err(PeopleError::LinkEnded);
    }
    let id = customer.id;
    customers::retire_guest(tx, email)?;
    customers::set_verified(tx, id, email).map_err(|error| match DbError::from(error) {
        error if error.is_unique("customers_email") => PeopleError::LinkEnded,
        error => PeopleError::Db(error),
    })?;
    email_links::void(tx, id)?;
    customer_links::void(tx, id)?;
    let ended = CustomerSessions::new(tx).revoke_all(id, Some(here))?;
    let key = format!("email-changed:{}", tx.new_id());
    let notice = changed_letter(tx.store(), customer).to(&customer.email, key);
    mail::queue(tx, notice)?;
    let entry = AuditEntry::new("customer.email_changed", "customers", id).note("sessions_ended", ended.len());
    tx.audit(entry.change("email", &customer.email, email));
    let customer_id = CustomerId(id);
    tx.emit(&CustomerEmailChanged(CustomerFacts { customer_id }));
    proved(tx, customer_id, email)
}
