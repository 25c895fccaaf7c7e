//! The access log: one line per request.

use std::time::Duration;

use uuid::Uuid;

/// What is known of a request when it is over.
#[derive(Debug)]
pub struct AccessLine<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The route's template, such as `/api/v1/store/products/{id}`, or the kind of page, such as `page:storefront`.
    pub route: &'a str,
    /// The path as it arrived.
    pub path: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// How long it took.
    pub duration: Duration,
    /// Bytes of the answer's body.
    pub bytes: u64,
    /// The client's address.
    pub ip: &'a str,
    /// The request's id.
    pub request_id: &'a str,
    /// The store's code.
    pub store: Option<&'a str>,
    /// Who asked: an account, a customer or an API key, and nobody for guests.
    pub user: Option<Uuid>,
    /// A probe or an asset, which are only told at debug level, whatever comes of them.
    pub probe: bool,
    /// It took longer than it should.
    pub slow: bool,
    /// The store is closed on purpose, so that answering 503 for it is no failure.
    pub closed: bool,
    /// What went wrong inside.
    pub cause: Option<&'a str>,
}

macro_rules! line {
    ($level:ident, $line:expr, $message:literal) => {
        tracing::$level!(
            target: "access",
            method = $line.method,
            route = $line.route,
            path = $line.path,
            status = $line.status,
            duration_us = u64::try_from($line.duration.as_micros()).unwrap_or(u64::MAX),
            bytes = $line.bytes,
            ip = $line.ip,
            request_id = $line.request_id,
            store = $line.store,
            user = $line.user.map(tracing::field::display),
            cause = $line.cause,
            $message
        )
    };
}

/// Writes the line. Both formats of the log escape every text in it: no byte that a client sends can start a line of its own.
pub fn record(line: &AccessLine<'_>) {
    if line.probe {
        // Asked every few seconds; what they find wrong is in their answers and in the metrics.
        line!(debug, line, "request");
    } else if line.status >= 500 && !line.closed {
        line!(error, line, "request failed");
    } else if line.slow {
        line!(warn, line, "slow request");
    } else {
        line!(info, line, "request");
    }
}
