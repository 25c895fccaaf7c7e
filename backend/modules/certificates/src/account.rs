//! The account at the authority: opened once, and kept under lock.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use instant_acme::{Account, AccountCredentials, ExternalAccountKey, NewAccount};
use orion_framework::Services;
use orion_framework::config::Acme;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::job::{Job, JobContext, JobError};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::client::Line;
use crate::due::after_failure;
use crate::jobs::queue_due;
use crate::queries;
use crate::trouble::Trouble;

/// Opens the account at the authority that is configured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OpenAccount {}

impl Job for OpenAccount {
    const KIND: &'static str = "certificates.open_account";
}

/// What credentials are locked away for.
fn place(directory: &str) -> String {
    format!("acme account {directory}")
}

/// Opens it, unless somebody has meanwhile; then what is due is asked for.
pub(crate) async fn open_account(context: JobContext, _: Value) -> Result<(), JobError> {
    let services = context.services().clone();
    let acme = services.config.acme.clone();
    let directory = acme.directory.clone();
    let known = context
        .platform_tx(move |tx: &mut PlatformTx| queries::account(tx.conn(), &directory).map_err(DbError::from))
        .await?;
    let Some(known) = known.filter(|account| acme.enabled && account.sealed_credentials.is_none()) else {
        return Ok(());
    };
    let line = Line::new(&acme, services.clock.now());
    let (opened, refusal) = match line {
        Ok(line) => (open(&services, &acme, line.clone()).await, line.refusal()),
        Err(error) => (Err(error.into()), None),
    };
    let directory = acme.directory;
    match opened {
        Ok(sealed) => {
            let keep = move |tx: &mut PlatformTx| {
                let now = tx.now();
                queries::keep_account(tx.conn(), &directory, &sealed, now)?;
                tx.audit(
                    None,
                    AuditEntry::new("acme_account.opened", "acme_accounts", None::<Uuid>).note("directory", directory),
                );
                queue_due(tx)
            };
            context.platform_tx(keep).await
        }
        Err(trouble) => {
            let failure = trouble.failure(refusal)?;
            tracing::error!(reason = failure.told, "no account at the certificate authority");
            let failures = known.failures.saturating_add(1);
            let note = move |tx: &mut PlatformTx| {
                let now = tx.now();
                let due_at = after_failure(now, failures, failure.wait);
                tx.no_audit("the row says what went wrong");
                queries::refuse_account(tx.conn(), &directory, (failures, &failure.told), (now, due_at)).map_err(DbError::from)
            };
            context.platform_tx(note).await
        }
    }
}

async fn open(services: &Services, acme: &Acme, line: Line) -> Result<Vec<u8>, Trouble> {
    let contact = acme.contact.as_ref().map(|address| format!("mailto:{address}"));
    let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
    let external = match &acme.external_account {
        None => None,
        Some(account) => {
            let key = BASE64_URL_SAFE_NO_PAD.decode(account.hmac_key.expose_secret());
            let key = key.map_err(|_| Trouble::Unexpected("The key of the external account is no base64url."))?;
            Some(ExternalAccountKey::new(account.key_id.clone(), &key))
        }
    };
    let asked = NewAccount {
        contact: &contact,
        terms_of_service_agreed: acme.terms_agreed,
        only_return_existing: false,
    };
    let builder = Account::builder_with_http(Box::new(line));
    let (_, credentials) = builder.create(&asked, acme.directory.clone(), external.as_ref()).await?;
    let text = serde_json::to_vec(&credentials).map_err(|_| Trouble::Unexpected("The account cannot be written down."))?;
    Ok(services.vault.lock(&place(&acme.directory), &text)?)
}

/// The account again, of what was kept.
pub(crate) async fn restore(services: &Services, sealed: &[u8], line: Line) -> Result<Account, Trouble> {
    let text = services.vault.open(&place(&services.config.acme.directory), sealed)?;
    let credentials: AccountCredentials =
        serde_json::from_slice(&text).map_err(|_| Trouble::Unexpected("What was kept of the account cannot be read."))?;
    Ok(Account::builder_with_http(Box::new(line)).from_credentials(credentials).await?)
}
