//! Requests that make no sense. What a single resource refuses is tested beside it, in `api`.

use orion_tests::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_before_anything_happens() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let send = async |content_type: &str, body: Vec<u8>| owner.send_bytes(Method::POST, "/products", content_type, body).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [
        &b"{\"title\": \"Mug\""[..],
        b"",
        b"nonsense",
        b"{\"title\": \"\xff\xfe\"}",
        b"{\"title\": \"a\", \"title\": }",
        deep.as_bytes(),
    ] {
        let answer = send("application/json", body.to_vec()).await;
        answer.problem();
        assert!(matches!(answer.status, 400 | 422), "{}", answer.text());
    }
    for body in ["null", "[]", "\"text\"", "12"] {
        let answer = send("application/json", body.into()).await;
        answer.problem();
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
    }
    send("text/plain", b"{}".to_vec())
        .await
        .refused(415, "framework.unsupported_media_type");
    send("application/x-www-form-urlencoded", b"title=Mug".to_vec())
        .await
        .refused(415, "framework.unsupported_media_type");
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

/// A megabyte of wrong values is not answered with one finding for each: the first thousand are named.
#[tokio::test]
async fn a_long_or_deep_body_within_the_limit_is_refused_in_few_words() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let many = format!(r#"{{"title":"Mug","variants":[{}1]}}"#, "1,".repeat(500_000));
    let answer = owner.send_bytes(Method::POST, "/products", "application/json", many).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.problem().errors.len(), 1_000);
    let deep = format!(r#"{{"title":{}{}}}"#, "[".repeat(1_000), "]".repeat(1_000));
    let answer = owner.send_bytes(Method::POST, "/products", "application/json", deep).await;
    answer.problem();
    assert!(matches!(answer.status, 400 | 422), "{}", answer.text());
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mut body = orion_tests::product("Mug", 1200, 1);
    body["description_html"] = json!("x".repeat(2 << 20));
    owner.post("/products", body).await.refused(413, "framework.too_large");
    app.shop("acme")
        .post("/auth/login", json!({ "email": "x".repeat(2 << 20), "password": "x" }))
        .await
        .refused(413, "framework.too_large");
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

#[tokio::test]
async fn text_that_a_database_cannot_hold_is_refused_as_a_field() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let answer = owner.post("/products", orion_tests::product("A\u{0}B", 1200, 1)).await;
    assert!(answer.status == 422 || answer.status == 400, "{}", answer.text());
    answer.problem();
    for q in ["%00", "a%00b"] {
        let answer = owner.get(&format!("/products?q={q}")).await;
        assert!(answer.status < 500, "{}", answer.text());
        let answer = app.shop("acme").get(&format!("/products?q={q}")).await;
        assert!(answer.status < 500, "{}", answer.text());
    }
    let answer = app
        .shop("acme")
        .post("/auth/login", json!({ "email": "a\u{0}@example.test", "password": "x" }))
        .await;
    assert!(answer.status < 500, "{}", answer.text());
}

/// Also where it is looked for and not stored.
#[tokio::test]
async fn a_nul_in_a_query_is_refused_by_its_parameter() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for list in ["products", "customers", "orders", "inventory"] {
        let answer = owner.get(&format!("/{list}?limit=5&q=a%00b")).await;
        let answer = answer.refused(400, "framework.bad_query");
        assert_eq!(answer.json["errors"][0]["parameter"], "q", "{list}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_page_that_is_too_large_is_refused_everywhere() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for path in [
        "/products",
        "/orders",
        "/inventory",
        "/inventory/movements",
        "/customers",
        "/imports",
    ] {
        for limit in ["1000000000", "0", "-1", "101"] {
            let answer = owner.get(&format!("{path}?limit={limit}")).await;
            answer.problem();
            assert!(matches!(answer.status, 400 | 422), "{path}?limit={limit}: {}", answer.text());
        }
        owner
            .get(&format!("{path}?cursor=bm9uc2Vuc2U"))
            .await
            .refused(400, "framework.invalid_cursor");
    }
    let admin = app.admin().await;
    for path in ["/stores", "/audit"] {
        let answer = admin.get(&format!("{path}?limit=1000000000")).await;
        answer.problem();
        assert!(matches!(answer.status, 400 | 422), "{path}: {}", answer.text());
    }
}
