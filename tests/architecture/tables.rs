//! A table has one owner: the module in the name of the migration that makes it. Others ask its owner.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{files, root, shown};

/// A crate, tables of others that it works with, and why it may.
type Exception = (&'static str, &'static [&'static str], &'static str);

/// All that there is of it; what is no longer needed has to go.
const EXCEPTIONS: &[Exception] = &[
    (
        "framework",
        &["platforms", "platform_modules", "stores", "store_subdomains", "store_domains"],
        "the directory: which store a request is for is known before any module is asked",
    ),
    (
        "framework",
        &[
            "users",
            "user_sessions",
            "admin_roles",
            "memberships",
            "customers",
            "customer_sessions",
            "team_roles",
        ],
        "signing in and the gates: who asks is known before any module is asked",
    ),
    (
        "inventory",
        &["products", "product_variants", "product_images"],
        "the list of stock is one of products, sorted and searched like theirs, in one statement",
    ),
    (
        "tenancy",
        &["team_roles"],
        "what the role of each member is called, in the list of somebody's stores and in the export of the team",
    ),
    (
        "tenancy",
        &["audit_log", "jobs"],
        "the administration's lists of jobs and of what was done; the framework has no pages",
    ),
    (
        "audit",
        &["audit_log"],
        "a store's own list of what was done; the framework has no pages",
    ),
    (
        "people",
        &[
            "users",
            "user_sessions",
            "admin_roles",
            "memberships",
            "platforms",
            "stores",
            "customers",
        ],
        "who is in a team, and whose password is chosen anew: accounts lie where signing in is, until that moves to its modules",
    ),
    (
        "people",
        &["user_second_factors"],
        "the administration's list of people is narrowed to those without one, in one statement",
    ),
    (
        "devtools",
        &[
            "platforms",
            "platform_modules",
            "stores",
            "store_domains",
            "users",
            "admin_roles",
            "memberships",
            "mail_messages",
        ],
        "`/dev` shows all that there is, in development",
    ),
    (
        "server",
        &[
            "platforms",
            "products",
            "product_variants",
            "product_categories",
            "product_images",
            "customers",
            "orders",
            "order_items",
        ],
        "seeds look up what is there already",
    ),
    (
        "server",
        &[
            "inventory_locations",
            "inventory_levels",
            "inventory_movements",
            "order_counters",
            "audit_log",
            "jobs",
        ],
        "load data is written by the hundred thousand, past the modules",
    ),
    (
        "backup",
        &["platforms", "stores", "memberships", "users", "audit_log"],
        "a store is written out and put back with all its rows",
    ),
    (
        "bench",
        &[
            "stores",
            "store_subdomains",
            "product_variants",
            "jobs",
            "webhook_deliveries",
            "webhook_endpoints",
            "webhook_messages",
        ],
        "measures from outside what is there",
    ),
];

/// Words behind which SQL names a table.
const BEFORE_TABLES: &[&str] = &[
    "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ANALYZE", "TRUNCATE", "USING", "COPY", "ONLY",
];

/// Tables and the modules whose migrations make them.
fn owners() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in files(&root().join("migrations"), "up.sql") {
        let migration = path.parent().and_then(Path::file_name).expect("a migration").to_string_lossy();
        let module = migration.split('_').nth(1).expect("a module in the migration's name");
        let text = fs::read_to_string(&path).expect("a migration");
        for rest in text.split("CREATE TABLE ").skip(1) {
            let name = rest
                .trim_start_matches("IF NOT EXISTS ")
                .split(|letter: char| !is_of_name(letter))
                .next();
            found.insert(name.expect("a name").to_owned(), module.to_owned());
        }
    }
    assert!(found.len() > 40, "only {} tables were found", found.len());
    found
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Words and the signs between them.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\\');
        let first = rest.chars().next()?;
        let word = rest.find(|letter: char| !is_of_name(letter)).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(if is_of_name(first) { word } else { first.len_utf8() });
        rest = behind;
        Some(token)
    })
}

/// Whatever a source's SQL names where tables stand: behind `FROM` and the like, in a list of them, and before a condition of its own.
fn named_by_sql(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let tokens: Vec<&str> = tokens(&code).collect();
    let mut found = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        if BEFORE_TABLES.contains(token) {
            found.extend(list_of_tables(&tokens[at + 1..]).map(str::to_owned));
        }
        if tokens.get(at + 1) == Some(&"WHERE") {
            found.insert((*token).to_owned());
        }
    }
    found
}

/// The names of `a, b AS c, d`.
fn list_of_tables<'a>(tokens: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let is_name = |token: &&str| token.starts_with(|letter: char| letter.is_ascii_lowercase());
    let items = tokens.split(|token| *token == ",");
    let mut open = true;
    items
        .take_while(move |item| {
            let goes_on = open;
            open = item.len() <= 3 && item.iter().all(|token| is_name(token) || *token == "AS");
            goes_on
        })
        .filter_map(move |item| item.first().copied().filter(|token| is_name(token)))
}

/// The tables of which a source tells Diesel.
fn declared(text: &str) -> BTreeSet<String> {
    let blocks = text.split("table! {").skip(1);
    blocks.filter_map(|block| tokens(block).next()).map(str::to_owned).collect()
}

