mod asynchronous;
mod attempts;
mod claims;
mod events;
mod listeners;
mod periodic;
mod together;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::testbed::{ACME, GLOBEX, Testbed};
use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{PlatformTx, StoreTx};
use crate::event::{Event, EventHandler, Handle, Hears, Told};
use crate::job::{Job, JobError, JobOptions, JobRun, typed};
use crate::module::Module;

diesel::table! {
    store_settings (store_id, key) {
        store_id -> Uuid,
        key -> Text,
        value -> Jsonb,
        updated_at -> Timestamptz,
    }
}

#[derive(Serialize, Deserialize)]
struct OrderPlaced {
    item: String,
}

impl Event for OrderPlaced {
    const NAME: &'static str = "test.order_placed";
    const VERSION: u16 = 3;
}

/// Leaves a row, or does what its name says.
#[derive(Serialize, Deserialize)]
struct Note {
    name: String,
}

impl Note {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

impl Job for Note {
    const KIND: &'static str = "test.note";
}

#[derive(Serialize, Deserialize)]
struct Call;

impl Job for Call {
    const KIND: &'static str = "test.call";
}

fn write(tx: &mut StoreTx, key: &str) -> Result<(), JobError> {
    tx.no_audit("a test");
    diesel::insert_into(store_settings::table)
        .values((
            store_settings::store_id.eq(tx.store_id()),
            store_settings::key.eq(format!("test.{key}")),
            store_settings::value.eq(json!(1)),
            store_settings::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

fn note(tx: &mut StoreTx, payload: &Value) -> Result<(), JobError> {
    let note: Note = typed(payload)?;
    write(tx, &note.name)?;
    match note.name.as_str() {
        "retry" => Err(JobError::Retry("the moon is wrong".to_owned())),
        "fail" => Err(JobError::Fail("never".to_owned())),
        "panic" => panic!("out of cheese"),
        "steal" => {
            // Another worker takes the job over while this one still works on it.
            diesel::sql_query("UPDATE jobs SET leased_by = 'somebody else', attempts = attempts + 1").execute(tx.conn())?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn hear(tx: &mut StoreTx, told: &Told) -> Result<(), JobError> {
    let event: OrderPlaced = told.typed()?;
    write(tx, &format!("heard_{}", event.item))
}

/// Fails until a row says otherwise.
fn stumble(tx: &mut StoreTx, _: &Told) -> Result<(), JobError> {
    let ready = store_settings::table
        .filter(store_settings::store_id.eq(tx.store_id()))
        .filter(store_settings::key.eq("test.ready"));
    if diesel::select(diesel::dsl::exists(ready)).get_result::<bool>(tx.conn())? {
        return write(tx, "stumbled_on");
    }
    Err(JobError::Retry("not ready".to_owned()))
}

static SHOP: Module = Module {
    id: "shop",
    events: &[EventHandler {
        hears: Hears::Event(OrderPlaced::NAME),
        name: "shop.hear",
        handle: Handle::Each(hear),
    }],
    jobs: &[JobHandler {
        kind: Note::KIND,
        run: JobRun::Store(note),
    }],
    ..Module::EMPTY
};
static FRAGILE: Module = Module {
    id: "fragile",
    events: &[EventHandler {
        hears: Hears::Event(OrderPlaced::NAME),
        name: "fragile.stumble",
        handle: Handle::Each(stumble),
    }],
    ..Module::EMPTY
};

const ROWS: &str = "SELECT count(*) FROM store_settings";

fn status(bed: &Testbed, status: &str) -> i64 {
    bed.count(&format!("SELECT count(*) FROM jobs WHERE status = '{status}'"))
}

async fn enqueue(bed: &Testbed, store: Uuid, name: &'static str, options: JobOptions) {
    let queued = move |tx: &mut StoreTx| {
        tx.enqueue_with(&Note::new(name), options);
        Ok::<_, DbError>(())
    };
    bed.tx(store, queued).await.unwrap();
}

async fn emit(bed: &Testbed, item: &'static str) {
    let emitted = move |tx: &mut StoreTx| {
        tx.emit(&OrderPlaced { item: item.to_owned() });
        Ok::<_, DbError>(())
    };
    bed.tx(ACME, emitted).await.unwrap();
}
