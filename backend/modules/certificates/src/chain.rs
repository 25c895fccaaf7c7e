//! What a certificate says of itself, and its form for handshakes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

/// What was given is no chain for the host and the key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChainError {
    /// It is no certificate.
    #[error("what the authority has given cannot be read: {0}")]
    Unreadable(String),
    /// It is somebody else's.
    #[error("the authority has given a certificate for another host")]
    OtherHost,
    /// The key is another one.
    #[error("chain and key do not belong together: {0}")]
    Key(#[from] rustls::Error),
}

/// What is known of a certificate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) issuer: String,
    pub(crate) valid_from: DateTime<Utc>,
    pub(crate) valid_until: DateTime<Utc>,
}

fn unreadable(error: impl ToString) -> ChainError {
    ChainError::Unreadable(error.to_string())
}

/// Chain and key, both in PEM, as a handshake shows them.
pub(crate) fn certified(chain: &str, key: &[u8]) -> Result<Arc<CertifiedKey>, ChainError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain.as_bytes()).collect();
    let key = PrivateKeyDer::from_pem_slice(key).map_err(unreadable)?;
    let certified = CertifiedKey::from_der(chain.map_err(unreadable)?, key, &default_provider())?;
    Ok(Arc::new(certified))
}

/// An authority as people call it: its organisation where it has one, such as `Let's Encrypt`.
fn name(issuer: &X509Name<'_>) -> String {
    let organisation = issuer
        .iter_organization()
        .chain(issuer.iter_common_name())
        .find_map(|name| name.as_str().ok());
    organisation.map_or_else(|| issuer.to_string(), str::to_owned)
}

/// What the first certificate of a chain says, which has to be one for `host`.
pub(crate) fn facts(chain: &str, host: &str) -> Result<Facts, ChainError> {
    let first = CertificateDer::from_pem_slice(chain.as_bytes()).map_err(unreadable)?;
    let (_, certificate) = X509Certificate::from_der(&first).map_err(unreadable)?;
    let names = certificate.subject_alternative_name().map_err(unreadable)?;
    let is_ours = |name: &GeneralName<'_>| matches!(name, GeneralName::DNSName(name) if name.eq_ignore_ascii_case(host));
    if !names.is_some_and(|names| names.value.general_names.iter().any(is_ours)) {
        return Err(ChainError::OtherHost);
    }
    let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or_else(|| unreadable("its time"));
    Ok(Facts {
        issuer: name(certificate.issuer()).chars().take(500).collect(),
        valid_from: time(certificate.validity().not_before.timestamp())?,
        valid_until: time(certificate.validity().not_after.timestamp())?,
    })
}
