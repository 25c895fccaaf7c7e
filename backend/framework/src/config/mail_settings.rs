//! Whether what was configured for mail can work, told at start instead of at the first order.

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use super::source::ConfigError;

/// The address is not repeated in the error: it carries the password.
pub(super) fn check_smtp_url(url: Option<&SecretString>) -> Result<(), ConfigError> {
    let Some(url) = url else { return Ok(()) };
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()) {
        Ok(_) => Ok(()),
        Err(_) => Err(ConfigError::new(
            "ORION_MAIL_SMTP_URL",
            "expected an address such as smtps://user:password@mail.example.com",
        )),
    }
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
