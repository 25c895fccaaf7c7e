//! How often a client may ask, and what it is told of that.

use orion_tests::{Answer, TestApp, TestOptions};
use serde_json::json;

const TRUSTED: (&str, &str) = ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1");

async fn app(limits: &[(&'static str, &str)]) -> TestApp {
    let variables = limits.iter().chain([&TRUSTED]);
    TestApp::start_with(TestOptions {
        variables: variables.map(|(name, value)| (*name, (*value).to_owned())).collect(),
        ..TestOptions::default()
    })
    .await
}

fn told(answer: &Answer) -> (Option<&str>, Option<&str>) {
    (answer.header("ratelimit-policy"), answer.header("ratelimit"))
}

#[tokio::test]
async fn reads_of_a_shop_are_counted_by_address_and_store() {
    let app = app(&[("ORION_HTTP_SHOP_READS_PER_MINUTE", "3")]).await;
    app.sell_one("acme", "Mug", 1200, 5).await;
    let from = |store: &str, ip: &str| app.shop(store).with("x-forwarded-for", ip);
    let policy = Some(r#""shop-reads";q=3;w=60"#);
    let reader = from("acme", "198.51.100.7");
    for left in [r#""shop-reads";r=2;t=20"#, r#""shop-reads";r=1;t=40"#, r#""shop-reads";r=0;t=60"#] {
        let answer = reader.get("/products").await.is(200);
        assert_eq!(
            told(&answer),
            (policy, Some(left)),
            "the second and third come from memory and count as well"
        );
    }
    let refused = reader.get("/products").await.refused(429, "framework.rate_limited");
    assert_eq!(told(&refused), (policy, Some(r#""shop-reads";r=0;t=60"#)));
    let wait: u32 = refused.header("retry-after").and_then(|wait| wait.parse().ok()).expect("seconds");
    assert!((1..=20).contains(&wait), "{wait}");
    from("acme", "198.51.100.8").get("/products").await.is(200);
    from("globex", "198.51.100.7").get("/products").await.is(200);
    let page = reader.at_root().get("/").await;
    assert_eq!(page.status, 429);
    assert!(page.text().contains("<html"), "people get a page: {}", page.text());
    app.host("localhost")
        .with("x-forwarded-for", "198.51.100.7")
        .get("/health/live")
        .await
        .is(200);
}

#[tokio::test]
async fn a_household_of_the_new_internet_is_one_client() {
    let app = app(&[("ORION_HTTP_SHOP_READS_PER_MINUTE", "1")]).await;
    let from = |ip: &str| app.shop("acme").with("x-forwarded-for", ip);
    from("2001:db8:1:2::1").get("/products").await.is(200);
    from("2001:db8:1:2:ffff::9").get("/products").await.is(429);
    from("2001:db8:1:3::1").get("/products").await.is(200);
}

#[tokio::test]
async fn changes_in_a_shop_have_a_limit_of_their_own() {
    let app = app(&[
        ("ORION_HTTP_SHOP_READS_PER_MINUTE", "1"),
        ("ORION_HTTP_SHOP_WRITES_PER_MINUTE", "2"),
    ])
    .await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    let add = json!({ "variant_id": mug, "quantity": 1 });
    let shop = app.shop("acme");
    shop.get("/products").await.is(200);
    for _ in 0..2 {
        shop.post("/cart/items", &add).await.is(200);
    }
    let refused = shop.post("/cart/items", &add).await.refused(429, "framework.rate_limited");
    assert_eq!(refused.header("ratelimit-policy"), Some(r#""shop-writes";q=2;w=60"#));
    assert_eq!(app.count("SELECT count(*) FROM carts"), 2, "what was refused has made nothing");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_account_has_its_limit_from_however_many_addresses_it_asks() {
    let app = app(&[("ORION_HTTP_ACCOUNT_REQUESTS_PER_MINUTE", "4")]).await;
    let owner = app.owner("acme").await;
    let other = app.owner("globex").await;
    let mut left = Vec::new();
    for place in 1..=4 {
        let answer = owner
            .with("x-forwarded-for", &format!("198.51.100.{place}"))
            .get("/products")
            .await
            .is(200);
        left.push(answer.header("ratelimit").map(str::to_owned));
    }
    assert_eq!(left.last(), Some(&Some(r#""accounts";r=0;t=60"#.to_owned())), "{left:?}");
    owner
        .with("x-forwarded-for", "198.51.100.9")
        .get("/products")
        .await
        .refused(429, "framework.rate_limited");
    other.get("/products").await.is(200);
}

#[tokio::test]
async fn strangers_at_a_dashboard_are_limited_by_their_address() {
    let app = app(&[("ORION_HTTP_DASHBOARD_REQUESTS_PER_MINUTE", "2")]).await;
    let stranger = app.dashboard("acme").with("x-forwarded-for", "198.51.100.7");
    stranger.get("/products").await.is(401);
    stranger.get("/products").await.is(401);
    stranger.get("/products").await.refused(429, "framework.rate_limited");
    let elsewhere = app.dashboard("globex").with("x-forwarded-for", "198.51.100.7");
    elsewhere.get("/products").await.is(401);
}

#[tokio::test]
async fn what_was_turned_away_is_counted_and_no_limit_says_nothing() {
    // Without a proxy, whose clients are shown no metrics.
    let app = TestApp::start_with(TestOptions {
        variables: vec![("ORION_HTTP_SHOP_READS_PER_MINUTE", "1".to_owned())],
        ..TestOptions::default()
    })
    .await;
    let counted = async || {
        let text = app.host("localhost").get("/metrics").await.is(200).text();
        let series = "orion_rate_limited_requests_total{policy=\"shop-reads\"} ";
        let line = text.lines().find_map(|line| line.strip_prefix(series));
        line.map_or(0.0, |value| value.parse::<f64>().expect("a number"))
    };
    let before = counted().await;
    app.shop("acme").get("/products").await.is(200);
    app.shop("acme").get("/products").await.is(429);
    assert!(counted().await > before);
    let unlimited = app.owner("acme").await.get("/products").await.is(200);
    assert_eq!(told(&unlimited), (None, None));
}
