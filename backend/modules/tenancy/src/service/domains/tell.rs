//! Mails to the owner of a store about its domains.

use chrono::{DateTime, Utc};
use orion_framework::db::{PlatformTx, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, Patience, typed};
use orion_framework::mail::{self, Mail};
use orion_framework::tenancy::host;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::turn::GRACE;
use crate::queries::domains::OwnDomain;
use crate::service::accounts::owner_email;

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum News {
    Verified,
    Lost,
    Off,
    MovedAway,
}

/// Tells the owner of the store.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TellOwner {
    domain_id: Uuid,
    host: String,
    news: News,
    at: DateTime<Utc>,
}

impl Job for TellOwner {
    const KIND: &'static str = "tenancy.tell_domain";
    const PATIENCE: Patience = Patience::DAYS;
}

/// The news of a domain.
pub(super) fn tell(row: &OwnDomain, news: News, at: DateTime<Utc>) -> TellOwner {
    TellOwner {
        domain_id: row.id,
        host: row.host.clone(),
        news,
        at,
    }
}

/// Writes the mail; whoever owns the store at this moment gets it.
pub(super) async fn tell_owner(context: JobContext, payload: Value) -> Result<(), JobError> {
    let told: TellOwner = typed(&payload)?;
    let store = context.store()?.id;
    let find = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at who owns the store");
        owner_email(tx, store)
    };
    let owner = context.platform_tx(find).await?;
    let write = move |tx: &mut StoreTx| match owner {
        Some(to) => mail::queue(tx, compose(&tx.store().name, &told, to)),
        None => {
            tx.no_audit("nobody owns the store");
            Ok(())
        }
    };
    context.last_tx(write).await
}

fn compose(store: &str, told: &TellOwner, to: String) -> Mail {
    let name = host::shown(&told.host);
    let (subject, lines) = words(&name, told.news);
    let html = lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    Mail {
        key: format!("domain:{}:{}", told.domain_id, told.at.timestamp_micros()),
        to,
        subject: format!("{store}: {subject}"),
        text: lines.join("\n\n"),
        html,
    }
}

fn words(name: &str, news: News) -> (String, Vec<String>) {
    let days = GRACE.num_days();
    match news {
        News::Verified => (
            format!("{name} is yours"),
            vec![
                format!("The proof for {name} was found: your shop answers there from now on."),
                "Leave the TXT record where it is. It is looked for every day.".to_owned(),
            ],
        ),
        News::Lost => (
            format!("the proof for {name} is gone"),
            vec![
                format!("The TXT record that proves that {name} is yours is no longer there, or says something else."),
                format!(
                    "Your shop goes on answering there for {days} days. Put the record back until then; the dashboard (Domains) shows it. Should \
                     another shop prove that the domain is its own, it moves there at once."
                ),
            ],
        ),
        News::Off => (
            format!("{name} is switched off"),
            vec![
                format!("The proof for {name} has been gone for {days} days, and your shop no longer answers there."),
                "Once the record of the dashboard (Domains) is back, so is the shop.".to_owned(),
            ],
        ),
        News::MovedAway => (
            format!("{name} belongs to another shop now"),
            vec![
                format!(
                    "Another shop has proved that {name} is its own, while your proof was no longer there. Your shop no longer answers at that address."
                ),
                "If this is a mistake, put your TXT record (dashboard, Domains) in the place of the other one and check the domain there."
                    .to_owned(),
            ],
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
