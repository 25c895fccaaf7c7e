//! The audit log as a row in which each entry is tied to the one before it, one row for each store and one for what belongs to none.
//!
//! ```text
//! commit ── audit_log ── once a minute, one job of all servers: link = HMAC(key, link before ‖ entry) ── audit_chain
//! ```
//!
//! An entry that was changed, taken out or put in later does not fit its link; whoever could write to the tables would need the key as well. What
//! is cut off at the end, links and all, shows only to who has noted an earlier end: each run logs where a row ends, and so does [`verify`].

mod entry;
mod verify;
mod write;

use orion_types::StoreId;
use uuid::Uuid;

pub use verify::{Anchor, Fault, Finding, verify};
pub use write::{JOBS, PERIODIC};

/// What stands before the first entry.
const START: [u8; 32] = [0; 32];

/// The end of a row, or another place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The store; the nil id for what belongs to none.
    pub store: StoreId,
    /// From 1.
    pub position: i64,
    /// The hash.
    pub hash: Vec<u8>,
}

/// The least id of an entry made at a time (UUID version 7: the first 48 bits are its milliseconds).
fn least_id(milliseconds: i64) -> Uuid {
    let milliseconds = u64::try_from(milliseconds).unwrap_or_default();
    Uuid::from_u128(u128::from(milliseconds) << 80)
}

/// When an entry's id was made, in milliseconds.
fn made_at(id: Uuid) -> i64 {
    i64::try_from(id.as_u128() >> 80).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        // The example of RFC 9562, A.6.
        let id: Uuid = "017F22E2-79B0-7CC3-98C4-DC0C0C07398F".parse().unwrap();
        assert_eq!(made_at(id), 1_645_557_742_000);
        assert!(least_id(1_645_557_742_000) < id && id < least_id(1_645_557_742_001));
        assert_eq!(least_id(-1), Uuid::nil());
    }
}
