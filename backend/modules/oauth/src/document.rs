//! Documents that say who a program is: its `client_id` is their address (draft-ietf-oauth-client-id-metadata-document, MCP 2026-07-28).
//!
//! They are fetched by the one way out to addresses that strangers have named, without redirects, within a time and a size, and kept for a while.

use std::sync::LazyLock;
use std::time::Duration;

use bytes::BytesMut;
use moka::sync::Cache;
use orion_framework::outbound::Outbound;
use orion_types::oauth::{MAX_PROGRAM_ADDRESS, MAX_REDIRECTS};
use orion_types::validation;
use reqwest::Response;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;
use url::Url;

use crate::error::OauthError;
use crate::redirect;

/// From the first byte asked for to the last one received.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Most bytes of a document.
const MAX_BYTES: usize = 64 << 10;
/// How long a document is taken for what its address says.
const KEPT: Duration = Duration::from_secs(300);
/// Documents that are kept.
const MAX_KEPT: u64 = 1_000;
/// Below this, ports belong to other kinds of servers, but for the one of https.
const FIRST_FREE_PORT: u16 = 1024;

/// Of every store alike: an address says the same to all.
static DOCUMENTS: LazyLock<Cache<String, Document>> = LazyLock::new(|| Cache::builder().max_capacity(MAX_KEPT).time_to_live(KEPT).build());

/// What a document says of its program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) redirect_uris: Vec<String>,
}

/// What of it is read.
#[derive(Deserialize)]
struct Metadata {
    client_id: String,
    #[serde(default)]
    client_name: String,
    #[serde(default)]
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
}

/// Whether a `client_id` is the address of a document.
pub(crate) fn is_address(client_id: &str) -> bool {
    client_id.starts_with("https://") || client_id.starts_with("http://")
}

/// The document at an address.
///
/// # Errors
/// [`OauthError::UnknownProgram`] with what is wrong with address or document.
pub(crate) async fn fetch(outbound: &Outbound, client_id: &str) -> Result<Document, OauthError> {
    if let Some(known) = DOCUMENTS.get(client_id) {
        return Ok(known);
    }
    let url = check(client_id, outbound).map_err(OauthError::UnknownProgram)?;
    let fetched = tokio::time::timeout(TIMEOUT, receive(outbound, url)).await;
    let bytes = match fetched {
        Ok(received) => received.map_err(OauthError::UnknownProgram)?,
        Err(_) => return Err(OauthError::UnknownProgram("Its document takes too long.")),
    };
    let document = read(client_id, &bytes).map_err(OauthError::UnknownProgram)?;
    DOCUMENTS.insert(client_id.to_owned(), document.clone());
    Ok(document)
}

/// Whether something may be fetched from an address that is to be one of a document: its one spelling, with a path.
fn check(client_id: &str, outbound: &Outbound) -> Result<Url, &'static str> {
    if client_id.len() > MAX_PROGRAM_ADDRESS {
        return Err("The address of its document is longer than 500 characters.");
    }
    let url = Url::parse(client_id).map_err(|_| "The address of its document is none.")?;
    let plain = url.scheme() == "http" && outbound.is_local();
    if url.scheme() != "https" && !plain {
        return Err("The address of its document has to begin with https://.");
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("The address of its document must hold neither a name nor a part of a page.");
    }
    if url.path() == "/" || url.as_str() != client_id {
        return Err("The address of its document needs a path, without dots that climb, and no other spelling.");
    }
    outbound
        .check(&url)
        .map_err(|_| "The address of its document is not on the public internet.")?;
    let port = url.port_or_known_default().unwrap_or_default();
    if port < FIRST_FREE_PORT && port != 443 && !outbound.is_local() {
        return Err("The address of its document uses a port that belongs to something else.");
    }
    Ok(url)
}

