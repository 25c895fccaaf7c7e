//! Which of the shop's two downloads shows an address; the server and both downloads ask here, so that they never disagree.

/// One of the two programs the shop is downloaded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorefrontBundle {
    /// Looking around and filling the cart; also everything that is not there.
    Browse,
    /// Checkout, orders, and the customer's account.
    Checkout,
}

impl StorefrontBundle {
    /// The bundle of a path below the shop's base.
    pub fn of(path: &str) -> Self {
        match path.split('/').find(|part| !part.is_empty()) {
            Some("checkout" | "orders" | "track" | "login" | "register" | "password" | "email" | "account") => Self::Checkout,
            _ => Self::Browse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_one_bundle() {
        for path in [
            "/",
            "/products",
            "/products/checkout",
            "/categories/orders",
            "/search",
            "/cart",
            "/checkouts",
        ] {
            assert_eq!(StorefrontBundle::of(path), StorefrontBundle::Browse, "{path}");
        }
        for path in [
            "/checkout",
            "/checkout/",
            "/orders/1",
            "/track",
            "/login",
            "/register",
            "/password/new",
            "/email",
            "/account",
            "/account/orders/1",
        ] {
            assert_eq!(StorefrontBundle::of(path), StorefrontBundle::Checkout, "{path}");
        }
    }
}
