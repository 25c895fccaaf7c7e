//! From a host to its certificate.
//!
//! ```text
//! order ── its url is kept ── token and answer are published ── the authority looks, whichever server it meets ── key and chain are kept
//! ```
//!
//! A server that dies in the middle leaves the order's address: who takes the job over goes on with it. One that was finished already is of no
//! use then, since its key died with the server.

use std::time::Duration;

use chrono::TimeDelta;
use instant_acme::{Account, AuthorizationStatus, ChallengeType, Error, Identifier, NewOrder, Order, OrderStatus, RetryPolicy};
use orion_framework::auth::Vault;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::job::{Job, JobContext, JobError, typed};
use orion_types::{NO_STORE, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::account;
use crate::chain;
use crate::client::Line;
use crate::due::{after_failure, renewal};
use crate::model::{Given, Wanted};
use crate::queries;
use crate::trouble::{Failure, Trouble};

/// How long an authority is waited for in one try.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long the answer to a challenge stands at most, should nobody take it back.
const PUBLISHED: TimeDelta = TimeDelta::hours(1);

/// Asks for the certificate of a host.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IssueCertificate {
    pub(crate) host: String,
}

impl Job for IssueCertificate {
    const KIND: &'static str = "certificates.issue";
}

/// What the key of a host is locked away for. It is the host's, whichever store has that.
pub(crate) fn place(host: &str) -> String {
    format!("certificate {host}")
}

/// Asks for it, and keeps what came of it.
pub(crate) async fn issue_certificate(context: JobContext, payload: Value) -> Result<(), JobError> {
    let host = typed::<IssueCertificate>(&payload)?.host;
    let services = context.services().clone();
    if !services.config.acme.enabled {
        return Ok(());
    }
    let store = context.store().map_or(NO_STORE, |store| store.id);
    let directory = services.config.acme.directory.clone();
    let look = move |tx: &mut PlatformTx| {
        let sealed = queries::account(tx.conn(), &directory)?.and_then(|account| account.sealed_credentials);
        Ok::<_, DbError>(queries::wanted(tx.conn(), store.0, &host)?.zip(sealed))
    };
    let Some((wanted, sealed)) = context.platform_tx(look).await? else {
        return Ok(());
    };
    let (obtained, refusal) = match Line::new(&services.config.acme, services.clock.now()) {
        Ok(line) => (obtain(&context, &wanted, &sealed, line.clone()).await, line.refusal()),
        Err(error) => (Err(error.into()), None),
    };
    match obtained {
        Ok(given) => keep(&context, wanted, given).await,
        Err(trouble) => refuse(&context, wanted, trouble.failure(refusal)?).await,
    }
}

async fn obtain(context: &JobContext, wanted: &Wanted, sealed: &[u8], line: Line) -> Result<Given, Trouble> {
    let services = context.services();
    let account = account::restore(services, sealed, line).await?;
    let mut order = open(context, &account, wanted).await?;
    let retries = RetryPolicy::new().timeout(PATIENCE);
    if order.state().status == OrderStatus::Pending {
        prove(context, wanted, &mut order).await?;
        if order.poll_ready(&retries).await? != OrderStatus::Ready {
            return Err(Trouble::Unexpected("The certificate authority has ended the order."));
        }
    }
    let key = order.finalize().await?;
    let chain = order.poll_certificate(&retries).await?;
    checked(&services.vault, &wanted.host, chain, &key)
}

/// The order that was begun, where it can still be gone on with, or a new one.
async fn open(context: &JobContext, account: &Account, wanted: &Wanted) -> Result<Order, Trouble> {
    if let Some(url) = &wanted.order_url {
        match account.order(url.clone()).await {
            Ok(mut order) => {
                if matches!(order.state().status, OrderStatus::Pending | OrderStatus::Ready) {
                    return Ok(order);
                }
            }
            // The authority does not know it any more; some say so without a problem.
            Err(Error::Api(_) | Error::Json(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let names = [Identifier::Dns(wanted.host.clone())];
    let order = account.new_order(&NewOrder::new(&names)).await?;
    let (row, url) = (wanted.clone(), order.url().to_owned());
    let note = move |tx: &mut PlatformTx| {
        let now = tx.now();
        tx.no_audit("what is under way, for who goes on with it");
        queries::note_order(tx.conn(), (row.store_id, &row.host), &url, now).map_err(DbError::from)
    };
    context.platform_tx(note).await?;
    Ok(order)
}

/// Publishes what the authority looks for, and asks it to look.
async fn prove(context: &JobContext, wanted: &Wanted, order: &mut Order) -> Result<(), Trouble> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let Some(mut challenge) = authorization.challenge(ChallengeType::Http01) else {
            return Err(Trouble::Unexpected("The certificate authority does not look at the plain address."));
        };
        let (host, token) = (wanted.host.clone(), challenge.token.clone());
        let answer = challenge.key_authorization().as_str().to_owned();
        let publish = move |tx: &mut PlatformTx| {
            let until = tx.now() + PUBLISHED;
            tx.no_audit("a challenge of a minute");
            queries::publish(tx.conn(), &host, (&token, &answer), until).map_err(DbError::from)
        };
        context.platform_tx(publish).await?;
        challenge.set_ready().await?;
    }
    Ok(())
}

/// What was given, once it has been seen to be what was asked for.
fn checked(vault: &Vault, host: &str, chain: String, key: &str) -> Result<Given, Trouble> {
    let facts = chain::facts(&chain, host)?;
    chain::certified(&chain, key.as_bytes())?;
    Ok(Given {
        sealed_key: vault.lock(&place(host), key.as_bytes())?,
        due_at: renewal(facts.valid_from, facts.valid_until, rand::random()),
        issuer: facts.issuer,
        valid_from: facts.valid_from,
        valid_until: facts.valid_until,
        chain,
    })
}

async fn keep(context: &JobContext, wanted: Wanted, given: Given) -> Result<(), JobError> {
    let keep = move |tx: &mut PlatformTx| {
        let (now, host) = (tx.now(), wanted.host);
        queries::withdraw(tx.conn(), &host)?;
        if !queries::keep(tx.conn(), (wanted.store_id, &host), &given, now)? {
            tx.no_audit("nobody wants it any more");
            return Ok::<_, DbError>(());
        }
        let entry = AuditEntry::new("certificate.issued", "certificates", None::<Uuid>)
            .note("host", host)
            .note("issuer", given.issuer)
            .note("valid_until", given.valid_until);
        let store = StoreId(wanted.store_id);
        tx.audit(Some(store).filter(|store| *store != NO_STORE), entry);
        Ok(queries::announce(tx.conn())?)
    };
    context.platform_tx(keep).await
}

async fn refuse(context: &JobContext, wanted: Wanted, failure: Failure) -> Result<(), JobError> {
    tracing::warn!(host = wanted.host, reason = failure.told, "no certificate was given");
    let directory = context.services().config.acme.directory.clone();
    let refuse = move |tx: &mut PlatformTx| {
        let (now, failures) = (tx.now(), wanted.failures.saturating_add(1));
        if let Some(wait) = failure.wait {
            // It is the account that asks too much: other hosts would be refused as well, and counted.
            queries::pause_account(tx.conn(), &directory, now, now + wait)?;
        }
        let due_at = after_failure(now, failures, failure.wait);
        tx.no_audit("the row says what went wrong");
        queries::withdraw(tx.conn(), &wanted.host)?;
        let row = (wanted.store_id, wanted.host.as_str());
        queries::refuse(tx.conn(), row, (failures, &failure.told), (now, due_at)).map_err(DbError::from)
    };
    context.platform_tx(refuse).await
}
