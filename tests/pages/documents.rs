//! The document of a page: which program it starts, and how it travels.

use std::io::Read;

use flate2::read::GzDecoder;
use orion_tests::{Answer, TestApp};

/// The nonce that the page's policy allows.
fn nonce(page: &Answer) -> String {
    let policy = page.header("content-security-policy").expect("a policy");
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\''));
    nonce.expect("a nonce").0.to_owned()
}

#[tokio::test]
async fn an_address_starts_the_program_that_shows_it() {
    let app = TestApp::start().await;
    for (host, base) in [("acme.orion.localhost", ""), ("localhost", "/storefront/acme")] {
        let shop = app.host(host);
        for (path, program, other) in [
            ("/products", "storefront-browse", "storefront-checkout"),
            ("/cart", "storefront-browse", "storefront-checkout"),
            ("/checkout", "storefront-checkout", "storefront-browse"),
            ("/login?next=/checkout", "storefront-checkout", "storefront-browse"),
            ("/account/orders", "storefront-checkout", "storefront-browse"),
        ] {
            let page = shop.get(&format!("{base}{path}")).await.is(200).text();
            let started = page.split("</script>").find(|part| part.contains("import init")).expect("a start");
            assert!(started.contains(program) && !started.contains(other), "{host}{path}: {started}");
            let ahead = page.contains("\"ahead\":[\"/assets/storefront/storefront-checkout");
            assert_eq!(ahead, program == "storefront-browse", "{host}{path}");
        }
    }
}

#[tokio::test]
async fn what_can_be_read_comes_before_the_data_of_the_program() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue mug", 1200, 1).await;
    let shop = app.host("acme.orion.localhost");
    for (path, part) in [("/", "newest"), ("/products", "results"), ("/search?q=mug", "results")] {
        let page = shop.get(path).await.is(200).text();
        let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{path} has no {what}: {page}"));
        // The app takes the part over by its name.
        let list = at(&format!("data-part=\"{part}\""));
        assert!(
            at("id=\"orion-content\"") < list && list < at("id=\"orion-data\""),
            "{path}: {page}"
        );
        assert!(at("id=\"orion-data\"") < at("id=\"app\""), "{path}: {page}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_compressed_page_is_the_page_with_a_nonce_of_its_own() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue mug", 1200, 1).await;
    let shop = app.host("acme.orion.localhost");
    let plain = shop.get("/products/blue-mug").await.is(200);
    assert_eq!(plain.header("content-encoding"), None);
    let mut before = nonce(&plain);
    for _ in 0..2 {
        let packed = shop.with("accept-encoding", "gzip, br").get("/products/blue-mug").await.is(200);
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        assert!(packed.header("vary").is_some_and(|vary| vary.contains("accept-encoding")));
        let mut html = String::new();
        GzDecoder::new(packed.body.as_ref())
            .read_to_string(&mut html)
            .expect("one gzip stream");
        let own = nonce(&packed);
        assert_ne!(own, before);
        let as_sent = String::from_utf8_lossy(&plain.body).replace(&nonce(&plain), "nonce");
        assert_eq!(html.replace(&own, "nonce"), as_sent);
        assert!(html.contains(&own));
        before = own;
    }
    app.run_jobs().await;
}
