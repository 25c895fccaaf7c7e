use actix_web::test::TestRequest;

use super::*;
use crate::worker::testbed::{ACME, GLOBEX, Testbed};

fn request(value: &[u8]) -> HttpRequest {
    let value = actix_web::http::header::HeaderValue::from_bytes(value).unwrap();
    TestRequest::default().insert_header((HEADER, value)).to_http_request()
}

#[test]
fn a_key_is_up_to_255_printable_characters() {
    assert_eq!(required_key(&request(b"order-7")).unwrap(), "order-7");
    assert_eq!(required_key(&request(&[b'x'; 255])).unwrap().len(), 255);
    assert!(matches!(required_key(&request(&[b'x'; 256])), Err(IdempotencyError::Invalid)));
    for unusable in [&b""[..], b"   ", b"a\tb", "caf\u{e9}".as_bytes()] {
        assert!(
            matches!(required_key(&request(unusable)), Err(IdempotencyError::Invalid)),
            "{unusable:?}"
        );
    }
}

#[test]
fn a_missing_key_is_named_in_the_problem() {
    let error = required_key(&TestRequest::default().to_http_request()).unwrap_err();
    let problem = error.problem();
    assert_eq!(
        (problem.kind.status, problem.kind.code),
        (400, "framework.idempotency_key_required")
    );
    assert_eq!(problem.errors[0].place(), "Idempotency-Key");
}

fn row(resource_id: Option<Uuid>, response_status: Option<i16>) -> Row {
    Row {
        fingerprint: vec![1; 32],
        resource_id,
        response_status,
        response_body: Some(b"{}".to_vec()),
    }
}

#[test]
fn a_retry_gets_the_first_answer_or_carries_on() {
    let order = Uuid::from_u128(7);
    assert_eq!(
        judge(row(Some(order), Some(201)), &[1; 32]).unwrap(),
        Begun::Replay {
            status: 201,
            body: b"{}".to_vec()
        }
    );
    assert_eq!(
        judge(row(Some(order), None), &[1; 32]).unwrap(),
        Begun::Resume { resource_id: order }
    );
    assert_eq!(judge(row(None, None), &[1; 32]).unwrap(), Begun::New);
}

#[test]
fn the_same_key_for_another_request_is_refused() {
    assert!(matches!(judge(row(None, Some(201)), &[2; 32]), Err(IdempotencyError::Mismatch)));
    assert_ne!(fingerprint(&("cart", 1)), fingerprint(&("cart", 2)));
}

fn scope(principal: &str, key: &str) -> IdempotencyScope {
    IdempotencyScope::new(principal, "place_order", key)
}

async fn start(bed: &Testbed, store: Uuid, principal: &'static str, fingerprint: [u8; 32]) -> Result<Begun, IdempotencyError> {
    bed.tx(store, move |tx| {
        tx.no_audit("a test");
        begin(tx, &scope(principal, "k"), &fingerprint)
    })
    .await
}

async fn write(bed: &Testbed, work: fn(&mut StoreTx, &IdempotencyScope) -> Result<(), IdempotencyError>) {
    bed.tx(ACME, move |tx| {
        tx.no_audit("a test");
        work(tx, &scope("jo", "k"))
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_request_is_new_then_resumed_then_replayed() {
    let bed = Testbed::new(&[]);
    assert_eq!(start(&bed, ACME, "jo", [1; 32]).await.unwrap(), Begun::New);
    write(&bed, |tx, scope| attach(tx, scope, Uuid::from_u128(7))).await;
    assert_eq!(
        start(&bed, ACME, "jo", [1; 32]).await.unwrap(),
        Begun::Resume {
            resource_id: Uuid::from_u128(7)
        }
    );
    write(&bed, |tx, scope| {
        finish(tx, scope, 201, b"{\"id\":7}");
        Ok(())
    })
    .await;
    let replay = Begun::Replay {
        status: 201,
        body: b"{\"id\":7}".to_vec(),
    };
    assert_eq!(start(&bed, ACME, "jo", [1; 32]).await.unwrap(), replay);
    assert!(matches!(start(&bed, ACME, "jo", [2; 32]).await, Err(IdempotencyError::Mismatch)));
}

#[tokio::test]
async fn the_key_of_another_person_or_store_is_another_key() {
    let bed = Testbed::new(&[]);
    for (store, principal) in [(ACME, "jo"), (ACME, "bo"), (GLOBEX, "jo")] {
        assert_eq!(start(&bed, store, principal, [1; 32]).await.unwrap(), Begun::New);
    }
}

#[tokio::test]
async fn a_request_that_failed_leaves_the_key_free() {
    let bed = Testbed::new(&[]);
    let failed = bed.tx(ACME, |tx| {
        begin(tx, &scope("jo", "k"), &[1; 32])?;
        Err::<(), _>(IdempotencyError::Db(DbError::NotFound))
    });
    assert!(failed.await.is_err());
    assert_eq!(start(&bed, ACME, "jo", [2; 32]).await.unwrap(), Begun::New);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let bed = Testbed::new(&[]);
    start(&bed, ACME, "jo", [1; 32]).await.unwrap();
    bed.wait(86_400);
    assert!(matches!(start(&bed, ACME, "jo", [2; 32]).await, Err(IdempotencyError::Mismatch)));
    bed.wait(1);
    assert_eq!(start(&bed, ACME, "jo", [2; 32]).await.unwrap(), Begun::New);
}

#[tokio::test]
async fn a_second_request_waits_for_the_first_and_gets_its_answer() {
    let bed = Testbed::new(&[]);
    let (began, has_begun) = tokio::sync::oneshot::channel();
    let (finish_now, may_finish) = std::sync::mpsc::channel();
    let first = bed.tx(ACME, move |tx| {
        tx.no_audit("a test");
        let begun = begin(tx, &scope("jo", "k"), &[1; 32])?;
        began.send(()).unwrap();
        may_finish.recv().unwrap();
        finish(tx, &scope("jo", "k"), 201, b"first");
        Ok::<_, IdempotencyError>(begun)
    });
    let second = async {
        has_begun.await.unwrap();
        let second = start(&bed, ACME, "jo", [1; 32]);
        tokio::pin!(second);
        // The second request is on its way to the database before the first may end; either order must give one effect.
        let polled = futures_util::poll!(second.as_mut());
        assert!(polled.is_pending());
        finish_now.send(()).unwrap();
        second.await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap(), Begun::New);
    assert_eq!(
        second.unwrap(),
        Begun::Replay {
            status: 201,
            body: b"first".to_vec()
        }
    );
}
