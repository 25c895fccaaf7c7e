//! The names that lead to stores: labels, custom domains, codes. Who asks for another one is told so without asking the database.
//!
//! They are read when the first unknown name comes, again after a minute, and those of one store when there are news about it; until what
//! was told has been read, nobody is turned away. A name that has gone stays until then, and costs the question that it always did. Where
//! there are more names than fit, every unknown one costs that.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use orion_types::StoreId;

use super::memory::KEPT;

/// Names at most; each is kept as a number of eight bytes, made with a key that nobody outside knows.
pub(super) const MOST: usize = 100_000;

/// Stores with news at most that are asked about one by one.
const FEW: usize = 100;

/// The names of all stores.
pub(super) struct Names {
    hasher: RandomState,
    kept: RwLock<Kept>,
}

#[derive(Default)]
struct Kept {
    names: HashSet<u64>,
    /// There are more than fit.
    too_many: bool,
    read_at: Option<Instant>,
    /// The count of news, and how many of them what is kept has seen.
    news: u64,
    seen: u64,
    /// The count at the last news about all stores.
    all: u64,
    /// News about single stores that are not read yet.
    stores: Vec<(u64, StoreId)>,
}

/// What has to be read before anybody may be turned away.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    All,
    Of(Vec<StoreId>),
}

/// What has to be read, and the count of news when that was found out.
#[derive(Debug)]
pub(super) struct Errand {
    pub(super) missing: Missing,
    news: u64,
    begun: Instant,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            kept: RwLock::default(),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Kept> {
        self.kept.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The hosts or the code of one store may have changed.
    pub(super) fn forget_store(&self, store: StoreId) {
        let mut kept = self.write();
        kept.news += 1;
        let news = kept.news;
        kept.stores.push((news, store));
        if kept.stores.len() > FEW {
            kept.all = news;
            kept.stores.clear();
        }
    }

    /// Those of any store may have.
    pub(super) fn forget(&self) {
        let mut kept = self.write();
        kept.news += 1;
        kept.all = kept.news;
        kept.stores.clear();
    }

    /// Whether a name may lead to a store; `None` when something has to be read first.
    pub(super) fn may_lead(&self, name: &str) -> Option<bool> {
        let kept = self.read();
        if kept.seen != kept.news || kept.is_old() {
            return None;
        }
        let known = |name: &str| kept.names.contains(&self.hasher.hash_one(name));
        // A custom domain answers under `www.` too.
        Some(kept.too_many || known(name) || name.strip_prefix("www.").is_some_and(known))
    }

    /// What has to be read now.
    pub(super) fn errand(&self) -> Errand {
        let kept = self.read();
        let missing = if kept.is_old() || kept.all > kept.seen {
            Missing::All
        } else {
            Missing::Of(kept.stores.iter().map(|(_, store)| *store).collect())
        };
        Errand {
            missing,
            news: kept.news,
            begun: Instant::now(),
        }
    }

    /// Takes in what was read for an errand; news that came meanwhile are an errand of their own. Errands are run one after the other.
    pub(super) fn keep(&self, errand: &Errand, names: &[String]) {
        let mut kept = self.write();
        if errand.missing == Missing::All {
            kept.names.clear();
            kept.read_at = Some(errand.begun);
        }
        kept.names.extend(names.iter().map(|name| self.hasher.hash_one(name.as_str())));
        kept.too_many = kept.names.len() > MOST;
        if kept.too_many {
            kept.names = HashSet::new();
        }
        kept.seen = errand.news;
        kept.stores.retain(|(news, _)| *news > errand.news);
    }
}

impl Kept {
    fn is_old(&self) -> bool {
        self.read_at.is_none_or(|read_at| read_at.elapsed() >= KEPT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn filled(names: &[&str]) -> Names {
        let known = Names::new();
        assert_eq!(known.may_lead("a.test"), None, "nothing has been read");
        let errand = known.errand();
        assert_eq!(errand.missing, Missing::All);
        known.keep(&errand, &texts(names));
        known
    }

    #[test]
    fn a_name_that_no_store_has_leads_nowhere() {
        let known = filled(&["a.test", "#acme"]);
        for (name, leads) in [
            ("a.test", true),
            ("www.a.test", true),
            ("b.test", false),
            ("#acme", true),
            ("acme", false),
        ] {
            assert_eq!(known.may_lead(name), Some(leads), "{name}");
        }
    }

    #[test]
    fn after_news_nobody_is_turned_away_before_they_are_read() {
        let known = filled(&["a.test"]);
        let store = StoreId(uuid::Uuid::from_u128(7));
        known.forget_store(store);
        assert_eq!((known.may_lead("b.test"), known.may_lead("a.test")), (None, None));
        let errand = known.errand();
        assert_eq!(errand.missing, Missing::Of(vec![store]));
        // More news while it is read.
        known.forget_store(store);
        known.keep(&errand, &texts(&["b.test"]));
        assert_eq!(known.may_lead("b.test"), None);
        let errand = known.errand();
        known.keep(&errand, &texts(&["b.test"]));
        assert_eq!((known.may_lead("a.test"), known.may_lead("b.test")), (Some(true), Some(true)));
        known.forget();
        let errand = known.errand();
        assert_eq!(errand.missing, Missing::All);
        known.keep(&errand, &texts(&["b.test"]));
        assert_eq!((known.may_lead("a.test"), known.may_lead("b.test")), (Some(false), Some(true)));
    }

    #[test]
    fn more_names_than_fit_turn_nobody_away() {
        let many: Vec<String> = (0..=MOST).map(|number| format!("{number}.test")).collect();
        let known = Names::new();
        known.keep(&known.errand(), &many);
        assert_eq!(known.may_lead("other.test"), Some(true));
        assert!(known.read().names.is_empty());
    }

    #[test]
    fn news_about_many_stores_are_news_about_all() {
        let known = filled(&["a.test"]);
        for number in 0..=FEW {
            known.forget_store(StoreId(uuid::Uuid::from_u128(number as u128)));
        }
        assert_eq!(known.errand().missing, Missing::All);
    }
}
