//! The rate limits of a server: of whom, and of what. Files, pictures and probes have none.

use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use orion_types::UserId;
use uuid::Uuid;

use super::Failure;
use super::rate_limit::{Allowance, RateLimit, UsedUp};
use crate::auth::network;
use crate::clock::Clock;
use crate::config::Http;
use crate::problem::{ProblemDraft, RATE_LIMITED};
use crate::tenancy::{Area, RequestContext};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// The limits of this server. Those of addresses are of one store each: who asks one shop too much has asked another one nothing.
#[derive(Clone)]
pub struct Limits {
    shop_reads: RateLimit,
    shop_writes: RateLimit,
    dashboards: RateLimit,
    accounts: RateLimit,
    api_keys: RateLimit,
    key_notes: RateLimit,
    new_carts: RateLimit,
}

impl Limits {
    /// As configured; 0 sets no limit.
    pub fn new(clock: &Clock, http: &Http) -> Self {
        let limit = |policy, per_minute| RateLimit::new(clock.clone(), policy, per_minute);
        Self {
            shop_reads: limit("shop-reads", http.shop_reads_per_minute),
            shop_writes: limit("shop-writes", http.shop_writes_per_minute),
            dashboards: limit("dashboards", http.dashboard_requests_per_minute),
            accounts: limit("accounts", http.account_requests_per_minute),
            api_keys: limit("api-keys", http.key_requests_per_minute),
            key_notes: limit("key-notes", 1),
            new_carts: limit("new-carts", http.carts_per_minute),
        }
    }

    /// Lets a request in before anybody has looked who it is from: by its address, and by the store it is for.
    ///
    /// # Errors
    /// 429.
    pub(crate) fn admit(&self, method: &Method, path: &str, context: &RequestContext) -> Result<(), Failure> {
        let limit = match context.area {
            Area::Storefront if path.starts_with("/assets/") || path.starts_with("/media/") => return Ok(()),
            Area::Storefront if method.is_safe() => &self.shop_reads,
            Area::Storefront => &self.shop_writes,
            Area::Store | Area::Admin | Area::Platform if path.starts_with("/api/") => &self.dashboards,
            Area::Store | Area::Admin | Area::Platform | Area::Probe => return Ok(()),
        };
        let store = context.store.as_ref().map_or(Uuid::nil(), |store| store.id.0);
        told(limit.take((store, network(&context.ip))), context)
    }

    /// Lets somebody who is signed in to a dashboard or the administration go on, from however many addresses they come.
    ///
    /// # Errors
    /// 429.
    pub(crate) fn account(&self, user: UserId, context: &RequestContext) -> Result<(), Failure> {
        told(self.accounts.take(user.0), context)
    }

    /// Lets a program with an API key go on.
    ///
    /// # Errors
    /// 429.
    pub(crate) fn api_key(&self, key: Uuid, context: &RequestContext) -> Result<(), Failure> {
        told(self.api_keys.take(key), context)
    }

    /// Whether the use of a key is to be written down: once a minute.
    pub(crate) fn notes_key(&self, key: Uuid) -> bool {
        self.key_notes.take(key).is_ok()
    }

    /// Lets an address begin a new cart in a store.
    ///
    /// # Errors
    /// Seconds to wait, at least 1.
    pub fn new_cart(&self, store: Uuid, address: &str) -> Result<(), u32> {
        self.new_carts
            .take((store, network(address)))
            .map(drop)
            .map_err(|used| used.retry_after)
    }
}

/// Notes what is left, for the answer's headers.
fn told(taken: Result<Option<Allowance>, UsedUp>, context: &RequestContext) -> Result<(), Failure> {
    match taken {
        Ok(Some(allowance)) => context.note_allowance(allowance),
        Ok(None) => {}
        Err(UsedUp { allowance, retry_after }) => {
            context.note_allowance(allowance);
            metrics::counter!(crate::metrics::RATE_LIMITED_REQUESTS, "policy" => allowance.policy).increment(1);
            let detail = format!("At most {} requests a minute are taken here.", allowance.quota);
            return Err(ProblemDraft::new(&RATE_LIMITED).retry_after(retry_after).detail(detail).into());
        }
    }
    Ok(())
}

/// Says what is left in an answer of an API, by draft-ietf-httpapi-ratelimit-headers-11.
pub(super) fn tell(headers: &mut HeaderMap, allowance: &Allowance) {
    let Allowance {
        policy,
        quota,
        remaining,
        reset,
    } = allowance;
    for (name, text) in [
        (POLICY, format!("\"{policy}\";q={quota};w=60")),
        (LIMIT, format!("\"{policy}\";r={remaining};t={reset}")),
    ] {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    }
}
