//! Whether this server should get requests.

use std::sync::atomic::{AtomicU8, Ordering};

const STARTING: u8 = 0;
const SERVING: u8 = 1;
const DRAINING: u8 = 2;

/// Starting, serving or draining; a server goes through them in this order.
#[derive(Debug, Default)]
pub struct Readiness(AtomicU8);

impl Readiness {
    /// The server is up.
    pub fn warmed_up(&self) {
        let _already_draining = self.0.compare_exchange(STARTING, SERVING, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The server is about to stop: balancers should send requests elsewhere.
    pub fn drain(&self) {
        self.0.store(DRAINING, Ordering::Release);
    }

    /// Why it is not ready, or `None` when it is.
    pub fn reason(&self) -> Option<&'static str> {
        match self.0.load(Ordering::Acquire) {
            STARTING => Some("starting"),
            SERVING => None,
            _ => Some("draining"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draining_server_never_becomes_ready_again() {
        let readiness = Readiness::default();
        assert_eq!(readiness.reason(), Some("starting"));
        readiness.warmed_up();
        assert_eq!(readiness.reason(), None);
        readiness.drain();
        readiness.warmed_up();
        assert_eq!(readiness.reason(), Some("draining"));
    }
}