async fn receive(outbound: &Outbound, url: Url) -> Result<BytesMut, &'static str> {
    let asked = outbound.client().get(url).header(ACCEPT, "application/json").timeout(TIMEOUT);
    let mut response = asked.send().await.map_err(|error| not_reached(&error))?;
    if response.status() != reqwest::StatusCode::OK || !is_json(&response) {
        return Err("There is no document at its address.");
    }
    let mut body = BytesMut::new();
    // A server may promise little and send much.
    while let Some(chunk) = response.chunk().await.map_err(|error| not_reached(&error))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err("Its document is longer than 64 KiB.");
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What whoever asks is told; why in particular is nobody's business, or they would look around in our house.
fn not_reached(error: &reqwest::Error) -> &'static str {
    tracing::info!(reason = %Outbound::judge(error), "a document of a program was not fetched");
    "Its document cannot be reached."
}

fn is_json(response: &Response) -> bool {
    let told = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = told
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// What a document says, if it is one of this address and of a program without a secret.
fn read(client_id: &str, bytes: &[u8]) -> Result<Document, &'static str> {
    let metadata: Metadata = serde_json::from_slice(bytes).map_err(|_| "Its document is none of a program.")?;
    if metadata.client_id != client_id {
        return Err("Its document is one of another program.");
    }
    if metadata.token_endpoint_auth_method.is_some_and(|method| method != "none") {
        return Err("Its document says that it has a secret, which programs have none of here.");
    }
    let name = validation::name(&metadata.client_name).map_err(|_| "Its document says no name that could be shown.")?;
    let usable = metadata.redirect_uris.into_iter().filter(|uri| redirect::check(uri).is_ok());
    let redirect_uris: Vec<String> = usable.take(MAX_REDIRECTS).collect();
    if redirect_uris.is_empty() {
        return Err("Its document names no address that answers could go to.");
    }
    Ok(Document {
        client_id: client_id.to_owned(),
        name: name.to_owned(),
        redirect_uris,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ADDRESS: &str = "https://assistant.example/client.json";

    fn told(document: &Value) -> Result<Document, &'static str> {
        read(ADDRESS, document.to_string().as_bytes())
    }

    #[test]
    fn a_document_says_who_its_program_is_and_nothing_of_others() {
        let good = json!({
            "client_id": ADDRESS, "client_name": "Assistant", "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
            "redirect_uris": ["https://assistant.example/callback", "assistant://callback", "http://127.0.0.1/callback"],
        });
        let read = told(&good).unwrap();
        assert_eq!(read.name, "Assistant");
        assert_eq!(
            read.redirect_uris,
            ["https://assistant.example/callback", "http://127.0.0.1/callback"]
        );
        for (field, value) in [
            ("client_id", json!("https://assistant.example/other.json")),
            ("client_name", json!(" ")),
            ("client_name", json!("x".repeat(101))),
            ("token_endpoint_auth_method", json!("client_secret_basic")),
            ("redirect_uris", json!(["http://assistant.example/"])),
            ("redirect_uris", json!("https://assistant.example/callback")),
        ] {
            let mut bad = good.clone();
            bad[field] = value;
            assert!(told(&bad).is_err(), "{field}");
        }
        assert!(told(&json!([])).is_err());
    }

    #[test]
    fn documents_lie_on_the_public_internet_under_one_spelling() {
        let outbound = Outbound::new(&[]).unwrap();
        assert!(check(ADDRESS, &outbound).is_ok() && check("https://assistant.example:8443/client.json", &outbound).is_ok());
        for bad in [
            "http://assistant.example/client.json",
            "https://assistant.example/",
            "https://assistant.example",
            "https://assistant.example/a/../client.json",
            "https://ASSISTANT.example/client.json",
            "https://user@assistant.example/client.json",
            "https://assistant.example/client.json#x",
            "https://127.0.0.1/client.json",
            "https://169.254.169.254/latest",
            "https://[::1]/client.json",
            "https://assistant.example:25/client.json",
        ] {
            assert!(check(bad, &outbound).is_err(), "{bad}");
        }
    }
}
