//! Following the link of a sign-up.

use orion_framework::Services;
use orion_framework::auth::flow::chosen_hash;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::gate::Anonymous;
use orion_framework::problem::FieldErrors;
use orion_tenancy::{NewUser, OwnStore, TenancyError, create_user, is_code_free};
use orion_types::people::{ConfirmSignUp, OpenedStore, PendingSignUp};
use orion_types::{PlatformId, validation};

use super::super::brake;
use super::super::joining::{at_password, hash_of, prove};
use super::open::open;
use super::{open_policy, platform_of};
use crate::error::PeopleError;
use crate::queries::sign_ups::{self, SignUpRow};
use crate::queries::users;

/// The one of a token, on the platform of the request and while stores can be opened there.
fn waiting(tx: &mut PlatformTx, hash: &[u8], platform: PlatformId) -> Result<SignUpRow, PeopleError> {
    tx.no_audit("a look at what was asked for");
    let now = tx.now();
    let row = sign_ups::find_by_token(tx.conn(), hash, platform.0, now)?.ok_or(PeopleError::LinkEnded)?;
    open_policy(tx, platform.0)?;
    Ok(row)
}

/// Reads by its token what somebody has asked for.
///
/// # Errors
/// [`PeopleError::LinkEnded`], also at the host of another platform, and [`PeopleError::SignUpClosed`].
pub(crate) async fn look_up(anybody: &Anonymous, token: &str) -> Result<PendingSignUp, PeopleError> {
    let platform = platform_of(anybody.context())?;
    let attempt = brake(anybody, platform.id.0, "sign-up link")?;
    let (hash, id) = (hash_of(token)?, platform.id);
    let look = move |tx: &mut PlatformTx| {
        let row = waiting(tx, &hash, id)?;
        let code_available = is_code_free(tx, id, &row.code)?;
        let has_account = users::find_id(tx.conn(), &row.email)?.is_some();
        Ok::<_, PeopleError>((row, code_available, has_account))
    };
    let (row, code_available, has_account) = anybody.platform_tx(look).await?;
    anybody.services().brake.succeeded(attempt);
    Ok(PendingSignUp {
        email: row.email,
        name: row.name,
        code: row.code,
        code_available,
        domain: platform.domain.clone(),
        has_account,
    })
}

/// Makes the account with the name and password that its owner chooses now, and the store.
///
/// # Errors
/// [`PeopleError::LinkEnded`], [`PeopleError::SignUpClosed`], [`PeopleError::OwnerAccountExists`], [`TenancyError::CodeTaken`], which uses nothing up, and
/// fields that are wrong.
pub(crate) async fn confirm(anybody: &Anonymous, asked: ConfirmSignUp) -> Result<OpenedStore, PeopleError> {
    let platform = platform_of(anybody.context())?.id;
    let attempt = brake(anybody, platform.0, "sign-up link")?;
    let ConfirmSignUp {
        token,
        code,
        owner_name,
        password,
    } = asked;
    let hash = hash_of(&token)?;
    let wanted = hash.clone();
    let row = anybody
        .platform_tx(move |tx: &mut PlatformTx| waiting(tx, &wanted, platform))
        .await?;
    let mut errors = FieldErrors::default();
    let name = errors.check("/owner_name", validation::name(&owner_name).map(str::to_owned));
    errors.check("/code", orion_tenancy::check_code(&code));
    errors.into_result()?;
    let name = name.unwrap_or_default();
    let services = anybody.services().clone();
    let personal = vec![row.email.clone(), name.clone(), row.name];
    let chosen = chosen_hash(&services.passwords, password, personal).await;
    let new = NewUser {
        email: row.email,
        name,
        password_hash: chosen.map_err(at_password)?,
    };
    let parts = services.clone();
    let make = move |tx: &mut PlatformTx| take(tx, &parts, (platform, &hash), &new, &code);
    let opened = anybody.platform_tx(make).await?;
    services.brake.succeeded(attempt);
    Ok(opened)
}

/// Uses the link up: account, proof of its address, store and the owner's place come in one transaction, or none of them.
fn take(
    tx: &mut PlatformTx,
    services: &Services,
    (platform, hash): (PlatformId, &[u8]),
    new: &NewUser,
    code: &str,
) -> Result<OpenedStore, PeopleError> {
    let now = tx.now();
    let row = sign_ups::lock_by_token(tx.conn(), hash, platform.0, now)?.ok_or(PeopleError::LinkEnded)?;
    open_policy(tx, platform.0)?;
    let mut errors = FieldErrors::default();
    let store = OwnStore::parse((&row.name, code), &row.currency, &row.locale, &mut errors);
    errors.into_result()?;
    let store = store.ok_or(DbError::NotFound)?;
    let owner = create_user(tx, new).map_err(|error| match error {
        TenancyError::EmailTaken => PeopleError::OwnerAccountExists,
        error => error.into(),
    })?;
    prove(tx, owner)?;
    sign_ups::delete(tx.conn(), row.id)?;
    open(tx, services, row, (owner, &store))
}
