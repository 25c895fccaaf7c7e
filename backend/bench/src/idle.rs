//! What stores cost that nobody visits.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use diesel::sql_types::Integer;
use diesel::{PgConnection, RunQueryDsl};

use crate::report::{Report, Target};
use crate::{interrupt, server, statements};

const STORES: usize = 10_000;
/// From the start until the memory is looked at.
const WAIT: Duration = Duration::from_secs(10);

/// Copies of the one store, with labels of their own: made by the program they would take minutes, and nobody visits them.
const COPIES: &str = "
    WITH copies AS (
        INSERT INTO stores
        SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'code', 'idle-' || n, 'subdomain', 'idle-' || n))).*
        FROM stores s CROSS JOIN generate_series($1::int, $2::int) AS n WHERE s.code = 'load-1'
        RETURNING id, platform_id, subdomain
    )
    INSERT INTO store_subdomains (store_id, id, platform_id, label, created_at)
    SELECT id, gen_random_uuid(), platform_id, subdomain, now() FROM copies";

/// Copies the first store of the load data, once for each number.
///
/// # Errors
/// When PostgreSQL refuses.
pub fn copy(conn: &mut PgConnection, numbers: Range<usize>) -> anyhow::Result<()> {
    diesel::sql_query(COPIES)
        .bind::<Integer, _>(i32::try_from(numbers.start)?)
        .bind::<Integer, _>(i32::try_from(numbers.end - 1)?)
        .execute(conn)?;
    Ok(())
}

/// Compares the idle server's memory with one store in an empty database and with ten thousand.
///
/// # Errors
/// When stores cannot be written or the server does not start.
pub fn measure(report: &mut Report, (program, folder): (&Path, &Path), url: &str) -> anyhow::Result<()> {
    let memory = |stores: usize| {
        interrupt::check()?;
        eprintln!("{stores} idle stores");
        let server = server::start(program, folder, url, &[])?;
        std::thread::sleep(WAIT);
        let bytes = server.resident()?;
        server.stop()?;
        anyhow::Ok(bytes as f64 / f64::from(1 << 20))
    };
    server::seed(server::command(program, folder, url), "products=0,stores=1")?;
    let one = memory(1)?;
    copy(&mut statements::connect(url)?, 1..STORES)?;
    let many = memory(STORES)?;
    let what = format!("Memory of the idle server with {STORES} stores, beside one");
    report.against(&what, (many, one), |mb| format!("{mb:.0} MB"), Target::AtMost(1.2));
    Ok(())
}
