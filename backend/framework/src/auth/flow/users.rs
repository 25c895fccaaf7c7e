//! Administrators and staff: one account, two areas.

use actix_web::cookie::Cookie;
use diesel::dsl::exists;
use diesel::prelude::*;
use orion_types::auth::{LoginRequest, SignInChallenge};
use orion_types::validation::{email_spellings, normalise_email};
use orion_types::{SessionId, UserId};
use uuid::Uuid;

use super::{Holder, Refreshed, SignOut, Signed, brake, count, refreshed, renewed_hash, signed};
use crate::Backend;
use crate::auth::second_factor::{self, open_challenge};
use crate::auth::session::{self, Turn};
use crate::auth::{Accounts, AuthError, CookieScope, RefreshToken, SessionTable, Started, UserArea, UserSessions};
use crate::db::{Actor, ActorKind, AuditEntry, DbError, PlatformTx, RequestMeta};
use crate::foreign::{admin_roles, users};
use crate::impersonation;
use crate::tenancy::RequestContext;

#[derive(Clone)]
struct Account {
    id: Uuid,
    email: String,
    password_hash: String,
    /// Active, and with a role in the area where one is needed.
    admitted: bool,
}

/// Signs a user in to an area, or asks whoever has a second factor for a code.
///
/// # Errors
/// [`AuthError::InvalidCredentials`] whatever was wrong, [`AuthError::TooManyAttempts`] when the brake is on, [`AuthError::CodeNeeded`] with
/// what [`answer_challenge`](super::answer_challenge) wants.
pub async fn sign_in_user(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    request: LoginRequest,
) -> Result<Signed, AuthError> {
    let backend = accounts.0;
    let email = normalise_email(&request.email);
    let attempt = brake(backend, context, area.audience(), Uuid::nil(), &email)?;
    let find = move |tx: &mut PlatformTx| find_account(tx, &email, area);
    let account = backend.platform_tx(Actor::system("sign-in"), RequestMeta::default(), find).await?;
    let right = backend
        .passwords
        .verify(
            &request.password,
            account.as_ref().map(|account| account.password_hash.as_str()),
            attempt.is_known(),
        )
        .await?;
    let id = account.as_ref().map(|account| account.id);
    let Some(account) = account.filter(|account| right && account.admitted) else {
        return refuse(backend, context, area, id).await;
    };
    backend.brake.succeeded(attempt);
    let renewed = renewed_hash(backend, &request.password, &account.password_hash).await?;
    let (actor, subject) = (actor(&account), account.id);
    let enter = move |tx: &mut PlatformTx| enter(tx, area, &account, renewed);
    match backend.platform_tx(actor, context.meta(), enter).await? {
        Some(Entered::Session(started)) => signed_user(accounts, context, area, UserId(subject), &started),
        Some(Entered::FirstStep(challenge)) => {
            count(area.audience(), "code_needed");
            Err(AuthError::CodeNeeded(challenge))
        }
        None => refuse(backend, context, area, id).await,
    }
}

/// What a right password leads to.
enum Entered {
    Session(Started),
    FirstStep(SignInChallenge),
}

fn holder(area: UserArea, subject: Uuid) -> Holder {
    Holder {
        audience: area.audience(),
        subject,
        store: None,
    }
}

fn actor(account: &Account) -> Actor {
    Actor {
        kind: ActorKind::User,
        id: Some(account.id),
        label: account.email.clone(),
        impersonation: None,
    }
}

async fn refuse(backend: &Backend, context: &RequestContext, area: UserArea, account: Option<Uuid>) -> Result<Signed, AuthError> {
    count(area.audience(), "refused");
    // What was typed stays out of the log: it may be a password in the wrong field.
    let note = move |tx: &mut PlatformTx| -> Result<(), DbError> {
        tx.audit(
            None,
            AuditEntry::new("user.sign_in_failed", "users", account).note("area", area.audience().as_str()),
        );
        Ok(())
    };
    backend.platform_tx(Actor::guest(), context.meta(), note).await?;
    Err(AuthError::InvalidCredentials)
}

fn find_account(tx: &mut PlatformTx, email: &str, area: UserArea) -> Result<Option<Account>, DbError> {
    let row: Option<(Uuid, String, String, bool)> = users::table
        .filter(users::email.eq_any(email_spellings(email)))
        .filter(users::deleted_at.is_null())
        .select((users::id, users::email, users::password_hash, users::active))
        .first(tx.conn())
        .optional()?;
    let Some((id, email, password_hash, active)) = row else {
        return Ok(None);
    };
    let admitted = active && has_role(tx, id, area)?;
    Ok(Some(Account {
        id,
        email,
        password_hash,
        admitted,
    }))
}

/// The admin area is for administrators only; which stores a member may enter is asked store by store.
pub(super) fn has_role(tx: &mut PlatformTx, user: Uuid, area: UserArea) -> Result<bool, DbError> {
    match area {
        UserArea::Store => Ok(true),
        UserArea::Admin => Ok(diesel::select(exists(admin_roles::table.filter(admin_roles::user_id.eq(user)))).get_result(tx.conn())?),
    }
}

