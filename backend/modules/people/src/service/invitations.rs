//! Invitations, as those see them who invite.

use chrono::{DateTime, TimeDelta, Utc};
use orion_events::MemberInvited;
use orion_framework::auth::Vault;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::mail::{self, Secret};
use orion_framework::problem::FieldErrors;
use orion_types::status::MemberRole;
use orion_types::team::{CreateInvitation, Invitation, MAX_INVITATIONS};
use orion_types::{InvitationId, Page, RoleId, RoleRights, validation};
use uuid::Uuid;

use super::rights::{self, Role};
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::invitations::{self, InvitationRow};
use crate::queries::{members, roles, users};
use crate::token::Token;

/// How long an invitation can be accepted.
const LIFETIME: TimeDelta = TimeDelta::days(7);
/// Between two mails of the same invitation.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Who invites.
pub(crate) struct Inviter {
    pub(crate) name: String,
    pub(crate) rights: RoleRights,
}

/// An invitation to be made, checked as far as that needs no store.
pub(crate) struct Checked {
    email: String,
    role: MemberRole,
    role_id: Option<RoleId>,
    /// The account of the address, where there is one.
    account: Option<Uuid>,
}

/// The address in its normal form.
pub(crate) fn check(asked: CreateInvitation) -> Result<Checked, PeopleError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email)).unwrap_or_default();
    errors.into_result()?;
    Ok(Checked {
        email,
        role: asked.role,
        role_id: asked.role_id,
        account: None,
    })
}

/// Looks for the account of the address; who invites is not told what is found.
pub(crate) fn find_account(tx: &mut PlatformTx, mut checked: Checked) -> Result<Checked, PeopleError> {
    checked.account = users::find_id(tx.conn(), &checked.email)?;
    Ok(checked)
}

/// The open invitations, those that have expired included, newest first.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Page<Invitation>, PeopleError> {
    let names = roles::list_names(tx)?;
    let shown = |row: InvitationRow| {
        let name = row.role_id.and_then(|id| names.get(&id).cloned());
        row.into_wire(name)
    };
    Ok(Page::complete(invitations::list(tx)?.into_iter().filter_map(shown).collect()))
}

/// Invites somebody.
pub(crate) fn invite(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, checked: &Checked) -> Result<Invitation, PeopleError> {
    let role = role_to_give(tx, inviter.rights, checked)?;
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
        role: role.word().as_str().to_owned(),
        token_hash: token.hash(),
        sent_at: now,
        expires_at: now + LIFETIME,
        created_at: now,
        updated_at: now,
        version: 1,
        role_id: role.id(),
    };
    invitations::insert(tx, &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("team_invitations_email") => PeopleError::AlreadyInvited,
        error => PeopleError::Db(error),
    })?;
    send(tx, vault, inviter, (&row, &role, &token))?;
    tx.audit(
        AuditEntry::new("invitation.created", "team_invitations", row.id)
            .note("email", &row.email)
            .note("role", role.name()),
    );
    tx.emit(&MemberInvited {
        invitation_id: InvitationId(row.id),
        role: role.word(),
        role_id: role.id().map(RoleId),
    });
    shown(row, &role)
}

/// The role that is asked for, held until the transaction ends.
fn role_to_give(tx: &mut StoreTx, own: RoleRights, checked: &Checked) -> Result<Role, PeopleError> {
    let role = Role::asked(tx, Some(checked.role), checked.role_id)?;
    let role = role.unwrap_or(Role::Preset(checked.role));
    rights::given(own, &role)?;
    Ok(role)
}

fn shown(row: InvitationRow, role: &Role) -> Result<Invitation, PeopleError> {
    row.into_wire(role.own_name()).ok_or_else(|| DbError::NotFound.into())
}

/// Sends an invitation again, with another link; the one before is worth nothing from now on.
pub(crate) fn resend(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, id: Uuid) -> Result<Invitation, PeopleError> {
    let mut row = invitations::lock(tx, id)?;
    let role = role_of(tx, &row)?;
    rights::given(inviter.rights, &role)?;
    let now = tx.now();
    if let Some(wait) = pause(row.sent_at, now) {
        return Err(PeopleError::TooSoon(wait));
    }
    let token = Token::random();
    row.token_hash = token.hash();
    (row.sent_at, row.updated_at, row.expires_at) = (now, now, now + LIFETIME);
    row.version += 1;
    invitations::renew(tx, &row)?;
    send(tx, vault, inviter, (&row, &role, &token))?;
    tx.audit(AuditEntry::new("invitation.resent", "team_invitations", id).note("email", &row.email));
    shown(row, &role)
}

/// Seconds until another mail may leave.
fn pause(sent: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let left = (sent + PAUSE - now).num_seconds();
    u32::try_from(left).ok().filter(|left| *left > 0)
}

/// Takes an invitation back.
pub(crate) fn revoke(tx: &mut StoreTx, own: RoleRights, id: Uuid) -> Result<(), PeopleError> {
    let row = invitations::lock(tx, id)?;
    let role = role_of(tx, &row)?;
    rights::given(own, &role)?;
    invitations::delete(tx, id)?;
    tx.audit(AuditEntry::new("invitation.revoked", "team_invitations", id).note("email", &row.email));
    Ok(())
}

/// The role that is offered.
pub(super) fn role_of(tx: &mut StoreTx, row: &InvitationRow) -> Result<Role, PeopleError> {
    Role::of(tx, &row.role, row.role_id)
}

/// What an invitation sends: itself, its role, and the secret of its link.
type Sent<'a> = (&'a InvitationRow, &'a Role, &'a Token);

fn send(tx: &mut StoreTx, vault: &Vault, inviter: &Inviter, (row, role, token): Sent<'_>) -> Result<(), PeopleError> {
    let (store, url) = (tx.store().name.clone(), links::invitation(tx.store()));
    let letter = Letter {
        subject: format!("{} invites you to {store}", inviter.name),
        paragraphs: vec![
            "Hello,".to_owned(),
            format!("{} invites you to work for {store} {}.", inviter.name, in_words(role)),
        ],
        link: Some(("Accept the invitation".to_owned(), url)),
        closing: vec!["The link works once and for seven days. If you do not know what this is about, there is nothing to do.".to_owned()],
    };
    let mail = letter.to(&row.email, format!("invitation:{}:{}", row.id, row.version));
    let secret = Secret::lock(vault, &mail, token.reveal())?;
    Ok(mail::queue_secret(tx, &mail, secret)?)
}

/// `as an editor`, `in support`; a name that the store has chosen stands as it is.
fn in_words(role: &Role) -> String {
    let name = role.name();
    match role {
        Role::Own(_) => format!("as “{name}”"),
        Role::Preset(MemberRole::Fulfilment | MemberRole::Support) => format!("in {name}"),
        Role::Preset(_) if name.starts_with('e') => format!("as an {name}"),
        Role::Preset(_) => format!("as a {name}"),
    }
}
