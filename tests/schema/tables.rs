//! Keys, foreign keys, unique indexes and policies of every table.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use orion_tests::TestDatabase;

/// Tables whose rows belong to one platform each: its administrators write them, the stores on it read them.
const OWNED_BY_PLATFORMS: &[&str] = &["platform_sidebars"];

/// Tables without `store_id`: what belongs to the installation, not to a store and not to a platform alone.
const PLATFORM_TABLES: &[&str] = &[
    "__diesel_schema_migrations",
    "acme_accounts",
    "acme_challenges",
    "admin_invitations",
    "admin_roles",
    "passkey_challenges",
    "periodic_runs",
    "platform_modules",
    "platforms",
    "sign_up_policies",
    "sign_ups",
    "stores",
    "user_email_links",
    "user_challenges",
    "user_passkeys",
    "user_password_links",
    "user_recovery_codes",
    "user_second_factors",
    "user_sessions",
    "users",
];

/// What the platform and the stores share: the nil store id stands for the platform, which has no row in `stores`.
const SHARED_LEDGERS: &[&str] = &[
    "audit_chain",
    "audit_log",
    "certificates",
    "idempotency_keys",
    "jobs",
    "mail_messages",
    "outbox_events",
];

/// Written by triggers of a table that hangs on its store, and by no statement of ours: a key of their own would be looked up for every row. The
/// policy keeps what the runtime role writes there in its store all the same.
const KEPT_BY_TRIGGERS: &[&str] = &["product_words"];

/// Unique across stores on purpose: a host and a platform's label can lead to one store only.
const GLOBAL_UNIQUES: &[&str] = &["store_domains_active_host", "store_subdomains_label"];

#[derive(QueryableByName, Debug)]
struct Finding {
    #[diesel(sql_type = Text)]
    name: String,
}

fn findings(sql: &str, allowed: &[&str]) -> Vec<String> {
    let database = TestDatabase::create();
    let rows: Vec<Finding> = diesel::sql_query(sql)
        .bind::<Array<Text>, _>(allowed)
        .load(&mut database.owner())
        .expect("the catalogue answers");
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn every_table_has_a_store_or_is_known_to_be_the_platforms() {
    let found = findings(
        "SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
         AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'store_id' AND a.attnotnull) \
         AND NOT c.relname = ANY($1) ORDER BY 1",
        &[PLATFORM_TABLES, OWNED_BY_PLATFORMS].concat(),
    );
    assert_eq!(found, [] as [&str; 0], "tables without store_id that nobody has excused");
}

#[test]
fn every_store_table_has_forced_row_level_security_with_both_clauses() {
    let found = findings(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY($1) \
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname \
           AND p.roles = '{orion_app}' AND p.qual = '(store_id = current_store())' AND p.with_check = '(store_id = current_store())')) ORDER BY 1",
        &[],
    );
    assert_eq!(found, [] as [&str; 0], "tables that are open to other stores");
}

#[test]
fn no_policy_of_the_app_role_looks_past_its_store() {
    let found = findings(
        "SELECT p.tablename || '.' || p.policyname AS name FROM pg_policies p WHERE ('orion_app' = ANY(p.roles) OR 'public' = ANY(p.roles)) \
         AND NOT (p.tablename = ANY($1) AND p.cmd = 'SELECT' AND p.qual = '(platform_id = platform_of_store())') EXCEPT \
         SELECT p.tablename || '.' || p.policyname FROM pg_policies p WHERE p.qual IN ('(store_id = current_store())', '(id = current_store())') \
         AND p.with_check = p.qual",
        OWNED_BY_PLATFORMS,
    );
    assert_eq!(found, [] as [&str; 0], "policies that let the app role see more than its store");
}

#[test]
fn primary_keys_of_store_tables_lead_with_the_store() {
    let found = findings(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY($1) \
         AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indkey[0] = a.attnum) ORDER BY 1",
        &[],
    );
    assert_eq!(found, [] as [&str; 0], "tables whose primary key does not start with store_id");
}

