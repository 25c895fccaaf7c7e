//! What is asked for by itself: the account first, then what is due.

use chrono::TimeDelta;
use futures_util::FutureExt;
use orion_framework::config::Config;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::job::{Job, JobHandler, JobOptions, JobRun};
use orion_framework::periodic::Periodic;
use orion_types::{NO_STORE, StoreId};
use uuid::Uuid;

use crate::account::{OpenAccount, open_account};
use crate::issue::{IssueCertificate, issue_certificate};
use crate::{queries, service};

/// Certificates that are asked for at most in a minute; the others come with the next. Authorities count what an account asks for.
const BATCH: i64 = 50;
/// When something is due again of which nothing was heard.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What the module does after the commit.
pub(crate) const JOBS: &[JobHandler] = &[
    JobHandler {
        kind: OpenAccount::KIND,
        run: JobRun::Outbound(|context, payload| open_account(context, payload).boxed()),
    },
    JobHandler {
        kind: IssueCertificate::KIND,
        run: JobRun::Outbound(|context, payload| issue_certificate(context, payload).boxed()),
    },
];

/// What it does again and again.
pub(crate) const PERIODIC: &[Periodic] = &[Periodic {
    name: "certificates.look_for_due",
    summary: "Looks for hosts that need a certificate or another one, where certificates are asked for.",
    cron: "* * * * *",
    run: look_for_due,
}];

fn look_for_due(tx: &mut PlatformTx, config: &Config) -> Result<(), DbError> {
    let acme = &config.acme;
    if !acme.enabled {
        return Ok(());
    }
    service::want(tx, &acme.hosts)?;
    let now = tx.now();
    match queries::account(tx.conn(), &acme.directory)? {
        Some(account) if account.due_at > now => Ok(()),
        Some(account) if account.sealed_credentials.is_some() => queue_due(tx),
        _ => {
            queries::want_account(tx.conn(), &acme.directory, now, now + AGAIN)?;
            tx.enqueue_with(NO_STORE, &OpenAccount {}, one_for(acme.directory.clone()));
            Ok(())
        }
    }
}

/// Queues what is due: one order for each host at a time.
pub(crate) fn queue_due(tx: &mut PlatformTx) -> Result<(), DbError> {
    let now = tx.now();
    for (store, host) in queries::take_due(tx.conn(), (now, now + AGAIN), BATCH)? {
        queue(tx, store, host);
    }
    Ok(())
}

/// Queues one, unless it is asked for at this moment.
pub(crate) fn queue(tx: &mut PlatformTx, store: Uuid, host: String) {
    let options = one_for(host.clone());
    tx.enqueue_with(StoreId(store), &IssueCertificate { host }, options);
}

fn one_for(key: String) -> JobOptions {
    JobOptions {
        unique_key: Some(key),
        priority: -1,
        ..JobOptions::default()
    }
}
