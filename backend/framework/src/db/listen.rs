//! News from other servers: a thread that LISTENs and hands on what NOTIFY brings.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use uuid::Uuid;

use super::address::patient;

/// How often the connection is looked at; news is at most this much older than its commit.
const LOOK: Duration = Duration::from_millis(100);

/// How often PostgreSQL is asked for a sign of life: only what is sent can find out that nobody is there any more.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Something that another server has committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A store's catalogue has a new version.
    Catalog {
        /// The store.
        store: Uuid,
        /// Its version.
        version: i64,
    },
    /// What every request knows of a store has changed.
    Store {
        /// The store.
        store: Uuid,
    },
    /// Platforms or module switches changed.
    Tenants,
    /// Certificates were given, or are no longer to be shown.
    Certificates,
    /// There is a connection, for the first time or again: anything may have been missed before.
    Reconnected,
}

impl News {
    fn parse(payload: &str) -> Option<Self> {
        let mut words = payload.split(' ');
        match words.next()? {
            "catalog" => Some(Self::Catalog {
                store: words.next()?.parse().ok()?,
                version: words.next()?.parse().ok()?,
            }),
            "store" => Some(Self::Store {
                store: words.next()?.parse().ok()?,
            }),
            "tenants" => Some(Self::Tenants),
            "certificates" => Some(Self::Certificates),
            _ => None,
        }
    }
}

/// The listening thread; dropping it ends the thread.
pub struct Listener {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Starts to listen; `hear` is called on the listener's thread.
    pub fn start(url: String, hear: impl Fn(News) + Send + 'static) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("orion-listen".to_owned())
            .spawn(move || listen(&url, &stopped, &hear))?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

/// True when the time has passed and nobody has asked to stop.
fn keep_going(stopped: &Receiver<()>, wait: Duration) -> bool {
    matches!(stopped.recv_timeout(wait), Err(RecvTimeoutError::Timeout))
}

fn listen(url: &str, stopped: &Receiver<()>, hear: &impl Fn(News)) {
    loop {
        if let Ok(mut conn) = connect(url) {
            // The first time too: something may have been read before anybody listened.
            hear(News::Reconnected);
            let mut alive = Instant::now();
            while keep_going(stopped, LOOK) {
                if !drain(&mut conn, hear) {
                    break;
                }
                if alive.elapsed() >= HEARTBEAT {
                    if let Err(error) = conn.batch_execute("SELECT 1") {
                        tracing::warn!(%error, "the connection that listens for news was lost");
                        break;
                    }
                    alive = Instant::now();
                }
            }
        }
        if !keep_going(stopped, Duration::from_secs(1)) {
            return;
        }
    }
}

fn connect(url: &str) -> Result<PgConnection, Box<dyn std::error::Error>> {
    let mut conn = PgConnection::establish(&patient(url))?;
    conn.batch_execute("SET application_name = 'orion_listen'; LISTEN orion")?;
    Ok(conn)
}

/// Hands on what has arrived; false when the connection is gone.
fn drain(conn: &mut PgConnection, hear: &impl Fn(News)) -> bool {
    for notification in conn.notifications_iter() {
        match notification {
            Ok(notification) => {
                if let Some(news) = News::parse(&notification.payload) {
                    hear(news);
                }
            }
            Err(_) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_are_read_and_garbage_is_ignored() {
        let store = Uuid::from_u128(7);
        assert_eq!(
            News::parse(&format!("catalog {store} 3")),
            Some(News::Catalog { store, version: 3 })
        );
        assert_eq!(News::parse(&format!("store {store}")), Some(News::Store { store }));
        assert_eq!(News::parse("tenants"), Some(News::Tenants));
        assert_eq!(News::parse("certificates"), Some(News::Certificates));
        assert_eq!(News::parse("catalog x y"), None);
        assert_eq!(News::parse("hello"), None);
    }
}
