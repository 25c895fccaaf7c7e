//! Impersonations: an administrator in a store's dashboard, with a reason and for a while, seen by the merchant.
//!
//! ```text
//! begun in the administration ── a link: one use, a minute, one host ── a session of the dashboard ── its time, its end by either side
//! ```
//!
//! The gate reads the row with every request: once it has ended, its time is over, or the administrator may no longer work for the store's platform,
//! the session is nobody's. Whoever impersonates has rights that modules have opened to it, and no place in the team.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamptz};
use orion_types::impersonation::Impersonation;
use orion_types::status::{AdminRole, ImpersonationStatus};
use orion_types::{ImpersonationId, StoreId, UserId};
use uuid::Uuid;

use crate::db::{Actor, ActorKind, AuditEntry, DbError, PlatformTx, StoreTx};
use crate::foreign::{admin_roles, stores, user_sessions, users};
use crate::schema::impersonations::{self, dsl};

/// How long the link can be followed.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// What the gate knows of one that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impersonating {
    /// Which one.
    pub id: ImpersonationId,
    /// The store, and no other.
    pub store: StoreId,
    /// Its host, and no other.
    pub host: String,
    /// Why.
    pub reason: String,
    /// Whether things may be changed.
    pub may_change: bool,
    /// When it is over.
    pub ends_at: DateTime<Utc>,
}

/// One as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = impersonations)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct ImpersonationRow {
    /// The store.
    pub store_id: Uuid,
    /// Its id.
    pub id: Uuid,
    /// The administrator.
    pub user_id: Uuid,
    /// Their name then.
    pub user_name: String,
    /// Their address then.
    pub user_email: String,
    /// Why: 10 to 500 characters.
    pub reason: String,
    /// Whether things may be changed.
    pub may_change: bool,
    /// The host of its link and its session.
    pub host: String,
    /// SHA-256 of the link's secret, until it is followed.
    pub token_hash: Option<Vec<u8>>,
    /// Until when it can be.
    pub link_expires_at: DateTime<Utc>,
    /// When it was.
    pub began_at: Option<DateTime<Utc>>,
    /// When it is over: at most an hour after it was made.
    pub ends_at: DateTime<Utc>,
    /// When it was ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// What the audit log calls whoever ended it.
    pub ended_by: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When something about it last changed.
    pub updated_at: DateTime<Utc>,
}

impl ImpersonationRow {
    fn status(&self, now: DateTime<Utc>) -> ImpersonationStatus {
        let is_over = self.ended_at.is_some() || self.ends_at <= now;
        match (self.began_at.is_some(), is_over) {
            (true, false) => ImpersonationStatus::Running,
            (true, true) => ImpersonationStatus::Ended,
            (false, false) if self.link_expires_at > now => ImpersonationStatus::Waiting,
            (false, _) => ImpersonationStatus::Unused,
        }
    }

    /// As people are shown it.
    pub fn into_wire(self, now: DateTime<Utc>) -> Impersonation {
        Impersonation {
            id: ImpersonationId(self.id),
            status: self.status(now),
            name: self.user_name,
            email: self.user_email,
            reason: self.reason,
            may_change: self.may_change,
            began_at: self.began_at.map(Into::into),
            ends_at: self.ends_at.into(),
            ended_at: self.ended_at.map(Into::into),
            ended_by: self.ended_by,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
        }
    }

