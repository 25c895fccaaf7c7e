use super::*;

#[tokio::test]
async fn a_member_signs_in_and_the_device_is_listed() {
    let bed = bed().await;
    let signed = enter(&bed, UserArea::Store, " Owner@ACME.test ", PASSWORD).await.unwrap();
    let claims = bed.backend.tokens.verify(&signed.access.access_token, Audience::Store).unwrap();
    assert_eq!((claims.sub, claims.store), (OWNER, None));
    assert_eq!(
        bed.text("SELECT area || ' ' || ip || ' ' || user_agent FROM user_sessions"),
        "store 10.0.0.1 a browser"
    );
    assert_eq!(
        bed.text("SELECT action || ' ' || actor_label FROM audit_log"),
        "user.signed_in owner@acme.test"
    );
    assert_eq!(signed.refresh_cookie.max_age().unwrap().whole_days(), 7);
}

#[tokio::test]
async fn unknown_wrong_and_inactive_are_one_answer() {
    let bed = bed().await;
    assert!(refused(enter(&bed, UserArea::Store, "nobody@acme.test", PASSWORD).await));
    assert!(refused(enter(&bed, UserArea::Store, EMAIL, "wrong password").await));
    bed.owner("UPDATE users SET active = false");
    assert!(refused(enter(&bed, UserArea::Store, EMAIL, PASSWORD).await));
    bed.owner("UPDATE users SET active = true, deleted_at = now()");
    assert!(refused(enter(&bed, UserArea::Store, EMAIL, PASSWORD).await));
    assert_eq!(bed.count("SELECT count(*) FROM user_sessions"), 0);
    assert_eq!(
        bed.count("SELECT count(*) FROM audit_log WHERE action = 'user.sign_in_failed' AND changes::text NOT LIKE '%password%'"),
        4
    );
}

#[tokio::test]
async fn the_admin_area_is_for_administrators() {
    let bed = bed().await;
    assert!(refused(enter(&bed, UserArea::Admin, EMAIL, PASSWORD).await));
    bed.owner("INSERT INTO admin_roles (id, user_id, role, created_at) SELECT id, id, 'super_admin', now() FROM users");
    let signed = enter(&bed, UserArea::Admin, EMAIL, PASSWORD).await.unwrap();
    assert!(bed.backend.tokens.verify(&signed.access.access_token, Audience::Store).is_err());
    assert!(
        ended(refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie(&signed)).await),
        "a cookie opens its own area only"
    );
    bed.owner("DELETE FROM admin_roles");
    assert!(ended(
        refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Admin, cookie(&signed)).await
    ));
}

#[tokio::test]
async fn guessing_is_braked_and_the_owner_gets_in_from_elsewhere() {
    let bed = bed().await;
    for _ in 0..5 {
        assert!(refused(enter(&bed, UserArea::Store, EMAIL, "a guess").await));
    }
    assert!(matches!(
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await,
        Err(AuthError::TooManyAttempts { retry_after: 1 })
    ));
    assert!(
        sign_in_user(
            bed.backend.accounts(),
            &bed.request("10.0.0.2"),
            UserArea::Store,
            login(EMAIL, PASSWORD)
        )
        .await
        .is_ok()
    );
    bed.wait(1);
    assert!(enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn signing_in_renews_a_hash_that_was_made_with_less_effort() {
    let mut bed = bed().await;
    let before = bed.text("SELECT password_hash FROM users");
    std::sync::Arc::get_mut(&mut bed.backend).unwrap().services_mut().passwords =
        Passwords::new(5, "the pepper of the tests".to_owned().into());
    enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    shop(&bed, ACME, PASSWORD).await.unwrap();
    let after = bed.text("SELECT password_hash FROM users");
    assert!(before.starts_with("$2b$04$") && after.starts_with("$2b$05$"));
    assert_eq!(bed.count("SELECT count(*) FROM customers WHERE password_hash LIKE '$2b$05$%'"), 1);
    enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(bed.text("SELECT password_hash FROM users"), after);
}

#[tokio::test]
async fn a_session_goes_on_and_two_tabs_share_it() {
    let bed = bed().await;
    let signed = enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    let refresh = async |cookie: Option<String>| refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie).await;
    let first = refresh(cookie(&signed)).await.unwrap();
    let second_tab = refresh(cookie(&signed)).await.unwrap();
    assert!(first.refresh_cookie.is_some() && second_tab.refresh_cookie.is_none());
    let claims = bed.backend.tokens.verify(&second_tab.access.access_token, Audience::Store).unwrap();
    assert_eq!(claims.sid.to_string(), bed.text("SELECT id::text FROM user_sessions"));
    let next = first.refresh_cookie.map(|cookie| cookie.value().to_owned());
    assert!(refresh(next.clone()).await.is_ok());
    bed.wait(GRACE_SECONDS);
    assert!(ended(refresh(next).await));
    assert_eq!(
        bed.count("SELECT count(*) FROM user_sessions WHERE revoked_at IS NULL"),
        0,
        "the copy has ended the session"
    );
    assert_eq!(bed.count("SELECT count(*) FROM audit_log WHERE action = 'user.session_reused'"), 1);
    for nothing in [None, Some(String::new()), Some("garbage".to_owned())] {
        assert!(ended(refresh(nothing).await));
    }
}

#[tokio::test]
async fn who_was_locked_out_cannot_prolong() {
    let bed = bed().await;
    let signed = enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    bed.owner("UPDATE users SET active = false");
    assert!(ended(
        refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie(&signed)).await
    ));
    assert_eq!(bed.count("SELECT count(*) FROM user_sessions WHERE revoked_at IS NULL"), 0);
}