#[test]
fn unique_indexes_of_store_tables_lead_with_the_store() {
    let found = findings(
        "SELECT ic.relname::text AS name FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid \
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'store_id' JOIN pg_class c ON c.oid = i.indrelid \
         WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indkey[0] <> a.attnum AND NOT ic.relname = ANY($1) ORDER BY 1",
        GLOBAL_UNIQUES,
    );
    assert_eq!(found, [] as [&str; 0], "unique indexes that tell one store about another");
}

#[test]
fn foreign_keys_between_store_tables_carry_the_store() {
    let found = findings(
        "SELECT k.conname::text AS name FROM pg_constraint k \
         JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attname = 'store_id' \
         JOIN pg_attribute there ON there.attrelid = k.confrelid AND there.attname = 'store_id' \
         WHERE k.contype = 'f' AND NOT (k.conkey[1] = here.attnum AND k.confkey[1] = there.attnum) AND NOT k.conname = ANY($1) ORDER BY 1",
        &[],
    );
    assert_eq!(
        found,
        [] as [&str; 0],
        "foreign keys through which a row can point into another store"
    );
}

#[test]
fn tables_of_platforms_are_those_that_say_so() {
    let found = findings(
        "SELECT DISTINCT p.tablename::text AS name FROM pg_policies p WHERE p.qual = '(platform_id = current_platform())' AND NOT p.tablename = ANY($1) ORDER BY 1",
        &[],
    );
    assert_eq!(
        found, OWNED_BY_PLATFORMS,
        "a table of platforms is named here, and closed by orion_platform_table()"
    );
}

#[test]
fn tables_of_platforms_are_closed_to_other_platforms_and_written_by_administrators_alone() {
    let found = findings(
        "SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) AND NOT ( \
           c.relrowsecurity AND c.relforcerowsecurity \
           AND (SELECT array_agg(p.roles::text || p.cmd || p.qual || coalesce(p.with_check, '') ORDER BY p.policyname) FROM pg_policies p WHERE p.tablename = c.relname) = ARRAY[ \
             '{orion_platform}ALL(platform_id = current_platform())(platform_id = current_platform())', '{orion_app}SELECT(platform_id = platform_of_store())'] \
           AND NOT has_table_privilege('orion_app', c.oid, 'INSERT') AND NOT has_table_privilege('orion_app', c.oid, 'UPDATE') \
           AND NOT has_table_privilege('orion_app', c.oid, 'DELETE') AND NOT has_table_privilege('orion_app', c.oid, 'TRUNCATE') \
           AND NOT has_table_privilege('orion_platform', c.oid, 'TRUNCATE')) ORDER BY 1",
        OWNED_BY_PLATFORMS,
    );
    assert_eq!(found, [] as [&str; 0], "tables that are open to other platforms, or to stores");
}

#[test]
fn keys_and_unique_indexes_of_tables_of_platforms_lead_with_the_platform() {
    let found = findings(
        "SELECT c.relname::text AS name FROM pg_class c \
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'platform_id' AND a.attnotnull \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) AND (a.attnum IS NULL \
           OR NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) \
           OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indkey[0] <> a.attnum) \
           OR NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid = 'platforms'::regclass \
             AND k.conkey = ARRAY[a.attnum])) ORDER BY 1",
        OWNED_BY_PLATFORMS,
    );
    assert_eq!(
        found,
        [] as [&str; 0],
        "tables that tell one platform about another, or hang on none"
    );
}

#[test]
fn foreign_keys_between_tables_of_platforms_carry_the_platform() {
    let found = findings(
        "SELECT k.conname::text AS name FROM pg_constraint k JOIN pg_class here ON here.oid = k.conrelid JOIN pg_class there ON there.oid = k.confrelid \
         JOIN pg_attribute a ON a.attrelid = here.oid AND a.attname = 'platform_id' JOIN pg_attribute b ON b.attrelid = there.oid AND b.attname = 'platform_id' \
         WHERE k.contype = 'f' AND here.relname = ANY($1) AND there.relname = ANY($1) AND NOT (k.conkey[1] = a.attnum AND k.confkey[1] = b.attnum) ORDER BY 1",
        OWNED_BY_PLATFORMS,
    );
    assert_eq!(
        found,
        [] as [&str; 0],
        "foreign keys through which a row can point into another platform"
    );
}

