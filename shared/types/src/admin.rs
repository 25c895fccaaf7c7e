//! The platform's administration.

use crate::status::{JobStatus, StoreStatus};
use crate::{Currency, PlatformId, StoreId, Timestamp};

wire! {
    /// A platform.
    pub struct Platform {
        pub id: PlatformId,
        pub code: String,
        pub name: String,
        pub domain: String,
        pub active: bool,
        pub store_count: i64,
        pub enabled_modules: Vec<String>,
        pub version: i32,
    }

    /// A new platform. It has no stores yet and is on at once.
    #[serde(deny_unknown_fields)]
    pub struct CreatePlatform {
        /// Letters a–z, digits and hyphens; it stays.
        pub code: String,
        pub name: String,
        /// Its stores are one label below; no other platform and no store has it, or anything below or above it.
        pub domain: String,
        /// The optional modules that are on from the start; all of them where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub modules: Option<Vec<String>>,
    }

    /// A change of a platform; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdatePlatform {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// All labels of its stores lie below the new one at once; nothing redirects from the old one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub domain: Option<String>,
    }

    /// Switches a platform off.
    #[serde(deny_unknown_fields)]
    pub struct DisablePlatform {
        /// Kept in the audit log.
        pub reason: String,
    }

    /// A store in the admin area.
    pub struct AdminStore {
        pub id: StoreId,
        pub platform_id: PlatformId,
        pub platform_code: String,
        pub code: String,
        pub subdomain: String,
        pub name: String,
        pub status: StoreStatus,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub suspended_reason: Option<String>,
        pub currency: Currency,
        pub owner_email: String,
        pub owner_name: String,
        pub domains: Vec<StoreDomain>,
        pub storefront_url: String,
        pub dashboard_url: String,
        pub created_at: Timestamp,
        pub version: i32,
    }

    /// A domain of a store.
    pub struct StoreDomain {
        pub host: String,
        /// `pending`, `active` or `failed`.
        pub status: String,
        pub is_primary: bool,
    }

    /// A new store with its owner.
    #[serde(deny_unknown_fields)]
    pub struct CreateStore {
        pub platform_id: PlatformId,
        pub name: String,
        /// 3–63 of a-z, 0-9 and hyphens; also the subdomain.
        pub code: String,
        pub currency: String,
        #[serde(default)]
        pub locale: Option<String>,
        #[serde(default)]
        pub timezone: Option<String>,
        #[serde(default = "yes")]
        pub prices_include_tax: bool,
        /// Opens the shop to everybody at once; else its merchant does when it is ready.
        #[serde(default)]
        pub open: bool,
        pub owner: NewOwner,
    }

    /// The owner of a new store: an account that exists, or one to be made.
    #[serde(deny_unknown_fields)]
    pub struct NewOwner {
        pub email: String,
        /// Needed when the account does not exist yet.
        #[serde(default)]
        pub name: Option<String>,
        /// Needed when the account does not exist yet; refused when it does.
        #[serde(default)]
        pub password: Option<String>,
    }

    /// A change of a store by the platform; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateStore {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// The new label below the platform's domain; the old one redirects for 90 days and stays reserved so long.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subdomain: Option<String>,
    }

    /// Suspends a store.
    #[serde(deny_unknown_fields)]
    pub struct SuspendStore {
        /// Kept with the store and in the audit log.
        pub reason: String,
    }

    /// The figures on the admin dashboard.
    pub struct AdminOverview {
        pub platforms: i64,
        pub stores: i64,
        pub active_stores: i64,
        pub suspended_stores: i64,
        pub jobs_queued: i64,
        pub jobs_dead: i64,
        pub newest_stores: Vec<AdminStore>,
    }

    /// A background job as the platform sees it.
    pub struct AdminJob {
        pub id: uuid::Uuid,
        /// Absent for a job of the platform itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store_id: Option<StoreId>,
        /// The store's code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store: Option<String>,
        /// `module.verb_noun`, such as `orders.send_mail`.
        pub kind: String,
        pub status: JobStatus,
        /// How often it was begun, and how often it is at most.
        pub attempts: i32,
        pub max_attempts: i32,
        /// Until when it is tried again, however often that is; present for what depends on somebody else's server.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub retry_until: Option<Timestamp>,
        /// Absent where the job does not say how far it has come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub progress: Option<JobProgress>,
        /// What the last attempt failed with, or who called it off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_error: Option<String>,
        /// Not before this time.
        pub run_at: Timestamp,
        pub created_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub finished_at: Option<Timestamp>,
    }

    /// How far a job has come, in steps of its own choosing.
    pub struct JobProgress {
        pub done: i32,
        pub total: i32,
    }

    /// How this server feels, as its administrators see it.
    pub struct ServerHealth {
        /// `healthy`, `degraded` or `unhealthy`.
        pub status: String,
        pub checks: Vec<ServerCheck>,
        /// Seconds since it started.
        pub uptime_s: i64,
    }

    /// What one check has found.
    pub struct ServerCheck {
        pub name: String,
        /// Absent for the server's own checks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub module: Option<String>,
        pub ok: bool,
        pub latency_ms: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error: Option<String>,
    }

    /// A tool beside the server, as configured, and whether it answered just now.
    pub struct Tool {
        pub name: String,
        pub url: String,
        pub reachable: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<u16>,
        pub latency_ms: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error: Option<String>,
    }

    /// What a server logs.
    #[serde(deny_unknown_fields)]
    pub struct LogLevel {
        /// `info`, or a level for each module, such as `info,orion_orders=debug`.
        pub filter: String,
    }

    /// Where a host and a path lead.
    pub struct ResolvedAddress {
        /// The host as it is compared; empty for what is answered on every host.
        pub host: String,
        /// What names the store: `host`, `path`, or `none` where there is no store.
        pub mode: String,
        /// `admin`, `store`, `storefront`, `platform` or `probe`.
        pub area: String,
        /// The code of the host's platform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub platform: Option<String>,
        /// The code of the store.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store: Option<String>,
        /// What is taken off the path and put back onto links.
        pub base: String,
        /// The clean path that the routes see; absent when no route sees it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub path: Option<String>,
        /// Where it is redirected to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub redirect_to: Option<String>,
        /// The answer when nothing is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refused: Option<String>,
    }
}

query! {
    /// How to narrow the list of stores.
    pub struct StoreQuery {
        /// Part of the name, the code, a domain or the owner's e-mail.
        pub q: Option<String>,
        /// `active`, `suspended` or `archived`.
        pub status: Option<String>,
        /// A platform's id.
        pub platform: Option<String>,
        /// `created_at`, `-created_at` (default), `name`, `-name`.
        pub sort: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }

    /// How to narrow the list of jobs.
    pub struct JobQuery {
        /// `queued`, `running`, `done`, `dead` or `cancelled`.
        pub status: Option<String>,
        /// A kind, or a module for all of its kinds.
        pub kind: Option<String>,
        /// A store's code.
        pub store: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }

    /// How to page the audit log.
    pub struct AuditQuery {
        /// A store's id.
        pub store: Option<String>,
        pub action: Option<String>,
        /// Who did it, as the log calls them: an e-mail address of staff or administrators, a key, `system`. What shoppers did is not looked for by name.
        pub actor: Option<String>,
        /// The first day, such as `2026-11-01` (UTC).
        pub from: Option<String>,
        /// The last day, likewise.
        pub to: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }
}

fn yes() -> bool {
    true
}
