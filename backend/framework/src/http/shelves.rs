//! Who gives way when the memory of answers is full: the shop that holds the most of it.
//!
//! So no shop can push out what the others have, as long as they hold less than it does: whoever needs little keeps it, and the rest is
//! shared alike. Within a shop, what has not been asked for since the last look goes first.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use orion_types::StoreId;
use uuid::Uuid;

/// Which answers of a store are of the same state: the count of news about it, and its catalogue's version. Both only go up.
pub(super) type Age = (u64, i64);

/// Whether an answer has been sent since somebody looked.
#[derive(Debug, Default)]
pub(super) struct Used(AtomicBool);

impl Used {
    /// Notes that it was sent. Nearly always it has been noted before, and a read leaves the line of memory to all cores.
    pub(super) fn note(&self) {
        if !self.0.load(Ordering::Relaxed) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// An answer in the books.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) age: Age,
    pub(super) bytes: u64,
    pub(super) used: Arc<Used>,
}

/// What one shop holds, the oldest first.
#[derive(Default)]
struct Shelf {
    bytes: u64,
    line: VecDeque<Entry>,
}

/// What all shops hold.
pub(super) struct Shelves {
    capacity: u64,
    held: u64,
    of: HashMap<Uuid, Shelf>,
    by_size: BTreeSet<(u64, Uuid)>,
}

impl Shelves {
    /// Room for so many bytes.
    pub(super) fn new(capacity: u64) -> Self {
        Self {
            capacity,
            held: 0,
            of: HashMap::new(),
            by_size: BTreeSet::new(),
        }
    }

    /// Writes an answer into the books; returns the keys of those that give way. One that is larger than all the room has it for itself.
    pub(super) fn put(&mut self, store: StoreId, entry: Entry) -> Vec<String> {
        let store = store.0;
        let mut gone = Vec::new();
        // What is of an older state of the shop will never be asked for again.
        while self.oldest(store).is_some_and(|oldest| oldest.age < entry.age) {
            gone.extend(self.take(store));
        }
        while self.held + entry.bytes > self.capacity {
            let Some((_, largest)) = self.by_size.last().copied() else { break };
            if let Some(key) = self.give_way(largest) {
                gone.push(key);
            }
        }
        self.resize(store, |shelf| {
            shelf.bytes += entry.bytes;
            shelf.line.push_back(entry);
        });
        gone
    }

    fn oldest(&self, store: Uuid) -> Option<&Entry> {
        self.of.get(&store)?.line.front()
    }

    /// Takes the oldest answer of a shop.
    fn take(&mut self, store: Uuid) -> Option<String> {
        let mut taken = None;
        self.resize(store, |shelf| {
            taken = shelf.line.pop_front();
            shelf.bytes -= taken.as_ref().map_or(0, |entry| entry.bytes);
        });
        taken.map(|entry| entry.key)
    }

    /// Takes the oldest answer that nobody has asked for since the last time round. All marks are gone after one round, so it ends.
    fn give_way(&mut self, store: Uuid) -> Option<String> {
        let shelf = self.of.get_mut(&store)?;
        while shelf.line.front().is_some_and(|oldest| oldest.used.take()) {
            shelf.line.rotate_left(1);
        }
        self.take(store)
    }

    /// Changes what a shop holds and keeps the sums right; a shop that holds nothing is forgotten.
    fn resize(&mut self, store: Uuid, change: impl FnOnce(&mut Shelf)) {
        let shelf = self.of.entry(store).or_default();
        let before = shelf.bytes;
        change(shelf);
        let (after, empty) = (shelf.bytes, shelf.line.is_empty());
        self.by_size.remove(&(before, store));
        self.held = self.held - before + after;
        if empty {
            self.of.remove(&store);
        } else {
            self.by_size.insert((after, store));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: StoreId = StoreId(Uuid::from_u128(1));
    const B: StoreId = StoreId(Uuid::from_u128(2));

    fn entry(key: &str, bytes: u64, age: Age) -> Entry {
        Entry {
            key: key.to_owned(),
            age,
            bytes,
            used: Arc::default(),
        }
    }

    #[test]
    fn a_shop_with_many_answers_pushes_out_its_own() {
        let mut shelves = Shelves::new(1_000);
        for number in 0..4 {
            assert!(shelves.put(B, entry(&format!("b{number}"), 100, (0, 0))).is_empty());
        }
        let gone: Vec<String> = (0..1_000)
            .flat_map(|number| shelves.put(A, entry(&format!("a{number}"), 100, (0, 0))))
            .collect();
        assert_eq!((gone.len(), shelves.held), (994, 1_000));
        assert!(gone.iter().all(|key| key.starts_with('a')), "{gone:?}");
        // The small one grows until both hold the same, at the cost of the large one.
        assert_eq!(shelves.put(B, entry("b4", 100, (0, 0))), ["a994"]);
    }

    #[test]
    fn what_is_asked_for_again_stays_longer() {
        let mut shelves = Shelves::new(300);
        let home = entry("home", 100, (0, 0));
        let used = home.used.clone();
        shelves.put(A, home);
        for number in 0..10 {
            used.note();
            let gone = shelves.put(A, entry(&format!("{number}"), 100, (0, 0)));
            assert!(!gone.contains(&"home".to_owned()), "{number}: {gone:?}");
        }
        used.take();
        let gone: Vec<String> = (0..3).flat_map(|_| shelves.put(A, entry("x", 100, (0, 0)))).collect();
        assert!(gone.contains(&"home".to_owned()), "{gone:?}");
    }

    #[test]
    fn answers_of_an_older_state_go_with_the_first_of_a_newer_one() {
        let mut shelves = Shelves::new(1_000);
        shelves.put(A, entry("old", 100, (1, 5)));
        shelves.put(A, entry("old too", 100, (1, 5)));
        shelves.put(B, entry("b", 100, (1, 5)));
        assert_eq!(shelves.put(A, entry("new", 100, (1, 6))), ["old", "old too"]);
        // One that was being built meanwhile takes nothing newer along.
        assert!(shelves.put(A, entry("late", 100, (1, 5))).is_empty());
        assert_eq!(shelves.held, 300);
    }

    #[test]
    fn what_is_larger_than_the_room_has_it_for_itself() {
        let mut shelves = Shelves::new(100);
        shelves.put(A, entry("a", 50, (0, 0)));
        assert_eq!(shelves.put(B, entry("b", 500, (0, 0))), ["a"]);
        assert_eq!(shelves.put(A, entry("a", 50, (0, 0))), ["b"]);
        assert_eq!((shelves.held, shelves.of.len(), shelves.by_size.len()), (50, 1, 1));
    }
}