#[test]
fn every_foreign_key_has_an_index_that_begins_with_its_columns() {
    // Without one, a row that goes is looked for in the whole table of those that may point to it, under its lock.
    let found = findings(
        "SELECT k.conrelid::regclass || ' ' || k.conname AS name FROM pg_constraint k \
         WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT k.conname = ANY($1) AND NOT EXISTS ( \
           SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisvalid \
           AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey \
           AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) IN ( \
             SELECT format('(%I IS NOT NULL)', a.attname) FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)))) \
         ORDER BY 1",
        &[],
    );
    assert_eq!(found, [] as [&str; 0], "foreign keys that are looked for row by row");
}

#[test]
fn every_store_table_hangs_on_its_store() {
    let found = findings(
        "WITH RECURSIVE rooted(oid) AS (SELECT 'stores'::regclass::oid UNION SELECT k.conrelid FROM pg_constraint k JOIN rooted r ON r.oid = k.confrelid \
           WHERE k.contype = 'f') \
         SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY($1) \
         AND c.oid NOT IN (SELECT oid FROM rooted) ORDER BY 1",
        &[SHARED_LEDGERS, KEPT_BY_TRIGGERS].concat(),
    );
    assert_eq!(found, [] as [&str; 0], "tables whose rows can belong to a store that is not there");
}

#[test]
fn runtime_roles_own_nothing_and_cannot_pass_the_walls() {
    let found = findings(
        "SELECT r.rolname::text AS name FROM pg_roles r WHERE r.rolname IN ('orion_app', 'orion_platform') \
         AND (r.rolsuper OR r.rolbypassrls OR r.rolcreatedb OR r.rolcreaterole OR NOT r.rolname <> ALL($1) \
           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))",
        &[],
    );
    assert_eq!(found, [] as [&str; 0], "runtime roles with more than they need");
}

#[test]
fn ledgers_refuse_to_be_changed_by_anybody() {
    let database = TestDatabase::create();
    let mut owner = database.owner();
    for table in [
        "audit_chain",
        "audit_log",
        "inventory_movements",
        "order_status_history",
        "payment_ledger",
    ] {
        let guarded: bool = diesel::select(diesel::dsl::sql::<Bool>(&format!(
            "EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgname = '{table}_append_only' AND tgenabled = 'O') \
             AND NOT has_table_privilege('orion_app', '{table}', 'UPDATE') AND NOT has_table_privilege('orion_app', '{table}', 'DELETE') \
             AND NOT has_table_privilege('orion_platform', '{table}', 'UPDATE')"
        )))
        .get_result(&mut owner)
        .expect("the catalogue answers");
        assert!(guarded, "{table} can be rewritten");
    }
}

#[test]
fn no_two_migrations_have_the_same_number() {
    // diesel goes by the number alone: the second of two would never run, and nothing would say so.
    let names = orion_framework::db::migrate::all().expect("the migrations are readable");
    let numbers: std::collections::BTreeSet<&str> = names.iter().filter_map(|name| name.split('_').next()).collect();
    assert_eq!(numbers.len(), names.len(), "{names:?}");
}

#[test]
fn what_a_column_may_hold_is_said_by_its_domain() {
    let found = findings(
        "SELECT c.relname || '.' || a.attname || ' ' || t.typname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
         JOIN pg_type t ON t.oid = a.atttypid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND t.typtype = 'd' \
         AND NOT c.relname = ANY($1) ORDER BY 1",
        &[],
    );
    insta::assert_debug_snapshot!(found);
}

#[test]
fn the_chain_of_the_audit_log_covers_every_column_of_it() {
    let columns = findings(
        "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'audit_log'::regclass AND attnum > 0 AND NOT attisdropped \
         AND NOT attname = ANY($1) ORDER BY 1",
        &[],
    );
    let covered = [
        "action",
        "actor_id",
        "actor_kind",
        "actor_label",
        "changes",
        "created_at",
        "entity",
        "entity_id",
        "id",
        "impersonation_id",
        "ip",
        "request_id",
        "store_id",
    ];
    // Whoever adds a column adds it to `framework/src/audit_chain/entry.rs` as well, and to the unit test there: what is not covered can be changed unseen.
    assert_eq!(columns, covered);
}