    /// Why it has ended: as whoever ended it says, or because its time was over.
    fn because(&self, said: &'static str) -> &'static str {
        if self.ended_by.is_some() { said } else { "time_over" }
    }

    /// A line of the audit log about it.
    pub fn entry(&self, action: &'static str) -> AuditEntry {
        AuditEntry::new(action, "impersonations", self.id)
            .note("reason", &self.reason)
            .note("by", &self.user_email)
    }
}

/// Where a page of a list goes on, what has changed since when, and how many.
pub type Part = (Option<Uuid>, Option<DateTime<Utc>>, i64);

/// A part of the list, newest first.
macro_rules! part {
    ($query:expr, $part:expr, $conn:expr) => {{
        let (before, since, limit): Part = $part;
        let mut query = $query
            .order(dsl::id.desc())
            .limit(limit)
            .select(ImpersonationRow::as_select())
            .into_boxed();
        if let Some(before) = before {
            query = query.filter(dsl::id.lt(before));
        }
        if let Some(since) = since {
            query = query.filter(dsl::updated_at.ge(since));
        }
        Ok(query.load($conn)?)
    }};
}

/// Keeps a new one.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut PlatformTx, row: &ImpersonationRow) -> Result<(), DbError> {
    diesel::insert_into(impersonations::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The one that goes on for a session of an administrator, while they may work for the platform of the store.
pub(crate) fn find_running(tx: &mut PlatformTx, id: Uuid, user: UserId) -> Result<Option<Impersonating>, DbError> {
    let now = tx.now();
    let all = admin_roles::role.eq(AdminRole::SuperAdmin.as_str());
    let of_platform = admin_roles::platform_id.eq(stores::platform_id.nullable());
    let grant = admin_roles::table
        .filter(admin_roles::user_id.eq(user.0))
        .filter(all.or(of_platform.assume_not_null()));
    let active = users::table
        .filter(users::id.eq(user.0))
        .filter(users::active)
        .filter(users::deleted_at.is_null());
    let row: Option<(Uuid, String, String, bool, DateTime<Utc>)> = impersonations::table
        .inner_join(stores::table.on(stores::id.eq(dsl::store_id)))
        .filter(stores::deleted_at.is_null())
        .filter(dsl::id.eq(id))
        .filter(dsl::user_id.eq(user.0))
        .filter(dsl::ended_at.is_null())
        .filter(dsl::ends_at.gt(now))
        .filter(exists(grant))
        .filter(exists(active))
        .select((dsl::store_id, dsl::host, dsl::reason, dsl::may_change, dsl::ends_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(store, host, reason, may_change, ends_at)| Impersonating {
        id: ImpersonationId(id),
        store: StoreId(store),
        host,
        reason,
        may_change,
        ends_at,
    }))
}

/// The one whose link is followed at a host of the store, while it works.
///
/// # Errors
/// When the database fails.
pub fn find_by_token(tx: &mut StoreTx, hash: &[u8], host: &str) -> Result<Option<ImpersonationRow>, DbError> {
    let now = tx.now();
    let row = impersonations::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::host.eq(host))
        .filter(dsl::link_expires_at.gt(now))
        .filter(dsl::ended_at.is_null())
        .select(ImpersonationRow::as_select())
        .first(tx.conn())
        .optional()?;
    Ok(row)
}

/// Whose session it is, where it is one of an impersonation: the administrator, in that impersonation.
pub(crate) fn actor_of(tx: &mut PlatformTx, session: Uuid) -> Result<Option<Actor>, DbError> {
    let its = user_sessions::table.filter(user_sessions::id.eq(session));
    let its: Option<Option<Uuid>> = its.select(user_sessions::impersonation_id).first(tx.conn()).optional()?;
    let Some(id) = its.flatten() else { return Ok(None) };
    let row: Option<(Uuid, String)> = impersonations::table
        .filter(dsl::id.eq(id))
        .select((dsl::user_id, dsl::user_email))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(user, email)| Actor {
        kind: ActorKind::User,
        id: Some(user),
        label: email,
        impersonation: Some(id),
    }))
}

