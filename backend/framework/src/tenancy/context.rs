//! A store and its platform as every request sees them; cheap to clone, and nothing of it is mutable but the catalogue version.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use orion_types::status::StoreStatus;
use orion_types::{Currency, PlatformId, StoreId};

use super::memory::StoreState;
use crate::config::PublicOrigin;

/// A platform: a group of stores with its own domain and module switches.
#[derive(Debug, Clone)]
pub struct PlatformContext {
    /// Its id.
    pub id: PlatformId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its domain; stores are one label below.
    pub domain: String,
    /// Ids of the modules that are on, core ones included.
    pub modules: BTreeSet<String>,
}

/// What is known of a store without asking again.
#[derive(Debug, Clone)]
pub struct StoreRecord {
    /// Its id.
    pub id: StoreId,
    /// Its code in paths.
    pub code: String,
    /// Its label below the platform's domain.
    pub subdomain: String,
    /// Its name.
    pub name: String,
    /// Active, suspended or archived.
    pub status: StoreStatus,
    /// Its only currency.
    pub currency: Currency,
    /// Whether prices carry their tax.
    pub prices_include_tax: bool,
    /// `en`, `fr` or `de`.
    pub locale: String,
    /// IANA name, such as `Asia/Tokyo`.
    pub timezone: String,
    /// Where customers write to.
    pub contact_email: String,
    /// Whether the merchant has opened the shop to the world.
    pub opened: bool,
    /// Under every seal that lets somebody in before that; another one ends them all.
    pub guest_key: String,
    /// Origins whose pages may call the shop's API.
    pub allowed_origins: Vec<String>,
    /// Whether the shop's pages below the platform's domain redirect to the primary custom domain.
    pub label_redirects: bool,
    /// The primary custom domain, when there is one.
    pub primary_domain: Option<String>,
    /// Its platform.
    pub platform: Arc<PlatformContext>,
}

/// A store in a request: its record and its catalogue version.
#[derive(Debug, Clone)]
pub struct StoreContext {
    record: Arc<StoreRecord>,
    state: Arc<StoreState>,
    origin: Arc<PublicOrigin>,
    /// The count of the last news about it: what was cached before a setting or a module was changed is not found afterwards.
    epoch: u64,
}

impl std::ops::Deref for StoreContext {
    type Target = StoreRecord;

    fn deref(&self) -> &StoreRecord {
        &self.record
    }
}

impl StoreContext {
    pub(super) fn new(record: StoreRecord, state: Arc<StoreState>, origin: Arc<PublicOrigin>, epoch: u64) -> Self {
        Self {
            record: Arc::new(record),
            state,
            origin,
            epoch,
        }
    }

    /// Moves with every change of what the shop shows.
    pub fn catalog_version(&self) -> i64 {
        self.state.version.load(Ordering::Acquire)
    }

    /// Moves when the store's hosts or settings, or its platform's module switches changed.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(super) fn state(&self) -> &StoreState {
        &self.state
    }

    /// A figure of what is large in this store, not older than a minute.
    pub fn figure<T: Any + Send + Sync>(&self, of: &str) -> Option<Arc<T>> {
        self.state.figures.recall(of)
    }

    /// Keeps a figure for a minute.
    pub fn keep_figure<T: Any + Send + Sync>(&self, of: String, figure: T) {
        self.state.figures.keep(of, figure);
    }

    /// Whether a module is on for the store's platform.
    pub fn module_enabled(&self, module: &str) -> bool {
        self.record.platform.modules.contains(module)
    }

    /// The host that customers know: the primary custom domain, or the label below the platform's domain.
    pub fn primary_host(&self) -> String {
        match &self.record.primary_domain {
            Some(domain) => domain.clone(),
            None => self.subdomain_host(),
        }
    }

    /// The host below the platform's domain.
    pub fn subdomain_host(&self) -> String {
        format!("{}.{}", self.record.subdomain, self.record.platform.domain)
    }

    /// The origin of one of the store's hosts, scheme and port as configured.
    pub fn origin_of(&self, host: &str) -> String {
        self.origin.of(host)
    }

    /// Where the shop is for search engines; made from what is configured, never from a request's Host.
    pub fn storefront_url(&self) -> String {
        self.origin_of(&self.primary_host())
    }

    /// Where people are sent who want to see the shop, in mails and dashboards: its own domain, if that can be reached.
    pub fn visit_url(&self) -> String {
        let (label, domain) = (self.subdomain_host(), self.record.primary_domain.as_deref());
        self.origin_of(self.origin.visited(&label, domain))
    }

    /// Where the dashboard is.
    pub fn dashboard_url(&self) -> String {
        format!("{}/store/dashboard", self.origin_of(&self.subdomain_host()))
    }
}
