//! What can be done with a page beside reading it.

use orion_tests::{TestApp, raw_request};
use reqwest::Method;

/// An id that nothing has.
const NOBODY: &str = "0192f0c1-2345-7000-8000-00000000dead";

const PAGES: [(&str, &str); 4] = [
    ("acme.orion.localhost", "/"),
    ("acme.orion.localhost", "/store/login"),
    ("admin.orion.localhost", "/login"),
    ("orion.localhost", "/"),
];

#[tokio::test]
async fn head_is_answered_like_get_without_a_body() {
    let app = TestApp::start().await;
    let api = [
        ("acme.orion.localhost", "/api/v1/storefront/products"),
        ("orion.localhost", "/api/openapi.json"),
        ("orion.localhost", "/health"),
    ];
    for (host, path) in PAGES.into_iter().chain(api) {
        let get = app.host(host).get(path).await;
        let head = app.host(host).send(Method::HEAD, path, None).await;
        assert_eq!(
            (head.status, head.header("content-type")),
            (get.status, get.header("content-type")),
            "{host}{path}"
        );
        assert_eq!(head.body.len(), 0, "{host}{path}");
        // The client above takes no body from HEAD whatever is sent; the connection shows whether one came.
        let (_, raw) = raw_request(app.address(), "HEAD", host, path);
        assert_eq!(raw.split_once("\r\n\r\n").expect("a head").1, "", "{host}{path}");
    }
}

#[tokio::test]
async fn options_says_what_can_be_done_and_anything_else_is_refused_with_the_same_words() {
    let app = TestApp::start().await;
    for (host, path) in PAGES {
        let client = app.host(host);
        let options = client.send(Method::OPTIONS, path, None).await.is(204);
        assert_eq!(options.header("allow"), Some("GET, HEAD, OPTIONS"), "{host}{path}");
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let refused = client.send(method.clone(), path, None).await.is(405);
            assert_eq!(refused.header("allow"), options.header("allow"), "{method} {host}{path}");
            assert_eq!(refused.header("content-type"), Some("text/html; charset=utf-8"));
        }
    }
    let api = app.shop("acme").send(Method::OPTIONS, "/products", None).await.is(204);
    assert_eq!(api.header("allow"), Some("GET, HEAD, OPTIONS"));
    // Nothing here opens the API to pages of other origins.
    assert_eq!(api.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn what_can_only_be_read_says_so_beside_the_api_too() {
    let app = TestApp::start().await;
    for path in [
        "/health",
        "/health/live",
        "/health/ready",
        "/livez",
        "/readyz",
        "/metrics",
        "/api/openapi.json",
        "/api/docs",
    ] {
        let client = app.host("localhost");
        let options = client.send(Method::OPTIONS, path, None).await.is(204);
        assert_eq!(options.header("allow"), Some("GET, HEAD, OPTIONS"), "{path}");
        let refused = client.send(Method::DELETE, path, None).await.is(405);
        assert_eq!(refused.header("allow"), options.header("allow"), "{path}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"), "{path}");
    }
    for path in ["/assets/nothing.js", "/health/nothing", "/api/nothing"] {
        for method in [Method::GET, Method::OPTIONS, Method::DELETE] {
            app.host("localhost").send(method, path, None).await.is(404);
        }
    }
}

/// `GET /imports/products` reached `GET /imports/{id}`, which took `products` for an id and said 404.
#[tokio::test]
async fn every_path_of_the_api_says_which_methods_it_has() {
    let app = TestApp::start().await;
    let document = app.host("localhost").get("/api/openapi.json").await.is(200).json;
    let mut wrong = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let area = if path.starts_with("/api/v1/admin/") { "admin" } else { "acme" };
        let client = app.host(&format!("{area}.orion.localhost"));
        let segment = |segment: &str| if segment.starts_with('{') { NOBODY } else { segment }.to_owned();
        let asked = path.split('/').map(segment).collect::<Vec<_>>().join("/");
        let has: Vec<String> = item
            .as_object()
            .expect("methods")
            .keys()
            .map(|method| method.to_uppercase())
            .collect();
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if has.iter().any(|known| known == method.as_str()) {
                continue;
            }
            let refused = client.send(method.clone(), &asked, None).await;
            let allow = refused.header("allow").unwrap_or_default();
            let allowed: Vec<&str> = allow.split(", ").collect();
            let told = has.iter().all(|known| allowed.contains(&known.as_str())) && !allowed.contains(&method.as_str());
            if refused.status != 405 || !told {
                wrong.push(format!("{method} {path}: {} with Allow {allow:?}", refused.status));
            }
        }
        let options = client.send(Method::OPTIONS, &asked, None).await;
        if options.status != 204 {
            wrong.push(format!("OPTIONS {path}: {}", options.status));
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
}

#[tokio::test]
async fn a_page_that_no_app_has_is_not_there() {
    let app = TestApp::start().await;
    for (host, path, status) in [
        ("admin.orion.localhost", "/stores/new", 200),
        ("admin.orion.localhost", "/account", 200),
        ("admin.orion.localhost", "/nope", 404),
        ("admin.orion.localhost", "/products/blue-mug", 404),
        ("admin.orion.localhost", "/cart", 404),
        ("orion.localhost", "/admin/tools", 200),
        ("orion.localhost", "/admin/nope", 404),
        ("localhost", "/store/stores", 200),
        ("localhost", "/store/acme/orders", 200),
        ("localhost", "/store/acme/nope", 404),
        ("acme.orion.localhost", "/store/products/new", 200),
        ("acme.orion.localhost", "/store/account", 200),
        ("acme.orion.localhost", "/store/nope", 404),
    ] {
        let answer = app.host(host).get(path).await;
        assert_eq!(answer.status, status, "{host}{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{host}{path}");
    }
}

#[tokio::test]
async fn a_cookie_that_nobody_knows_makes_one_a_guest_and_no_more() {
    let app = TestApp::start().await;
    let shop = app
        .host("acme.orion.localhost")
        .cookie("orion_customer", "garbage; orion_cart=garbage");
    for path in ["/", "/products", "/api/v1/storefront/products", "/api/v1/storefront/cart"] {
        shop.get(path).await.is(200);
    }
}
