//! Every state that the database knows is told by an event when it is come to, or it is said here why not.

use std::collections::BTreeMap;

use orion_tests::TestApp;

/// How it is told that something has come to a state.
enum Told {
    By(&'static str),
    /// Not by an event of its own, and why.
    Not(&'static str),
}

use Told::{By, Not};

const BEGINS: Told = Not("where it begins: that it is there is told by the event of its making, or not before it moves");
const CARTS: Told = Not("carts come and go: what becomes of one is told by its order");
const MACHINERY: Told = Not("machinery: who runs the platform sees it on the page Jobs and in the metrics");

const DELIVERIES: Told = Not("an event about the delivery of events would have to be delivered as well; the log of the endpoint tells it");

/// Columns of states, each with every state.
const MACHINES: &[(&str, &[(&str, Told)])] = &[
    ("carts.status", &[("open", CARTS), ("ordered", CARTS), ("merged", CARTS)]),
    (
        "exports.status",
        &[
            ("queued", BEGINS),
            ("running", By("export.started")),
            ("completed", By("export.finished")),
            ("failed", By("export.failed")),
            ("expired", By("export.expired")),
        ],
    ),
    (
        "import_undos.status",
        &[
            ("queued", By("import.undo_started")),
            ("running", Not("it was told when it was asked for")),
            ("completed", By("import.undone")),
            ("failed", By("import.undo_failed")),
            ("cancelled", By("import.undo_failed")),
        ],
    ),
    (
        "imports.status",
        &[
            ("queued", BEGINS),
            ("running", By("import.started")),
            ("completed", By("import.finished")),
            ("failed", By("import.failed")),
            ("cancelled", By("import.cancelled")),
        ],
    ),
    (
        "jobs.status",
        &[
            ("queued", MACHINERY),
            ("running", MACHINERY),
            ("done", MACHINERY),
            ("dead", MACHINERY),
            ("cancelled", By("job.cancelled")),
        ],
    ),
    (
        "mail_messages.status",
        &[("queued", MACHINERY), ("sent", MACHINERY), ("failed", MACHINERY)],
    ),
    (
        "orders.fulfilment_status",
        &[
            ("unfulfilled", BEGINS),
            ("partially_fulfilled", By("order.partially_fulfilled")),
            ("fulfilled", By("order.fulfilled")),
        ],
    ),
    (
        "orders.payment_status",
        &[
            ("pending", BEGINS),
            ("authorized", By("order.authorized")),
            ("paid", By("order.paid")),
            ("partially_refunded", By("order.partially_refunded")),
            ("refunded", By("order.refunded")),
            ("failed", By("order.payment_failed")),
            ("voided", By("order.payment_voided")),
        ],
    ),
    (
        "orders.status",
        &[
            ("pending", By("order.placed")),
            ("confirmed", Not("by what confirms it: its money or its first parcel")),
            ("completed", By("order.completed")),
            ("cancelled", By("order.cancelled")),
        ],
    ),
    (
        "payments.status",
        &[
            ("pending", BEGINS),
            ("requires_confirmation", By("payment.requires_confirmation")),
            ("authorized", By("payment.authorized")),
            ("captured", By("payment.captured")),
            ("failed", By("payment.failed")),
            ("voided", By("payment.voided")),
            ("refunded", By("payment.refunded")),
        ],
    ),
    (
        "product_images.status",
        &[
            ("pending", BEGINS),
            ("ready", By("product_image.fetched")),
            ("failed", By("product_image.failed")),
        ],
    ),
    (
        "products.status",
        &[
            ("draft", By("product.drafted")),
            ("active", By("product.published")),
            ("archived", By("product.archived")),
        ],
    ),
    (
        "store_domains.status",
        &[
            ("pending", Not("nobody can ask for a domain yet")),
            ("active", Not("a command of who hosts the store adds it")),
            ("failed", Not("nobody can ask for a domain yet")),
        ],
    ),
    (
        "stores.status",
        &[
            ("active", By("store.reactivated")),
            ("suspended", By("store.suspended")),
            ("archived", By("store.archived")),
        ],
    ),
    (
        "webhook_deliveries.status",
        &[("pending", DELIVERIES), ("delivered", DELIVERIES), ("failed", DELIVERIES)],
    ),
];

/// Columns that are called like that and hold no state of their own.
const NO_STATES: &[&str] = &[
    "idempotency_keys.response_status",
    "order_status_history.from_status",
    "order_status_history.to_status",
];

/// Columns whose name ends in `status`, with the rule of their domain or their own.
const COLUMNS: &str = "SELECT string_agg(c.relname || '.' || a.attname || ' ' || coalesce(
        (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.contypid = a.atttypid LIMIT 1),
        (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
         WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] LIMIT 1), ''), E'\\n')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname LIKE '%status'";

#[tokio::test]
async fn every_state_that_the_database_knows_is_told() {
    let app = TestApp::start().await;
    let rules = app.text(COLUMNS);
    let found: BTreeMap<&str, Vec<&str>> = rules
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(column, rule)| (column, rule.split('\'').skip(1).step_by(2).collect()))
        .collect();
    let mut wrong = Vec::new();
    for (column, states) in &found {
        let Some((_, told)) = MACHINES.iter().find(|(machine, _)| machine == column) else {
            wrong.extend((!NO_STATES.contains(column)).then(|| format!("{column} is not spoken of")));
            continue;
        };
        assert!(!states.is_empty(), "{column} has no rule");
        let missing = states.iter().filter(|state| !told.iter().any(|(known, _)| known == *state));
        wrong.extend(missing.map(|state| format!("{column}: {state} is told by nothing")));
    }
    for (column, told) in MACHINES {
        for (state, told) in *told {
            let known = found.get(column).is_some_and(|states| states.contains(state));
            wrong.extend((!known).then(|| format!("{column} has no state {state}")));
            match told {
                By(event) => wrong.extend(orion_events::info(event).is_none().then(|| format!("there is no event {event}"))),
                Not(why) => assert!(!why.is_empty()),
            }
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
}
