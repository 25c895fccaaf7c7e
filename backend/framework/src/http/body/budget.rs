//! The memory that bodies may take while they arrive, all together and from one address: who begins many and finishes none must not fill
//! it for everybody.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::auth::network;

/// What of all of it one address may have.
const SHARE: usize = 4;

/// The bytes of bodies that are arriving; cheap to clone.
#[derive(Clone)]
pub struct BodyBudget(Arc<Inner>);

struct Inner {
    most: usize,
    hasher: RandomState,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<u64, usize>,
}

/// What one body has taken; given back when it is dropped.
pub(crate) struct Portion {
    budget: BodyBudget,
    address: u64,
    bytes: usize,
}

impl BodyBudget {
    /// At most `most` bytes at a time.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Inner {
            most,
            hasher: RandomState::new(),
            taken: Mutex::default(),
        }))
    }

    /// Nothing yet, for a body from an address.
    pub(crate) fn portion(&self, address: &str) -> Portion {
        Portion {
            address: self.0.hasher.hash_one(network(address)),
            budget: self.clone(),
            bytes: 0,
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Portion {
    /// Takes more; false when there is no more to be had.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        let most = self.budget.0.most;
        let mut taken = self.budget.taken();
        let of_address = taken.by_address.get(&self.address).copied().unwrap_or(0) + bytes;
        if taken.all + bytes > most || of_address > most / SHARE {
            return false;
        }
        taken.all += bytes;
        taken.by_address.insert(self.address, of_address);
        self.bytes += bytes;
        true
    }
}

impl Drop for Portion {
    fn drop(&mut self) {
        let mut taken = self.budget.taken();
        taken.all -= self.bytes;
        if let Some(of_address) = taken.by_address.get_mut(&self.address) {
            *of_address -= self.bytes;
            if *of_address == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_arrives_is_bounded_for_an_address_and_in_all() {
        let budget = BodyBudget::new(4_000);
        let mut bodies: Vec<Portion> = (0..300).map(|_| budget.portion("10.0.0.1")).collect();
        let grown = bodies.iter_mut().filter_map(|body| body.grow(95).then_some(())).count();
        assert_eq!(grown, 10, "a quarter of it");
        let mut others: Vec<Portion> = (2..9).map(|host| budget.portion(&format!("10.0.0.{host}"))).collect();
        assert_eq!(others.iter_mut().filter_map(|body| body.grow(1_000).then_some(())).count(), 3);
        assert_eq!(budget.taken().all, 3_950);
        drop((bodies, others));
        let left = budget.taken();
        assert_eq!((left.all, left.by_address.len()), (0, 0));
    }
}
