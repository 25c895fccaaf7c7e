//! Invitations to the administration, as those see them who invite.

use chrono::{DateTime, TimeDelta, Utc};
use orion_framework::Services;
use orion_framework::auth::UserArea;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::UserIdentity;
use orion_framework::mail::{self, Secret};
use orion_framework::problem::FieldErrors;
use orion_types::people::{AdminInvitation, CreateAdminInvitation, MAX_ADMIN_INVITATIONS};
use orion_types::{Page, validation};
use uuid::Uuid;

use super::admin_roles;
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::admin_invitations::{self as invitations, AdminInvitationRow};
use crate::queries::people::{self, PlatformRow};
use crate::queries::users;
use crate::token::Token;

/// How long an invitation can be accepted.
const LIFETIME: TimeDelta = TimeDelta::days(7);
/// Between two mails of the same invitation.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// The open invitations, those that have expired included, newest first. Looking is no change.
pub(crate) fn list(tx: &mut PlatformTx) -> Result<Page<AdminInvitation>, PeopleError> {
    tx.no_audit("a look at the invitations");
    let rows = invitations::list(tx.conn())?;
    Ok(Page::complete(rows.into_iter().map(AdminInvitationRow::into_wire).collect()))
}

/// Invites somebody who has no account.
///
/// # Errors
/// [`PeopleError::AdminAccountExists`], [`PeopleError::AlreadyInvited`], [`PeopleError::TooManyInvitations`], and fields that are wrong.
pub(crate) fn invite(
    tx: &mut PlatformTx,
    services: &Services,
    by: &UserIdentity,
    asked: &CreateAdminInvitation,
) -> Result<AdminInvitation, PeopleError> {
    let (email, platform_ids) = check(tx, asked)?;
    if users::find_id(tx.conn(), &email)?.is_some() {
        return Err(PeopleError::AdminAccountExists);
    }
    let now = tx.now();
    match invitations::lock_by_email(tx.conn(), &email)? {
        Some(open) if open.expires_at > now => return Err(PeopleError::AlreadyInvited),
        Some(ended) => invitations::delete(tx.conn(), ended.id)?,
        None => {}
    }
    if invitations::count(tx.conn())? >= MAX_ADMIN_INVITATIONS {
        return Err(PeopleError::TooManyInvitations);
    }
    let token = Token::random();
    let row = AdminInvitationRow {
        id: tx.new_id(),
        email,
        super_admin: asked.super_admin,
        platform_ids,
        invited_by: by.email.clone(),
        invited_by_id: by.id.0,
        token_hash: token.hash(),
        sent_at: now,
        expires_at: now + LIFETIME,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    invitations::insert(tx.conn(), &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("admin_invitations_email") => PeopleError::AlreadyInvited,
        error => PeopleError::Db(error),
    })?;
    let offered = send(tx, services, by, (&row, &token))?;
    let entry = AuditEntry::new("admin_invitation.created", "admin_invitations", row.id).note("email", &row.email);
    tx.audit(None, entry.note("roles", offered));
    Ok(row.into_wire())
}

/// The address in its normal form, and the platforms, of which there is one at least unless it is everything.
fn check(tx: &mut PlatformTx, asked: &CreateAdminInvitation) -> Result<(String, Vec<Uuid>), PeopleError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email)).unwrap_or_default();
    if !asked.super_admin && asked.platform_ids.is_empty() {
        errors.add("/platform_ids", "required", "must name a platform, unless it is to be all of them");
    }
    errors.into_result()?;
    let roles = admin_roles::checked(tx, (asked.super_admin, &asked.platform_ids))?;
    Ok((email, roles.into_iter().flatten().collect()))
}

/// Sends an invitation again, with another link; the one before is worth nothing from now on.
///
/// # Errors
/// [`PeopleError::TooSoon`], and when there is no such invitation.
pub(crate) fn resend(tx: &mut PlatformTx, services: &Services, by: &UserIdentity, id: Uuid) -> Result<AdminInvitation, PeopleError> {
    let mut row = invitations::lock(tx.conn(), id)?;
    let now = tx.now();
    if let Some(wait) = pause(row.sent_at, now) {
        return Err(PeopleError::TooSoon(wait));
    }
    let token = Token::random();
    row.token_hash = token.hash();
    (row.invited_by, row.invited_by_id) = (by.email.clone(), by.id.0);
    (row.sent_at, row.updated_at, row.expires_at) = (now, now, now + LIFETIME);
    row.version += 1;
    invitations::renew(tx.conn(), &row)?;
    send(tx, services, by, (&row, &token))?;
    let entry = AuditEntry::new("admin_invitation.resent", "admin_invitations", id);
    tx.audit(None, entry.note("email", &row.email));
    Ok(row.into_wire())
}

/// Seconds until another mail may leave.
fn pause(sent: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let left = (sent + PAUSE - now).num_seconds();
    u32::try_from(left).ok().filter(|left| *left > 0)
}

/// Takes an invitation back.
///
/// # Errors
/// When there is no such invitation.
pub(crate) fn revoke(tx: &mut PlatformTx, id: Uuid) -> Result<(), PeopleError> {
    let row = invitations::lock(tx.conn(), id)?;
    invitations::delete(tx.conn(), id)?;
    let entry = AuditEntry::new("admin_invitation.revoked", "admin_invitations", id);
    tx.audit(None, entry.note("email", &row.email));
    Ok(())
}

/// Sends the mail; what it offers, in words. It leads to one of the platforms that are offered, where one is on.
fn send(
    tx: &mut PlatformTx,
    services: &Services,
    by: &UserIdentity,
    (row, token): (&AdminInvitationRow, &Token),
) -> Result<String, PeopleError> {
    let platforms = people::list_platforms(tx.conn(), &row.platform_ids)?;
    let own = platforms
        .iter()
        .find(|platform| platform.active)
        .map(|platform| platform.domain.clone());
    let domain = match own {
        Some(domain) => domain,
        None => users::find_home(tx.conn(), UserArea::Admin, by.id.0)?.ok_or(DbError::NotFound)?,
    };
    let offered = in_words(&platforms);
    let letter = Letter {
        subject: format!("{} invites you to the administration", by.name),
        paragraphs: vec!["Hello,".to_owned(), format!("{} invites you to administer {offered}.", by.name)],
        link: Some((
            "Accept the invitation".to_owned(),
            links::admin_invitation(&services.config.origin(), &domain),
        )),
        closing: vec!["The link works once and for seven days. If you do not know what this is about, there is nothing to do.".to_owned()],
    };
    let mail = letter.to(&row.email, format!("admin-invitation:{}:{}", row.id, row.version));
    let secret = Secret::lock(&services.vault, &mail, token.reveal())?;
    mail::queue_for_platform(tx, services, &mail, Some(secret))?;
    Ok(offered)
}

/// `Main and Lite`; everything where none is named.
fn in_words(platforms: &[PlatformRow]) -> String {
    match platforms {
        [] => "all platforms".to_owned(),
        [only] => only.name.clone(),
        [first @ .., last] => {
            let names: Vec<&str> = first.iter().map(|platform| platform.name.as_str()).collect();
            format!("{} and {}", names.join(", "), last.name)
        }
    }
}
