//! Who gives certificates (ACME, RFC 8555); nobody is asked unless it is switched on.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Certificate;
use secrecy::SecretString;

use super::source::{ConfigError, Source};
use crate::tenancy::host;

/// Let's Encrypt, as its documentation names it.
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// Who gives certificates.
#[derive(Debug, Clone)]
pub struct Acme {
    /// Whether certificates are asked for.
    pub enabled: bool,
    /// Whether its terms are agreed to.
    pub terms_agreed: bool,
    /// The address of the authority's directory.
    pub directory: String,
    /// Whom the authority may write to.
    pub contact: Option<String>,
    /// An account that the authority knows already, where it wants one.
    pub external_account: Option<ExternalAccount>,
    /// In PEM: whom to trust besides, for an authority whose own certificate is a private one's.
    pub root_ca: Option<Vec<u8>>,
    /// Hosts of the platform's own that get a certificate, too.
    pub hosts: Vec<String>,
}

/// An account that was made elsewhere (RFC 8555, section 7.3.4).
#[derive(Debug, Clone)]
pub struct ExternalAccount {
    /// Its id.
    pub key_id: String,
    /// Its key, as base64url.
    pub hmac_key: SecretString,
}

pub(super) fn read(source: &mut Source) -> Result<Acme, ConfigError> {
    let enabled = source.flag("ORION_ACME_ENABLED")?.unwrap_or(false);
    let terms_agreed = source.flag("ORION_ACME_TERMS_AGREED")?.unwrap_or(false);
    if enabled && !terms_agreed {
        return Err(ConfigError::new(
            "ORION_ACME_TERMS_AGREED",
            "has to be true: the authority gives certificates to those alone who agree to its terms",
        ));
    }
    Ok(Acme {
        enabled,
        terms_agreed,
        directory: directory(source)?,
        contact: contact(source)?,
        external_account: external_account(source)?,
        root_ca: root_ca(source)?,
        hosts: hosts(source)?,
    })
}

fn directory(source: &mut Source) -> Result<String, ConfigError> {
    let text = source.text("ORION_ACME_DIRECTORY")?.unwrap_or_else(|| LETS_ENCRYPT.to_owned());
    match text.parse::<reqwest::Url>() {
        Ok(url) if url.scheme() == "https" && url.has_host() => Ok(text),
        _ => Err(ConfigError::new(
            "ORION_ACME_DIRECTORY",
            format!("expected an https address, found {text:?}"),
        )),
    }
}

fn contact(source: &mut Source) -> Result<Option<String>, ConfigError> {
    let Some(text) = source.text("ORION_ACME_CONTACT")? else {
        return Ok(None);
    };
    match text.parse::<lettre::Address>() {
        Ok(address) => Ok(Some(address.to_string())),
        Err(_) => Err(ConfigError::new(
            "ORION_ACME_CONTACT",
            format!("expected an address such as certificates@example.com, found {text:?}"),
        )),
    }
}

fn external_account(source: &mut Source) -> Result<Option<ExternalAccount>, ConfigError> {
    let (id, key) = ("ORION_ACME_EAB_KEY_ID", "ORION_ACME_EAB_HMAC_KEY");
    match (source.text(id)?, source.text(key)?) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(ConfigError::new(key, format!("is required with {id}"))),
        (None, Some(_)) => Err(ConfigError::new(id, format!("is required with {key}"))),
        // The key is not repeated: it is a secret.
        (Some(_), Some(hmac)) if BASE64_URL_SAFE_NO_PAD.decode(&hmac).is_err() => {
            Err(ConfigError::new(key, "expected base64url, as the authority shows it"))
        }
        (Some(key_id), Some(hmac)) => Ok(Some(ExternalAccount {
            key_id,
            hmac_key: hmac.into(),
        })),
    }
}

fn root_ca(source: &mut Source) -> Result<Option<Vec<u8>>, ConfigError> {
    let key = "ORION_ACME_ROOT_CA";
    let Some(path) = source.text(key)? else { return Ok(None) };
    let pem = fs::read(&path).map_err(|error| ConfigError::new(key, format!("{path}: {error}")))?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(found) if !found.is_empty() => Ok(Some(pem)),
        _ => Err(ConfigError::new(key, format!("{path}: expected certificates in PEM"))),
    }
}

fn hosts(source: &mut Source) -> Result<Vec<String>, ConfigError> {
    let key = "ORION_ACME_HOSTS";
    let named: Vec<String> = source.list(key, "host names, separated by commas")?;
    let normal = |name: &String| match host::normalise(name) {
        Some(host) if host.contains('.') && !host.starts_with('[') => Ok(host.into_owned()),
        _ => Err(ConfigError::new(
            key,
            format!("expected host names, separated by commas, found {name:?}"),
        )),
    };
    named.iter().map(normal).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read_from(pairs: &[(&str, &str)]) -> Result<Acme, ConfigError> {
        let variables: BTreeMap<String, String> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        read(&mut Source::new(BTreeMap::new(), variables))
    }

    #[test]
    fn nobody_is_asked_unless_told_and_nothing_is_agreed_to_by_itself() {
        let usual = read_from(&[]).unwrap();
        assert!(!usual.enabled && usual.directory == LETS_ENCRYPT);
        let error = read_from(&[("ORION_ACME_ENABLED", "true")]).unwrap_err();
        assert_eq!(error.key, "ORION_ACME_TERMS_AGREED");
        assert!(
            read_from(&[("ORION_ACME_ENABLED", "true"), ("ORION_ACME_TERMS_AGREED", "true")])
                .unwrap()
                .enabled
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_its_key() {
        for (key, value) in [
            ("ORION_ACME_DIRECTORY", "http://acme.example/directory"),
            ("ORION_ACME_DIRECTORY", "acme"),
            ("ORION_ACME_CONTACT", "nobody"),
            ("ORION_ACME_ROOT_CA", "/nowhere/ca.pem"),
            ("ORION_ACME_HOSTS", "shops.example,*.shops.example"),
            ("ORION_ACME_HOSTS", "localhost"),
        ] {
            assert_eq!(read_from(&[(key, value)]).unwrap_err().key, key, "{value}");
        }
        let half = read_from(&[("ORION_ACME_EAB_KEY_ID", "kid-1")]).unwrap_err();
        assert_eq!(half.key, "ORION_ACME_EAB_HMAC_KEY");
        let account = [("ORION_ACME_EAB_KEY_ID", "kid-1"), ("ORION_ACME_EAB_HMAC_KEY", "not base64!")];
        let error = read_from(&account).unwrap_err();
        assert!(error.key == "ORION_ACME_EAB_HMAC_KEY" && !error.message.contains("not base64!"));
    }

    #[test]
    fn hosts_are_read_in_their_one_form() {
        let hosts = read_from(&[("ORION_ACME_HOSTS", "Shops.example, admin.shops.example.")])
            .unwrap()
            .hosts;
        assert_eq!(hosts, ["shops.example", "admin.shops.example"]);
    }
}
