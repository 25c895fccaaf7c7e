//! Customers: an account per store, and nothing beyond it.

use actix_web::cookie::Cookie;
use diesel::dsl::exists;
use diesel::prelude::*;
use orion_types::auth::LoginRequest;
use orion_types::validation::{email_spellings, normalise_email};
use orion_types::{CustomerId, SessionId};
use uuid::Uuid;

use super::{Holder, Refreshed, SignOut, Signed, brake, count, refreshed, renewed_hash, signed};
use crate::Backend;
use crate::auth::session::{self, Turn};
use crate::auth::{Accounts, Audience, AuthError, CookieScope, CustomerSessions, RefreshToken, SessionTable, Started};
use crate::db::{Actor, ActorKind, AuditEntry, DbError, StoreTx};
use crate::foreign::customers;
use crate::tenancy::{RequestContext, StoreContext};

pub(super) struct Account {
    id: Uuid,
    pub(super) password_hash: Option<String>,
    active: bool,
}

/// Signs a customer in to a store and brings the guest's cart along.
///
/// # Errors
/// [`AuthError::InvalidCredentials`] whatever was wrong, [`AuthError::TooManyAttempts`] when the brake is on.
pub async fn sign_in_customer(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    request: LoginRequest,
    cart_token: Option<String>,
) -> Result<Signed, AuthError> {
    let backend = accounts.0;
    let email = normalise_email(&request.email);
    let attempt = brake(backend, context, Audience::Storefront, store.id.0, &email)?;
    let actor = Actor {
        kind: ActorKind::Customer,
        id: None,
        label: email.clone(),
        impersonation: None,
    };
    let find = move |tx: &mut StoreTx| find_account(tx, &email);
    let account = backend.store_read(store, Actor::system("sign-in"), find).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = backend
        .passwords
        .verify(&request.password, hash.as_deref(), attempt.is_known())
        .await?;
    let id = account.as_ref().map(|account| account.id);
    let (Some(account), Some(hash)) = (account.filter(|account| right && account.active), hash) else {
        return refuse(backend, context, store, id).await;
    };
    backend.brake.succeeded(attempt);
    let renewed = renewed_hash(backend, &request.password, &hash).await?;
    let actor = Actor {
        id: Some(account.id),
        ..actor
    };
    let customer = CustomerId(account.id);
    let enter = move |tx: &mut StoreTx| {
        if !hold(tx, customer, &hash, renewed)? {
            tx.no_audit("the refusal is noted by itself");
            return Ok(None);
        }
        enter_customer(tx, customer, cart_token.as_deref()).map(Some)
    };
    let Some(started) = backend.store_tx::<_, DbError>(store, actor, context.meta(), enter).await? else {
        return refuse(backend, context, store, id).await;
    };
    signed_customer(accounts, context, store, customer, &started)
}

/// Begins a session for a customer, such as one who has just registered, and lets the modules bring along what the guest had.
pub fn enter_customer(tx: &mut StoreTx, customer: CustomerId, cart_token: Option<&str>) -> Result<Started, DbError> {
    let started = begin(tx, customer, cart_token)?;
    tx.audit(AuditEntry::new("customer.signed_in", "customer_sessions", started.session.0).note("customer", customer.0));
    Ok(started)
}

/// The session, and what the guest had; whoever calls writes down how somebody has come in.
pub(super) fn begin(tx: &mut StoreTx, customer: CustomerId, cart_token: Option<&str>) -> Result<Started, DbError> {
    let meta = tx.meta().clone();
    let started = session::start(&mut CustomerSessions::new(tx), customer.0, &meta)?;
    for module in tx.modules().all() {
        if let Some(hook) = module.on_customer_login.filter(|_| tx.module_enabled(module.id)) {
            hook(tx, customer, cart_token)?;
        }
    }
    Ok(started)
}

/// The answer for a session that [`enter_customer`] has begun; call it after the commit.
pub fn signed_customer(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    customer: CustomerId,
    started: &Started,
) -> Result<Signed, AuthError> {
    let backend = accounts.0;
    count(Audience::Storefront, "ok");
    signed(backend, context, holder(store, customer.0), started)
}

fn holder(store: &StoreContext, subject: Uuid) -> Holder {
    Holder {
        audience: Audience::Storefront,
        subject,
        store: Some(store.id),
    }
}

