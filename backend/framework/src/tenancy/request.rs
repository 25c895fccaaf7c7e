//! What is known of a request before any handler sees it.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use std::future::{Ready, ready};
use uuid::Uuid;

use super::classify::Area;
use super::context::{PlatformContext, StoreContext};
use crate::db::RequestMeta;
use crate::http::{Allowance, Cors, Failure};
use crate::problem::INTERNAL;

/// A request as the stack has understood it; shared by handlers, pages and error answers.
#[derive(Debug)]
pub struct Understood {
    /// Its id, in the answer's header, every error and the log.
    pub request_id: String,
    /// The area.
    pub area: Area,
    /// The store, where the host or path names one.
    pub store: Option<StoreContext>,
    /// The platform of the host, where it is one of a platform.
    pub platform: Option<Arc<PlatformContext>>,
    /// What was taken off the path: empty on a store's own host, `/storefront/acme` in path mode.
    pub base: String,
    /// The path as it arrived, for links and logs.
    pub original_path: String,
    /// The normalised host.
    pub host: String,
    /// The client's address; from a proxy's header only when the proxy is trusted.
    pub ip: String,
    /// Whether the client's side of the connection is encrypted.
    pub https: bool,
    /// The client's program, cut to 200 characters.
    pub user_agent: String,
    /// What the store says to pages of other origins, where it lets some in.
    pub cors: Option<Cors>,
}

/// A shared view of [`Understood`], and of what turns out while the request is answered.
#[derive(Debug, Clone)]
pub struct RequestContext(Rc<Known>);

#[derive(Debug)]
struct Known {
    understood: Understood,
    user: OnceCell<Uuid>,
    route: OnceCell<Arc<str>>,
    allowance: Cell<Option<Allowance>>,
}

impl RequestContext {
    /// Wraps what the stack has found out.
    pub fn new(understood: Understood) -> Self {
        Self(Rc::new(Known {
            understood,
            user: OnceCell::new(),
            route: OnceCell::new(),
            allowance: Cell::new(None),
        }))
    }

    /// Notes who asks, once a gate has let them in or they have signed in; the log names them.
    pub fn identify(&self, user: Uuid) {
        // Whoever was found out first stays: one request is one person's or one key's.
        let _known_already = self.0.user.set(user);
    }

    /// The account, customer or API key behind the request; `None` for guests.
    pub fn user(&self) -> Option<Uuid> {
        self.0.user.get().copied()
    }

    /// Names what answers, for the log and the metrics: the kind of page, or the route behind an answer from memory.
    pub fn name_route(&self, route: impl Into<Arc<str>>) {
        let _named_already = self.0.route.set(route.into());
    }

    /// What answers, where it has been named.
    pub fn route(&self) -> Option<&str> {
        self.0.route.get().map(AsRef::as_ref)
    }

    /// Notes what a rate limit leaves the client; of several the one that leaves the smaller part.
    pub(crate) fn note_allowance(&self, new: Allowance) {
        let part = |one: Allowance| f64::from(one.remaining) / f64::from(one.quota);
        if self.allowance().is_none_or(|known| part(new) <= part(known)) {
            self.0.allowance.set(Some(new));
        }
    }

    /// What the rate limits leave the client, where the request counts for one.
    pub(crate) fn allowance(&self) -> Option<Allowance> {
        self.0.allowance.get()
    }

    /// The context of a request; absent only when the stack is not wrapped around the application.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// What of the request belongs into the audit log.
    pub fn meta(&self) -> RequestMeta {
        RequestMeta {
            request_id: Some(self.request_id.clone()),
            ip: Some(self.ip.clone()),
            user_agent: Some(self.user_agent.clone()),
        }
    }
}

impl std::ops::Deref for RequestContext {
    type Target = Understood;

    fn deref(&self) -> &Understood {
        &self.0.understood
    }
}

impl FromRequest for RequestContext {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or_else(|| Failure::of(&INTERNAL)))
    }
}
