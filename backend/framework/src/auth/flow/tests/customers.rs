use super::*;

#[tokio::test]
async fn the_same_address_is_another_customer_in_another_store() {
    let bed = bed().await;
    assert!(refused(shop(&bed, GLOBEX, PASSWORD).await));
    let signed = shop(&bed, ACME, PASSWORD).await.unwrap();
    let claims = bed
        .backend
        .tokens
        .verify(&signed.access.access_token, Audience::Storefront)
        .unwrap();
    assert_eq!((claims.sub, claims.store), (ACME, Some(ACME)));
    let (acme, globex) = (bed.store(ACME).await, bed.store(GLOBEX).await);
    let request = bed.request(IP);
    assert!(
        ended(refresh_customer(bed.backend.accounts(), &request, &globex, cookie(&signed)).await),
        "a session of one store is none in another"
    );
    let proof = || SignOut {
        cookie: cookie(&signed),
        bearer: Some(signed.access.access_token.clone()),
    };
    sign_out_customer(bed.backend.accounts(), &request, &globex, proof()).await.unwrap();
    assert!(
        refresh_customer(bed.backend.accounts(), &request, &acme, cookie(&signed))
            .await
            .is_ok(),
        "and cannot be ended from there"
    );
    sign_out_customer(
        bed.backend.accounts(),
        &request,
        &acme,
        SignOut {
            bearer: Some(signed.access.access_token.clone()),
            cookie: None,
        },
    )
    .await
    .unwrap();
    assert!(ended(
        refresh_customer(bed.backend.accounts(), &request, &acme, cookie(&signed)).await
    ));
    assert!(
        refused(enter(&bed, UserArea::Store, "jo@example.test", PASSWORD).await),
        "a customer is no member of staff"
    );
}

#[tokio::test]
async fn a_guest_who_never_registered_cannot_sign_in() {
    let bed = bed().await;
    bed.owner("UPDATE customers SET password_hash = NULL");
    for password in ["", PASSWORD] {
        assert!(refused(shop(&bed, ACME, password).await));
    }
    bed.owner("UPDATE customers SET active = false");
    assert!(refused(shop(&bed, GLOBEX, "another password entirely").await));
}

#[tokio::test]
async fn a_customer_changes_the_password_of_one_store() {
    let bed = bed().await;
    let (acme, request) = (bed.store(ACME).await, bed.request(IP));
    let (current, other) = (shop(&bed, ACME, PASSWORD).await.unwrap(), shop(&bed, ACME, PASSWORD).await.unwrap());
    let claims = bed
        .backend
        .tokens
        .verify(&current.access.access_token, Audience::Storefront)
        .unwrap();
    let customer = CustomerIdentity {
        id: CustomerId(ACME),
        session_id: SessionId(claims.sid),
        name: "Jo".to_owned(),
        email: "jo@example.test".to_owned(),
    };
    let change = ChangePassword {
        one_time_code: String::new(),
        current_password: PASSWORD.to_owned(),
        new_password: "a much better password".to_owned(),
    };
    change_customer_password(bed.backend.accounts(), &request, &acme, &customer, change)
        .await
        .unwrap();
    assert!(refused(shop(&bed, ACME, PASSWORD).await));
    assert!(shop(&bed, GLOBEX, "another password entirely").await.is_ok());
    assert!(ended(
        refresh_customer(bed.backend.accounts(), &request, &acme, cookie(&other)).await
    ));
    assert!(
        refresh_customer(bed.backend.accounts(), &request, &acme, cookie(&current))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_password_that_was_chosen_meanwhile_is_not_replaced_by_who_knew_the_one_before() {
    let bed = bed().await;
    let signed = shop(&bed, ACME, PASSWORD).await.unwrap();
    let claims = bed
        .backend
        .tokens
        .verify(&signed.access.access_token, Audience::Storefront)
        .unwrap();
    let customer = CustomerIdentity {
        id: CustomerId(ACME),
        session_id: SessionId(claims.sid),
        name: "Jo".to_owned(),
        email: "jo@example.test".to_owned(),
    };
    let change = ChangePassword {
        one_time_code: String::new(),
        current_password: PASSWORD.to_owned(),
        new_password: "a much better password".to_owned(),
    };
    let (acme, request) = (bed.store(ACME).await, bed.request(IP));
    let changing = change_customer_password(bed.backend.accounts(), &request, &acme, &customer, change);
    let answer = meanwhile(&bed, "customers", changing).await;
    assert!(matches!(answer, Err(AuthError::WrongPassword)), "{answer:?}");
}

#[tokio::test]
async fn old_sessions_are_forgotten_when_their_owner_comes_back() {
    let bed = bed().await;
    shop(&bed, ACME, PASSWORD).await.unwrap();
    bed.wait(61 * 86_400);
    shop(&bed, ACME, PASSWORD).await.unwrap();
    assert_eq!(bed.count("SELECT count(*) FROM customer_sessions"), 1);
    let list = |tx: &mut crate::db::StoreTx| crate::auth::list(&mut CustomerSessions::new(tx), ACME, SessionId(Uuid::nil()));
    assert_eq!(bed.tx(ACME, list).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_old_password_opens_nothing_once_it_was_changed_while_it_was_checked() {
    let bed = bed().await;
    assert!(refused(meanwhile(&bed, "customers", shop(&bed, ACME, PASSWORD)).await));
    assert_eq!(bed.count("SELECT count(*) FROM customer_sessions"), 0);
}
