//! Whose cart it is.

use orion_framework::gate::Shopper;
use orion_types::CustomerId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The customer who is signed in, and the cart that the browser carries; a stranger without either has no cart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CartOwner {
    pub customer_id: Option<Uuid>,
    pub token_hash: Option<Vec<u8>>,
}

impl CartOwner {
    /// The owner that a request speaks for.
    pub fn of<M>(shopper: &Shopper<M>) -> Self {
        Self {
            customer_id: shopper.customer().map(|customer| customer.id.0),
            token_hash: shopper.cart_token().map(hash_token),
        }
    }

    /// A browser's cart that nobody has claimed yet.
    pub fn guest(token: &str) -> Self {
        Self {
            customer_id: None,
            token_hash: Some(hash_token(token)),
        }
    }

    /// A customer's cart, wherever they are signed in.
    pub fn customer(id: CustomerId) -> Self {
        Self {
            customer_id: Some(id.0),
            token_hash: None,
        }
    }

    /// Whether there can be a cart at all.
    pub fn is_known(&self) -> bool {
        self.customer_id.is_some() || self.token_hash.is_some()
    }

    /// Who it is for idempotency keys: another shopper's key is another key.
    pub fn principal(&self) -> String {
        match (&self.customer_id, &self.token_hash) {
            (Some(id), _) => format!("customer:{id}"),
            (None, Some(hash)) => format!("cart:{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
            (None, None) => "nobody".to_owned(),
        }
    }
}

/// Only the hash is kept, so that a copy of the table opens no cart.
pub fn hash_token(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_belongs_to_the_account_before_the_browser() {
        let guest = CartOwner::guest("secret");
        assert!(guest.principal().starts_with("cart:2bb80d53"));
        assert!(!guest.principal().contains("secret"));
        let both = CartOwner {
            customer_id: Some(Uuid::nil()),
            ..guest
        };
        assert_eq!(both.principal(), format!("customer:{}", Uuid::nil()));
        assert!(!CartOwner::default().is_known());
    }
}
