//! Which hosts want a certificate, and what is told of those there are.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use orion_framework::auth::Vault;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::tls::ByHost;
use orion_types::certificates::Certificate;
use orion_types::{NO_STORE, StoreId};
use rustls::sign::CertifiedKey;
use uuid::Uuid;

use crate::issue::place;
use crate::model::State;
use crate::{chain, jobs, queries};

/// Chains and keys that are read at a time.
const CHUNK: usize = 500;

/// Sees to it that those hosts have a row, and no others: the active domains of stores, and the platform's own that were configured.
pub(crate) fn want(tx: &mut PlatformTx, own: &[String]) -> Result<(), DbError> {
    let mut wanted: HashMap<String, StoreId> = own.iter().map(|host| (host.clone(), NO_STORE)).collect();
    // A host that was proved to be a store's is that store's, whoever has configured it as well.
    wanted.extend(orion_tenancy::served_domains(tx)?.into_iter().map(|(store, host)| (host, store)));
    let (hosts, stores): (Vec<String>, Vec<_>) = wanted.into_iter().map(|(host, store)| (host, store.0)).unzip();
    let now = tx.now();
    if queries::want_only(tx.conn(), &stores, &hosts, now)? {
        queries::announce(tx.conn())?;
    }
    Ok(())
}

/// How it stands with the certificates of the store's domains.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Vec<Certificate>, DbError> {
    let now = tx.now();
    Ok(queries::of_store(tx)?.into_iter().map(|state| state.into_wire(now)).collect())
}

/// How it stands with all certificates, by host.
///
/// # Errors
/// Those of the database.
pub fn list_all(tx: &mut PlatformTx) -> Result<Vec<State>, DbError> {
    Ok(queries::of_all(tx.conn())?)
}

/// Asks for the certificate of a host now, whatever was noted of earlier tries; false where no certificate is wanted for it.
///
/// # Errors
/// Those of the database.
pub fn renew(tx: &mut PlatformTx, host: &str) -> Result<bool, DbError> {
    let now = tx.now();
    let Some(store) = queries::hasten(tx.conn(), host, now)? else {
        return Ok(false);
    };
    let entry = AuditEntry::new("certificate.asked_for", "certificates", None::<Uuid>).note("host", host);
    tx.audit(Some(StoreId(store)).filter(|store| *store != NO_STORE), entry);
    jobs::queue(tx, store, host.to_owned());
    Ok(true)
}

/// The certificates that a server has in memory, and when each was given.
#[derive(Default, Clone)]
pub struct Loaded(HashMap<String, (DateTime<Utc>, Arc<CertifiedKey>)>);

impl Loaded {
    /// As handshakes look them up.
    pub fn by_host(&self) -> ByHost {
        self.0.iter().map(|(host, (_, key))| (host.clone(), key.clone())).collect()
    }
}

/// Those there are now. What is in memory already is not read again; one that cannot be read is left out, and the log says so.
///
/// # Errors
/// Those of the database.
pub fn load(tx: &mut PlatformTx, vault: &Vault, before: &Loaded) -> Result<Loaded, DbError> {
    let mut loaded = Loaded::default();
    let mut missing = Vec::new();
    for (host, given) in queries::given(tx.conn())? {
        match before.0.get(&host) {
            Some(known) if known.0 == given => drop(loaded.0.insert(host, known.clone())),
            _ => missing.push(host),
        }
    }
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    for hosts in missing.chunks(CHUNK) {
        for (host, given, chain, sealed) in queries::kept(tx.conn(), hosts)? {
            match opened(vault, &host, &chain, &sealed) {
                Ok(key) => drop(loaded.0.insert(host, (given, key))),
                Err(error) => tracing::error!(host, error, "a certificate cannot be shown"),
            }
        }
    }
    Ok(loaded)
}

fn opened(vault: &Vault, host: &str, chain: &str, sealed: &[u8]) -> Result<Arc<CertifiedKey>, String> {
    let key = vault.open(&place(host), sealed).map_err(|error| error.to_string())?;
    chain::certified(chain, &key).map_err(|error| error.to_string())
}
