//! The gate's way to programs that act for a member of the team (OAuth 2.1): the token is looked up in its store, and whom it acts for is looked
//! at anew with every request. So a program may do what it was given and its person still may, and nothing once either is gone.

use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use orion_types::permission::Permission;
use orion_types::{ConnectionId, RightSet, StoreId, UserId};

use super::identity::{self, Membership, Person};
use super::{Entry, SECOND_FACTOR_NEEDED};
use crate::auth::{GrantSecret, GrantSecretKind};
use crate::backend::Backend;
use crate::db::{Actor, ActorKind, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::http::Failure;
use crate::problem::{ProblemDraft, UNAUTHENTICATED};
use crate::tenancy::{RequestContext, StoreContext};

/// Where a host says who gives tokens for it (RFC 9728, section 3).
const METADATA: &str = "/.well-known/oauth-protected-resource";

/// An access token that is good now, as far as its own table knows.
#[derive(Debug, Clone)]
pub struct TokenIdentity {
    /// Somebody's consent, which the token is of.
    pub connection: ConnectionId,
    /// What the program calls itself.
    pub program: String,
    /// Whom it acts for.
    pub user: UserId,
    /// What it was given.
    pub rights: RightSet,
    /// The host that it is for.
    pub host: String,
    /// Whether a passkey had signed when it was given.
    pub by_passkey: bool,
}

/// How the module that keeps the tokens lets the gate look at them.
#[derive(Debug, Clone, Copy)]
pub struct TokenBook {
    /// The token of the store with this hash, if it is good now: one statement.
    pub find: fn(&mut StoreTx, &[u8; 32]) -> Result<Option<TokenIdentity>, DbError>,
    /// Notes that a connection was used, and from where.
    pub note_use: fn(&mut StoreTx, ConnectionId, &str) -> Result<(), DbError>,
    /// Ends all connections of somebody, in every store: they have signed out everywhere, or how they sign in has changed.
    pub end_all: fn(&mut PlatformTx, UserId) -> Result<(), DbError>,
}

/// A program that acts for somebody.
#[derive(Debug, Clone)]
pub struct ProgramIdentity {
    /// The consent that it acts by.
    pub connection: ConnectionId,
    /// What it calls itself.
    pub program: String,
    /// Whom it acts for.
    pub person: UserId,
    /// Their address.
    pub email: String,
}

impl ProgramIdentity {
    /// The person, who is answerable for what they let the program do, and the program beside.
    pub(super) fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::User,
            id: Some(self.person.0),
            label: format!("{} ({})", self.email, self.program),
            impersonation: None,
        }
    }
}

/// The program of a token, and what it may do here: what it was given, as far as its person holds that now. What is mistyped is refused without the
/// database; what another store or host has, nobody has, was taken back or is over, and what somebody gave who is no longer here, is refused in the
/// same words.
pub(super) async fn recognise(entry: &Entry, token: &str) -> Result<(ProgramIdentity, RightSet), Failure> {
    let refused = || refusal(&entry.context);
    let secret = GrantSecret::parse(GrantSecretKind::Access, token).ok_or_else(refused)?;
    let store = entry.context.store.clone().ok_or_else(refused)?;
    let book = entry.backend.modules.token_book().ok_or_else(refused)?;
    let hash = secret.hash();
    let find = move |tx: &mut StoreTx| (book.find)(tx, &hash);
    let found = entry.backend.store_read::<_, DbError>(&store, Actor::system("gate"), find).await?;
    let token = found.filter(|token| is_at_home(token, &entry.context)).ok_or_else(refused)?;
    let (person, place) = standing(&entry.backend, store.id, token.user).await?.ok_or_else(refused)?;
    entry.context.identify(person.id.0);
    entry.backend.limits.api_key(token.connection.0, &entry.context)?;
    if place.second_factor_required && !person.second_factor && !token.by_passkey {
        return Err(ProblemDraft::new(&SECOND_FACTOR_NEEDED)
            .detail("This store wants one of everybody who works for it, and whom the program acts for has none.")
            .into());
    }
    note_use(entry, store, book, token.connection);
    let program = ProgramIdentity {
        connection: token.connection,
        program: token.program,
        person: person.id,
        email: person.email,
    };
    Ok((program, token.rights.within(place.place.rights.rights())))
}

/// A token is for one host of its store (RFC 8707), where it names the store by itself.
fn is_at_home(token: &TokenIdentity, context: &RequestContext) -> bool {
    token.host == context.host && context.base.is_empty()
}

/// Somebody with their place in the team, if their account is on and they may enter the store.
pub(super) async fn standing(backend: &Backend, store: StoreId, user: UserId) -> Result<Option<(Person, Membership)>, DbError> {
    let read = move |tx: &mut PlatformTx| {
        let Some(person) = identity::find_person(tx, user)? else {
            return Ok(None);
        };
        let place = identity::find_membership(tx, store, user)?.filter(|place| place.active);
        Ok::<_, DbError>(place.map(|place| (person, place)))
    };
    backend.platform_tx(Actor::system("gate"), RequestMeta::default(), read).await
}

/// Writes down that the program asked, beside the request and not before it.
fn note_use(entry: &Entry, store: StoreContext, book: TokenBook, connection: ConnectionId) {
    if !entry.backend.limits.notes_key(connection.0) {
        // It stands there already, of this minute.
        return;
    }
    let (backend, ip) = (entry.backend.clone(), entry.context.ip.clone());
    tokio::spawn(async move {
        let note = move |tx: &mut StoreTx| (book.note_use)(tx, connection, &ip);
        let noted = backend.store_tx::<_, DbError>(&store, Actor::system("gate"), RequestMeta::default(), note);
        if let Err(error) = noted.await {
            tracing::warn!(%error, %connection, "the use of a connection was not noted");
        }
    });
}

/// What is answered to a request without a token: where there are some (RFC 9728, section 5.1). `None` where no host of a store is asked.
pub(crate) fn challenge(context: &RequestContext) -> Option<HeaderValue> {
    header(context, "")
}

/// 401 for a token that opens nothing here.
fn refusal(context: &RequestContext) -> Failure {
    let failure = ProblemDraft::new(&UNAUTHENTICATED).detail("This access token opens nothing here.");
    told(failure.into(), context, "error=\"invalid_token\", ")
}

/// Names the right that a program lacks, so that it may ask its person for it (RFC 6750, section 3.1).
pub(super) fn with_scope(failure: Failure, context: &RequestContext, right: Permission) -> Failure {
    let missing = format!("error=\"insufficient_scope\", scope=\"{}\", ", right.key());
    told(failure, context, &missing)
}

fn told(failure: Failure, context: &RequestContext, what: &str) -> Failure {
    match header(context, what) {
        Some(value) => failure.with_header(WWW_AUTHENTICATE, value),
        None => failure,
    }
}

fn header(context: &RequestContext, what: &str) -> Option<HeaderValue> {
    let store = context.store.as_ref().filter(|_| context.base.is_empty())?;
    let origin = store.origin_of(&context.host);
    HeaderValue::from_str(&format!("Bearer {what}resource_metadata=\"{origin}{METADATA}\"")).ok()
}
