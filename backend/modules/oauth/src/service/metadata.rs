//! What a host says of itself to programs that have never seen it.

use orion_framework::tenancy::StoreContext;
use serde_json::{Value, json};

use crate::request::offered;

/// Where people are asked; a page of the dashboard.
const CONSENT_PAGE: &str = "/store/authorize";

/// The rights that can be asked for: those of modules that are on.
fn scopes(store: &StoreContext) -> Vec<&'static str> {
    let on = offered().filter(|right| store.module_enabled(right.module()));
    on.map(|right| right.key()).collect()
}

/// Of who gives tokens (RFC 8414, section 2).
pub(crate) fn authorization_server(store: &StoreContext, issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}{CONSENT_PAGE}"),
        "token_endpoint": format!("{issuer}/oauth/token"),
        "revocation_endpoint": format!("{issuer}/oauth/revoke"),
        "scopes_supported": scopes(store),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "client_id_metadata_document_supported": true,
        "authorization_response_iss_parameter_supported": true,
    })
}

/// Of what tokens open (RFC 9728, section 2).
pub(crate) fn protected_resource(store: &StoreContext, issuer: &str) -> Value {
    json!({
        "resource": issuer,
        "resource_name": store.name,
        "authorization_servers": [issuer],
        "scopes_supported": scopes(store),
        "bearer_methods_supported": ["header"],
    })
}
