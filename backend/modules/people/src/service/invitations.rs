//! Invitations, as those see them who invite.

use chrono::{DateTime, TimeDelta, Utc};
use orion_events::MemberInvited;
use orion_framework::auth::Vault;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::mail::{self, Secret};
use orion_framework::problem::FieldErrors;
use orion_types::RightSet;
use orion_types::status::MemberRole;
use orion_types::team::{CreateInvitation, Invitation, MAX_INVITATIONS};
use orion_types::{InvitationId, Page, validation};
use uuid::Uuid;

use super::rights;
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::invitations::{self, InvitationRow};
use crate::queries::{members, users};
use crate::token::Token;

/// How long an invitation can be accepted.
const LIFETIME: TimeDelta = TimeDelta::days(7);
/// Between two mails of the same invitation.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Who invites.
pub(crate) struct Inviter {
    pub(crate) name: String,
    pub(crate) rights: RightSet,
}

/// An invitation to be made, checked as far as that needs no store.
pub(crate) struct Checked {
    email: String,
    role: MemberRole,
    /// The account of the address, where there is one.
    account: Option<Uuid>,
}

/// The address in its normal form.
pub(crate) fn check(asked: CreateInvitation) -> Result<Checked, PeopleError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email)).unwrap_or_default();
    errors.into_result()?;
    let account = None;
    let role = asked.role;
    Ok(Checked { email, role, account })
}

/// Looks for the account of the address; who invites is not told what is found.
pub(crate) fn find_account(tx: &mut PlatformTx, mut checked: Checked) -> Result<Checked, PeopleError> {
    checked.account = users::find_id(tx.conn(), &checked.email)?;
    Ok(checked)
}

/// The open invitations, those that have expired included, newest first.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Page<Invitation>, PeopleError> {
    let rows = invitations::list(tx)?;
    Ok(Page::complete(rows.into_iter().filter_map(InvitationRow::into_wire).collect()))
}

/// Invites somebody.
pub(crate) fn invite(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, checked: &Checked) -> Result<Invitation, PeopleError> {
    rights::given(inviter.rights, checked.role)?;
    if let Some(account) = checked.account
        && members::is_member(tx, account)?
    {
        return Err(PeopleError::AlreadyMember);
    }
    let now = tx.now();
    match invitations::lock_by_email(tx, &checked.email)? {
        Some(open) if open.expires_at > now => return Err(PeopleError::AlreadyInvited),
        Some(ended) => invitations::delete(tx, ended.id)?,
        None => {}
    }
    if invitations::count(tx)? >= MAX_INVITATIONS {
        return Err(PeopleError::TooManyInvitations);
    }
    let token = Token::random();
    let row = InvitationRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        email: checked.email.clone(),
        role: checked.role.as_str().to_owned(),
        token_hash: token.hash(),
        sent_at: now,
        expires_at: now + LIFETIME,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    invitations::insert(tx, &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("team_invitations_email") => PeopleError::AlreadyInvited,
        error => PeopleError::Db(error),
    })?;
    send(tx, vault, inviter, (&row, &token))?;
    tx.audit(
        AuditEntry::new("invitation.created", "team_invitations", row.id)
            .note("email", &row.email)
            .note("role", &row.role),
    );
    tx.emit(&MemberInvited {
        invitation_id: InvitationId(row.id),
        role: checked.role,
    });
    shown(row)
}

fn shown(row: InvitationRow) -> Result<Invitation, PeopleError> {
    row.into_wire().ok_or_else(|| DbError::NotFound.into())
}

/// Sends an invitation again, with another link; the one before is worth nothing from now on.
pub(crate) fn resend(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, id: Uuid) -> Result<Invitation, PeopleError> {
    let mut row = invitations::lock(tx, id)?;
    rights::given(inviter.rights, role_of(&row)?)?;
    let now = tx.now();
    if let Some(wait) = pause(row.sent_at, now) {
        return Err(PeopleError::TooSoon(wait));
    }
    let token = Token::random();
    row.token_hash = token.hash();
    (row.sent_at, row.updated_at, row.expires_at) = (now, now, now + LIFETIME);
    row.version += 1;
    invitations::renew(tx, &row)?;
    send(tx, vault, inviter, (&row, &token))?;
    tx.audit(AuditEntry::new("invitation.resent", "team_invitations", id).note("email", &row.email));
    shown(row)
}

/// Seconds until another mail may leave.
fn pause(sent: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let left = (sent + PAUSE - now).num_seconds();
    u32::try_from(left).ok().filter(|left| *left > 0)
}

/// Takes an invitation back.
pub(crate) fn revoke(tx: &mut StoreTx, own: RightSet, id: Uuid) -> Result<(), PeopleError> {
    let row = invitations::lock(tx, id)?;
    rights::given(own, role_of(&row)?)?;
    invitations::delete(tx, id)?;
    tx.audit(AuditEntry::new("invitation.revoked", "team_invitations", id).note("email", &row.email));
    Ok(())
}

/// The table's CHECK lists the same words, so none is ever unreadable.
pub(super) fn role_of(row: &InvitationRow) -> Result<MemberRole, PeopleError> {
    row.role.parse().map_err(|_| DbError::NotFound.into())
}

fn send(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, (row, token): (&InvitationRow, &Token)) -> Result<(), PeopleError> {
    let (store, url) = (tx.store().name.clone(), links::invitation(tx.store()));
    let letter = Letter {
        subject: format!("{} invites you to {store}", inviter.name),
        paragraphs: vec![
            "Hello,".to_owned(),
            format!("{} invites you to work for {store} as {}.", inviter.name, article(&row.role)),
        ],
        link: Some(("Accept the invitation".to_owned(), url)),
        closing: vec!["The link works once and for seven days. If you do not know what this is about, there is nothing to do.".to_owned()],
    };
    let mail = letter.to(&row.email, format!("invitation:{}:{}", row.id, row.version));
    let secret = Secret::lock(vault, &mail, token.reveal())?;
    Ok(mail::queue_secret(tx, &mail, secret)?)
}

fn article(role: &str) -> String {
    let article = if role.starts_with('e') { "an" } else { "a" };
    format!("{article} {role}")
}
