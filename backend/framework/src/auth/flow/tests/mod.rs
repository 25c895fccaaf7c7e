mod customers;
mod users;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orion_types::auth::{ChangePassword, LoginRequest};
use orion_types::{CustomerId, UserId};
use uuid::Uuid;

use super::*;
use crate::auth::{CustomerSessions, GRACE_SECONDS, Passwords, SessionTable, UserArea, UserSessions};
use crate::db::{Actor, DbError, RequestMeta};
use crate::gate::{CustomerIdentity, UserIdentity};
use crate::worker::testbed::{ACME, GLOBEX, Testbed};

const OWNER: Uuid = Uuid::from_u128(2);
const EMAIL: &str = "owner@acme.test";
const PASSWORD: &str = "correct horse battery staple";
const IP: &str = "10.0.0.1";

/// A server whose owner and whose customers of both stores have passwords.
async fn bed() -> Testbed {
    let bed = Testbed::new(&[]);
    let hash = bed.backend.passwords.hash(PASSWORD).await.unwrap();
    bed.owner(&format!("UPDATE users SET password_hash = '{hash}'"));
    for (store, password) in [(ACME, PASSWORD), (GLOBEX, "another password entirely")] {
        let hash = bed.backend.passwords.hash(password).await.unwrap();
        bed.owner(&format!(
            "INSERT INTO customers (store_id, id, email, name, password_hash, created_at, updated_at) \
             VALUES ('{store}', '{store}', 'jo@example.test', 'Jo', '{hash}', now(), now())"
        ));
    }
    bed
}

fn login(email: &str, password: &str) -> LoginRequest {
    LoginRequest {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

async fn enter(bed: &Testbed, area: UserArea, email: &str, password: &str) -> Result<Signed, AuthError> {
    sign_in_user(bed.backend.accounts(), &bed.request(IP), area, login(email, password)).await
}

async fn shop(bed: &Testbed, store: Uuid, password: &str) -> Result<Signed, AuthError> {
    let store = bed.store(store).await;
    sign_in_customer(
        bed.backend.accounts(),
        &bed.request(IP),
        &store,
        login("jo@example.test", password),
        None,
    )
    .await
}

fn cookie(signed: &Signed) -> Option<String> {
    Some(signed.refresh_cookie.value().to_owned())
}

fn refused<T: std::fmt::Debug>(result: Result<T, AuthError>) -> bool {
    matches!(result, Err(AuthError::InvalidCredentials))
}

fn ended<T: std::fmt::Debug>(result: Result<T, AuthError>) -> bool {
    matches!(result, Err(AuthError::SessionEnded))
}

/// Changes a password while somebody signs in with the old one: after it was read and before the session begins.
async fn meanwhile<T>(bed: &Testbed, table: &str, sign_in: impl Future<Output = T>) -> T {
    let mut other = bed.connect();
    other
        .batch_execute(&format!("BEGIN; UPDATE {table} SET password_hash = 'another'"))
        .unwrap();
    let (done, has_ended) = std::sync::mpsc::channel::<()>();
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let mut look = bed.connect();
    let change = tokio::task::spawn_blocking(move || {
        let waits = |look: &mut PgConnection| {
            let count = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({waiting})"));
            diesel::select(count).get_result::<i64>(look).unwrap()
        };
        // Until it waits for the row, or has not waited at all.
        while waits(&mut look) == 0 && has_ended.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {}
        other.batch_execute("COMMIT").unwrap();
    });
    let answer = sign_in.await;
    drop(done);
    change.await.unwrap();
    answer
}
