//! Module `people`: who works for a store and in which role, invitations to its team and to the administration, all accounts as administrators see them, proofs that
//! an address is its owner's, new passwords for those who forgot theirs, passkeys, impersonation by who runs the platform, and stores that people
//! open by themselves.
//!
//! ```text
//! asked for a link ── a job looks whether there is an account ── the hash of a token, and a mail with it
//!                                                   └── the link is followed: another password, no session, a mail about it
//! ```
//!
//! Whoever asks gets the same answer in the same time whether there is an account or not, since nobody has looked when it is given. Tokens are
//! kept as hashes; the mails that hold them keep them encrypted until they leave (`orion_framework::mail::Secret`). Addresses of links are made
//! from what is configured and from the account's own platform, never from the request.

mod error;
mod foreign;
mod jobs;
mod letter;
mod links;
mod queries;
mod routes;
mod schema;
mod service;
mod token;

use chrono::TimeDelta;
use orion_framework::job::{Job, JobHandler, JobRun};
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::PeopleError;
pub use service::second_factor::reset as reset_second_factor;
pub use service::sign_up::is_open as is_sign_up_open;

const RETENTION: &[Retention] = &[
    Retention {
        table: "user_password_links",
        rows: "whose hour is over, used or not",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "customer_password_links",
        rows: "whose hour is over, used or not",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "user_email_links",
        rows: "whose day is over, used or not",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "customer_email_links",
        rows: "whose day is over, used or not",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "ownership_offers",
        rows: "that nobody accepted",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "passkey_challenges",
        rows: "whose five minutes are over",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "customer_passkey_challenges",
        rows: "whose five minutes are over",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    },
    // They are shown, so that they can be sent again.
    Retention {
        table: "team_invitations",
        rows: "that nobody accepted, since their time was over",
        kept: TimeDelta::days(30),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "admin_invitations",
        rows: "that nobody accepted, since their time was over",
        kept: TimeDelta::days(30),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
    Retention {
        table: "sign_ups",
        rows: "whose day is over, and those whose store is there",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
];

/// The module as a type, for the gates of customers' accounts.
pub(crate) struct Accounts;

impl ModuleMarker for Accounts {
    const ID: &'static str = "people";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: "people",
    name: "People",
    summary: "The team of each store, its roles, invitations to it, administrators, proofs of addresses, new passwords for those who forgot theirs, passkeys, impersonation by who runs the platform, and stores that people open by themselves.",
    features: &[
        "team",
        "roles",
        "invitations",
        "forgotten passwords",
        "verified addresses",
        "passkeys",
        "administrators",
        "impersonation",
        "sign-up",
    ],
    tier: ModuleTier::Core,
    requires: &["tenancy", "customers"],
    tables: &[
        "user_password_links",
        "customer_password_links",
        "user_email_links",
        "customer_email_links",
        "team_invitations",
        "team_roles",
        "ownership_offers",
        "user_passkeys",
        "passkey_challenges",
        "customer_passkeys",
        "customer_passkey_challenges",
        "admin_invitations",
        "sign_up_policies",
        "sign_ups",
    ],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: Some(routes::admin::configure),
        store: Some(routes::store::configure),
        storefront: Some(routes::storefront::configure),
        root: None,
    },
    emits: orion_events::PEOPLE,
    jobs: &[
        JobHandler {
            kind: jobs::SendUserLink::KIND,
            run: JobRun::Async(|context, payload| Box::pin(jobs::send_user_link(context, payload))),
        },
        JobHandler {
            kind: jobs::SendCustomerLink::KIND,
            run: JobRun::Async(|context, payload| Box::pin(jobs::send_customer_link(context, payload))),
        },
        JobHandler {
            kind: jobs::SendSignUp::KIND,
            run: JobRun::Async(|context, payload| Box::pin(jobs::send_sign_up(context, payload))),
        },
        JobHandler {
            kind: jobs::EndImpersonation::KIND,
            run: JobRun::Async(|context, payload| Box::pin(jobs::end_impersonation(context, payload))),
        },
    ],
    exports: service::roles::SOURCES,
    retention: RETENTION,
    on_customer_registered: Some(service::customer_emails::greet),
    ..Module::EMPTY
};