/// Sources but for tests, which fill any table that they need.
fn source(path: &Path) -> Option<String> {
    let name = shown(path);
    let is_test = name.contains("/tests/") || name.ends_with("/tests.rs") || name.ends_with("_tests.rs") || name.ends_with("/testbed.rs");
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]\nmod tests {").next().map(str::to_owned);
    code.filter(|_| !is_test)
}

/// Folder of each crate of the server, and the module in the names of its migrations.
fn server_crates() -> Vec<(String, String)> {
    let manifests = files(&root().join("backend"), "Cargo.toml");
    let named = manifests.iter().map(|path| {
        let folder = path.parent().expect("a folder");
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        (shown(folder), name)
    });
    named.collect()
}

/// What each crate works with that is not its own.
fn foreign(owners: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (folder, module) in server_crates() {
        for path in [".rs", ".sql"].iter().flat_map(|ending| files(&root().join(&folder), ending)) {
            let Some(text) = source(&path) else { continue };
            let tables = declared(&text).into_iter().chain(named_by_sql(&text));
            let others = tables.filter(|table| owners.get(table).is_some_and(|owner| *owner != module));
            found.entry(module.clone()).or_default().extend(others);
        }
    }
    found.retain(|_, tables| !tables.is_empty());
    found
}

#[test]
fn a_table_is_worked_with_by_its_owner() {
    let owners = owners();
    let found = foreign(&owners);
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, tables, reason) in EXCEPTIONS {
        assert!(!reason.is_empty(), "{module} needs a reason");
        known
            .entry((*module).to_owned())
            .or_default()
            .extend(tables.iter().map(|table| (*table).to_owned()));
    }
    let beside = |some: &BTreeMap<String, BTreeSet<String>>, others: &BTreeMap<String, BTreeSet<String>>| -> Vec<String> {
        let pairs = some
            .iter()
            .flat_map(|(module, tables)| tables.iter().map(move |table| (module, table)));
        pairs
            .filter(|(module, table)| !others.get(*module).is_some_and(|tables| tables.contains(*table)))
            .map(|(module, table)| {
                format!(
                    "{module}: {table}, which is {}'s",
                    owners.get(table).map_or("nobody", String::as_str)
                )
            })
            .collect()
    };
    assert_eq!(
        beside(&found, &known),
        [""; 0],
        "ask the owner: by a function of its crate, or by a hook of `Module`"
    );
    assert_eq!(beside(&known, &found), [""; 0], "no longer needed: take it out of the exceptions");
}

#[test]
fn tables_are_declared_where_they_are_looked_for() {
    let owners = owners();
    let mut wrong = Vec::new();
    for (folder, module) in server_crates() {
        let sources = files(&root().join(&folder), ".rs").into_iter();
        let sources: Vec<_> = sources.filter_map(|path| source(&path).map(|text| (path, text))).collect();
        // A schema of something else than tables may be open to all.
        if sources.iter().all(|(_, text)| declared(text).is_empty()) {
            continue;
        }
        for (path, text) in sources {
            let own = path.ends_with("schema.rs");
            for table in declared(&text) {
                let is_own = owners.get(&table) == Some(&module);
                if !(own && is_own || path.ends_with("foreign.rs") && !is_own) {
                    wrong.push(format!("{}: {table}", shown(&path)));
                }
            }
            // Whoever can name a table of another crate needs no declaration of their own.
            let doors = [
                "pub mod schema",
                "pub mod foreign",
                "pub use schema",
                "pub use foreign",
                "pub use crate::schema",
            ];
            wrong.extend(
                doors
                    .iter()
                    .filter(|door| text.contains(**door))
                    .map(|door| format!("{}: {door}", shown(&path))),
            );
        }
    }
    assert_eq!(
        wrong, [""; 0],
        "own tables in `schema.rs`, tables of others in `foreign.rs`, and neither for other crates"
    );
}

#[test]
fn modules_declare_the_tables_that_their_migrations_make() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let mut made: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, owner) in owners() {
        made.entry(owner).or_default().insert(table);
    }
    made.remove("framework");
    let claimed = registry.all().iter().filter(|module| !module.tables.is_empty());
    let claimed = claimed.map(|module| {
        (
            module.id.to_owned(),
            module.tables.iter().map(|table| (*table).to_owned()).collect(),
        )
    });
    assert_eq!(claimed.collect::<BTreeMap<String, BTreeSet<String>>>(), made);
}

#[test]
fn tables_are_found_in_sql() {
    let found = |sql: &str| named_by_sql(sql).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("SELECT a FROM carts c JOIN orders o ON true"), "carts orders");
    assert_eq!(found("WITH x AS (DELETE FROM ONLY jobs USING x RETURNING 1) SELECT"), "jobs x");
    assert_eq!(
        found("FROM carts, orders AS o, users u, unnest(a) SELECT b, stores"),
        "carts orders unnest users"
    );
    assert_eq!(found("\"INSERT INTO \\\n   carts (a, b)\" FOR UPDATE SKIP LOCKED"), "carts");
    assert_eq!(found("is_long(tx, \"orders WHERE number IS NOT NULL\")"), "orders");
    assert_eq!(found("// FROM carts\nlet orders = 1; TRUNCATE jobs, users"), "jobs users");
    assert_eq!(
        declared("diesel::table! {\n    carts (store_id, id) {"),
        BTreeSet::from(["carts".to_owned()])
    );
}
