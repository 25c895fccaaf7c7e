//! Ctrl-C: the run ends between two measurements, so that everything it has started is stopped in order.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{SignalKind, signal};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for SIGINT and SIGTERM on a thread of its own.
pub fn listen() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        ASKED.store(true, Ordering::Relaxed);
    });
    Ok(())
}

/// Whether to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Fails when somebody wants the run to stop.
pub fn check() -> anyhow::Result<()> {
    anyhow::ensure!(!asked(), "interrupted");
    Ok(())
}
