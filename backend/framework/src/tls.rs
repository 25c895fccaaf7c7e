//! The certificates that a server shows, by host. They are in its memory: a handshake asks nobody, and a made-up name costs a look into a map.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::sync::Notify;

/// Chains with their keys, by host.
pub type ByHost = HashMap<String, Arc<CertifiedKey>>;

/// What is shown at present; empty where nobody listens for TLS.
#[derive(Debug, Default)]
pub struct Certificates {
    shown: ArcSwap<ByHost>,
    news: Notify,
}

impl Certificates {
    /// Shows these from the next handshake on.
    pub fn show(&self, all: ByHost) {
        self.shown.store(Arc::new(all));
    }

    /// Whether a host has one. The host is a normalised one.
    pub fn has(&self, host: &str) -> bool {
        self.shown.load().contains_key(host)
    }

    /// Says that there may be others now.
    pub fn announce(&self) {
        self.news.notify_one();
    }

    /// Returns once somebody has said so since the last time.
    pub async fn news(&self) {
        self.news.notified().await;
    }

    fn find(&self, name: &str) -> Option<Arc<CertifiedKey>> {
        let shown = self.shown.load();
        shown.get(name).or_else(|| shown.get(&name.to_ascii_lowercase())).cloned()
    }
}

impl ResolvesServerCert for Certificates {
    /// Without a certificate the handshake ends: another host's would only be a riddle to whoever came.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.find(hello.server_name()?)
    }
}

/// Says which cryptography rustls works with. It refuses to choose where a library has brought a second one along, so this comes first of all.
pub fn install_provider() {
    // Another server of this process was first, with the same one.
    let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
}
