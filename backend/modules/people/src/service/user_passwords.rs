//! New passwords of administrators and staff.

use orion_framework::Services;
use orion_framework::auth::flow::chosen_hash;
use orion_framework::auth::{SessionTable, UserArea, UserSessions};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::Anonymous;
use orion_framework::mail::{self, Secret};
use orion_types::NO_STORE;
use orion_types::auth::{AskPasswordLink, ResetPassword};
use uuid::Uuid;

use super::{LINK_LIFETIME, MOST_LINKS, asked_for, brake, user_emails};
use crate::error::PeopleError;
use crate::jobs::{SendUserLink, one_for};
use crate::letter::Letter;
use crate::links;
use crate::queries::user_links::{self, NewLink};
use crate::queries::users::{self, UserRow};
use crate::token::Token;

/// Notes that somebody asks for a link. Whether the address has an account is not looked at before the answer is given.
pub(crate) async fn ask(anybody: &Anonymous, area: UserArea, asked: &AskPasswordLink) -> Result<(), PeopleError> {
    let email = asked_for(asked)?;
    brake(anybody, Uuid::nil(), &format!("password link {email}"))?;
    let area = area.audience().as_str().to_owned();
    let options = one_for(format!("{area}:{email}"));
    let note = move |tx: &mut PlatformTx| {
        tx.enqueue_with(NO_STORE, &SendUserLink { area, email }, options);
        Ok::<_, DbError>(())
    };
    Ok(anybody.platform_tx(note).await?)
}

/// Sends the link, if the address has an account that may enter the area.
pub(crate) fn send_link(tx: &mut PlatformTx, services: &Services, area: UserArea, email: &str) -> Result<(), PeopleError> {
    let Some(user) = users::lock_by_email(tx.conn(), area, email)? else {
        tx.no_audit("nobody has this address");
        return Ok(());
    };
    let now = tx.now();
    let domain = users::find_home(tx.conn(), area, user.id)?;
    let sent = user_links::count_since(tx.conn(), user.id, now - LINK_LIFETIME)?;
    let Some(domain) = domain.filter(|_| sent < MOST_LINKS) else {
        tx.no_audit("as many as there may be were sent");
        return Ok(());
    };
    user_links::void(tx.conn(), user.id)?;
    let (id, token) = (tx.new_id(), Token::random());
    let link = NewLink {
        id,
        user: user.id,
        area,
        token_hash: token.hash(),
        created_at: now,
        expires_at: now + LINK_LIFETIME,
    };
    user_links::insert(tx.conn(), link)?;
    let url = links::user_password(&services.config.origin(), area, &domain);
    let mail = link_letter(&user, url).to(&user.email, format!("password-link:{id}"));
    let secret = Secret::lock(&services.vault, &mail, token.reveal())?;
    mail::queue_for_platform(tx, services, &mail, Some(secret))?;
    let entry = AuditEntry::new("user.password_link_sent", "users", user.id);
    tx.audit(None, entry.note("area", area.audience().as_str()));
    Ok(())
}

fn link_letter(user: &UserRow, url: String) -> Letter {
    Letter {
        subject: "Choose a new password".to_owned(),
        paragraphs: vec![
            format!("Hello {},", user.name),
            "somebody, most likely you, has asked for a new password for your account.".to_owned(),
        ],
        link: Some(("Choose a new password".to_owned(), url)),
        closing: vec![
            "The link works once and within an hour. If it was not you, there is nothing to do: your password stays as it is.".to_owned(),
        ],
    }
}

/// Chooses the new password by a link.
pub(crate) async fn reset(anybody: &Anonymous, area: UserArea, asked: ResetPassword) -> Result<(), PeopleError> {
    let attempt = brake(anybody, Uuid::nil(), "password link")?;
    let hash = Token::parse(&asked.token).ok_or(PeopleError::LinkEnded)?.hash();
    let services = anybody.services().clone();
    let wanted = hash.clone();
    let look = move |tx: &mut PlatformTx| {
        let now = tx.now();
        let user = user_links::find(tx.conn(), area, &wanted, now)?.ok_or(PeopleError::LinkEnded)?;
        tx.no_audit("a look at whose link it is");
        users::lock(tx.conn(), area, user)?.ok_or(PeopleError::LinkEnded)
    };
    let user: UserRow = anybody.platform_tx(look).await?;
    let password = chosen_hash(&services.passwords, asked.new_password, vec![user.email, user.name]).await?;
    let parts = services.clone();
    let save = move |tx: &mut PlatformTx| set(tx, &parts, area, &hash, &password);
    anybody.platform_tx(save).await?;
    services.brake.succeeded(attempt);
    Ok(())
}

/// Uses the link up, and with it every other one and every session of the account.
fn set(tx: &mut PlatformTx, services: &Services, area: UserArea, token: &[u8], password: &str) -> Result<(), PeopleError> {
    let now = tx.now();
    // The account before its link, as whoever sends one holds them.
    let id = user_links::find(tx.conn(), area, token, now)?.ok_or(PeopleError::LinkEnded)?;
    let user = users::lock(tx.conn(), area, id)?.ok_or(PeopleError::LinkEnded)?;
    if !user_links::take(tx.conn(), area, token, now)? {
        return Err(PeopleError::LinkEnded);
    }
    user_links::void(tx.conn(), id)?;
    users::set_password(tx.conn(), id, password, now)?;
    user_emails::prove(tx, &user)?;
    let ended = UserSessions::new(tx, area).revoke_all(id, None)?;
    let mail_id = tx.new_id();
    let mail = changed_letter(&user).to(&user.email, format!("password-changed:{mail_id}"));
    mail::queue_for_platform(tx, services, &mail, None)?;
    let entry = AuditEntry::new("user.password_reset", "users", id);
    let entry = entry.note("area", area.audience().as_str()).note("sessions_ended", ended.len());
    tx.audit(None, entry);
    Ok(())
}

fn changed_letter(user: &UserRow) -> Letter {
    Letter {
        subject: "Your password was changed".to_owned(),
        paragraphs: vec![
            format!("Hello {},", user.name),
            "the password of your account has just been changed, by a link that was sent to this address. All devices are signed out."
                .to_owned(),
            "If it was not you, ask for a new password at once, and tell whoever runs the platform.".to_owned(),
        ],
        ..Letter::default()
    }
}
