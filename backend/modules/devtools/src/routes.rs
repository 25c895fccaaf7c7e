//! Below `/dev`.

use actix_web::web::Json;
use actix_web::{HttpResponse, get};
use orion_framework::db::PlatformTx;
use orion_framework::http::{Failure, Path, Query};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::gate::Developer;
use crate::mailbox::{self, MailboxMessage};
use crate::{entry_points, pages};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(show_entry_points)
        .service(show_mailbox)
        .service(show_message)
        .service(list_mailbox_messages);
}

/// Narrows the mailbox.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct MailboxQuery {
    /// An e-mail address.
    #[serde(default)]
    recipient: Option<String>,
}

impl MailboxQuery {
    fn recipient(self) -> Option<String> {
        self.recipient
            .map(|text| text.trim().to_lowercase())
            .filter(|text| !text.is_empty())
    }
}

/// Every login and address of the stores, as a page. In development only.
#[utoipa::path(tag = "development", operation_id = "show_entry_points", responses((status = 200, content_type = "text/html")), security(()))]
#[get("/dev")]
async fn show_entry_points(developer: Developer) -> Result<HttpResponse, Failure> {
    let config = developer.0.services().config.clone();
    pages::entry_points(&developer.0.platform_tx(move |tx| entry_points(tx, &config)).await?)
}

/// The mails that were written, as a page. In development only.
#[utoipa::path(
    tag = "development",
    operation_id = "show_mailbox",
    params(MailboxQuery),
    responses((status = 200, content_type = "text/html")),
    security(())
)]
#[get("/dev/mailbox")]
async fn show_mailbox(developer: Developer, query: Query<MailboxQuery>) -> Result<HttpResponse, Failure> {
    let recipient = query.into_inner().recipient();
    let (wanted, vault) = (recipient.clone(), developer.0.services().vault.clone());
    let messages = developer
        .0
        .platform_tx(move |tx| mailbox::list(tx, &vault, wanted.as_deref()))
        .await?;
    pages::mailbox(recipient.as_deref(), &messages)
}

/// One mail, as a page. In development only.
#[utoipa::path(
    tag = "development",
    operation_id = "show_mailbox_message",
    params(("id" = Uuid, Path)),
    responses((status = 200, content_type = "text/html")),
    security(())
)]
#[get("/dev/mailbox/{id}")]
async fn show_message(developer: Developer, id: Path<Uuid>) -> Result<HttpResponse, Failure> {
    let (id, vault) = (id.into_inner(), developer.0.services().vault.clone());
    pages::message(&developer.0.platform_tx(move |tx| mailbox::get(tx, &vault, id)).await?)
}

/// The mails that were written. In development only.
#[utoipa::path(
    tag = "development",
    operation_id = "list_mailbox_messages",
    params(MailboxQuery),
    responses((status = 200, body = Vec<MailboxMessage>)),
    security(())
)]
#[get("/dev/api/mailbox")]
async fn list_mailbox_messages(developer: Developer, query: Query<MailboxQuery>) -> Result<Json<Vec<MailboxMessage>>, Failure> {
    let recipient = query.into_inner().recipient();
    let vault = developer.0.services().vault.clone();
    let list = move |tx: &mut PlatformTx| mailbox::list(tx, &vault, recipient.as_deref());
    Ok(Json(developer.0.platform_tx(list).await?))
}
