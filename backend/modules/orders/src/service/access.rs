//! The secret that shows one order without signing in: derived from the order, so that nothing is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use orion_framework::Services;
use orion_types::OrderId;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Keeps these tokens apart from everything else that is made with the server's secret.
const PURPOSE: &[u8] = b"orders.access_token\0";

/// Makes access tokens and knows them again.
#[derive(Clone)]
pub struct AccessKey {
    current: SecretString,
    previous: Option<SecretString>,
}

impl AccessKey {
    /// The key of this server.
    pub fn of(services: &Services) -> Self {
        let auth = &services.config.auth;
        Self {
            current: auth.jwt_secret.clone(),
            previous: auth.jwt_secret_previous.clone(),
        }
    }

    /// The token of an order.
    pub fn token(&self, store_id: Uuid, order_id: OrderId) -> String {
        token(&self.current, store_id, order_id)
    }

    /// Whether `given` is the order's token; the one made with the secret before the last change still opens.
    pub fn opens(&self, store_id: Uuid, order_id: OrderId, given: &str) -> bool {
        let secrets = [Some(&self.current), self.previous.as_ref()];
        secrets.into_iter().flatten().any(|secret| {
            let expected = token(secret, store_id, order_id);
            expected.as_bytes().ct_eq(given.as_bytes()).into()
        })
    }
}

fn token(secret: &SecretString, store_id: Uuid, order_id: OrderId) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(PURPOSE);
    mac.update(store_id.as_bytes());
    mac.update(order_id.0.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(current: &str, previous: Option<&str>) -> AccessKey {
        AccessKey {
            current: current.into(),
            previous: previous.map(Into::into),
        }
    }

    #[test]
    fn a_token_opens_its_order_in_its_store_and_nothing_else() {
        let (store, order) = (Uuid::from_u128(1), OrderId(Uuid::from_u128(2)));
        let key = key("a secret of the server", None);
        let token = key.token(store, order);
        assert_eq!(token.len(), 43);
        assert!(key.opens(store, order, &token));
        assert!(!key.opens(Uuid::from_u128(9), order, &token));
        assert!(!key.opens(store, OrderId(Uuid::from_u128(9)), &token));
        assert!(!key.opens(store, order, ""));
    }

    #[test]
    fn links_in_mails_survive_a_change_of_the_secret() {
        let (store, order) = (Uuid::from_u128(1), OrderId(Uuid::from_u128(2)));
        let old = key("old", None).token(store, order);
        assert!(key("new", Some("old")).opens(store, order, &old));
        assert!(!key("newer", Some("new")).opens(store, order, &old));
    }
}
