//! Invitations, as those see them who are invited.

use orion_framework::Services;
use orion_framework::auth::flow::{self, Signed, chosen_hash};
use orion_framework::auth::{AuthError, UserArea};
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::gate::{Anonymous, StaffUser, UserIdentity};
use orion_framework::problem::{FieldErrors, FieldRule};
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_tenancy::{NewUser, TenancyError, add_member_as, create_user};
use orion_types::status::{MemberRole, StoreStatus};
use orion_types::team::{AcceptInvitation, InvitationOffer};
use orion_types::validation::{self, email_spellings};
use orion_types::{RoleId, UserId};

use super::rights::Role;
use super::{brake, invitations::role_of, user_emails};
use crate::error::PeopleError;
use crate::queries::invitations::{self, InvitationRow};
use crate::queries::{members, roles, users};
use crate::token::Token;

/// The store that the host names, while it is open for work.
pub(super) fn store_of(context: &RequestContext) -> Result<StoreContext, PeopleError> {
    let store = context.store.clone().ok_or(PeopleError::NoStore)?;
    if store.status == StoreStatus::Active {
        Ok(store)
    } else {
        Err(PeopleError::StoreSuspended)
    }
}

pub(super) fn hash_of(token: &str) -> Result<Vec<u8>, PeopleError> {
    Ok(Token::parse(token).ok_or(PeopleError::LinkEnded)?.hash())
}

/// What is offered to whoever has the link, and whether the address has an account.
async fn offer(anybody: &Anonymous, store: &StoreContext, hash: Vec<u8>) -> Result<(InvitationRow, Role, bool), PeopleError> {
    let look = move |tx: &mut StoreTx| {
        tx.no_audit("a look at the invitation");
        let row = invitations::find_by_token(tx, &hash)?.ok_or(PeopleError::LinkEnded)?;
        let role = role_of(tx, &row)?;
        Ok::<_, PeopleError>((row, role))
    };
    let (row, role) = anybody.store_tx(store, look).await?;
    let email = row.email.clone();
    let known = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at the account");
        Ok::<_, PeopleError>(users::find_id(tx.conn(), &email)?.is_some())
    };
    Ok((row, role, anybody.platform_tx(known).await?))
}

/// Reads an invitation by its token.
pub(crate) async fn look_up(anybody: &Anonymous, token: &str) -> Result<InvitationOffer, PeopleError> {
    let store = store_of(anybody.context())?;
    let attempt = brake(anybody, store.id.0, "invitation")?;
    let (row, role, has_account) = offer(anybody, &store, hash_of(token)?).await?;
    anybody.services().brake.succeeded(attempt);
    Ok(InvitationOffer {
        store: store.name.clone(),
        role: role.word(),
        role_name: role.own_name(),
        email: row.email,
        has_account,
    })
}

/// Makes an account for the invited address, joins the team with it and signs in.
pub(crate) async fn accept(anybody: &Anonymous, asked: AcceptInvitation) -> Result<Signed, PeopleError> {
    let store = store_of(anybody.context())?;
    let attempt = brake(anybody, store.id.0, "invitation")?;
    let AcceptInvitation { token, name, password } = asked;
    let hash = hash_of(&token)?;
    let (row, _, has_account) = offer(anybody, &store, hash.clone()).await?;
    if has_account {
        return Err(PeopleError::AccountExists);
    }
    let mut errors = FieldErrors::default();
    let name = errors
        .check("/name", validation::name(&name).map(str::to_owned))
        .unwrap_or_default();
    errors.into_result()?;
    let services = anybody.services().clone();
    let personal = vec![row.email.clone(), name.clone(), store.name.clone()];
    let chosen = chosen_hash(&services.passwords, password, personal).await;
    let new = NewUser {
        email: row.email.clone(),
        name,
        password_hash: chosen.map_err(at_password)?,
    };
    let parts = services.clone();
    let join = move |tx: &mut PlatformTx| {
        let role = take(tx, &parts, &store, (&hash, None))?;
        let user = create_user(tx, &new).map_err(|error| match error {
            TenancyError::EmailTaken => PeopleError::AccountExists,
            error => error.into(),
        })?;
        prove(tx, user)?;
        add_member_as(tx, store.id, user, role)?;
        // In the same transaction: with the link used up, nobody is left outside by a second step that fails.
        Ok::<_, PeopleError>((user, flow::enter_user(tx, UserArea::Store, user)?))
    };
    let (user, started) = anybody.platform_tx(join).await?;
    services.brake.succeeded(attempt);
    Ok(flow::signed_user(
        anybody.accounts(),
        anybody.context(),
        UserArea::Store,
        user,
        &started,
    )?)
}

