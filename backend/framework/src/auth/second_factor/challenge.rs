//! Challenges: the right password was given, and a code is still to come.

use chrono::TimeDelta;
use diesel::prelude::*;
use orion_types::UserId;
use orion_types::auth::SignInChallenge;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::auth::UserArea;
use crate::clock::Ids;
use crate::db::{DbError, PlatformTx};
use crate::foreign::users;
use crate::schema::user_challenges::{self, dsl};

const LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// Wrong codes after which the password is asked for again.
const TRIES: i32 = 5;

/// Whose challenge it is.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct Challenged {
    pub(crate) id: Uuid,
    pub(crate) user: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Opens one for an account whose row the transaction holds. Those that are over go.
pub(crate) fn open_challenge(tx: &mut PlatformTx, area: UserArea, user: UserId) -> Result<SignInChallenge, DbError> {
    let (id, now) = (tx.new_id(), tx.now());
    let over = user_challenges::table
        .filter(dsl::user_id.eq(user.0))
        .filter(dsl::expires_at.le(now));
    diesel::delete(over).execute(tx.conn())?;
    let version: i32 = users::table.filter(users::id.eq(user.0)).select(users::version).first(tx.conn())?;
    let token = Ids::secret();
    diesel::insert_into(user_challenges::table)
        .values((
            dsl::id.eq(id),
            dsl::user_id.eq(user.0),
            dsl::area.eq(area.audience().as_str()),
            dsl::token_hash.eq(hash(&token)),
            dsl::account_version.eq(version),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(now + LIFETIME),
        ))
        .execute(tx.conn())?;
    Ok(SignInChallenge {
        token,
        expires_in: u32::try_from(LIFETIME.num_seconds()).unwrap_or_default(),
    })
}

/// Whose it is, while it works: in its area, with the password unchanged since.
pub(crate) fn find_challenge(tx: &mut PlatformTx, area: UserArea, token: &str) -> Result<Option<Challenged>, DbError> {
    let now = tx.now();
    Ok(user_challenges::table
        .inner_join(users::table.on(users::id.eq(dsl::user_id)))
        .filter(dsl::token_hash.eq(hash(token)))
        .filter(dsl::area.eq(area.audience().as_str()))
        .filter(dsl::expires_at.gt(now))
        .filter(dsl::tries.lt(TRIES))
        .filter(users::version.eq(dsl::account_version))
        .filter(users::active)
        .filter(users::deleted_at.is_null())
        .select((dsl::id, users::id, users::email, users::name))
        .first(tx.conn())
        .optional()?)
}

/// Holds the account of a challenge until the transaction ends; false when it has ended meanwhile.
pub(crate) fn lock_challenge(tx: &mut PlatformTx, area: UserArea, token: &str, challenged: &Challenged) -> Result<bool, DbError> {
    let account = users::table.filter(users::id.eq(challenged.user)).select(users::id);
    account.for_update().first::<Uuid>(tx.conn())?;
    Ok(find_challenge(tx, area, token)?.is_some())
}

/// Counts a wrong code.
pub(crate) fn count_try(tx: &mut PlatformTx, id: Uuid) -> Result<(), DbError> {
    let one = user_challenges::table.filter(dsl::id.eq(id));
    diesel::update(one).set(dsl::tries.eq(dsl::tries + 1)).execute(tx.conn())?;
    Ok(())
}

/// Uses it up.
pub(crate) fn end_challenge(tx: &mut PlatformTx, id: Uuid) -> Result<(), DbError> {
    diesel::delete(user_challenges::table.filter(dsl::id.eq(id))).execute(tx.conn())?;
    Ok(())
}