/// Begins a session or its second step; `None` when the password was changed or the account switched off while it was checked. The row stays locked until the
/// commit, so that a change that comes now ends this session with the others.
fn enter(tx: &mut PlatformTx, area: UserArea, account: &Account, renewed: Option<String>) -> Result<Option<Entered>, DbError> {
    let unchanged = users::table
        .filter(users::id.eq(account.id))
        .filter(users::password_hash.eq(&account.password_hash))
        .filter(users::active);
    let held: Option<Uuid> = unchanged.select(users::id).for_update().first(tx.conn()).optional()?;
    if held.is_none() {
        tx.no_audit("the refusal is noted by itself");
        return Ok(None);
    }
    if let Some(hash) = renewed {
        let row = users::table.filter(users::id.eq(account.id));
        diesel::update(row).set(users::password_hash.eq(hash)).execute(tx.conn())?;
    }
    let user = UserId(account.id);
    if second_factor::is_on(tx, user)? {
        tx.no_audit("nobody is in yet; the second step is noted");
        return open_challenge(tx, area, user).map(|challenge| Some(Entered::FirstStep(challenge)));
    }
    enter_user(tx, area, user).map(|started| Some(Entered::Session(started)))
}

/// Begins a session for somebody who has proved all that their account asks for, or whose account has just been made.
pub fn enter_user(tx: &mut PlatformTx, area: UserArea, user: UserId) -> Result<Started, DbError> {
    let started = begin(tx, area, user)?;
    tx.audit(
        None,
        AuditEntry::new("user.signed_in", "user_sessions", started.session.0).note("area", area.audience().as_str()),
    );
    Ok(started)
}

/// The session itself, before it is noted who begins it and how.
pub(super) fn begin(tx: &mut PlatformTx, area: UserArea, user: UserId) -> Result<Started, DbError> {
    let meta = tx.meta().clone();
    session::start(&mut UserSessions::new(tx, area), user.0, &meta)
}

/// The answer for a session that [`enter_user`] has begun; call it after the commit.
pub fn signed_user(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    user: UserId,
    started: &Started,
) -> Result<Signed, AuthError> {
    count(area.audience(), "ok");
    signed(accounts.0, context, holder(area, user.0), started)
}

/// Prolongs a session with the refresh token of its cookie.
///
/// # Errors
/// [`AuthError::SessionEnded`] when there is none, it has ended, or the account may no longer sign in.
pub async fn refresh_user(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    cookie: Option<String>,
) -> Result<Refreshed, AuthError> {
    let backend = accounts.0;
    let token = cookie.as_deref().and_then(RefreshToken::parse).ok_or(AuthError::SessionEnded)?;
    let turn = move |tx: &mut PlatformTx| take_turn(tx, area, &token);
    let turn = backend.platform_tx(Actor::system("session"), context.meta(), turn).await?;
    refreshed(backend, context, |session| holder(area, session.owner), turn)
}

fn take_turn(tx: &mut PlatformTx, area: UserArea, token: &RefreshToken) -> Result<Turn, DbError> {
    tx.no_audit("a session goes on");
    let turn = session::refresh(&mut UserSessions::new(tx, area), token)?;
    let (owner, impersonation) = match &turn {
        Turn::Rotated { session, .. } | Turn::Repeated { session } => (session.owner, session.impersonation),
        Turn::Reused { session } => {
            tx.audit(
                None,
                AuditEntry::new("user.session_reused", "user_sessions", session.id).note("user", session.owner),
            );
            return Ok(turn);
        }
        Turn::Ended => return Ok(turn),
    };
    let active = users::table
        .filter(users::id.eq(owner))
        .filter(users::active)
        .filter(users::deleted_at.is_null());
    let active: bool = diesel::select(exists(active)).get_result(tx.conn())?;
    let goes_on = match impersonation {
        Some(id) => impersonation::find_running(tx, id, UserId(owner))?.is_some(),
        None => has_role(tx, owner, area)?,
    };
    if active && goes_on {
        return Ok(turn);
    }
    UserSessions::new(tx, area).revoke(owner, token.session())?;
    Ok(Turn::Ended)
}

/// Ends the session that the request can prove, if any; returns the cookie that takes the refresh token away.
pub async fn sign_out_user(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    proof: SignOut,
) -> Result<Cookie<'static>, AuthError> {
    let backend = accounts.0;
    let claims = proof
        .bearer
        .as_deref()
        .and_then(|token| backend.tokens.verify(token, area.audience()).ok());
    let token = proof.token();
    let leave = move |tx: &mut PlatformTx| -> Result<(), DbError> {
        tx.no_audit("there may be nothing to end");
        let mut sessions = UserSessions::new(tx, area);
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
        // Who has come into a store as its administrator leaves as that, in the store's log too.
        if let [(_, session)] = ended.as_slice()
            && let Some(visitor) = impersonation::actor_of(tx, *session)?
        {
            tx.turns_out_to_be(visitor);
        }
        for (owner, session) in ended {
            tx.audit(
                None,
                AuditEntry::new("user.signed_out", "user_sessions", session).note("user", owner),
            );
        }
        Ok(())
    };
    backend.platform_tx(Actor::system("session"), context.meta(), leave).await?;
    Ok(CookieScope::of(backend, context, area.audience()).clear_refresh())
}
