//! Statements over sidebars.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Layout;
use crate::schema::platform_sidebars::{self, dsl};

/// How a platform has arranged its sidebar.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = platform_sidebars)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct SidebarRow {
    entry_order: Vec<String>,
    hidden: Vec<String>,
    pub(super) version: i32,
}

impl SidebarRow {
    pub(super) fn into_layout(self) -> Layout {
        Layout {
            order: self.entry_order,
            hidden: self.hidden,
        }
    }
}

/// A platform's row, if it has arranged its sidebar.
pub(super) fn find(conn: &mut PgConnection, platform: Uuid) -> QueryResult<Option<SidebarRow>> {
    let own = platform_sidebars::table.filter(dsl::platform_id.eq(platform));
    own.select(SidebarRow::as_select()).first(conn).optional()
}

/// The same, held until the transaction ends.
pub(super) fn lock(conn: &mut PgConnection, platform: Uuid) -> QueryResult<Option<SidebarRow>> {
    let own = platform_sidebars::table.filter(dsl::platform_id.eq(platform));
    own.select(SidebarRow::as_select()).for_no_key_update().first(conn).optional()
}

/// Adds a platform's row.
pub(super) fn insert(conn: &mut PgConnection, platform: Uuid, (layout, version): (&Layout, i32), now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(platform_sidebars::table)
        .values((
            dsl::platform_id.eq(platform),
            dsl::entry_order.eq(&layout.order),
            dsl::hidden.eq(&layout.hidden),
            dsl::created_at.eq(now),
            dsl::updated_at.eq(now),
            dsl::version.eq(version),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Writes a platform's row anew.
pub(super) fn update(conn: &mut PgConnection, platform: Uuid, layout: &Layout, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(platform_sidebars::table.filter(dsl::platform_id.eq(platform)))
        .set((
            dsl::entry_order.eq(&layout.order),
            dsl::hidden.eq(&layout.hidden),
            dsl::updated_at.eq(now),
            dsl::version.eq(dsl::version + 1),
        ))
        .execute(conn)
        .map(|_| ())
}
