//! What happens in a store becomes messages, and for each endpoint that wants one a delivery with the next number.

use std::collections::HashSet;

use orion_framework::db::StoreTx;
use orion_framework::event::Told;
use orion_framework::job::JobError;
use uuid::Uuid;

use crate::deliver;
use crate::error::WebhookError;
use crate::model::{EndpointRow, MessageRow};
use crate::queries::endpoints;
use crate::queries::told::{self, Numbered};
use crate::service::{deliveries::object_of, events};

/// Notes what one look at the outbox has found for the store.
pub(crate) fn note(tx: &mut StoreTx, told: &[Told]) -> Result<(), JobError> {
    tx.no_audit("what happened has audited itself");
    Ok(note_all(tx, told)?)
}

fn note_all(tx: &mut StoreTx, told: &[Told]) -> Result<(), WebhookError> {
    // Held until the end: numbers have no gaps, and follow one another as the events do.
    let endpoints = endpoints::lock_all(tx)?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let messages: Vec<MessageRow> = told.iter().filter_map(|told| message(tx, told)).collect();
    let mut numbered = Vec::new();
    for endpoint in &endpoints {
        let wanted: Vec<&MessageRow> = messages.iter().filter(|message| endpoint.wants(&message.event)).collect();
        if wanted.is_empty() {
            continue;
        }
        let last = number(tx, endpoint, &wanted, &mut numbered);
        endpoints::set_sequence(tx, endpoint.id, last)?;
        if endpoint.enabled {
            deliver::enqueue(tx, endpoint.id)?;
        }
    }
    let numbers: HashSet<Uuid> = numbered.iter().map(|row| row.message.id).collect();
    let sent: Vec<&MessageRow> = messages.iter().filter(|message| numbers.contains(&message.id)).collect();
    if !sent.is_empty() {
        told::insert(tx, &sent, &numbered)?;
    }
    Ok(())
}

/// Gives messages the next numbers of an endpoint. One that is off counts too: whoever listens again later sees by the gap what they missed.
fn number<'a>(tx: &StoreTx, endpoint: &EndpointRow, wanted: &[&'a MessageRow], into: &mut Vec<Numbered<'a>>) -> i64 {
    let mut last = endpoint.last_sequence;
    for message in wanted {
        last += 1;
        if endpoint.enabled {
            into.push(Numbered {
                id: tx.new_id(),
                endpoint: endpoint.id,
                sequence: last,
                message,
            });
        }
    }
    last
}

/// What is told of an event; `None` for one that stays inside.
fn message(tx: &StoreTx, told: &Told) -> Option<MessageRow> {
    let event = events::find(&told.name)?;
    Some(MessageRow {
        store_id: tx.store_id(),
        id: told.id,
        event: told.name.clone(),
        event_version: i32::from(told.version),
        object_id: object_of(event, &told.data, told.id),
        occurred_at: told.at,
        data: told.data.clone(),
        is_test: false,
        created_at: tx.now(),
    })
}
