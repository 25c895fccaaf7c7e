//! The cookies: a refresh token per area and the cart's secret, out of reach of scripts and of sibling shops.
//!
//! No `Domain`, so that only the host that set a cookie gets it back. In production the prefix `__Host-` makes browsers enforce
//! that, and `Path=/` with `Secure` belongs to it; elsewhere a cookie is `Secure` when the client came by TLS. In development by path
//! every shop lives on one host, so there the path keeps customers apart; staff have one session for all their stores, and each
//! area has its own name.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use chrono::TimeDelta;

use super::{Audience, AuthError};
use crate::Services;
use crate::backend::Entrance;
use crate::http::{Failure, header_text};
use crate::tenancy::RequestContext;

/// How long a cart waits for its owner.
pub const CART_LIFETIME: TimeDelta = TimeDelta::days(30);

/// The header in which clients without cookies send the cart's secret.
const CART_HEADER: &str = "orion-cart";

/// Where the cookies of a request live: its area, what was taken off its path, and whether this is production.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookieScope {
    audience: Audience,
    production: bool,
    secure: bool,
    path: String,
}

impl CookieScope {
    /// `base` is what was taken off the path, empty where the host names the store; `https` is how the client came.
    pub fn new(audience: Audience, production: bool, https: bool, base: &str) -> Self {
        Self {
            audience,
            production,
            secure: production || https,
            path: if production { "/".to_owned() } else { path(audience, base) },
        }
    }

    /// The scope of a request in its area.
    pub fn of(services: &Services, context: &RequestContext, audience: Audience) -> Self {
        Self::new(audience, services.config.is_production(), context.https, &context.base)
    }

    /// Keeps a refresh token for `lifetime`.
    pub fn refresh(&self, token: String, lifetime: TimeDelta) -> Cookie<'static> {
        self.cookie(self.refresh_name(), token, lifetime)
    }

    /// Takes the refresh token away.
    pub fn clear_refresh(&self) -> Cookie<'static> {
        self.cookie(self.refresh_name(), String::new(), TimeDelta::zero())
    }

    /// The refresh token of a request.
    pub fn read_refresh(&self, request: &HttpRequest) -> Option<String> {
        read(request, &self.name(self.refresh_name()))
    }

    /// The answer to a refresh that was refused. A token whose session has ended is taken away, so that the browser stops sending it; after
    /// a failure of the server's own it stays, since it may be good.
    pub fn refused(&self, error: AuthError, request: &HttpRequest) -> Failure {
        let dead = matches!(error, AuthError::SessionEnded) && self.read_refresh(request).is_some();
        let failure = Failure::from(error);
        if dead {
            failure.with_cookie(&self.clear_refresh())
        } else {
            failure
        }
    }

    /// Keeps the cart's secret.
    pub fn cart(&self, token: String) -> Cookie<'static> {
        self.cookie("orion_cart", token, CART_LIFETIME)
    }

    /// Takes the cart's secret away.
    pub fn clear_cart(&self) -> Cookie<'static> {
        self.cookie("orion_cart", String::new(), TimeDelta::zero())
    }

    /// Lets a friend, or the shop's own people, see the shop before it opens.
    pub fn guest(&self, seal: String, lifetime: TimeDelta) -> Cookie<'static> {
        let mut cookie = self.cookie("orion_guest", seal, lifetime);
        // A dashboard leads into a shop that may be on a domain of its own: a strict cookie would stay behind on that way.
        cookie.set_same_site(SameSite::Lax);
        cookie
    }

    fn refresh_name(&self) -> &'static str {
        match self.audience {
            Audience::Admin => "orion_admin",
            Audience::Store => "orion_store",
            Audience::Storefront => "orion_customer",
        }
    }

    fn name(&self, name: &str) -> String {
        if self.production {
            format!("__Host-{name}")
        } else {
            name.to_owned()
        }
    }

    fn cookie(&self, name: &str, value: String, lifetime: TimeDelta) -> Cookie<'static> {
        Cookie::build(self.name(name), value)
            .path(self.path.clone())
            .max_age(Duration::seconds(lifetime.num_seconds()))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .finish()
    }
}

