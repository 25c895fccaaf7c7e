//! Signing in, staying signed in, signing out, changing the password: what the routes of three areas share.
//!
//! An answer never tells whether an account exists: unknown, wrong and not allowed take the same time and the same path.

mod customers;
mod everywhere;
mod impersonation;
mod passkey;
mod password;
mod second_step;
#[cfg(test)]
mod tests;
mod users;

use actix_web::cookie::Cookie;
use orion_types::auth::AccessToken;
use orion_types::{SessionId, StoreId};
use uuid::Uuid;

pub use customers::{enter_customer, refresh_customer, sign_in_customer, sign_out_customer, signed_customer};
pub use everywhere::{sign_out_customer_everywhere, sign_out_user_everywhere};
pub use impersonation::enter_impersonation;
pub use passkey::{CustomerPasskeyHolder, PasskeyHolder, count_refused_passkey, sign_in_by_passkey, sign_in_customer_by_passkey};
pub use password::{change_customer_password, change_user_password, check_customer_password, check_user, check_user_password, chosen_hash};
pub use second_step::{RecoveryUsed, answer_challenge};
pub use users::{enter_user, refresh_user, sign_in_user, sign_out_user, signed_user};

use super::{Attempt, Audience, AuthError, CookieScope, NewToken, RefreshToken, SessionRow, Started, Turn};
use crate::Backend;
use crate::tenancy::RequestContext;

/// What sessions and passwords are kept by; the gates of accounts hand it to these functions, and nobody else can use it.
#[derive(Clone, Copy)]
pub struct Accounts<'a>(pub(crate) &'a Backend);

/// Somebody has signed in.
#[derive(Debug)]
pub struct Signed {
    /// For the body.
    pub access: AccessToken,
    /// For the answer's headers.
    pub refresh_cookie: Cookie<'static>,
}

/// A session goes on.
#[derive(Debug)]
pub struct Refreshed {
    /// For the body.
    pub access: AccessToken,
    /// For the answer's headers; absent for a second tab, whose cookie jar holds the new one already.
    pub refresh_cookie: Option<Cookie<'static>>,
}

/// What a request to sign out can prove its session with.
#[derive(Debug, Clone, Default)]
pub struct SignOut {
    /// The refresh token's cookie.
    pub cookie: Option<String>,
    /// The access token.
    pub bearer: Option<String>,
}

impl SignOut {
    fn token(&self) -> Option<RefreshToken> {
        self.cookie.as_deref().and_then(RefreshToken::parse)
    }
}

/// Whose session it is.
#[derive(Debug, Clone, Copy)]
struct Holder {
    audience: Audience,
    subject: Uuid,
    store: Option<StoreId>,
}

fn brake(backend: &Backend, context: &RequestContext, audience: Audience, realm: Uuid, email: &str) -> Result<Attempt, AuthError> {
    backend.brake.attempt(realm, email, Some(&context.ip)).map_err(|retry_after| {
        count(audience, "braked");
        AuthError::TooManyAttempts { retry_after }
    })
}

fn count(audience: Audience, outcome: &'static str) {
    ::metrics::counter!("orion_sign_ins_total", "area" => audience.as_str(), "outcome" => outcome).increment(1);
    if !matches!(outcome, "ok" | "code_needed") {
        ::metrics::counter!("logins_failed_total", "area" => audience.as_str()).increment(1);
    }
}

/// The hash to store instead when the present one was made with less effort than is asked for now.
async fn renewed_hash(backend: &Backend, password: &str, hash: &str) -> Result<Option<String>, AuthError> {
    if !backend.passwords.needs_rehash(hash) {
        return Ok(None);
    }
    Ok(Some(backend.passwords.hash(password).await?))
}

fn signed(backend: &Backend, context: &RequestContext, holder: Holder, started: &Started) -> Result<Signed, AuthError> {
    context.identify(holder.subject);
    let lifetime = started.expires_at - backend.clock.now();
    let refresh_cookie = CookieScope::of(backend, context, holder.audience).refresh(started.token.cookie_value(), lifetime);
    Ok(Signed {
        access: access(backend, holder, started.session)?,
        refresh_cookie,
    })
}

fn refreshed(
    backend: &Backend,
    context: &RequestContext,
    holder: impl Fn(&SessionRow) -> Holder,
    turn: Turn,
) -> Result<Refreshed, AuthError> {
    let (session, next) = match turn {
        Turn::Rotated {
            session,
            token,
            expires_at,
        } => (session, Some((token, expires_at))),
        Turn::Repeated { session } => (session, None),
        Turn::Ended | Turn::Reused { .. } => return Err(AuthError::SessionEnded),
    };
    let holder = holder(&session);
    context.identify(holder.subject);
    let scope = CookieScope::of(backend, context, holder.audience);
    let now = backend.clock.now();
    let refresh_cookie = next.map(|(token, expires_at)| scope.refresh(token.cookie_value(), expires_at - now));
    Ok(Refreshed {
        access: access(backend, holder, SessionId(session.id))?,
        refresh_cookie,
    })
}

fn access(backend: &Backend, holder: Holder, session: SessionId) -> Result<AccessToken, AuthError> {
    let Holder { audience, subject, store } = holder;
    backend
        .tokens
        .issue(NewToken {
            audience,
            subject,
            session,
            store,
        })
        .map_err(AuthError::Token)
}
