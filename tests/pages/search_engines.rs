//! Sitemap, robots.txt and canonical addresses.

use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::{TenancyError, add_domain};
use orion_tests::{TestApp, product};

async fn with_domain(app: &TestApp) {
    let acme = app.store_id("acme").await;
    let work = move |tx: &mut PlatformTx| add_domain(tx, acme, "shop.acme.test", true);
    let added: Result<(), TenancyError> = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), work).await;
    added.expect("the domain");
}

fn canonical(html: &str) -> Option<&str> {
    let rest = html.split_once("<link rel=\"canonical\" href=\"")?.1;
    Some(rest.split_once('"')?.0)
}

#[tokio::test]
async fn the_sitemap_lists_what_is_on_sale_on_the_host_that_customers_know() {
    let app = TestApp::start().await;
    let sold = app.sell("acme", "Mug", 1200, 1).await;
    app.sell("globex", "Bell", 900, 1).await;
    let owner = app.owner("acme").await;
    owner.post("/products", product("Draft", 100, 1)).await.is(201);
    let gone = app.sell("acme", "Gone", 100, 1).await;
    owner
        .post(&format!("/products/{}/archive", gone.id), serde_json::json!({}))
        .await
        .is(200);
    let at = async |host: &str, path: &str| app.host(host).get(path).await.is(200).text();

    let map = at("acme.orion.localhost", "/sitemap.xml").await;
    assert!(
        map.contains(&format!("<loc>http://acme.orion.localhost/products/{}</loc>", sold.slug)),
        "{map}"
    );
    for hidden in ["draft", "gone", "bell"] {
        assert!(!map.contains(&format!("/products/{hidden}<")), "{hidden} is listed: {map}");
    }
    with_domain(&app).await;
    for (host, path) in [
        ("shop.acme.test", "/sitemap.xml"),
        ("acme.orion.localhost", "/sitemap.xml"),
        ("localhost", "/storefront/acme/sitemap.xml"),
    ] {
        let map = at(host, path).await;
        assert!(map.contains("<loc>http://shop.acme.test/products/mug</loc>"), "{host}: {map}");
        assert!(!map.contains("orion.localhost") && !map.contains("/storefront/"), "{host}: {map}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn robots_are_told_where_the_sitemap_is_and_what_is_private() {
    let app = TestApp::start().await;
    let robots = app.host("acme.orion.localhost").get("/robots.txt").await.is(200);
    assert_eq!(robots.header("content-type"), Some("text/plain; charset=utf-8"));
    let text = robots.text();
    for line in [
        "Disallow: /cart\n",
        "Disallow: /api/\n",
        "Sitemap: http://acme.orion.localhost/sitemap.xml\n",
    ] {
        assert!(text.contains(line), "{line:?} is missing in {text}");
    }
    with_domain(&app).await;
    let text = app.host("shop.acme.test").get("/robots.txt").await.is(200).text();
    assert!(text.contains("Sitemap: http://shop.acme.test/sitemap.xml\n"), "{text}");
}

#[tokio::test]
async fn every_address_of_a_page_names_the_one_that_counts() {
    let app = TestApp::start().await;
    app.sell("acme", "Mug", 1200, 1).await;
    // Templates write a slash as a character reference.
    let at = async |host: &str, path: &str| app.host(host).get(path).await.is(200).text().replace("&#x2f;", "/");
    for (host, path) in [
        ("acme.orion.localhost", "/products/mug?utm_source=x"),
        ("localhost", "/storefront/acme/products/mug"),
    ] {
        let page = at(host, path).await;
        assert_eq!(canonical(&page), Some("http://acme.orion.localhost/products/mug"), "{host}{path}");
    }
    with_domain(&app).await;
    for path in ["/", "/products", "/products/mug"] {
        let page = at("shop.acme.test", path).await;
        assert_eq!(canonical(&page), Some(format!("http://shop.acme.test{path}").as_str()));
        assert!(
            !page.contains("/storefront/acme"),
            "the prefix of path mode leaks into {path}: {page}"
        );
    }
    let by_path = at("localhost", "/storefront/acme/products/mug").await;
    assert_eq!(canonical(&by_path), Some("http://shop.acme.test/products/mug"));
    assert!(
        by_path.contains("href=\"/storefront/acme/products\""),
        "links stay below the prefix: {by_path}"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_with_parameters_that_nobody_understands_is_still_a_page() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue Mug", 1200, 1).await;
    for query in ["sort=bogus", "after=garbage", "options=%7B"] {
        let page = app
            .host("acme.orion.localhost")
            .get(&format!("/products?{query}"))
            .await
            .is(200)
            .text();
        assert!(page.contains("<h1") && page.contains("Blue Mug"), "{query}: {page}");
        assert!(page.contains("noindex"), "{query} is offered to search engines");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_category_is_described_in_its_own_words() {
    let app = TestApp::start().await;
    let body = serde_json::json!({ "name": "Vases", "description": "For a single stem." });
    app.owner("acme").await.post("/categories", body).await.is(201);
    let page = app.host("acme.orion.localhost").get("/categories/vases").await.is(200).text();
    assert!(
        page.contains("<meta name=\"description\" content=\"For a single stem.\">"),
        "{page}"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_listing_is_turned_by_links_in_both_directions() {
    let app = TestApp::start().await;
    for number in 0..25 {
        app.sell("acme", &format!("Mug {number}"), 1200, 1).await;
    }
    // Templates write some characters as references.
    let at = async |path: String| {
        let page = app.host("acme.orion.localhost").get(&path).await.is(200).text();
        page.replace("&#x2f;", "/").replace("&amp;", "&")
    };
    let link = |page: &str, rel: &str| {
        let rest = page.split_once(&format!("rel=\"{rel}\" href=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let first = at("/products?sort=title".to_owned()).await;
    assert!(first.contains("1–24 of 25") && link(&first, "prev").is_none(), "{first}");
    let second = at(link(&first, "next").expect("a second page")).await;
    assert!(second.contains("25–25 of 25") && link(&second, "next").is_none(), "{second}");
    assert!(second.contains("noindex"), "a page further on is a view of the first");
    assert_eq!(link(&second, "prev").as_deref(), Some("/products?sort=title"));
    app.run_jobs().await;
}

/// `hreflang` and address of each alternate.
fn alternates(html: &str) -> Vec<(String, String)> {
    let links = html.split("<link rel=\"alternate\" hreflang=\"").skip(1);
    let link = |rest: &str| {
        let (lang, rest) = rest.split_once("\" href=\"")?;
        Some((lang.to_owned(), rest.split_once('"')?.0.replace("&amp;", "&")))
    };
    links.filter_map(link).collect()
}

#[tokio::test]
async fn every_language_of_a_page_is_canonical_for_itself_and_named_by_the_others() {
    let app = TestApp::start().await;
    for number in 0..25 {
        app.sell("acme", &format!("Mug {number}"), 1200, 1).await;
    }
    let origin = "http://acme.orion.localhost";
    let at = async |address: &str| {
        let path = address.strip_prefix(origin).expect("the shop's host");
        app.host("acme.orion.localhost").get(path).await.is(200).text()
    };
    let first = at(&format!("{origin}/products")).await;
    let next = first
        .split_once("rel=\"next\" href=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("a second page")
        .0;
    let second = format!("{origin}{}", next.replace("&#x2f;", "/").replace("&amp;", "&"));
    for start in [format!("{origin}/products"), format!("{origin}/products/mug-1"), second] {
        let page = at(&start).await;
        assert_eq!(canonical(&page), Some(start.as_str()));
        assert!(!page.contains("noindex"), "{start}");
        let named = alternates(&page);
        assert_eq!(named.len(), 4, "{named:?}");
        for (lang, address) in &named {
            let page = at(address).await;
            let own = canonical(&page).map(|own| own.replace("&amp;", "&"));
            assert_eq!(own.as_deref(), Some(address.as_str()), "{lang} of {start}");
            assert_eq!(alternates(&page), named, "{address} names others than {start}");
            let spoken = if lang == "x-default" { "en" } else { lang.as_str() };
            assert!(
                page.contains(&format!("<html lang=\"{spoken}\"")),
                "{address} does not speak {spoken}"
            );
        }
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_category_is_in_the_sitemap_when_one_below_it_has_products() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let make = async |body: serde_json::Value| owner.post("/categories", body).await.is(201).json["id"].clone();
    let kitchen = make(serde_json::json!({ "name": "Kitchen" })).await;
    let cups = make(serde_json::json!({ "name": "Cups", "parent_id": kitchen })).await;
    make(serde_json::json!({ "name": "Vases" })).await;
    let mut body = product("Mug", 1200, 1);
    body["category_ids"] = serde_json::json!([cups]);
    let made = owner.post("/products", body).await.is(201);
    let id = made.json["id"].as_str().expect("an id");
    owner.post(&format!("/products/{id}/publish"), serde_json::json!({})).await.is(200);
    let map = app.host("acme.orion.localhost").get("/sitemap.xml").await.is(200).text();
    for (path, is_there) in [
        ("/categories/kitchen", true),
        ("/categories/cups", true),
        ("/categories/vases", false),
    ] {
        assert_eq!(map.contains(&format!("{path}</loc>")), is_there, "{path} in {map}");
    }
    app.run_jobs().await;
}
