//! Looks whether every entry of the audit log still fits its link.

use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Uuid as SqlUuid};
use orion_types::StoreId;
use uuid::Uuid;

use super::entry::{COLUMNS, Entry};
use super::write::late;
use super::{Link, START};
use crate::auth::ChainKey;
use crate::db::{DbError, PlatformTx};

/// Links per statement.
const BATCH: i64 = 2_000;
/// Entries without a link that are named.
const NAMED: i64 = 100;

/// A place that somebody has noted earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// From 1.
    pub position: i64,
    /// The hash there.
    pub hash: Vec<u8>,
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The entry is not as it was when it was tied, or stood elsewhere.
    Changed {
        /// Where.
        position: i64,
        /// The entry.
        id: Uuid,
    },
    /// The entry is gone.
    Removed {
        /// Where it stood.
        position: i64,
        /// The entry.
        id: Uuid,
    },
    /// Links are gone.
    Gap {
        /// The first that is.
        position: i64,
    },
    /// An entry is older than what is tied by now and has no link: it was put in later.
    Inserted {
        /// The entry.
        id: Uuid,
    },
    /// The row does not hold what was noted of it, or ends before.
    NotAsNoted {
        /// The place that was noted.
        position: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { position, id } => write!(f, "entry {position} ({id}) was changed"),
            Self::Removed { position, id } => write!(f, "entry {position} ({id}) was removed"),
            Self::Gap { position } => write!(f, "the links from {position} on were removed"),
            Self::Inserted { id } => write!(f, "entry {id} was put in later"),
            Self::NotAsNoted { position } => write!(f, "place {position} is not what was noted"),
        }
    }
}

/// What was found of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where the row ends; absent where there is none.
    pub end: Option<Link>,
    /// Entries of the last minutes that are not tied yet.
    pub waiting: i64,
    /// What does not fit.
    pub faults: Vec<Fault>,
}

#[derive(QueryableByName)]
struct Linked {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
    #[diesel(embed)]
    entry: Entry,
}

/// Walks over the row of a store, or that of what belongs to none.
///
/// # Errors
/// When the database cannot be read.
pub fn verify(tx: &mut PlatformTx, key: &ChainKey, store: StoreId, anchor: Option<&Anchor>) -> Result<Finding, DbError> {
    tx.no_audit("a look at the log");
    let mut walk = Walk {
        key,
        position: 0,
        hash: START.to_vec(),
        newest: Uuid::nil(),
        anchored: anchor.is_none(),
        faults: Vec::new(),
    };
    loop {
        let links = links(tx, store.0, walk.position)?;
        let last = i64::try_from(links.len()).unwrap_or(BATCH) < BATCH;
        for link in links {
            walk.step(link, anchor);
        }
        if last {
            break;
        }
    }
    if let Some(anchor) = anchor.filter(|_| !walk.anchored) {
        walk.faults.push(Fault::NotAsNoted { position: anchor.position });
    }
    let (inserted, waiting) = untied(tx, store.0, walk.newest)?;
    walk.faults.extend(inserted.into_iter().map(|id| Fault::Inserted { id }));
    let end = (walk.position > 0).then_some(Link {
        store,
        position: walk.position,
        hash: walk.hash,
    });
    Ok(Finding {
        end,
        waiting,
        faults: walk.faults,
    })
}

fn links(tx: &mut PlatformTx, store: Uuid, after: i64) -> Result<Vec<Linked>, DbError> {
    let sql = format!(
        "SELECT c.position, c.hash, c.store_id, c.id, {COLUMNS} FROM audit_chain AS c \
         LEFT JOIN audit_log AS a ON a.store_id = c.store_id AND a.id = c.id WHERE c.store_id = $1 AND c.position > $2 ORDER BY c.position LIMIT {BATCH}"
    );
    let query = diesel::sql_query(sql).bind::<SqlUuid, _>(store).bind::<BigInt, _>(after);
    Ok(query.load(tx.conn())?)
}

struct Walk<'a> {
    key: &'a ChainKey,
    position: i64,
    hash: Vec<u8>,
    newest: Uuid,
    anchored: bool,
    faults: Vec<Fault>,
}

impl Walk<'_> {
    /// Whatever is found, the way goes on from the link as it stands: one fault is told once.
    fn step(&mut self, link: Linked, anchor: Option<&Anchor>) {
        let Linked { position, hash, entry } = link;
        let (expected, id) = (self.position + 1, entry.id);
        if position != expected {
            self.faults.push(Fault::Gap { position: expected });
        } else if entry.action.is_none() {
            self.faults.push(Fault::Removed { position, id });
        } else if entry.link(self.key, &self.hash).as_slice() != hash {
            self.faults.push(Fault::Changed { position, id });
        }
        self.anchored |= anchor.is_some_and(|anchor| anchor.position == position && anchor.hash == hash);
        (self.position, self.hash, self.newest) = (position, hash, self.newest.max(id));
    }
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Entries without a link: those that nobody will tie any more, and how many will be.
fn untied(tx: &mut PlatformTx, store: Uuid, newest: Uuid) -> Result<(Vec<Uuid>, i64), DbError> {
    const UNTIED: &str = "FROM audit_log AS a WHERE a.store_id = $1 AND NOT EXISTS (SELECT FROM audit_chain AS c WHERE c.store_id = a.store_id AND c.id = a.id)";
    let border = late(tx, newest)?;
    let old: Vec<Id> = diesel::sql_query(format!("SELECT a.id {UNTIED} AND a.id < $2 ORDER BY a.id LIMIT {NAMED}"))
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(border)
        .load(tx.conn())?;
    let new: Count = diesel::sql_query(format!("SELECT count(*) AS count {UNTIED} AND a.id >= $2"))
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(border)
        .get_result(tx.conn())?;
    Ok((old.into_iter().map(|row| row.id).collect(), new.count))
}
