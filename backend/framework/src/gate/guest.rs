//! Who may see a shop before it opens: its own people, and the merchant's friends.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use chrono::{DateTime, TimeDelta, Utc};

use crate::Services;
use crate::auth::cookie::guest_seal;
use crate::auth::{Audience, CookieScope};
use crate::tenancy::{RequestContext, StoreContext};

/// What the seals are for.
const PURPOSE: &str = "guest";
/// How long a browser is let in.
const LIFETIME: TimeDelta = TimeDelta::days(30);

/// A seal that lets whoever brings it into this store until a time, or until the store has another key.
pub fn invitation(services: &Services, store: &StoreContext, until: DateTime<Utc>) -> String {
    services.tokens.seal(PURPOSE, &[&store.id.to_string(), &store.guest_key], until)
}

/// The cookie that lets a browser in.
pub fn invite(services: &Services, context: &RequestContext, store: &StoreContext) -> Cookie<'static> {
    let seal = invitation(services, store, services.clock.now() + LIFETIME);
    CookieScope::of(services, context, Audience::Storefront).guest(seal, LIFETIME)
}

/// Whether a seal lets into this store.
pub fn opens_for(services: &Services, store: &StoreContext, seal: &str) -> bool {
    services.tokens.is_sealed(PURPOSE, &[&store.id.to_string(), &store.guest_key], seal)
}

/// Whether a request brings what lets it into a shop that is not open; nobody is asked at one that is.
pub fn is_invited(services: &Services, store: &StoreContext, request: &HttpRequest) -> bool {
    !store.opened && guest_seal(request).is_some_and(|seal| opens_for(services, store, &seal))
}
