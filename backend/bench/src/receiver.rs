//! Somebody else's server, which webhooks are sent to: it notes what it took, and turns some away.

use std::collections::{HashMap, HashSet};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context;
use serde_json::Value;

/// One in so many deliveries is turned away the first time that it comes.
const TURNED_AWAY: u64 = 50;

/// What has come so far.
#[derive(Debug, Default)]
pub struct Seen {
    /// Numbers that were taken, each with the path that it came to.
    taken: HashSet<(String, i64)>,
    /// The highest number of each thing at each path.
    newest: HashMap<(String, String), i64>,
    turned_away: HashSet<(String, i64)>,
    /// How often one came again that had been taken.
    pub again: usize,
    /// How often one came for the first time after a later one of the same thing.
    pub out_of_order: usize,
}

impl Seen {
    /// How many different deliveries were taken.
    pub fn taken(&self) -> usize {
        self.taken.len()
    }

    /// Whether it is taken; one in [`TURNED_AWAY`] is not at first, where that is wanted.
    fn take(&mut self, path: &str, delivery: &Value, fails: bool) -> Option<bool> {
        let number = delivery["sequence"].as_i64()?;
        let object = delivery["data"]["product_id"].as_str()?;
        let key = (path.to_owned(), number);
        // Numbers that follow one another are spread, so that not whole batches fail.
        let spread = number.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        if fails && spread % TURNED_AWAY == 0 && self.turned_away.insert(key.clone()) {
            return Some(false);
        }
        if !self.taken.insert(key) {
            self.again += 1;
            return Some(true);
        }
        let newest = self.newest.entry((path.to_owned(), object.to_owned())).or_default();
        self.out_of_order += usize::from(number < *newest);
        *newest = number.max(*newest);
        Some(true)
    }
}

/// A receiver on loopback; dropping it ends it.
pub struct Receiver {
    /// Where it listens.
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
    handle: ServerHandle,
}

#[derive(Clone)]
struct State {
    seen: Arc<Mutex<Seen>>,
    fails: bool,
    takes: Duration,
}

impl Receiver {
    /// Starts one that takes everything, or turns some away at first, and answers after a while.
    ///
    /// # Errors
    /// When no port is to be had.
    pub fn start(fails: bool, takes: Duration) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let state = State {
            seen: seen.clone(),
            fails,
            takes,
        };
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || {
            crate::neighbours::give_way();
            actix_web::rt::System::new().block_on(async move {
                let app = move || App::new().app_data(web::Data::new(state.clone())).default_service(web::to(take));
                let server = HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run();
                tell.send(server.handle()).ok();
                server.await
            })
        });
        let handle = told.recv().context("the receiver did not start")?;
        Ok(Self { port, seen, handle })
    }

    /// What has come so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn take(state: web::Data<State>, request: actix_web::HttpRequest, body: web::Bytes) -> HttpResponse {
    let Ok(delivery) = serde_json::from_slice::<Value>(&body) else {
        return HttpResponse::BadRequest().finish();
    };
    if !state.takes.is_zero() {
        tokio::time::sleep(state.takes).await;
    }
    let taken = state
        .seen
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take(request.path(), &delivery, state.fails);
    match taken {
        Some(true) => HttpResponse::NoContent().finish(),
        Some(false) => HttpResponse::ServiceUnavailable().finish(),
        None => HttpResponse::BadRequest().finish(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_comes_again_late_or_is_turned_away_is_told_apart() {
        let mut seen = Seen::default();
        let delivery = |number: i64| json!({ "sequence": number, "data": { "product_id": "mug" } });
        assert_eq!(seen.take("/a", &delivery(2), false), Some(true));
        assert_eq!(seen.take("/a", &delivery(2), false), Some(true));
        assert_eq!(seen.take("/a", &delivery(1), false), Some(true));
        assert_eq!(seen.take("/b", &delivery(1), false), Some(true));
        assert_eq!((seen.taken(), seen.again, seen.out_of_order), (3, 1, 1));
        assert_eq!(seen.take("/a", &json!({}), false), None);
        let refused = (1..=10_000)
            .filter(|number| seen.take("/c", &delivery(*number), true) == Some(false))
            .count();
        assert!((100..=300).contains(&refused), "{refused} of 10,000");
        assert!(
            (1..=10_000).all(|number| seen.take("/c", &delivery(number), true) == Some(true)),
            "once each"
        );
    }
}
