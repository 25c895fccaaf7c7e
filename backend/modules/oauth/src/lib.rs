//! Module `oauth`: programs that act for members of a team (OAuth 2.1), with a part of their rights and until they take it back.
//!
//! ```text
//! program ── /store/authorize ── somebody allows: grant, code ── POST /oauth/token ── access token, refresh token
//!                                                                     ▲                    │
//!                                                                     └── next refresh ────┤
//! Authorization: Bearer orion_at_… ── gate: book ── grant's rights, as far as its person still holds them ── handler
//! ```
//!
//! A grant is somebody's consent and the family of all that comes of it: with it go its codes and tokens. Programs are public clients, which have no
//! secret (PKCE takes its place): a store has registered them, or a document at an https address says who they are
//! (draft-ietf-oauth-client-id-metadata-document).

mod book;
mod document;
mod error;
mod form;
mod letter;
mod model;
mod queries;
mod redirect;
mod request;
mod routes;
mod schema;
mod service;

use chrono::TimeDelta;
use orion_framework::gate::TokenBook;
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::OauthError;

/// The module as a type.
pub struct Oauth;

impl ModuleMarker for Oauth {
    const ID: &'static str = "oauth";
}

/// How long a code is good: a program changes it at once.
const CODE_LIFE: TimeDelta = TimeDelta::seconds(60);
/// How long an access token is good.
const ACCESS_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a refresh token is good.
const REFRESH_LIFE: TimeDelta = TimeDelta::days(30);
/// For how long a program that has lost the answer to its refresh token may bring it again; most give up on an answer within that.
const ANSWER_LOST: TimeDelta = TimeDelta::seconds(30);
/// When a connection is over however often it is used, and has to be allowed anew.
const GRANT_LIFE: TimeDelta = TimeDelta::days(180);
/// How long a used code is remembered, so that who brings it again is noticed.
const CODE_KEPT: TimeDelta = TimeDelta::days(1);

/// How long what a document says is kept in a store whose people let its program do nothing.
const DOCUMENT_KEPT: TimeDelta = TimeDelta::days(30);

/// The declaration.
pub static MODULE: Module = Module {
    id: Oauth::ID,
    name: "Connected programs",
    summary: "Lets people have outside programs and assistants act for them, with a part of their rights.",
    features: &["connected programs"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["oauth_clients", "oauth_codes", "oauth_grants", "oauth_tokens"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::configure_store),
        storefront: None,
        root: Some(routes::configure_root),
    },
    tags: &[(
        "programs",
        "Outside programs that act for members of a team, with a part of their rights (OAuth 2.1).",
    )],
    retention: &[
        Retention {
            table: "oauth_tokens",
            rows: "that are over",
            kept: TimeDelta::zero(),
            removed: Removed::Rows {
                key: "store_id, token_hash",
                over: "expires_at < $1",
            },
        },
        Retention {
            table: "oauth_codes",
            rows: "that are over",
            kept: CODE_KEPT,
            removed: Removed::Rows {
                key: "store_id, code_hash",
                over: "expires_at < $1",
            },
        },
        Retention {
            table: "oauth_grants",
            rows: "that are over",
            kept: TimeDelta::zero(),
            removed: Removed::Rows {
                key: "store_id, id",
                over: "expires_at < $1",
            },
        },
        Retention {
            table: "oauth_clients",
            rows: "of a document, 30 days after they were last allowed something, unless they still are",
            kept: DOCUMENT_KEPT,
            removed: Removed::Rows {
                key: "store_id, id",
                over: "by_document AND updated_at < $1 AND NOT EXISTS (SELECT FROM oauth_grants AS granted \
                       WHERE granted.store_id = oauth_clients.store_id AND granted.client_id = oauth_clients.id)",
            },
        },
    ],
    program_tokens: Some(TokenBook {
        find: book::find,
        note_use: book::note_use,
        end_all: book::end_all,
    }),
    ..Module::EMPTY
};
