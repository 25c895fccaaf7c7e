//! What stores cost that nobody visits.

use std::path::Path;
use std::time::Duration;

use crate::report::{Report, Target};
use crate::{interrupt, server};

const STORES: usize = 10_000;
/// From the start until the memory is looked at.
const WAIT: Duration = Duration::from_secs(10);

/// Compares the idle server's memory with one store in an empty database and with ten thousand.
///
/// # Errors
/// When stores cannot be written or the server does not start.
pub fn measure(report: &mut Report, (program, folder): (&Path, &Path), url: &str) -> anyhow::Result<()> {
    let memory = |stores: usize| {
        interrupt::check()?;
        eprintln!("{stores} idle stores");
        server::seed(server::command(program, folder, url), &format!("products=0,stores={stores}"))?;
        let server = server::start(program, folder, url, &[])?;
        std::thread::sleep(WAIT);
        let bytes = server.resident()?;
        server.stop()?;
        anyhow::Ok(bytes as f64 / f64::from(1 << 20))
    };
    let one = memory(1)?;
    let many = memory(STORES)?;
    let what = format!("Memory of the idle server with {STORES} stores, beside one");
    report.against(&what, (many, one), |mb| format!("{mb:.0} MB"), Target::AtMost(1.2));
    Ok(())
}
