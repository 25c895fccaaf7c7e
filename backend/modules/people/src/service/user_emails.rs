//! Addresses of administrators and staff: proving that one reads their mails, and having another one.

use orion_framework::Services;
use orion_framework::auth::{Accounts, SessionTable, UserArea, UserSessions, flow};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::UserIdentity;
use orion_framework::mail::{self, Secret};
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_types::SessionId;
use orion_types::auth::{ChangeEmail, ConfirmEmail};
use orion_types::validation::email_spellings;
use uuid::Uuid;

use super::passkeys::guard;
use super::{EMAIL_LINK_LIFETIME, another_address, room};
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::user_email_links::{self as email_links, LinkRow, NewLink};
use crate::queries::user_links;
use crate::queries::users::{self, UserRow};
use crate::token::Token;

/// By which door somebody came who asks for a link, which leads back there.
pub(crate) struct Door {
    pub(crate) area: UserArea,
    /// The store in whose dashboard they are.
    pub(crate) store: Option<StoreContext>,
}

fn own_link(user: &UserRow) -> LinkRow {
    LinkRow {
        user_id: user.id,
        email: user.email.clone(),
    }
}

fn has_room(tx: &mut PlatformTx, user: &UserRow, link: &LinkRow) -> Result<(), PeopleError> {
    let now = tx.now();
    let own = link.email == user.email;
    let sent = email_links::list_times_since(tx.conn(), link, own, now - EMAIL_LINK_LIFETIME)?;
    room(&sent, now)
}

/// Sends the link.
pub(crate) fn ask(tx: &mut PlatformTx, services: &Services, door: &Door, user: &UserIdentity) -> Result<(), PeopleError> {
    let row = users::lock(tx.conn(), door.area, user.id.0)?.ok_or(DbError::NotFound)?;
    if row.email_verified_at.is_some() {
        return Err(PeopleError::AlreadyVerified);
    }
    let link = own_link(&row);
    has_room(tx, &row, &link)?;
    send(tx, services, door, (&row, &link))
}

/// Sends a link, which ends those before it.
fn send(tx: &mut PlatformTx, services: &Services, door: &Door, (user, link): (&UserRow, &LinkRow)) -> Result<(), PeopleError> {
    let area = door.area;
    let url = match &door.store {
        // Where they are signed in already.
        Some(store) => links::user_email_in(store),
        None => {
            let domain = users::find_home(tx.conn(), area, user.id)?.ok_or(DbError::NotFound)?;
            links::user_email(&services.config.origin(), area, &domain)
        }
    };
    let token = Token::random();
    let id = add(tx, area, link, Some(token.hash()))?;
    let mail = link_letter(user, link, url).to(&link.email, format!("email-link:{id}"));
    let secret = Secret::lock(&services.vault, &mail, token.reveal())?;
    mail::queue_for_platform(tx, services, &mail, Some(secret))?;
    let entry = AuditEntry::new("user.email_link_sent", "users", user.id);
    tx.audit(None, entry.note("email", &link.email).note("area", area.audience().as_str()));
    Ok(())
}

fn add(tx: &mut PlatformTx, area: UserArea, link: &LinkRow, token_hash: Option<Vec<u8>>) -> Result<Uuid, PeopleError> {
    let (id, now) = (tx.new_id(), tx.now());
    email_links::void(tx.conn(), link.user_id)?;
    let new = NewLink {
        id,
        area,
        link,
        token_hash,
        created_at: now,
        expires_at: now + EMAIL_LINK_LIFETIME,
    };
    email_links::insert(tx.conn(), new)?;
    Ok(id)
}

fn link_letter(user: &UserRow, link: &LinkRow, url: String) -> Letter {
    let (subject, text) = if link.email == user.email {
        (
            "Confirm your e-mail address",
            "please confirm that this is the address of your account.",
        )
    } else {
        (
            "Confirm your new e-mail address",
            "please confirm that your account is to have this address from now on.",
        )
    };
    Letter {
        subject: subject.to_owned(),
        paragraphs: vec![format!("Hello {},", user.name), text.to_owned()],
        link: Some(("Confirm the address".to_owned(), url)),
        closing: vec!["The link works once and within a day. If it was not you, there is nothing to do.".to_owned()],
    }
}

/// Who asks, and by which door they came.
pub(crate) struct Asker<'a> {
    pub(crate) accounts: Accounts<'a>,
    pub(crate) context: &'a RequestContext,
    pub(crate) area: UserArea,
    pub(crate) user: &'a UserIdentity,
}

impl Asker<'_> {
    /// Asks for password and second factor again.
    pub(crate) async fn prove(&self, asked: &ChangeEmail) -> Result<(), PeopleError> {
        let Self {
            accounts,
            context,
            area,
            user,
        } = *self;
        let given = (asked.current_password.as_str(), asked.one_time_code.as_str());
        flow::check_user(accounts, context, area, user, given).await?;
        Ok(())
    }
}

/// Whether somebody may ask for another address, as it is written down. A code counts once, so this is told before one is used up.
pub(crate) fn judge(tx: &mut PlatformTx, area: UserArea, user: &UserIdentity, asked: &str) -> Result<String, PeopleError> {
    tx.no_audit("nothing is asked for yet");
    guard(tx, user)?;
    let email = another_address(asked, &user.email)?;
    let row = users::lock(tx.conn(), area, user.id.0)?.ok_or(DbError::NotFound)?;
    let link = LinkRow { user_id: row.id, email };
    has_room(tx, &row, &link)?;
    Ok(link.email)
}

