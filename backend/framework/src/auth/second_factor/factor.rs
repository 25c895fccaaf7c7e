//! An account's factor: turning it on and off, and looking at codes.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use orion_types::auth::SecondFactor;
use orion_types::{Timestamp, UserId};
use uuid::Uuid;

use super::{app, codes};
use crate::auth::{AuthError, Vault, whole_seconds};
use crate::db::{DbError, PlatformTx};
use crate::foreign::users;
use crate::schema::user_second_factors::{self, dsl};

/// How long a secret that was shown can be confirmed.
const SETUP_LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// Wrong codes without a pause.
const FREE_FAILURES: i32 = 5;
const LONGEST_PAUSE: i64 = 900;

/// What an authenticator app needs; shown once.
pub struct Setup {
    /// The secret in letters, for apps without a camera.
    pub secret: String,
    /// The `otpauth:` address that holds it.
    pub uri: String,
}

/// What a code was worth. Commit it in every case: a wrong one is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A code of the app, now used.
    App,
    /// A recovery code, now used; so many are left.
    Recovery {
        /// Codes that still work.
        left: i64,
    },
    /// None, an old one, or one that was used.
    Wrong,
    /// So many were wrong that nobody has looked; seconds to wait.
    Wait(u32),
    /// The account has no factor.
    Off,
}

impl Verdict {
    /// Whether it was right; else what somebody is told.
    ///
    /// # Errors
    /// [`AuthError::WrongCode`], [`AuthError::TooManyAttempts`], [`AuthError::NoSecondFactor`].
    pub fn into_result(self) -> Result<(), AuthError> {
        match self {
            Self::App | Self::Recovery { .. } => Ok(()),
            Self::Wrong => Err(AuthError::WrongCode),
            Self::Wait(retry_after) => Err(AuthError::TooManyAttempts { retry_after }),
            Self::Off => Err(AuthError::NoSecondFactor),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = user_second_factors)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Row {
    secret: Vec<u8>,
    confirmed_at: Option<DateTime<Utc>>,
    last_step: i64,
    failures: i32,
    failed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// A secret opens for its account alone.
fn place(user: Uuid) -> String {
    format!("second factor {user}")
}

fn of(user: Uuid) -> user_second_factors::BoxedQuery<'static, diesel::pg::Pg> {
    user_second_factors::table.filter(dsl::user_id.eq(user)).into_boxed()
}

/// The account first and then its factor, as signing in holds them: whoever enters while it is turned on is asked for a code or signed out.
fn lock(tx: &mut PlatformTx, user: Uuid) -> Result<Option<Row>, DbError> {
    let account = users::table.filter(users::id.eq(user)).select(users::id);
    account.for_update().first::<Uuid>(tx.conn())?;
    let row = user_second_factors::table.filter(dsl::user_id.eq(user));
    Ok(row.select(Row::as_select()).for_update().first(tx.conn()).optional()?)
}

/// Whether the account has one.
///
/// # Errors
/// When the database fails.
pub fn is_on(tx: &mut PlatformTx, user: UserId) -> Result<bool, DbError> {
    let on = of(user.0).filter(dsl::confirmed_at.is_not_null());
    Ok(diesel::select(exists(on)).get_result(tx.conn())?)
}

/// Those of the accounts that have one.
///
/// # Errors
/// When the database fails.
pub fn list_holders(tx: &mut PlatformTx, ids: &[Uuid]) -> Result<HashSet<Uuid>, DbError> {
    let on = user_second_factors::table
        .filter(dsl::user_id.eq_any(ids))
        .filter(dsl::confirmed_at.is_not_null());
    let ids: Vec<Uuid> = on.select(dsl::user_id).load(tx.conn())?;
    Ok(ids.into_iter().collect())
}

/// As its owner sees it.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut PlatformTx, user: UserId) -> Result<SecondFactor, DbError> {
    let on_since: Option<Option<DateTime<Utc>>> = of(user.0).select(dsl::confirmed_at).first(tx.conn()).optional()?;
    Ok(SecondFactor {
        on_since: on_since.flatten().map(Timestamp::from),
        recovery_codes_left: codes::count(tx, user.0)?,
    })
}

/// Makes a secret, which counts for nothing until a code of it has come; one that was shown before is worth nothing from then on.
///
/// # Errors
/// [`AuthError::SecondFactorOn`].
pub fn start(tx: &mut PlatformTx, vault: &Vault, issuer: &str, (user, email): (UserId, &str)) -> Result<Setup, AuthError> {
    if lock(tx, user.0)?.is_some_and(|row| row.confirmed_at.is_some()) {
        return Err(AuthError::SecondFactorOn);
    }
    let secret = app::random_secret();
    let row = (
        dsl::secret.eq(vault.lock(&place(user.0), &secret)?),
        dsl::last_step.eq(0),
        dsl::created_at.eq(tx.now()),
    );
    diesel::insert_into(user_second_factors::table)
        .values((dsl::user_id.eq(user.0), row.clone()))
        .on_conflict(dsl::user_id)
        .do_update()
        .set(row)
        .execute(tx.conn())?;
    let (secret, uri) = app::shown(secret, issuer, email)?;
    Ok(Setup { secret, uri })
}

/// Turns it on with a code of the new secret; the recovery codes.
///
/// # Errors
/// [`AuthError::WrongCode`], [`AuthError::SecondFactorOn`], and [`AuthError::NoSecondFactor`] when none was started of late.
pub fn confirm(tx: &mut PlatformTx, vault: &Vault, user: UserId, code: &str) -> Result<Vec<String>, AuthError> {
    let now = tx.now();
    let row = lock(tx, user.0)?.ok_or(AuthError::NoSecondFactor)?;
    if row.confirmed_at.is_some() {
        return Err(AuthError::SecondFactorOn);
    }
    if row.created_at + SETUP_LIFETIME < now {
        return Err(AuthError::NoSecondFactor);
    }
    let step = step_of(vault, user.0, &row, code, now)?.ok_or(AuthError::WrongCode)?;
    let on = (
        dsl::confirmed_at.eq(now),
        dsl::last_step.eq(step),
        dsl::failures.eq(0),
        dsl::failed_at.eq(None::<DateTime<Utc>>),
    );
    diesel::update(user_second_factors::table.filter(dsl::user_id.eq(user.0)))
        .set(on)
        .execute(tx.conn())?;
    Ok(codes::replace(tx, user.0)?)
}

/// The step of a code that was not taken yet.
fn step_of(vault: &Vault, user: Uuid, row: &Row, code: &str, now: DateTime<Utc>) -> Result<Option<i64>, AuthError> {
    let secret = vault.open(&place(user), &row.secret)?;
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    Ok(app::step_of(secret, &code, now)?.filter(|step| *step > row.last_step))
}

/// Looks at a code, of the app or for recovery, and uses it up.
///
/// # Errors
/// When the database fails or the secret is none of this server's.
pub fn check(tx: &mut PlatformTx, vault: &Vault, user: UserId, code: &str) -> Result<Verdict, AuthError> {
    let now = tx.now();
    let Some(row) = lock(tx, user.0)?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(Verdict::Off);
    };
    let account = user_second_factors::table.filter(dsl::user_id.eq(user.0));
    // Before any pause: nobody guesses 120 bits, and whoever knows the password could keep its owner out with wrong codes.
    if codes::take(tx, user.0, code)? {
        diesel::update(account).set(dsl::failures.eq(0)).execute(tx.conn())?;
        let left = codes::count(tx, user.0)?;
        return Ok(Verdict::Recovery { left });
    }
    if let Some(seconds) = pause(row.failures, row.failed_at, now) {
        return Ok(Verdict::Wait(seconds));
    }
    if let Some(step) = step_of(vault, user.0, &row, code, now)? {
        let used = (dsl::last_step.eq(step), dsl::failures.eq(0));
        diesel::update(account).set(used).execute(tx.conn())?;
        return Ok(Verdict::App);
    }
    let wrong = (dsl::failures.eq(row.failures.saturating_add(1)), dsl::failed_at.eq(now));
    diesel::update(account).set(wrong).execute(tx.conn())?;
    Ok(Verdict::Wrong)
}

