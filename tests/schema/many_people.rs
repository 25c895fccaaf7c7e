//! Plans of the administration's list of people where there are 200,000, as PostgreSQL makes them for the server's own role.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use orion_tests::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

const PLATFORM: &str = "00000000-0000-0000-0000-0000000000f2";

/// 200,000 people who own a store each, a thousand of them on another platform; one in 10,000 is switched off, ten are administrators, one in a hundred has
/// no second factor.
const ROWS: &str = "SET session_replication_role = replica;
    INSERT INTO users (id, email, name, password_hash, active, created_at, updated_at)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'p' || n || '@example.com', 'Ada N' || n, 'x', n % 10000 <> 0, now(), now()
    FROM generate_series(1, 200000) AS n;
    INSERT INTO stores (id, platform_id, code, subdomain, name, currency, owner_user_id, created_at, updated_at)
    SELECT id, CASE WHEN right(email, 15) LIKE '%00@example.com' AND email LIKE 'p1____0%' THEN '00000000-0000-0000-0000-0000000000f2'::uuid
        ELSE '00000000-0000-0000-0000-0000000000f1' END, split_part(email, '@', 1) || 'xx', split_part(email, '@', 1) || 'xx', name, 'EUR', id, now(), now()
    FROM users;
    INSERT INTO memberships (store_id, id, user_id, role, created_at, updated_at) SELECT id, id, id, 'owner', now(), now() FROM users;
    INSERT INTO admin_roles (id, user_id, role, platform_id, created_at)
    SELECT id, id, 'platform_admin', '00000000-0000-0000-0000-0000000000f1', now() FROM users ORDER BY id LIMIT 10;
    INSERT INTO user_second_factors (user_id, secret, confirmed_at, created_at) SELECT id, '\\x00', now(), now() FROM users WHERE id::text NOT LIKE '%00';
    SET session_replication_role = origin;
    ANALYZE users, stores, memberships, admin_roles, user_second_factors, user_passkeys";

fn plan(conn: &mut PgConnection, sql: &str) -> String {
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {sql}")).load(conn).expect("a plan");
    lines.into_iter().map(|line| line.line + "\n").collect()
}

#[test]
fn the_list_of_people_reads_no_more_than_it_shows() {
    let database = TestDatabase::create();
    database.owner().batch_execute(ROWS).expect("the rows");
    let mut platform = database.as_role("orion_platform");
    let people = |narrowed: &str| format!("SELECT * FROM users WHERE deleted_at IS NULL{narrowed} ORDER BY id DESC LIMIT 21");
    let begins = " AND id = ANY(ARRAY(SELECT u.id FROM users u WHERE u.deleted_at IS NULL AND (starts_with(u.email COLLATE \"C\", 'p1234') \
                  OR starts_with(lower(u.name) COLLATE \"C\", 'p1234') OR starts_with(lower(split_part(u.name, ' ', -1)) COLLATE \"C\", 'p1234'))))";
    let administrators = " AND EXISTS (SELECT FROM admin_roles a WHERE a.user_id = users.id)";
    let belongs = format!(
        " AND users.id IN (SELECT m.user_id FROM memberships m JOIN stores s ON s.id = m.store_id \
         WHERE m.deleted_at IS NULL AND s.deleted_at IS NULL AND s.platform_id = ANY('{{{PLATFORM}}}') \
         UNION ALL SELECT a.user_id FROM admin_roles a WHERE a.platform_id = ANY('{{{PLATFORM}}}'))"
    );
    let without_factor = " AND NOT (EXISTS (SELECT FROM user_second_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL) \
                          OR EXISTS (SELECT FROM user_passkeys k WHERE k.user_id = users.id))";
    for (indexes, sql) in [
        (vec!["users_pkey"], people("")),
        (vec!["users_pkey"], people(" AND active")),
        (vec!["users_disabled"], people(" AND NOT active")),
        (vec!["users_by_email", "users_by_name", "users_by_last_name"], people(begins)),
        (vec!["users_pkey"], people(administrators)),
        (vec!["users_pkey"], people(&belongs)),
        (vec!["users_pkey"], people(without_factor)),
    ] {
        let plan = plan(&mut platform, &sql);
        assert!(
            indexes.iter().all(|index| plan.contains(index)) && !plan.contains("Seq Scan on users"),
            "{sql} runs without {indexes:?} as\n{plan}"
        );
    }
}
