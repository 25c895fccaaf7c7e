//! What a request asks the database, without the request: the statements of a transaction, read from PostgreSQL's log and asked again by a handler
//! that knows nobody, checks nothing and answers the same bytes.

use std::path::Path;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{App, HttpResponse, HttpServer, error, web};
use anyhow::Context;
use bytes::Bytes;
use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use serde_json::{Value, json};

/// The connections that the server has for stores unless told.
const CONNECTIONS: u32 = 8;

/// A transaction as PostgreSQL has logged it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transaction {
    /// With what it begins.
    begin: String,
    /// Statements with their places for parameters, and these as SQL writes them.
    asked: Vec<(String, Vec<String>)>,
}

impl Transaction {
    /// The last of a log whose statements begin with a text, as far as it asks something with parameters.
    pub fn last(log: &str, begin: &str) -> Option<Self> {
        let (_, last) = log.rsplit_once(&format!("LOG:  statement: {begin}"))?;
        let (rest, body) = last.split_once('\n')?;
        let mut found = Self {
            begin: format!("{begin}{rest}"),
            asked: Vec::new(),
        };
        for entry in entries(body) {
            if entry.contains("LOG:  statement: COMMIT") {
                return Some(found);
            }
            if let Some((_, parameters)) = entry.split_once("DETAIL:  Parameters: ")
                && let Some((_, asked)) = found.asked.last_mut()
            {
                *asked = literals(parameters);
            } else if let Some((_, execute)) = entry.split_once("LOG:  execute ") {
                let (_, statement) = execute.split_once(": ")?;
                found.asked.push((statement.to_owned(), Vec::new()));
            }
        }
        None
    }

    /// How many statements it asks.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// As [`serve`] reads it, with what to answer.
    pub fn to_json(&self, url: &str, body: &str) -> Value {
        json!({ "url": url, "body": body, "begin": self.begin, "asked": self.asked })
    }
}

/// The entries of a log: a line that begins with a tab goes on with the one before.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(entry)) => {
                entry.push('\n');
                entry.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// `$1 = 'it''s', $2 = NULL` as `'it''s'` and `NULL`.
fn literals(mut text: &str) -> Vec<String> {
    let mut found = Vec::new();
    while let Some((_, value)) = text.split_once(" = ") {
        let length = if let Some(inside) = value.strip_prefix('\'') {
            let mut end = 0;
            // Two quotes are one of the text.
            while let Some(quote) = inside[end..].find('\'') {
                end += quote + 1;
                if !inside[end..].starts_with('\'') {
                    break;
                }
                end += 1;
            }
            end + 1
        } else {
            value.find(',').unwrap_or(value.len())
        };
        found.push(value[..length].to_owned());
        text = &value[length..];
    }
    found
}

/// Prepares the statements once for each connection, as the server does, and as the role that it has for stores.
#[derive(Debug)]
struct Prepare(String);

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for Prepare {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute(&self.0).map_err(diesel::r2d2::Error::QueryError)
    }
}

/// What each request does, and what it answers.
struct Work {
    pool: Pool<ConnectionManager<PgConnection>>,
    steps: Vec<String>,
    body: Bytes,
}

/// Serves a file of [`Transaction::to_json`] on loopback until it is killed.
///
/// # Errors
/// When the file is none, or the database does not answer.
pub fn serve(port: u16, file: &Path) -> anyhow::Result<()> {
    let read = std::fs::read(file).with_context(|| file.display().to_string())?;
    let work = web::Data::new(work(&serde_json::from_slice(&read)?)?);
    let app = move || App::new().app_data(work.clone()).default_service(web::to(answer));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async move { HttpServer::new(app).workers(cores).bind(("127.0.0.1", port))?.run().await })?;
    Ok(())
}

fn work(file: &Value) -> anyhow::Result<Work> {
    let text = |field: &str| file[field].as_str().with_context(|| format!("no {field}"));
    let asked: Vec<(String, Vec<String>)> = serde_json::from_value(file["asked"].clone())?;
    let mut prepare = "SET ROLE orion_app".to_owned();
    let mut steps = vec![text("begin")?.to_owned()];
    for (number, (statement, parameters)) in asked.iter().enumerate() {
        prepare.push_str(&format!("; PREPARE asked_{number} AS {statement}"));
        steps.push(if parameters.is_empty() {
            format!("EXECUTE asked_{number}")
        } else {
            format!("EXECUTE asked_{number} ({})", parameters.join(", "))
        });
    }
    steps.push("COMMIT".to_owned());
    let pool = Pool::builder()
        .max_size(CONNECTIONS)
        .connection_customizer(Box::new(Prepare(prepare)))
        .test_on_check_out(false)
        .build(ConnectionManager::new(text("url")?))?;
    Ok(Work {
        pool,
        steps,
        body: Bytes::copy_from_slice(text("body")?.as_bytes()),
    })
}

async fn answer(work: web::Data<Work>) -> actix_web::Result<HttpResponse> {
    let body = work.body.clone();
    let done = web::block(move || {
        let mut conn = work.pool.get()?;
        work.steps.iter().try_for_each(|step| conn.batch_execute(step))?;
        Ok::<_, anyhow::Error>(())
    });
    done.await?.map_err(error::ErrorInternalServerError)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json")))
        .body(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_transaction_of_a_log_is_read() {
        let log = "2026-12-01 UTC [1] LOG:  statement: BEGIN READ ONLY; SET a = 'old'\n\
            2026-12-01 UTC [1] LOG:  statement: COMMIT\n\
            2026-12-01 UTC [1] LOG:  statement: BEGIN READ ONLY; SET a = 'b'\n\
            2026-12-01 UTC [1] LOG:  execute __diesel_stmt_3: SELECT a\n\tFROM b WHERE c = $1 AND d = $2\n\
            2026-12-01 UTC [1] DETAIL:  Parameters: $1 = 'it''s, $2 = x', $2 = NULL\n\
            2026-12-01 UTC [1] LOG:  execute <unnamed>: SELECT 1\n\
            2026-12-01 UTC [1] LOG:  statement: COMMIT\n";
        let found = Transaction::last(log, "BEGIN READ ONLY").expect("a transaction");
        assert_eq!(found.begin, "BEGIN READ ONLY; SET a = 'b'");
        let parameters = vec!["'it''s, $2 = x'".to_owned(), "NULL".to_owned()];
        assert_eq!(
            found.asked,
            [
                ("SELECT a\nFROM b WHERE c = $1 AND d = $2".to_owned(), parameters),
                ("SELECT 1".to_owned(), vec![])
            ]
        );
        assert_eq!(Transaction::last(log, "BEGIN READ WRITE"), None);
    }
}