#[tokio::test]
async fn signing_out_ends_the_session_by_either_proof() {
    let bed = bed().await;
    let out = async |proof: SignOut| {
        sign_out_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, proof)
            .await
            .unwrap()
    };
    let live = || bed.count("SELECT count(*) FROM user_sessions WHERE revoked_at IS NULL");
    let (first, second) = (
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap(),
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap(),
    );
    let cleared = out(SignOut {
        cookie: cookie(&first),
        bearer: None,
    })
    .await;
    assert_eq!((cleared.name(), cleared.value(), live()), ("orion_store", "", 1));
    assert!(ended(
        refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie(&first)).await
    ));
    out(SignOut {
        cookie: None,
        bearer: Some(second.access.access_token),
    })
    .await;
    assert_eq!(live(), 0);
    out(SignOut::default()).await;
    assert_eq!(bed.count("SELECT count(*) FROM audit_log WHERE action = 'user.signed_out'"), 2);
}

#[tokio::test]
async fn one_ends_ones_other_sessions_but_nobody_elses() {
    let bed = bed().await;
    for _ in 0..3 {
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    }
    let work = |tx: &mut crate::db::PlatformTx| {
        tx.no_audit("a test");
        let mut sessions = UserSessions::new(tx, UserArea::Store);
        let all = crate::auth::list(&mut sessions, OWNER, SessionId(Uuid::nil()))?;
        assert!(!sessions.revoke(Uuid::from_u128(99), all[0].id)?);
        assert_eq!(sessions.revoke_all(OWNER, Some(all[0].id))?.len(), 2);
        Ok::<_, DbError>((all.len(), crate::auth::list(&mut sessions, OWNER, all[0].id)?))
    };
    let (before, after) = bed
        .backend
        .platform_tx(Actor::system("test"), RequestMeta::default(), work)
        .await
        .unwrap();
    assert_eq!((before, after.len(), after[0].current), (3, 1, true));
}

fn identity(bed: &Testbed, signed: &Signed) -> UserIdentity {
    let claims = bed.backend.tokens.verify(&signed.access.access_token, Audience::Store).unwrap();
    UserIdentity {
        id: UserId(OWNER),
        session_id: SessionId(claims.sid),
        name: "Olivia Owner".to_owned(),
        email: EMAIL.to_owned(),
        email_verified: false,
        second_factor: false,
        by_passkey: false,
        impersonation: None,
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let bed = bed().await;
    let (current, other) = (
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap(),
        enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap(),
    );
    let user = identity(&bed, &current);
    let change = async |from: &str, to: &str| {
        let change = ChangePassword {
            one_time_code: String::new(),
            current_password: from.to_owned(),
            new_password: to.to_owned(),
        };
        change_user_password(bed.backend.accounts(), &bed.request(IP), UserArea::Store, &user, change).await
    };
    assert!(matches!(
        change("wrong", "a much better password").await,
        Err(AuthError::WrongPassword)
    ));
    assert!(matches!(change(PASSWORD, "oliviaowner1").await, Err(AuthError::WeakPassword(_))));
    change(PASSWORD, "a much better password").await.unwrap();
    assert!(refused(enter(&bed, UserArea::Store, EMAIL, PASSWORD).await));
    assert!(enter(&bed, UserArea::Store, EMAIL, "a much better password").await.is_ok());
    assert!(ended(
        refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie(&other)).await
    ));
    assert!(
        refresh_user(bed.backend.accounts(), &bed.request(IP), UserArea::Store, cookie(&current))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_old_password_opens_nothing_once_it_was_changed_while_it_was_checked() {
    let bed = bed().await;
    let answer = meanwhile(&bed, "users", enter(&bed, UserArea::Store, EMAIL, PASSWORD)).await;
    assert!(matches!(answer, Err(AuthError::InvalidCredentials)), "{:?}", answer.err());
    assert_eq!(bed.count("SELECT count(*) FROM user_sessions"), 0);
}

#[tokio::test]
async fn a_password_that_was_chosen_meanwhile_is_not_replaced_by_who_knew_the_one_before() {
    let bed = bed().await;
    let signed = enter(&bed, UserArea::Store, EMAIL, PASSWORD).await.unwrap();
    let user = identity(&bed, &signed);
    let change = ChangePassword {
        one_time_code: String::new(),
        current_password: PASSWORD.to_owned(),
        new_password: "a much better password".to_owned(),
    };
    let request = bed.request(IP);
    let changing = change_user_password(bed.backend.accounts(), &request, UserArea::Store, &user, change);
    let answer = meanwhile(&bed, "users", changing).await;
    assert!(matches!(answer, Err(AuthError::WrongPassword)), "{answer:?}");
    assert_eq!(bed.count("SELECT count(*) FROM users WHERE password_hash <> 'another'"), 0);
}