/// Uses the link up. Of two who follow it at the same time one is let in.
pub(crate) fn follow(tx: &mut PlatformTx, row: &ImpersonationRow) -> Result<bool, DbError> {
    let now = tx.now();
    let open = impersonations::table
        .filter(dsl::store_id.eq(row.store_id))
        .filter(dsl::id.eq(row.id))
        .filter(dsl::token_hash.eq(&row.token_hash))
        .filter(dsl::ended_at.is_null());
    let used = diesel::update(open)
        .set((
            dsl::token_hash.eq(None::<Vec<u8>>),
            dsl::began_at.eq(Some(now)),
            dsl::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(used == 1)
}

/// Those of the store.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut StoreTx, part: Part) -> Result<Vec<ImpersonationRow>, DbError> {
    let own = impersonations::table.filter(dsl::store_id.eq(tx.store_id()));
    part!(own, part, tx.conn())
}

/// Those of a store, for the administration.
///
/// # Errors
/// When the database fails.
pub fn list_of(tx: &mut PlatformTx, store: StoreId, part: Part) -> Result<Vec<ImpersonationRow>, DbError> {
    let its = impersonations::table.filter(dsl::store_id.eq(store.0));
    part!(its, part, tx.conn())
}

/// When one ends that is written down now: with its time at the latest, however late that is.
macro_rules! ended_at {
    ($now:expr) => {
        dsl::ended_at.eq(sql::<Nullable<Timestamptz>>("least(ends_at, ")
            .bind::<Timestamptz, _>($now)
            .sql(")"))
    };
}

/// Who ends one: somebody, as they are named by a text of SQL and what is bound in it, and nobody where its time is over.
macro_rules! ended_by {
    ($now:expr, $by:expr, $otherwise:literal) => {
        dsl::ended_by.eq(sql::<Nullable<Text>>("CASE WHEN ends_at > ")
            .bind::<Timestamptz, _>($now)
            .sql(" THEN coalesce(")
            .bind::<Nullable<Text>, _>($by)
            .sql(concat!(", ", $otherwise, ") END")))
    };
}

/// Ends one of the store, unless it has ended; its session is nobody's from the next request on. `by` is what the audit log calls whoever does, and
/// nothing where its time is over: then that is when it has ended, whoever comes later.
///
/// # Errors
/// [`DbError::NotFound`] where the store has no such one.
pub fn end(tx: &mut StoreTx, id: Uuid, by: Option<&str>) -> Result<ImpersonationRow, DbError> {
    let (now, store) = (tx.now(), tx.store_id());
    let own = || impersonations::table.filter(dsl::store_id.eq(store)).filter(dsl::id.eq(id));
    let ended: Option<ImpersonationRow> = diesel::update(own().filter(dsl::ended_at.is_null()))
        .set((ended_at!(now), ended_by!(now, by, "NULL"), dsl::updated_at.eq(now)))
        .returning(ImpersonationRow::as_returning())
        .get_result(tx.conn())
        .optional()?;
    match ended {
        Some(row) => {
            tx.audit(row.entry("impersonation.ended").note("because", row.because("ended")));
            Ok(row)
        }
        None => {
            tx.no_audit("it has ended before");
            Ok(own().select(ImpersonationRow::as_select()).first(tx.conn())?)
        }
    }
}

/// Ends what an administrator has begun and nobody has followed yet, where they are signed out everywhere.
pub(crate) fn end_waiting(tx: &mut PlatformTx, user: Uuid) -> Result<(), DbError> {
    let now = tx.now();
    let waiting: Vec<Uuid> = impersonations::table
        .filter(dsl::user_id.eq(user))
        .filter(dsl::began_at.is_null())
        .filter(dsl::ended_at.is_null())
        .filter(dsl::link_expires_at.gt(now))
        .select(dsl::id)
        .load(tx.conn())?;
    end_signed_out(tx, &waiting)
}

/// Ends those whose sessions were signed out, by whoever has done that.
pub(crate) fn end_signed_out(tx: &mut PlatformTx, ids: &[Uuid]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    // Where nobody else did it, the administrator has signed out.
    let by = Some(tx.actor())
        .filter(|actor| actor.kind != ActorKind::System)
        .map(|actor| actor.label.clone());
    let open = impersonations::table.filter(dsl::id.eq_any(ids)).filter(dsl::ended_at.is_null());
    let ended: Vec<ImpersonationRow> = diesel::update(open)
        .set((ended_at!(now), ended_by!(now, by, "user_email"), dsl::updated_at.eq(now)))
        .returning(ImpersonationRow::as_returning())
        .get_results(tx.conn())?;
    for row in ended {
        let entry = row.entry("impersonation.ended").note("because", row.because("signed_out"));
        tx.audit(Some(StoreId(row.store_id)), entry);
    }
    Ok(())
}

/// The reasons of some, wherever they are shown beside what was done in them.
///
/// # Errors
/// When the database fails.
pub fn reasons(conn: &mut PgConnection, stores: &[Uuid], ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    impersonations::table
        .filter(dsl::store_id.eq_any(stores))
        .filter(dsl::id.eq_any(ids))
        .select((dsl::id, dsl::reason))
        .load(conn)
}