/// Seconds until the next code is looked at: 1, 2, 4 … a quarter of an hour after the last wrong one.
fn pause(failures: i32, failed_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<u32> {
    let over = u32::try_from(failures.checked_sub(FREE_FAILURES)?).ok()?;
    let pause = 1_i64.checked_shl(over.min(16)).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
    let left = failed_at? + TimeDelta::seconds(pause) - now;
    left.to_std().ok().filter(|left| !left.is_zero()).map(whole_seconds)
}

/// Makes other recovery codes in the place of those that there are.
///
/// # Errors
/// When the database fails.
pub fn renew_codes(tx: &mut PlatformTx, user: UserId) -> Result<Vec<String>, DbError> {
    codes::replace(tx, user.0)
}

/// Turns it off, and with it go recovery codes and challenges; false when there was none.
///
/// # Errors
/// When the database fails.
pub fn turn_off(tx: &mut PlatformTx, user: UserId) -> Result<bool, DbError> {
    let was_on = lock(tx, user.0)?.is_some_and(|row| row.confirmed_at.is_some());
    diesel::delete(user_second_factors::table.filter(dsl::user_id.eq(user.0))).execute(tx.conn())?;
    Ok(was_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_codes_are_slowed_down_from_the_fifth_on() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let waits = |failures, ago| pause(failures, Some(now - TimeDelta::seconds(ago)), now);
        assert_eq!((waits(0, 0), waits(4, 0)), (None, None));
        assert_eq!((waits(5, 0), waits(6, 0), waits(7, 1)), (Some(1), Some(2), Some(3)));
        assert_eq!((waits(5, 1), waits(60, 899), waits(i32::MAX, 900)), (None, Some(1), None));
    }
}
