//! A pooler between the server and PostgreSQL.
//!
//! One that pools transactions (PgBouncer's `pool_mode = transaction`, which hosted databases put in front of themselves) may give each
//! transaction another connection to PostgreSQL. What a session has set is lost then: the role above all. So everything is said anew where a
//! transaction begins, in the same round trip, and statements have no names that outlive it.

use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::address::patient;

/// What stands between the server and PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooler {
    /// Nothing, or a pooler that keeps one connection for as long as a session lasts.
    #[default]
    None,
    /// A pooler that gives each transaction a connection of its own.
    Transaction,
}

impl Pooler {
    /// The spelling in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Transaction => "transaction",
        }
    }
}

impl std::str::FromStr for Pooler {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "none" => Ok(Self::None),
            "transaction" => Ok(Self::Transaction),
            _ => Err(()),
        }
    }
}

/// What holds on a connection of a role, said for its session or, with `LOCAL`, for one transaction.
pub(super) fn settings(role: &str, statement_timeout: Duration, local: bool) -> String {
    let set = if local { "SET LOCAL" } else { "SET" };
    let timeout = statement_timeout.as_millis();
    format!(
        "{set} ROLE {role}; {set} statement_timeout = {timeout}; {set} lock_timeout = '10s'; \
         {set} idle_in_transaction_session_timeout = '60s'"
    )
}

/// Whether the address leads through a pooler of transactions: a setting of one session is not there, or not always, when the same session
/// asks for it. While one session holds a connection in a transaction, the other one sets something on a second connection; freed, the first
/// one is next in line, either at once or, where connections are used in turn, one question later.
///
/// # Errors
/// When the database cannot be asked.
pub fn pools_transactions(url: &str) -> Result<bool, String> {
    ask(url).map_err(|error| error.to_string())
}

fn ask(url: &str) -> Result<bool, Box<dyn std::error::Error>> {
    const MARK: &str = "orion.session";
    let mut holder = PgConnection::establish(&patient(url))?;
    let mut asker = PgConnection::establish(&patient(url))?;
    diesel::sql_query("BEGIN").execute(&mut holder)?;
    diesel::select(sql::<Text>(&format!("set_config('{MARK}', 'mine', false)"))).get_result::<String>(&mut asker)?;
    diesel::sql_query("ROLLBACK").execute(&mut holder)?;
    for _ in 0..3 {
        let mut seen: Vec<String> = Vec::new();
        for session in [&mut holder, &mut asker] {
            let mark = format!("coalesce(current_setting('{MARK}', true), '')");
            seen.push(diesel::select(sql::<Text>(&mark)).get_result(session)?);
        }
        if seen != ["", "mine"] {
            return Ok(true);
        }
    }
    Ok(false)
}
