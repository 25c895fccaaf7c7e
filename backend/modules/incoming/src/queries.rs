//! SQL over the events of providers.

use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_framework::incoming::Heard;
use uuid::Uuid;

use crate::model::IncomingRow;
use crate::schema::incoming_webhooks::{self as incoming, dsl};

/// Keeps an event; false when it was there. Of two calls at once the second one waits for the first.
pub(crate) fn keep(tx: &mut StoreTx, row: &IncomingRow) -> QueryResult<bool> {
    let kept = diesel::insert_into(incoming::table)
        .values(row)
        .on_conflict((dsl::store_id, dsl::source, dsl::event_id))
        .do_nothing()
        .execute(tx.conn())?;
    Ok(kept == 1)
}

/// The row of an event that came before and that nothing was done about yet.
pub(crate) fn open(tx: &mut StoreTx, row: &IncomingRow) -> QueryResult<Option<Uuid>> {
    incoming::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::source.eq(&row.source))
        .filter(dsl::event_id.eq(&row.event_id))
        .filter(dsl::handled_at.is_null())
        .select(dsl::id)
        .first(tx.conn())
        .optional()
}

/// An event that nothing was done about yet, held until the transaction ends.
pub(crate) fn waiting(tx: &mut StoreTx, id: Uuid) -> QueryResult<Option<IncomingRow>> {
    incoming::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id))
        .filter(dsl::handled_at.is_null())
        .select(IncomingRow::as_select())
        .for_update()
        .first(tx.conn())
        .optional()
}

/// Notes what came of an event.
pub(crate) fn note(tx: &mut StoreTx, id: Uuid, heard: Heard) -> QueryResult<()> {
    let now = tx.now();
    let outcome = match heard {
        Heard::Done => "done",
        Heard::Ignored => "ignored",
    };
    let row = incoming::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    diesel::update(row)
        .set((dsl::handled_at.eq(now), dsl::outcome.eq(outcome)))
        .execute(tx.conn())
        .map(|_| ())
}
