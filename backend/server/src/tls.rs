//! The door for TLS, where one is configured: which certificates it shows, and how they stay in step with the database.

use std::sync::Arc;
use std::time::Duration;

use orion_certificates::Loaded;
use orion_framework::Backend;
use orion_framework::db::{Actor, DbError, PlatformTx, RequestMeta};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;

/// How old the certificates in memory may become where no news has come.
const LOOK: Duration = Duration::from_secs(60);

/// What a handshake goes by. HTTP/2 and HTTP/1.1 are offered by the listener itself.
pub(crate) fn settings(services: &Backend) -> Result<ServerConfig, rustls::Error> {
    Ok(ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(services.certificates.clone()))
}

/// Reads the certificates, and then again whenever there are others, for as long as the server is there.
pub(crate) async fn keep_shown(services: &Arc<Backend>) {
    let mut loaded = refreshed(services, Loaded::default()).await;
    let served = Arc::downgrade(services);
    tokio::spawn(async move {
        loop {
            // Gone when the server has stopped; not held while there is nothing to do.
            let Some(certificates) = served.upgrade().map(|services| services.certificates.clone()) else {
                return;
            };
            // Whichever comes first: a time that has passed is a reason to look as well.
            let _waited = tokio::time::timeout(LOOK, certificates.news()).await;
            let Some(services) = served.upgrade() else { return };
            loaded = refreshed(&services, loaded).await;
        }
    });
}

/// Shows what there is now. Where the database does not answer, what was shown goes on.
async fn refreshed(services: &Arc<Backend>, before: Loaded) -> Loaded {
    let before = Arc::new(before);
    let (vault, known) = (services.vault.clone(), before.clone());
    let read = move |tx: &mut PlatformTx| orion_certificates::load(tx, &vault, &known);
    let loaded: Result<Loaded, DbError> = services
        .platform_tx(Actor::system("certificates"), RequestMeta::default(), read)
        .await;
    match loaded {
        Ok(loaded) => {
            services.certificates.show(loaded.by_host());
            loaded
        }
        Err(error) => {
            tracing::error!(%error, "the certificates could not be read");
            Arc::unwrap_or_clone(before)
        }
    }
}
