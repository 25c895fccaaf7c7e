//! The threads on which indexes are walked over: as many as there are processors, behind everything else that the server does, and given
//! to the stores in turns.
//!
//! A search of a large shop takes milliseconds of processor. Were many of them let onto it at once, everybody's request would stand in line
//! behind them, also one that is answered from memory in a few microseconds. Here one store's searches stand in a line of their own, and a
//! walker takes one of each line in turn: whoever searches a quiet shop waits for no more than what is being walked over just now.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use uuid::Uuid;

/// How far the walkers stand back from other threads, in steps of niceness (POSIX `nice`, 0 to 19). At 10 a thread that wakes up to answer
/// something from memory runs at once, and walkers that compete with it get a tenth of a processor.
const NICENESS: i32 = 10;
/// Searches of one store that may wait, some two seconds of work for a shop of 100,000 products.
const LINE: usize = 1_000;

/// Why nothing was walked over: too many searches of the store wait, or the server has no thread for it.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("too many searches of the store wait")]
pub struct Crowded;

type Work = Box<dyn FnOnce() + Send>;

/// The walkers of the process: the processors that they share are the process' as well.
static WALKERS: LazyLock<Walkers> = LazyLock::new(Walkers::start);

/// Does `work` for a store when it is its turn.
///
/// # Errors
/// [`Crowded`] when too many others of the same store wait.
///
/// # Panics
/// When `work` does.
pub async fn walk<T: Send + 'static>(store: Uuid, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Crowded> {
    in_line(store, Place::Last, work).await
}

/// Does `work` for a store when it is its turn, before all that wait in the store's line: what they wait for.
///
/// # Errors
/// [`Crowded`] when the server has no thread for it.
///
/// # Panics
/// When `work` does.
pub async fn walk_first<T: Send + 'static>(store: Uuid, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Crowded> {
    in_line(store, Place::First, work).await
}

/// Where in the line of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Last,
}

async fn in_line<T: Send + 'static>(store: Uuid, place: Place, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Crowded> {
    let (answer, answered) = oneshot::channel::<Result<T, Box<dyn Any + Send>>>();
    let work = move || {
        // Nobody waits for what was asked by a request that is gone.
        if !answer.is_closed() {
            // Who asked may have gone meanwhile; then nobody is there to be told.
            let _gone = answer.send(catch_unwind(AssertUnwindSafe(work)));
        }
    };
    WALKERS.lines.push(store, place, Box::new(work))?;
    match answered.await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(_) => Err(Crowded),
    }
}

struct Walkers {
    lines: Arc<Lines>,
}

impl Walkers {
    fn start() -> Self {
        let lines = Arc::<Lines>::default();
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        for number in 1..=count {
            let work = lines.clone();
            let walker = std::thread::Builder::new().name(format!("walker-{number}"));
            let spawned = walker.spawn(move || {
                stand_back();
                loop {
                    work.take()();
                }
            });
            match spawned {
                Ok(_) => lines.queue().walkers += 1,
                Err(error) => tracing::error!(%error, "a thread for searches could not be made"),
            }
        }
        Self { lines }
    }
}

/// Puts this thread behind all others that want the processor.
fn stand_back() {
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::warn!(%error, "searches compete with other requests for the processor");
    }
}

/// One line of waiting work for each store.
#[derive(Default)]
struct Lines {
    queue: Mutex<Queue>,
    rung: Condvar,
}

#[derive(Default)]
struct Queue {
    /// Threads that take work; without any, none may wait.
    walkers: usize,
    waiting: HashMap<Uuid, VecDeque<Work>>,
    /// Stores with a line, the one whose turn it is first.
    turns: VecDeque<Uuid>,
}

impl Lines {
    fn push(&self, store: Uuid, place: Place, work: Work) -> Result<(), Crowded> {
        let mut queue = self.queue();
        if queue.walkers == 0 {
            return Err(Crowded);
        }
        let line = queue.waiting.entry(store).or_default();
        match place {
            Place::First => line.push_front(work),
            Place::Last if line.len() >= LINE => return Err(Crowded),
            Place::Last => line.push_back(work),
        }
        if line.len() == 1 {
            queue.turns.push_back(store);
        }
        drop(queue);
        self.rung.notify_one();
        Ok(())
    }

    /// Waits for work and takes the first of the store whose turn it is.
    fn take(&self) -> Work {
        let mut queue = self.queue();
        loop {
            if let Some(work) = queue.pop() {
                return work;
            }
            queue = self.rung.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn pop(&mut self) -> Option<Work> {
        let store = self.turns.pop_front()?;
        let line = self.waiting.get_mut(&store)?;
        let work = line.pop_front();
        if line.is_empty() {
            self.waiting.remove(&store);
        } else {
            self.turns.push_back(store);
        }
        work
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const NOISY: Uuid = Uuid::from_u128(1);
    const QUIET: Uuid = Uuid::from_u128(2);

    fn lines() -> Lines {
        let lines = Lines::default();
        lines.queue().walkers = 1;
        lines
    }

    #[test]
    fn stores_take_turns_however_long_their_lines_are() {
        let (lines, (done, order)) = (lines(), mpsc::channel());
        for (store, name) in [(NOISY, "n1"), (NOISY, "n2"), (NOISY, "n3"), (QUIET, "q1"), (QUIET, "q2")] {
            let done = done.clone();
            let work = move || done.send(name).expect("the test listens");
            lines.push(store, Place::Last, Box::new(work)).expect("room");
        }
        lines
            .push(NOISY, Place::First, Box::new(move || done.send("n0").expect("the test listens")))
            .expect("room");
        (0..6).for_each(|_| lines.take()());
        assert_eq!(order.try_iter().collect::<Vec<_>>(), ["n0", "q1", "n1", "q2", "n2", "n3"]);
        assert!(lines.queue().waiting.is_empty(), "a line of a store is kept that is over");
    }

    #[test]
    fn a_full_line_is_full_for_its_own_store_only() {
        let lines = lines();
        for _ in 0..LINE {
            lines.push(NOISY, Place::Last, Box::new(|| ())).expect("room");
        }
        assert_eq!(lines.push(NOISY, Place::Last, Box::new(|| ())), Err(Crowded));
        assert_eq!(
            lines.push(NOISY, Place::First, Box::new(|| ())),
            Ok(()),
            "nobody gets on without what all wait for"
        );
        assert_eq!(lines.push(QUIET, Place::Last, Box::new(|| ())), Ok(()));
    }

    #[tokio::test]
    async fn walkers_stand_behind_other_threads_and_outlive_a_panic() {
        let panics = tokio::spawn(walk(NOISY, || panic!("as a fault would")));
        assert!(panics.await.expect_err("the panic of the work").is_panic());
        let niceness = walk(NOISY, || rustix::process::getpriority_process(None)).await.expect("room");
        assert!(niceness.expect("a number") >= NICENESS);
    }
}
