//! How the module feels.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use orion_framework::health::{HealthCheck, HealthContext};

use crate::queries;

/// A certificate that ends so soon should have been renewed long since.
const SOON: TimeDelta = TimeDelta::days(7);

/// What the module looks at. Shops go on under the certificates that are good, so that nobody may take the server out of service for one.
pub(crate) static CHECKS: &[HealthCheck] = &[HealthCheck {
    name: "certificates.renewal",
    timeout: Duration::from_secs(2),
    only_degrades: true,
    run: |context| look(context).boxed(),
}];

async fn look(context: HealthContext) -> Result<(), String> {
    if !context.config.acme.enabled {
        return Ok(());
    }
    let directory = context.config.acme.directory.clone();
    let found = context.look(move |tx| {
        let soon = tx.now() + SOON;
        let account = queries::account(tx.conn(), &directory)?;
        Ok((queries::ending(tx.conn(), soon)?, account))
    });
    let ((count, first), account) = found.await.map_err(|error| error.to_string())?;
    if let Some((host, end)) = first {
        return Err(format!(
            "{count} certificates end within 7 days or have ended, that of {host} at {end}"
        ));
    }
    match account
        .filter(|account| account.sealed_credentials.is_none())
        .and_then(|account| account.failure)
    {
        Some(failure) => Err(format!("no account at the certificate authority: {failure}")),
        None => Ok(()),
    }
}
