//! One request, and what its answer means.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use orion_framework::Services;
use orion_framework::auth::{Vault, VaultError};
use orion_framework::outbound::Outbound;
use orion_types::status::WebhookPayload;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};
use uuid::Uuid;

use crate::body;
use crate::model::{EndpointRow, Try};
use crate::queries::due::Due;
use crate::secret::{Secret, without_secrets};

/// From the first byte sent to the last one read.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Requests to one endpoint at the same time.
const IN_FLIGHT: usize = 16;
/// After so long no further request of a batch begins.
const BATCH: Duration = Duration::from_secs(10);
/// Most of an answer that is read, in bytes, and most that is kept, in characters.
const ANSWER: (usize, usize) = (4_096, 1_000);

/// Where a batch goes to.
#[derive(Debug)]
pub(super) struct Target {
    store_id: Uuid,
    url: String,
    payload: WebhookPayload,
    /// The current one first.
    secrets: Vec<Secret>,
}

impl Target {
    /// With the secrets that sign at this time.
    pub(super) fn of(row: &EndpointRow, vault: &Vault, now: DateTime<Utc>) -> Result<Self, VaultError> {
        let kept = std::iter::once(row.secret.as_slice()).chain(row.previous_secret(now));
        Ok(Self {
            store_id: row.store_id,
            url: row.url.clone(),
            payload: row.payload(),
            secrets: kept.map(|kept| Secret::open(vault, row.id, kept)).collect::<Result<_, _>>()?,
        })
    }
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 2xx.
    Delivered,
    /// Anything else; the receiver may have said how long to wait.
    Failed(Option<TimeDelta>),
    /// Nobody is there any more, and nothing is to be sent again.
    Gone,
}

/// A delivery that was tried.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub(super) due: Due,
    pub(super) verdict: Verdict,
    pub(super) attempt: Try,
}

/// The headers of a request but for the time and the signature, which every attempt has its own of.
pub(crate) fn headers(id: Uuid, event: &str) -> [(&'static str, String); 3] {
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_string()),
        ("orion-event", event.to_owned()),
    ]
}

/// Sends deliveries, several at a time. Those whose turn does not come are left out of the result and wait on.
pub(super) async fn all(services: &Services, target: &Target, due: Vec<Due>) -> Vec<Ended> {
    let began = Instant::now();
    let one = |due: Due| async move {
        if began.elapsed() > BATCH {
            return None;
        }
        Some(one(services, target, due).await)
    };
    let sent: Vec<Option<Ended>> = stream::iter(due).map(one).buffer_unordered(IN_FLIGHT).collect().await;
    sent.into_iter().flatten().collect()
}

async fn one(services: &Services, target: &Target, due: Due) -> Ended {
    let (at, began) = (services.clock.now(), Instant::now());
    let (status, verdict, error, answer) = match request(&services.outbound, target, &due, at).await {
        Ok(response) => judge(response, at).await,
        Err(error) => (None, Verdict::Failed(None), Some(error), None),
    };
    Ended {
        due,
        verdict,
        attempt: Try {
            at,
            status,
            duration_ms: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX),
            error,
            answer,
        },
    }
}

async fn request(outbound: &Outbound, target: &Target, due: &Due, at: DateTime<Utc>) -> Result<Response, String> {
    let url = Url::parse(&target.url).map_err(|_| "The address cannot be read.".to_owned())?;
    outbound.check(&url).map_err(|error| error.to_string())?;
    let told = body::Told {
        store_id: target.store_id,
        id: due.message_id,
        event: &due.event,
        version: due.event_version,
        sequence: due.sequence,
        at: due.at,
        test: due.test,
        data: &due.data,
    };
    let body = body::write(&told, target.payload);
    let (id, timestamp) = (due.message_id.to_string(), at.timestamp());
    let signatures: Vec<String> = target.secrets.iter().map(|secret| secret.sign(&id, timestamp, &body)).collect();
    let mut request = outbound.client().post(url).timeout(TIMEOUT);
    for (name, value) in headers(due.message_id, &due.event) {
        request = request.header(name, value);
    }
    let sent = request
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signatures.join(" "))
        .body(body)
        .send();
    sent.await.map_err(|error| Outbound::judge(&error).to_string())
}

type Judged = (Option<i32>, Verdict, Option<String>, Option<String>);

async fn judge(mut response: Response, now: DateTime<Utc>) -> Judged {
    let status = response.status();
    let shown = is_text(&response);
    let asked = patience(&response, now);
    let read = beginning(&mut response).await;
    let verdict = match status {
        StatusCode::GONE => Verdict::Gone,
        status if status.is_success() => Verdict::Delivered,
        _ => Verdict::Failed(asked),
    };
    let error = match verdict {
        Verdict::Delivered => None,
        _ if status.is_redirection() => Some(format!("The receiver redirects ({status}), which is not followed.")),
        _ => Some(format!("The receiver answered {status}.")),
    };
    let answer = shown.then(|| kept(&read)).filter(|text| !text.is_empty());
    (Some(i32::from(status.as_u16())), verdict, error, answer)
}

/// Whether people could read the body.
fn is_text(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_none_or(|kind| kind.starts_with("text/") || kind.contains("json") || kind.contains("xml"))
}

/// How long the receiver wants to be left alone: seconds, or a time (RFC 9110, 10.2.3).
fn patience(response: &Response, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = text.trim().parse::<u32>().map(|seconds| TimeDelta::seconds(seconds.into()));
    let until = || DateTime::parse_from_rfc2822(text).map(|until| until.to_utc() - now);
    seconds.or_else(|_| until()).ok()
}

/// The first bytes of the body. Whether the rest of it comes is of no interest: the status was the answer.
async fn beginning(response: &mut Response) -> Vec<u8> {
    let mut read = Vec::new();
    while read.len() < ANSWER.0 {
        match response.chunk().await {
            Ok(Some(chunk)) => read.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    read.truncate(ANSWER.0);
    read
}

fn kept(read: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(read)
        .chars()
        .filter(|character| *character != '\0')
        .collect();
    without_secrets(&text).chars().take(ANSWER.1).collect()
}
