//! Invitations to the administration, as those see them who are invited.

use orion_framework::auth::UserArea;
use orion_framework::auth::flow::{self, Signed, chosen_hash};
use orion_framework::db::{AuditEntry, PlatformTx};
use orion_framework::gate::Anonymous;
use orion_framework::problem::FieldErrors;
use orion_tenancy::{NewUser, TenancyError, create_user, grant_admin};
use orion_types::people::AdminInvitationOffer;
use orion_types::status::AdminRole;
use orion_types::team::AcceptInvitation;
use orion_types::{PlatformId, UserId, validation};
use uuid::Uuid;

use super::brake;
use super::joining::{at_password, hash_of, prove};
use crate::error::PeopleError;
use crate::queries::admin_invitations::{self as invitations, AdminInvitationRow};
use crate::queries::{admin_roles, people, users};

/// Reads an invitation by its token.
///
/// # Errors
/// [`PeopleError::LinkEnded`].
pub(crate) async fn look_up(anybody: &Anonymous, token: &str) -> Result<AdminInvitationOffer, PeopleError> {
    let attempt = brake(anybody, Uuid::nil(), "admin invitation")?;
    let hash = hash_of(token)?;
    let look = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at the invitation");
        let row = open(tx, &hash)?;
        let platforms = people::list_platforms(tx.conn(), &row.platform_ids)?;
        Ok::<_, PeopleError>(AdminInvitationOffer {
            has_account: users::find_id(tx.conn(), &row.email)?.is_some(),
            super_admin: row.super_admin,
            platforms: platforms.into_iter().map(|platform| platform.name).collect(),
            email: row.email,
        })
    };
    let offer = anybody.platform_tx(look).await?;
    anybody.services().brake.succeeded(attempt);
    Ok(offer)
}

fn open(tx: &mut PlatformTx, hash: &[u8]) -> Result<AdminInvitationRow, PeopleError> {
    let now = tx.now();
    let row = invitations::find_by_token(tx.conn(), hash, now)?.ok_or(PeopleError::LinkEnded)?;
    still_given(tx, row)
}

/// An invitation is worth as much as whoever gave it: nothing once they are no super admin any more.
fn still_given(tx: &mut PlatformTx, row: AdminInvitationRow) -> Result<AdminInvitationRow, PeopleError> {
    match admin_roles::hold_super_admin(tx.conn(), row.invited_by_id)? {
        true => Ok(row),
        false => Err(PeopleError::LinkEnded),
    }
}

/// Makes an account for the invited address, with the roles that were offered, and signs it in.
///
/// # Errors
/// [`PeopleError::LinkEnded`], [`PeopleError::AccountMadeSince`], and a name or password that will not do.
pub(crate) async fn accept(anybody: &Anonymous, asked: AcceptInvitation) -> Result<Signed, PeopleError> {
    let attempt = brake(anybody, Uuid::nil(), "admin invitation")?;
    let AcceptInvitation { token, name, password } = asked;
    let hash = hash_of(&token)?;
    let wanted = hash.clone();
    let look = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at the invitation");
        open(tx, &wanted)
    };
    let row = anybody.platform_tx(look).await?;
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&name).map(str::to_owned));
    errors.into_result()?;
    let name = name.unwrap_or_default();
    let services = anybody.services();
    let chosen = chosen_hash(&services.passwords, password, vec![row.email.clone(), name.clone()]).await;
    let new = NewUser {
        email: row.email,
        name,
        password_hash: chosen.map_err(at_password)?,
    };
    let join = move |tx: &mut PlatformTx| {
        let user = take(tx, &hash, &new)?;
        // In the same transaction: with the link used up, nobody is left outside by a second step that fails.
        Ok::<_, PeopleError>((user, flow::enter_user(tx, UserArea::Admin, user)?))
    };
    let (user, started) = anybody.platform_tx(join).await?;
    services.brake.succeeded(attempt);
    let (accounts, context) = (anybody.accounts(), anybody.context());
    Ok(flow::signed_user(accounts, context, UserArea::Admin, user, &started)?)
}

/// Uses the invitation up.
fn take(tx: &mut PlatformTx, hash: &[u8], new: &NewUser) -> Result<UserId, PeopleError> {
    let now = tx.now();
    let row = invitations::lock_by_token(tx.conn(), hash, now)?.ok_or(PeopleError::LinkEnded)?;
    let row = still_given(tx, row)?;
    let user = create_user(tx, new).map_err(|error| match error {
        TenancyError::EmailTaken => PeopleError::AccountMadeSince,
        error => error.into(),
    })?;
    prove(tx, user)?;
    if row.super_admin {
        grant_admin(tx, user, AdminRole::SuperAdmin, None)?;
    }
    for platform in &row.platform_ids {
        grant_admin(tx, user, AdminRole::PlatformAdmin, Some(PlatformId(*platform)))?;
    }
    invitations::delete(tx.conn(), row.id)?;
    let entry = AuditEntry::new("admin_invitation.accepted", "admin_invitations", row.id);
    tx.audit(None, entry.note("email", &row.email).note("user_id", user));
    Ok(user)
}
