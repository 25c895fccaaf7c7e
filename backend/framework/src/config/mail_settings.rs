//! Whether what was configured for mail can work, told at start instead of at the first order.

use std::net::IpAddr;

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::source::ConfigError;

/// The address is not repeated in an error: it carries the password.
pub(super) fn check_smtp_url(url: Option<&SecretString>, is_production: bool) -> Result<(), ConfigError> {
    let Some(url) = url else { return Ok(()) };
    let refused = |detail: &str| Err(ConfigError::new("ORION_MAIL_SMTP_URL", detail));
    let url = url.expose_secret();
    if AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_err() {
        return refused("expected an address such as smtps://user:password@mail.example.com");
    }
    if is_production && Url::parse(url).is_ok_and(|url| gives_password_away(&url)) {
        return refused("sends its password in the open: begin it with smtps://, or end it with ?tls=required");
    }
    Ok(())
}

/// Whether a password would leave the machine without encryption.
fn gives_password_away(url: &Url) -> bool {
    let is_encrypted = url.scheme() == "smtps" || url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let stays_here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    url.password().is_some() && !is_encrypted && !stays_here
}

pub(super) fn check_from(from: &str) -> Result<(), ConfigError> {
    match from.parse::<Mailbox>() {
        Ok(_) => Ok(()),
        Err(_) => Err(ConfigError::new(
            "ORION_MAIL_FROM",
            format!("expected an address such as Shop <shop@example.com>, found {from:?}"),
        )),
    }
}
