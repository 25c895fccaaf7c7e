//! Sessions of customers, each in its store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz, Uuid as SqlUuid};
use orion_types::SessionId;
use uuid::Uuid;

use super::{Lifetime, SessionRow, SessionTable};
use crate::db::{DbError, StoreTx};
use crate::foreign::customer_sessions::{self, dsl};

/// Nobody impersonates a customer, and their sessions have no end of their own.
macro_rules! own_columns {
    () => {
        columns!(
            customer_id,
            None::<DateTime<Utc>>.into_sql::<Nullable<Timestamptz>>(),
            None::<Uuid>.into_sql::<Nullable<SqlUuid>>()
        )
    };
}

/// The sessions of a store's customers.
pub struct CustomerSessions<'a>(&'a mut StoreTx);

impl<'a> CustomerSessions<'a> {
    /// Works in a transaction of the store.
    pub fn new(tx: &'a mut StoreTx) -> Self {
        Self(tx)
    }
}

impl SessionTable for CustomerSessions<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    fn lifetime(&self) -> Lifetime {
        Lifetime::CUSTOMER
    }

    fn insert(&mut self, row: &SessionRow) -> Result<(), DbError> {
        diesel::insert_into(customer_sessions::table)
            .values((
                dsl::store_id.eq(self.0.store_id()),
                dsl::id.eq(row.id),
                dsl::customer_id.eq(row.owner),
                dsl::refresh_hash.eq(&row.refresh_hash),
                dsl::rotated_at.eq(row.rotated_at),
                dsl::user_agent.eq(&row.user_agent),
                dsl::ip.eq(&row.ip),
                dsl::created_at.eq(row.created_at),
                dsl::expires_at.eq(row.expires_at),
            ))
            .execute(self.0.conn())?;
        Ok(())
    }

    fn lock(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError> {
        let session = customer_sessions::table
            .filter(dsl::store_id.eq(self.0.store_id()))
            .filter(dsl::id.eq(id.0));
        Ok(session.select(own_columns!()).for_update().first(self.0.conn()).optional()?)
    }

    fn rotate(&mut self, row: &SessionRow, refresh_hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), DbError> {
        let session = customer_sessions::table
            .filter(dsl::store_id.eq(self.0.store_id()))
            .filter(dsl::id.eq(row.id));
        diesel::update(session)
            .set((
                dsl::refresh_hash.eq(refresh_hash),
                dsl::previous_hash.eq(&row.refresh_hash),
                dsl::rotated_at.eq(self.0.now()),
                dsl::expires_at.eq(expires_at),
            ))
            .execute(self.0.conn())?;
        Ok(())
    }

    fn revoke(&mut self, owner: Uuid, id: SessionId) -> Result<bool, DbError> {
        let now = self.0.now();
        let live = customer_sessions::table
            .filter(dsl::store_id.eq(self.0.store_id()))
            .filter(dsl::id.eq(id.0))
            .filter(dsl::customer_id.eq(owner))
            .filter(dsl::revoked_at.is_null());
        Ok(diesel::update(live).set(dsl::revoked_at.eq(now)).execute(self.0.conn())? == 1)
    }

    fn revoke_all(&mut self, owner: Uuid, except: Option<SessionId>) -> Result<Vec<SessionId>, DbError> {
        let now = self.0.now();
        let live = customer_sessions::table
            .filter(dsl::store_id.eq(self.0.store_id()))
            .filter(dsl::customer_id.eq(owner))
            .filter(dsl::id.ne(except.map_or(Uuid::nil(), |id| id.0)))
            .filter(dsl::revoked_at.is_null());
        let ids: Vec<Uuid> = diesel::update(live)
            .set(dsl::revoked_at.eq(now))
            .returning(dsl::id)
            .get_results(self.0.conn())?;
        Ok(ids.into_iter().map(SessionId).collect())
    }

    fn live(&mut self, owner: Uuid) -> Result<Vec<SessionRow>, DbError> {
        let (store, now) = (self.0.store_id(), self.0.now());
        let live = customer_sessions::table
            .filter(dsl::store_id.eq(store))
            .filter(dsl::customer_id.eq(owner))
            .filter(dsl::revoked_at.is_null())
            .filter(dsl::expires_at.gt(now));
        Ok(live
            .select(own_columns!())
            .order((dsl::rotated_at.desc(), dsl::id))
            .load(self.0.conn())?)
    }

    fn forget(&mut self, owner: Uuid, before: DateTime<Utc>) -> Result<(), DbError> {
        let old = customer_sessions::table
            .filter(dsl::store_id.eq(self.0.store_id()))
            .filter(dsl::customer_id.eq(owner))
            .filter(dsl::expires_at.lt(before));
        diesel::delete(old).execute(self.0.conn())?;
        Ok(())
    }
}
