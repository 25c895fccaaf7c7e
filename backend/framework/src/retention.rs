//! How long rows are kept that have served: declared by the module that owns their table.

use chrono::TimeDelta;

/// How long some rows of a table are kept.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// The table.
    pub table: &'static str,
    /// Which of its rows, and since when their time runs; for operators, such as "done or called off; since then".
    pub rows: &'static str,
    /// How long.
    pub kept: TimeDelta,
    /// Who removes them.
    pub removed: Removed,
}

/// Who removes rows whose time is over.
#[derive(Debug, Clone, Copy)]
pub enum Removed {
    /// The server's housekeeping, a few at a time, across stores: the platform's role may delete them and see the columns that are named here.
    Rows {
        /// The columns of the table's primary key, separated by commas.
        key: &'static str,
        /// The condition of SQL under which a row goes; `$1` is the moment before which its time is over.
        over: &'static str,
    },
    /// A job of the module, since more hangs on them than their rows.
    Job(&'static str),
}

/// What the server itself keeps.
pub static RETENTION: &[Retention] = &[
    Retention {
        table: "jobs",
        rows: "done or called off; dead ones stay until a person decides",
        kept: TimeDelta::days(7),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "status IN ('done', 'cancelled') AND finished_at < $1",
        },
    },
    Retention {
        table: "outbox_events",
        rows: "handed out, or heard by nobody",
        kept: TimeDelta::days(7),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "dispatched_at < $1",
        },
    },
    Retention {
        table: "idempotency_keys",
        rows: "used",
        kept: crate::idempotency::KEEP,
        removed: Removed::Rows {
            key: "store_id, principal, route, key",
            over: "created_at < $1",
        },
    },
    Retention {
        table: "mail_messages",
        rows: "sent or given up",
        kept: TimeDelta::days(90),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "status <> 'queued' AND created_at < $1",
        },
    },
    // The merchant is shown them; the database keeps younger ones, whoever asks.
    Retention {
        table: "impersonations",
        rows: "since their time was over; what the audit log says of them stays",
        kept: TimeDelta::days(365),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "ends_at < $1",
        },
    },
    Retention {
        table: "user_challenges",
        rows: "whose five minutes are over",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "id",
            over: "expires_at < $1",
        },
    },
];

/// The time that something is kept, in words.
pub fn in_words(kept: TimeDelta) -> String {
    match (kept.num_days(), kept.num_hours()) {
        (0, 0) => "no longer".to_owned(),
        (0, hours) => format!("{hours} hours"),
        (1, _) => "24 hours".to_owned(),
        (days, _) => format!("{days} days"),
    }
}