/// Whoever has the link reads the mails of the address that it was sent to.
pub(super) fn prove(tx: &mut PlatformTx, user: UserId) -> Result<(), PeopleError> {
    let row = users::lock(tx.conn(), UserArea::Store, user.0)?.ok_or(DbError::NotFound)?;
    user_emails::prove(tx, &row)
}

/// The field is called otherwise here than where a password is changed.
pub(super) fn at_password(error: AuthError) -> PeopleError {
    match error {
        AuthError::WeakPassword(rule) => PeopleError::field("/password", rule.code(), &rule.to_string()),
        error => error.into(),
    }
}

/// Joins the team with the account that is signed in, which has to be that of the invited address.
pub(crate) async fn join(staff: &StaffUser, token: &str) -> Result<(), PeopleError> {
    let store = store_of(staff.context())?;
    let hash = hash_of(token)?;
    let (services, user) = (staff.services().clone(), staff.user().clone());
    let join = move |tx: &mut PlatformTx| {
        let role = take(tx, &services, &store, (&hash, Some(&user)))?;
        prove(tx, user.id)?;
        Ok::<_, PeopleError>(add_member_as(tx, store.id, user.id, role)?)
    };
    staff.tx(join).await
}

/// A role as a place in the team names it: its word, and its id where it is the store's own.
type Named = (MemberRole, Option<RoleId>);

/// Uses an invitation up, behind the walls of its store; `by` is who is signed in. The role that it offered stays until its new member is there.
fn take(
    tx: &mut PlatformTx,
    services: &Services,
    store: &StoreContext,
    (hash, by): (&[u8], Option<&UserIdentity>),
) -> Result<Named, PeopleError> {
    let context = services.tx_context(store.clone(), tx.actor().clone(), tx.meta().clone());
    tx.as_store(context, |tx| {
        // The role is held before the invitation, as where a role goes: nobody waits in a circle.
        let offered = invitations::find_by_token(tx, hash)?.ok_or(PeopleError::LinkEnded)?;
        if let Some(role) = offered.role_id {
            roles::hold(tx, role)?;
        }
        let row = invitations::lock_by_token(tx, hash)?.ok_or(PeopleError::LinkEnded)?;
        let role = role_of(tx, &row)?;
        if let Some(user) = by {
            may_join(tx, user, &row)?;
        }
        invitations::delete(tx, row.id)?;
        tx.audit(AuditEntry::new("invitation.accepted", "team_invitations", row.id).note("email", &row.email));
        Ok((role.word(), role.id().map(RoleId)))
    })
}

/// Whoever finds a link in somebody else's mailbox does not come in with an account of their own.
fn may_join(tx: &mut StoreTx, user: &UserIdentity, row: &InvitationRow) -> Result<(), PeopleError> {
    let UserIdentity { id: UserId(id), email, .. } = user;
    if !email_spellings(&row.email).contains(email) {
        return Err(PeopleError::OtherAccount);
    }
    if members::is_member(tx, *id).map_err(DbError::from)? {
        return Err(PeopleError::AlreadyMember);
    }
    Ok(())
}
