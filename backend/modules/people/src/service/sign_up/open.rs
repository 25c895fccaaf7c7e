//! The store itself, and the way into its dashboard.

use chrono::TimeDelta;
use orion_framework::Services;
use orion_framework::auth::flow::{self, Signed};
use orion_framework::auth::{AuthError, UserArea};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::{Anonymous, StaffUser, UserIdentity};
use orion_framework::problem::FieldErrors;
use orion_tenancy::{OwnStore, count_own_stores, create_own_store};
use orion_types::people::{CreateOwnStore, OpenedStore};
use orion_types::{PlatformId, UserId};

use super::super::brake;
use super::super::joining::{hash_of, store_of};
use super::ask::{check_terms, row};
use super::{open_policy, platform_of};
use crate::error::PeopleError;
use crate::links;
use crate::queries::sign_ups::{self, SignUpRow};
use crate::queries::users;
use crate::token::Token;

/// How long the way into the dashboard is open: the browser goes there by itself.
const ENTRY: TimeDelta = TimeDelta::minutes(5);

/// Makes the store that was asked for, notes which terms were accepted and when, and opens the way into its dashboard.
pub(super) fn open(
    tx: &mut PlatformTx,
    services: &Services,
    asked: SignUpRow,
    (owner, own): (UserId, &OwnStore),
) -> Result<OpenedStore, PeopleError> {
    let store = create_own_store(tx, services, PlatformId(asked.platform_id), (owner, &asked.email), own)?;
    let entry = AuditEntry::new("store.signed_up", "stores", store.id.0)
        .note("owner_id", owner)
        .note("terms_url", &asked.terms_url)
        .note("terms_version", &asked.terms_version)
        .note("accepted_at", asked.accepted_at.to_rfc3339());
    tx.audit(Some(store.id), entry);
    let entry = AuditEntry::new("sign_up.confirmed", "sign_ups", asked.id)
        .note("store_id", store.id)
        .note("code", own.code())
        .note("owner_id", owner);
    tx.audit(None, entry);
    let token = Token::random();
    let way_in = SignUpRow {
        id: tx.new_id(),
        token_hash: Some(token.hash()),
        made_store: Some(store.id.0),
        made_user: Some(owner.0),
        expires_at: tx.now() + ENTRY,
        ..asked
    };
    sign_ups::insert(tx.conn(), &way_in)?;
    Ok(OpenedStore {
        name: own.name().to_owned(),
        code: own.code().to_owned(),
        link: links::opened_store(&store, token.reveal()),
    })
}

/// Opens a store with the account that is signed in.
///
/// # Errors
/// [`PeopleError::SignUpClosed`], [`PeopleError::StoreLimit`], [`PeopleError::OwnAddressNotProved`], `TenancyError::CodeTaken`,
/// [`AuthError::SessionEnded`], and fields that are wrong.
pub(crate) async fn create(staff: &StaffUser, asked: CreateOwnStore) -> Result<OpenedStore, PeopleError> {
    let platform = platform_of(staff.context())?.id;
    let (services, user) = (staff.services().clone(), staff.user().clone());
    let make = move |tx: &mut PlatformTx| add(tx, &services, (platform, &user), &asked);
    staff.tx(make).await
}

fn add(
    tx: &mut PlatformTx,
    services: &Services,
    (platform, user): (PlatformId, &UserIdentity),
    asked: &CreateOwnStore,
) -> Result<OpenedStore, PeopleError> {
    let policy = open_policy(tx, platform.0)?;
    let mut errors = FieldErrors::default();
    let own = OwnStore::parse((&asked.name, &asked.code), &asked.currency, &asked.locale, &mut errors);
    check_terms(&policy, asked.terms_version.as_deref(), &mut errors);
    errors.into_result()?;
    let own = own.ok_or(DbError::NotFound)?;
    // The account is held, so that two stores at once are counted one after the other.
    let account = users::lock(tx.conn(), UserArea::Store, user.id.0)?.ok_or(DbError::NotFound)?;
    // The gate has let a session in that may have been ended while the account was waited for.
    if !users::is_session_live(tx.conn(), user.session_id.0)? {
        return Err(AuthError::SessionEnded.into());
    }
    if account.email_verified_at.is_none() {
        return Err(PeopleError::OwnAddressNotProved);
    }
    if count_own_stores(tx, platform, user.id)? >= i64::from(policy.max_stores) {
        return Err(PeopleError::StoreLimit(policy.max_stores));
    }
    let asked = row((tx.new_id(), tx.now()), &policy, account.email, &own);
    open(tx, services, asked, (user.id, &own))
}

/// Goes the way into the dashboard of a store that has just been opened, at its host: a session of its owner.
///
/// # Errors
/// [`PeopleError::LinkEnded`], also at the host of another store.
pub(crate) async fn enter(anybody: &Anonymous, token: &str) -> Result<Signed, PeopleError> {
    let store = store_of(anybody.context())?;
    let attempt = brake(anybody, store.id.0, "sign-up entry")?;
    let hash = hash_of(token)?;
    let enter = move |tx: &mut PlatformTx| {
        let now = tx.now();
        let (owner, end) = sign_ups::take_entry(tx.conn(), &hash, store.id.0, now)?.ok_or(PeopleError::LinkEnded)?;
        // Whoever was switched off meanwhile stays outside.
        users::lock(tx.conn(), UserArea::Store, owner)?.ok_or(PeopleError::LinkEnded)?;
        // So does who has ended sessions since: it may have been the one that the store was opened in, by somebody who has got hold of it.
        if users::has_ended_session(tx.conn(), owner, end - ENTRY)? {
            return Err(PeopleError::LinkEnded);
        }
        let owner = UserId(owner);
        Ok::<_, PeopleError>((owner, flow::enter_user(tx, UserArea::Store, owner)?))
    };
    let (owner, started) = anybody.platform_tx(enter).await?;
    anybody.services().brake.succeeded(attempt);
    let (accounts, context) = (anybody.accounts(), anybody.context());
    Ok(flow::signed_user(accounts, context, UserArea::Store, owner, &started)?)
}
