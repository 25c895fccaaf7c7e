//! `orion certificates`: what the server has asked for, and asking anew.

use anyhow::{Context, ensure};
use chrono::{DateTime, SecondsFormat, Utc};
use orion_certificates::State;
use orion_framework::db::{Actor, ActorKind, PlatformTx, RequestMeta};
use orion_framework::tenancy::host;
use orion_types::status::CertificateStatus;

use super::database::with_services;

fn actor() -> Actor {
    Actor {
        kind: ActorKind::Cli,
        id: None,
        label: "orion certificates".to_owned(),
        impersonation: None,
    }
}

/// Prints each host with how it stands.
pub async fn list() -> anyhow::Result<()> {
    with_services(|services| async move {
        let states = services
            .platform_tx(actor(), RequestMeta::default(), orion_certificates::list_all)
            .await?;
        if states.is_empty() {
            println!("No host wants a certificate.");
        }
        let now = services.clock.now();
        for state in states {
            println!("{}", line(&state, now));
        }
        Ok(())
    })
    .await
}

/// Has the server ask for a host's certificate.
pub async fn renew(name: &str) -> anyhow::Result<()> {
    let host = host::normalise(name).context("that is no host name")?.into_owned();
    with_services(|services| async move {
        ensure!(
            services.config.acme.enabled,
            "certificates are not asked for: ORION_ACME_ENABLED is not true"
        );
        let asked = host.clone();
        let renew = move |tx: &mut PlatformTx| orion_certificates::renew(tx, &asked);
        let known = services.platform_tx(actor(), RequestMeta::default(), renew).await?;
        ensure!(
            known,
            "no certificate is wanted for {host}: it is no active domain of a store, and ORION_ACME_HOSTS does not name it"
        );
        println!("{host} is asked for as soon as a worker runs.");
        Ok(())
    })
    .await
}

fn line(state: &State, now: DateTime<Utc>) -> String {
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut line = format!("{} {}", state.host, state.status(now));
    if let (CertificateStatus::Valid, Some(end)) = (state.status(now), state.valid_until) {
        line += &format!(" until {}", time(end));
    }
    line += &format!(", next try {}", time(state.due_at));
    if let Some(failure) = &state.failure {
        line += &format!(": {failure}");
    }
    line
}