/// The secret of a request's cart, from its cookie or the header `orion-cart`.
pub fn cart_token(request: &HttpRequest) -> Option<String> {
    let services = Entrance::of(request)?;
    let scope = CookieScope::of(services, &RequestContext::of(request)?, Audience::Storefront);
    read(request, &scope.name("orion_cart")).or_else(|| header_text(request.headers(), CART_HEADER).map(str::to_owned))
}

/// What lets a request see a shop that is not open yet.
pub fn guest_seal(request: &HttpRequest) -> Option<String> {
    let services = Entrance::of(request)?;
    let scope = CookieScope::of(services, &RequestContext::of(request)?, Audience::Storefront);
    read(request, &scope.name("orion_guest"))
}

/// An empty cookie is one that was taken away.
fn read(request: &HttpRequest, name: &str) -> Option<String> {
    request
        .cookie(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// Customers have a session per shop, staff one for all their stores.
fn path(audience: Audience, base: &str) -> String {
    let first = base.split('/').nth(1).unwrap_or_default();
    match audience {
        Audience::Storefront if !base.is_empty() => base.to_owned(),
        _ => format!("/{first}"),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn set(audience: Audience, production: bool, base: &str) -> String {
        CookieScope::new(audience, production, false, base)
            .refresh("secret".to_owned(), TimeDelta::days(1))
            .to_string()
    }

    #[test]
    fn in_production_the_browser_enforces_the_host() {
        for (audience, name) in [
            (Audience::Admin, "admin"),
            (Audience::Store, "store"),
            (Audience::Storefront, "customer"),
        ] {
            let expected = format!("__Host-orion_{name}=secret; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=86400");
            assert_eq!(set(audience, true, ""), expected);
            assert_eq!(set(audience, true, "/storefront/acme"), expected, "the prefix demands Path=/");
        }
    }

    #[test]
    fn on_a_host_of_its_own_an_area_needs_no_path() {
        assert_eq!(
            set(Audience::Storefront, false, ""),
            "orion_customer=secret; HttpOnly; SameSite=Strict; Path=/; Max-Age=86400"
        );
    }

    #[test]
    fn by_path_shops_are_kept_apart_and_stores_of_one_member_are_not() {
        let path = |audience, base: &str| CookieScope::new(audience, false, false, base).path;
        assert_eq!(path(Audience::Storefront, "/storefront/acme"), "/storefront/acme");
        assert_eq!(path(Audience::Store, "/store/acme"), "/store");
        assert_eq!(path(Audience::Store, "/store"), "/store");
        assert_eq!(path(Audience::Admin, "/admin"), "/admin");
        assert_eq!(path(Audience::Admin, ""), "/");
    }

    #[test]
    fn a_cookie_is_taken_away_where_it_was_set() {
        let scope = CookieScope::new(Audience::Storefront, false, false, "/storefront/acme");
        for (set, clear) in [
            (scope.refresh("x".to_owned(), TimeDelta::days(1)), scope.clear_refresh()),
            (scope.cart("x".to_owned()), scope.clear_cart()),
        ] {
            assert_eq!((set.name(), set.path()), (clear.name(), clear.path()));
            assert_eq!(clear.max_age(), Some(Duration::ZERO));
        }
    }

    #[test]
    fn three_areas_in_one_browser_do_not_disturb_each_other() {
        let request = TestRequest::default()
            .cookie(Cookie::new("orion_admin", "a"))
            .cookie(Cookie::new("orion_store", "s"))
            .to_http_request();
        let read = |audience| CookieScope::new(audience, false, false, "").read_refresh(&request);
        assert_eq!(read(Audience::Admin).as_deref(), Some("a"));
        assert_eq!(read(Audience::Store).as_deref(), Some("s"));
        assert_eq!(read(Audience::Storefront), None);
    }

    #[test]
    fn in_production_a_cookie_that_a_sibling_has_planted_is_not_read() {
        let planted = TestRequest::default()
            .cookie(Cookie::new("orion_store", "planted"))
            .to_http_request();
        assert_eq!(CookieScope::new(Audience::Store, true, true, "").read_refresh(&planted), None);
    }
}