/// Asks for another address, whose owner gets a link; the one that there is stays until then, and is told.
pub(crate) fn change(
    tx: &mut PlatformTx,
    services: &Services,
    door: &Door,
    (user, email): (&UserIdentity, String),
) -> Result<(), PeopleError> {
    let area = door.area;
    let row = users::lock(tx.conn(), area, user.id.0)?.ok_or(DbError::NotFound)?;
    let link = LinkRow { user_id: row.id, email };
    has_room(tx, &row, &link)?;
    if users::find_id(tx.conn(), &link.email)?.is_some() {
        // Whoever asks is told the same; whoever has the address hears of it.
        let id = add(tx, area, &link, None)?;
        let mail = taken_letter().to(&link.email, format!("email-taken:{id}"));
        mail::queue_for_platform(tx, services, &mail, None)?;
    } else {
        send(tx, services, door, (&row, &link))?;
    }
    let id = tx.new_id();
    let notice = asked_letter(&row).to(&row.email, format!("email-asked:{id}"));
    mail::queue_for_platform(tx, services, &notice, None)?;
    let entry = AuditEntry::new("user.email_change_asked", "users", row.id);
    tx.audit(None, entry.note("email", &link.email));
    Ok(())
}

/// To somebody of whom it is not told what they are called.
fn taken_letter() -> Letter {
    Letter {
        subject: "Your e-mail address".to_owned(),
        paragraphs: vec![
            "somebody wanted to give this address to another account. It has an account already, so nothing was changed.".to_owned(),
        ],
        ..Letter::default()
    }
}

fn asked_letter(user: &UserRow) -> Letter {
    Letter {
        subject: "Another e-mail address for your account".to_owned(),
        paragraphs: vec![
            format!("Hello {},", user.name),
            "somebody, most likely you, has asked for another e-mail address for your account. Nothing changes before the link that was sent there is followed."
                .to_owned(),
            "If it was not you, change your password at once.".to_owned(),
        ],
        ..Letter::default()
    }
}

fn changed_letter(user: &UserRow) -> Letter {
    Letter {
        subject: "Your e-mail address was changed".to_owned(),
        paragraphs: vec![
            format!("Hello {},", user.name),
            "your account has another e-mail address from now on, and mails no longer go here. Other devices are signed out.".to_owned(),
            "If it was not you, tell whoever runs the platform at once.".to_owned(),
        ],
        ..Letter::default()
    }
}

/// Follows a link. Only the account that it was sent for can: a link that waits is worth nothing to whoever was signed out meanwhile.
pub(crate) fn follow(
    tx: &mut PlatformTx,
    services: &Services,
    area: UserArea,
    (identity, asked): (&UserIdentity, &ConfirmEmail),
) -> Result<(), PeopleError> {
    let (token, now) = (Token::parse(&asked.token).ok_or(PeopleError::LinkEnded)?.hash(), tx.now());
    // The account before its link, as whoever sends one holds them.
    let user = users::lock(tx.conn(), area, identity.id.0)?.ok_or(PeopleError::LinkEnded)?;
    let email = email_links::take(tx.conn(), (area, user.id), &token, now)?.ok_or(PeopleError::LinkEnded)?;
    if email_spellings(&user.email).contains(&email) {
        prove(tx, &user)
    } else {
        have(tx, services, area, (&user, &email, identity.session_id))
    }
}

/// Notes that the owner of an account reads the mails of its address, such as one that a link was in.
pub(crate) fn prove(tx: &mut PlatformTx, user: &UserRow) -> Result<(), PeopleError> {
    email_links::void(tx.conn(), user.id)?;
    if user.email_verified_at.is_some() {
        tx.no_audit("it was proved before");
        return Ok(());
    }
    let now = tx.now();
    users::set_verified(tx.conn(), user.id, &user.email, now)?;
    let entry = AuditEntry::new("user.email_verified", "users", user.id);
    tx.audit(None, entry.note("email", &user.email));
    Ok(())
}

/// Gives an account the address whose link was followed. Links that the old one was sent are worth nothing from now on, and every session ends but
/// the one of whoever followed it.
fn have(
    tx: &mut PlatformTx,
    services: &Services,
    area: UserArea,
    (user, email, here): (&UserRow, &str, SessionId),
) -> Result<(), PeopleError> {
    if users::find_id(tx.conn(), email)?.is_some() {
        return Err(PeopleError::LinkEnded);
    }
    let (id, now) = (user.id, tx.now());
    users::set_verified(tx.conn(), id, email, now).map_err(|error| match DbError::from(error) {
        error if error.is_unique("users_email") => PeopleError::LinkEnded,
        error => PeopleError::Db(error),
    })?;
    email_links::void(tx.conn(), id)?;
    user_links::void(tx.conn(), id)?;
    let ended = UserSessions::new(tx, area).revoke_all(id, Some(here))?;
    let key = format!("email-changed:{}", tx.new_id());
    let notice = changed_letter(user).to(&user.email, key);
    mail::queue_for_platform(tx, services, &notice, None)?;
    let entry = AuditEntry::new("user.email_changed", "users", id).note("sessions_ended", ended.len());
    tx.audit(None, entry.change("email", &user.email, email));
    Ok(())
}
