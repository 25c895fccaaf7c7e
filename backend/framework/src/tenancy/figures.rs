//! What was found out about a large store and is believed for a minute: that a list has more rows than are counted, sums of many rows.
//!
//! Only of what is large: a small list is counted and a small sum is made anew each time, which costs next to nothing and is never old.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::memory::KEPT;

/// Figures of one store at most; when there are more, all are forgotten.
const MOST: usize = 200;

type Figure = (Instant, Arc<dyn Any + Send + Sync>);

/// The figures of a store, by what they are of.
#[derive(Default)]
pub(super) struct Figures(Mutex<HashMap<String, Figure>>);

impl Figures {
    /// A figure that is not older than a minute.
    pub(super) fn recall<T: Any + Send + Sync>(&self, of: &str) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, figure) = kept.get(of).filter(|(at, _)| at.elapsed() < KEPT)?;
        Arc::clone(figure).downcast().ok()
    }

    /// Keeps a figure.
    pub(super) fn keep<T: Any + Send + Sync>(&self, of: String, figure: T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&of) {
            kept.clear();
        }
        kept.insert(of, (Instant::now(), Arc::new(figure)));
    }
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Figures")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_what_it_is_of_and_there_are_not_too_many() {
        let figures = Figures::default();
        figures.keep("a".to_owned(), 7_i64);
        assert_eq!(figures.recall::<i64>("a").as_deref(), Some(&7));
        assert_eq!(figures.recall::<i64>("b"), None);
        assert_eq!(figures.recall::<bool>("a"), None);
        for number in 0..MOST {
            figures.keep(number.to_string(), 1_i64);
        }
        assert_eq!(figures.recall::<i64>("a"), None);
        assert!(figures.0.lock().unwrap().len() <= MOST);
    }
}