async fn refuse(backend: &Backend, context: &RequestContext, store: &StoreContext, account: Option<Uuid>) -> Result<Signed, AuthError> {
    count(Audience::Storefront, "refused");
    let note = move |tx: &mut StoreTx| -> Result<(), DbError> {
        tx.audit(AuditEntry::new("customer.sign_in_failed", "customers", account));
        Ok(())
    };
    backend.store_tx(store, Actor::guest(), context.meta(), note).await?;
    Err(AuthError::InvalidCredentials)
}

pub(super) fn find_account(tx: &mut StoreTx, email: &str) -> Result<Option<Account>, DbError> {
    let row: Option<(Uuid, Option<String>, bool)> = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::email.eq_any(email_spellings(email)))
        .filter(customers::deleted_at.is_null())
        .select((customers::id, customers::password_hash, customers::active))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, password_hash, active)| Account { id, password_hash, active }))
}

/// Whether the hash that was checked is still the account's; its row stays locked until the commit, so that a change that comes now ends
/// the session that begins with the others.
fn hold(tx: &mut StoreTx, customer: CustomerId, checked: &str, renewed: Option<String>) -> Result<bool, DbError> {
    let row = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::id.eq(customer.0));
    let unchanged = row.filter(customers::password_hash.eq(checked)).select(customers::id);
    let held: Option<Uuid> = unchanged.for_update().first(tx.conn()).optional()?;
    if let (Some(_), Some(hash)) = (held, renewed) {
        diesel::update(row).set(customers::password_hash.eq(hash)).execute(tx.conn())?;
    }
    Ok(held.is_some())
}

/// Prolongs a session with the refresh token of its cookie.
///
/// # Errors
/// [`AuthError::SessionEnded`] when there is none in this store, it has ended, or the account may no longer sign in.
pub async fn refresh_customer(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    cookie: Option<String>,
) -> Result<Refreshed, AuthError> {
    let backend = accounts.0;
    let token = cookie.as_deref().and_then(RefreshToken::parse).ok_or(AuthError::SessionEnded)?;
    let turn = move |tx: &mut StoreTx| take_turn(tx, &token);
    let turn = backend.store_tx(store, Actor::system("session"), context.meta(), turn).await?;
    refreshed(backend, context, |session| holder(store, session.owner), turn)
}

fn take_turn(tx: &mut StoreTx, token: &RefreshToken) -> Result<Turn, DbError> {
    tx.no_audit("a session goes on");
    let turn = session::refresh(&mut CustomerSessions::new(tx), token)?;
    let owner = match &turn {
        Turn::Rotated { session, .. } | Turn::Repeated { session } => session.owner,
        Turn::Reused { session } => {
            tx.audit(AuditEntry::new("customer.session_reused", "customer_sessions", session.id).note("customer", session.owner));
            return Ok(turn);
        }
        Turn::Ended => return Ok(turn),
    };
    let active = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::id.eq(owner))
        .filter(customers::active)
        .filter(customers::deleted_at.is_null());
    if diesel::select(exists(active)).get_result(tx.conn())? {
        return Ok(turn);
    }
    CustomerSessions::new(tx).revoke(owner, token.session())?;
    Ok(Turn::Ended)
}

/// Ends the session that the request can prove, if any; returns the cookie that takes the refresh token away.
pub async fn sign_out_customer(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    proof: SignOut,
) -> Result<Cookie<'static>, AuthError> {
    let backend = accounts.0;
    let verify = |token: &str| backend.tokens.verify(token, Audience::Storefront).ok();
    let claims = proof
        .bearer
        .as_deref()
        .and_then(verify)
        .filter(|claims| claims.store == Some(store.id.0));
    let token = proof.token();
    let leave = move |tx: &mut StoreTx| -> Result<(), DbError> {
        tx.no_audit("there may be nothing to end");
        let mut sessions = CustomerSessions::new(tx);
        let mut ended = Vec::new();
        if let Some(claims) = claims
            && sessions.revoke(claims.sub, SessionId(claims.sid))?
        {
            ended.push((claims.sub, claims.sid));
        }
        if let Some(token) = token
            && let Some(session) = session::end(&mut sessions, &token)?
        {
            ended.push((session.owner, session.id));
        }
        for (owner, session) in ended {
            tx.audit(AuditEntry::new("customer.signed_out", "customer_sessions", session).note("customer", owner));
        }
        Ok(())
    };
    backend.store_tx(store, Actor::system("session"), context.meta(), leave).await?;
    Ok(CookieScope::of(backend, context, Audience::Storefront).clear_refresh())
}
