//! What was found out about a large store and is believed for a minute: that a list has more rows than are counted, sums of many rows.
//!
//! Only of what is large: a small list is counted and a small sum is made anew each time, which costs next to nothing and is never old.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::memory::KEPT;

/// Figures of one store at most; when there are more, all are forgotten.
const MOST: usize = 200;

/// How long who makes a figure anew has for it before somebody else is asked to.
const TURN: Duration = Duration::from_secs(5);

type Figure = (Instant, Arc<dyn Any + Send + Sync>);

/// The figures of a store, by what they are of.
#[derive(Default)]
pub(super) struct Figures(Mutex<HashMap<String, Figure>>);

impl Figures {
    /// A figure that is not older than a minute. Of one that is, the first who asks hears nothing and makes it anew; the others go on with the
    /// old one meanwhile, which nobody gets who comes later than two minutes.
    pub(super) fn recall<T: Any + Send + Sync>(&self, of: &str) -> Option<Arc<T>> {
        self.recall_at(of, Instant::now())
    }

    fn recall_at<T: Any + Send + Sync>(&self, of: &str, now: Instant) -> Option<Arc<T>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, figure) = kept.get_mut(of)?;
        let age = now.saturating_duration_since(*at);
        if age >= KEPT {
            if age < 2 * KEPT {
                *at = now + TURN - KEPT;
            }
            return None;
        }
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
    fn an_old_figure_is_made_anew_by_one_while_the_others_go_on_with_it() {
        let figures = Figures::default();
        figures.keep("a".to_owned(), 7_i64);
        let after = |seconds| {
            figures
                .recall_at::<i64>("a", Instant::now() + Duration::from_secs(seconds))
                .as_deref()
                .copied()
        };
        assert_eq!(after(59), Some(7));
        assert_eq!(
            (after(60), after(60), after(62)),
            (None, Some(7), Some(7)),
            "one is asked to make it anew"
        );
        assert_eq!((after(70), after(70)), (None, Some(7)), "who was asked did not");
        assert_eq!((after(200), after(200)), (None, None), "nobody gets one that is much older");
    }

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
