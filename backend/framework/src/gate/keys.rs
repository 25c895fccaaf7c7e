//! The gate's way to the API keys of a store, which a module keeps.

use orion_types::{ApiKeyId, RightSet};

use super::{Entry, INVALID_KEY};
use crate::auth::KeySecret;
use crate::db::{Actor, ActorKind, DbError, RequestMeta, StoreTx};
use crate::http::Failure;
use crate::tenancy::StoreContext;

/// An API key that is good now.
#[derive(Debug, Clone)]
pub struct KeyIdentity {
    /// The key.
    pub id: ApiKeyId,
    /// What its maker has called it.
    pub name: String,
    /// How its secret begins.
    pub prefix: String,
    /// What it was given.
    pub rights: RightSet,
}

impl KeyIdentity {
    pub(super) fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::Key,
            id: Some(self.id.0),
            label: format!("{} ({}…)", self.name, self.prefix),
            impersonation: None,
        }
    }
}

/// How the module that keeps the keys lets the gate look at them.
#[derive(Debug, Clone, Copy)]
pub struct KeyBook {
    /// The key of the store whose secret has this hash, if it is good now: one statement.
    pub find: fn(&mut StoreTx, &[u8; 32]) -> Result<Option<KeyIdentity>, DbError>,
    /// Notes that a key was used, and from where.
    pub note_use: fn(&mut StoreTx, ApiKeyId, &str) -> Result<(), DbError>,
}

/// The key of a token. What is mistyped is refused without the database; what another store has, nobody has, was taken away or is over is refused
/// in the same words.
pub(super) async fn recognise(entry: &Entry, token: &str) -> Result<KeyIdentity, Failure> {
    let refused = || Failure::of(&INVALID_KEY);
    let secret = KeySecret::parse(token).ok_or_else(refused)?;
    let store = entry.context.store.clone().ok_or_else(refused)?;
    let book = entry.backend.modules.key_book().ok_or_else(refused)?;
    let hash = secret.hash();
    let find = move |tx: &mut StoreTx| (book.find)(tx, &hash);
    let found = entry.backend.store_read::<_, DbError>(&store, Actor::system("gate"), find).await?;
    let key = found.ok_or_else(refused)?;
    entry.context.identify(key.id.0);
    entry.backend.limits.api_key(key.id.0, &entry.context)?;
    note_use(entry, store, book, key.id);
    Ok(key)
}

/// Writes down that the key was used, beside the request and not before it.
fn note_use(entry: &Entry, store: StoreContext, book: KeyBook, key: ApiKeyId) {
    if !entry.backend.limits.notes_key(key.0) {
        // It stands there already, of this minute.
        return;
    }
    let (backend, ip) = (entry.backend.clone(), entry.context.ip.clone());
    tokio::spawn(async move {
        let note = move |tx: &mut StoreTx| (book.note_use)(tx, key, &ip);
        let noted = backend.store_tx::<_, DbError>(&store, Actor::system("gate"), RequestMeta::default(), note);
        if let Err(error) = noted.await {
            tracing::warn!(%error, %key, "the use of an API key was not noted");
        }
    });
}
