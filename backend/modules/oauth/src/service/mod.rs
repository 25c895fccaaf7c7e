//! Programs, consents and what programs get for them.

pub(crate) mod connections;
pub(crate) mod consent;
pub(crate) mod metadata;
pub(crate) mod programs;
pub(crate) mod tokens;

use orion_framework::tenancy::{RequestContext, StoreContext};

use crate::error::OauthError;

/// In whose name tokens are given at the host of a request (RFC 8414, section 2): its origin, where it is one of the store's own.
///
/// # Errors
/// [`OauthError::NoIssuer`] where the path names the store: such a host is that of many.
pub(crate) fn issuer(store: &StoreContext, context: &RequestContext) -> Result<String, OauthError> {
    if context.base.is_empty() {
        Ok(store.origin_of(&context.host))
    } else {
        Err(OauthError::NoIssuer)
    }
}
