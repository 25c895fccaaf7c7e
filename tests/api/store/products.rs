//! `/api/v1/store/products`

use orion_tests::{TestApp, product, saved_product};
use orion_types::Page;
use orion_types::catalog::{Product, ProductSummary};
use orion_types::status::ProductStatus;
use serde_json::{Value, json};

fn with_skus(title: &str, skus: &[&str]) -> Value {
    let values: Vec<String> = (0..skus.len()).map(|number| format!("V{number}")).collect();
    let variants: Vec<Value> = skus
        .iter()
        .zip(&values)
        .map(|(sku, value)| json!({ "price_minor": 900, "sku": sku, "option_values": [value] }))
        .collect();
    json!({ "title": title, "options": [{ "name": "Size", "values": values }], "variants": variants })
}

#[tokio::test]
async fn a_product_is_made_read_changed_and_deleted() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = owner.post("/products", with_skus("Moon Vase", &["MV-1", "MV-2"])).await.is(201);
    let first: Product = made.json();
    assert_eq!(
        (first.slug.as_str(), first.status, first.variants.len()),
        ("moon-vase", ProductStatus::Draft, 2)
    );
    let path = format!("/products/{}", first.id);
    assert_eq!(made.header("location"), Some(format!("/api/v1/store{path}").as_str()));
    let read = owner.get(&path).await.is(200);
    assert_eq!(read.json::<Product>(), first);
    let tag = read.header("etag").expect("a version").to_owned();
    let mut change = saved_product(&read.json);
    change["title"] = json!("Moon Jar");
    let changed: Product = owner.with("if-match", &tag).put(&path, &change).await.is(200).json();
    assert_eq!((changed.title.as_str(), changed.version), ("Moon Jar", first.version + 1));
    assert_eq!(
        changed.variants.iter().map(|variant| variant.id).collect::<Vec<_>>(),
        first.variants.iter().map(|variant| variant.id).collect::<Vec<_>>()
    );
    owner.delete(&path).await.is(204);
    owner.get(&path).await.refused(404, "framework.not_found");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_needs_the_version_it_was_made_from() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = owner.post("/products", product("Mug", 1200, 1)).await.is(201);
    let path = format!("/products/{}", made.json["id"].as_str().expect("an id"));
    let tag = owner.get(&path).await.is(200).header("etag").expect("a version").to_owned();
    let change = saved_product(&made.json);
    owner.put(&path, &change).await.refused(428, "framework.precondition_required");
    owner
        .with("if-match", "\"999\"")
        .put(&path, &change)
        .await
        .refused(412, "framework.stale");
    owner
        .with("if-match", "garbage")
        .put(&path, &change)
        .await
        .refused(412, "framework.stale");
    owner.with("if-match", &tag).put(&path, &change).await.is(200);
    owner
        .with("if-match", &tag)
        .put(&path, &change)
        .await
        .refused(412, "framework.stale");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_wrong_field_is_named_and_nothing_is_written() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let wrong = [
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": "abc" }] }),
            "/variants/0/price_minor",
        ),
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": 12.5 }] }),
            "/variants/0/price_minor",
        ),
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": -1 }] }),
            "/variants/0/price_minor",
        ),
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": 1_000_000_000_000_000_i64 }] }),
            "/variants/0/price_minor",
        ),
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": 1, "initial_on_hand": -1 }] }),
            "/variants/0/initial_on_hand",
        ),
        (json!({ "title": " ", "variants": [{ "price_minor": 1 }] }), "/title"),
        (json!({ "title": "x".repeat(10_000), "variants": [{ "price_minor": 1 }] }), "/title"),
        (json!({ "title": "Mug", "variants": [] }), "/variants"),
        (
            json!({ "title": "Mug", "colour": "red", "variants": [{ "price_minor": 1 }] }),
            "/colour",
        ),
        (
            json!({ "title": "Mug", "variants": [{ "price_minor": 1, "cost": 2 }] }),
            "/variants/0/cost",
        ),
    ];
    for (body, pointer) in wrong {
        owner.post("/products", body).await.refused(422, "framework.invalid").at(pointer);
    }
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let body = json!({ "title": "", "slug": "Not A Slug", "variants": [{ "price_minor": -1 }] });
    let refused = owner.post("/products", body).await.refused(422, "framework.invalid");
    refused.at("/title").at("/slug").at("/variants/0/price_minor");
}

#[tokio::test]
async fn a_variant_knows_what_it_costs_and_how_much_is_in_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let content = |amount: i64, unit: &str| json!({ "amount_milli": amount, "unit": unit });
    let body = |cost: i64, content: Value| json!({ "title": "Olive Oil", "variants": [{ "price_minor": 1290, "cost_minor": cost, "content": content }] });
    let made = owner.post("/products", body(410, content(750_000, "ml"))).await.is(201);
    let oil: Product = made.json();
    let variant = &oil.variants[0];
    assert_eq!(variant.cost.map(|cost| cost.amount_minor), Some(410));
    let told = variant.content.as_ref().and_then(|content| content.unit_price(1290));
    assert_eq!(told, Some((1720, "l")), "what a litre costs");
    owner.post(&format!("/products/{}/publish", oil.id), json!({})).await.is(200);
    let shown = app.shop("acme").get(&format!("/products/{}", oil.slug)).await.is(200);
    assert!(
        !shown.json.to_string().contains("cost"),
        "no shopper sees what it cost: {}",
        shown.json
    );
    let per_litre = json!({ "price": { "amount_minor": 1720, "currency": "EUR" }, "unit": "l" });
    assert_eq!(shown.json["variants"][0]["unit_price"], per_litre);
    let listed = app.shop("acme").get("/products").await.is(200);
    assert_eq!(listed.json["data"][0]["unit_price"], per_litre);
    let page = app.shop("acme").at_root().get(&format!("/products/{}", oil.slug)).await.is(200);
    assert!(page.text().contains("€17.20 / l"), "the page has it before any program runs");
    for (wrong, pointer) in [
        (body(-1, content(750_000, "ml")), "/variants/0/cost_minor"),
        (body(410, content(0, "ml")), "/variants/0/content/amount_milli"),
        (body(410, content(750_000, "oz")), "/variants/0/content/unit"),
    ] {
        owner.post("/products", wrong).await.refused(422, "framework.invalid").at(pointer);
    }
    let copy: Product = owner
        .post(&format!("/products/{}/duplicate", oil.id), json!({}))
        .await
        .is(201)
        .json();
    assert_eq!((copy.variants[0].cost, &copy.variants[0].content), (variant.cost, &variant.content));
    app.run_jobs().await;
}

#[tokio::test]
async fn an_sku_may_stand_on_several_variants_and_the_product_says_so() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let first: Product = owner.post("/products", with_skus("First", &["SAME-1", "B-1"])).await.is(201).json();
    assert!(first.shared_skus.is_empty());
    let second: Product = owner
        .post("/products", with_skus("Second", &["C-1", "SAME-1"]))
        .await
        .is(201)
        .json();
    assert_eq!(second.shared_skus, ["SAME-1"]);
    let third: Product = owner.post("/products", with_skus("Third", &["D-1", "D-1"])).await.is(201).json();
    assert_eq!(third.shared_skus, ["D-1"]);
    let first: Product = owner.get(&format!("/products/{}", first.id)).await.is(200).json();
    assert_eq!(first.shared_skus, ["SAME-1"]);
    // Another store's are its own.
    let elsewhere = app
        .owner("globex")
        .await
        .post("/products", with_skus("First", &["SAME-1", "B-1"]))
        .await;
    assert!(elsewhere.is(201).json::<Product>().shared_skus.is_empty());
    app.run_jobs().await;
}

#[tokio::test]
async fn products_of_one_title_that_are_made_at_once_all_get_an_address() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = futures_util::future::join_all((0..6).map(|_| owner.post("/products", product("Чайник", 1, 1)))).await;
    let slugs: std::collections::BTreeSet<String> = made.into_iter().map(|answer| answer.is(201).json::<Product>().slug).collect();
    assert_eq!(slugs.len(), 6, "{slugs:?}");
    assert!(slugs.iter().all(|slug| slug.starts_with("chainik")), "{slugs:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_that_was_asked_for_is_taken_once_and_one_that_was_made_gets_a_number() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let with_slug = |slug: &str| json!({ "title": "Mug", "slug": slug, "variants": [{ "price_minor": 1 }] });
    owner.post("/products", with_slug("mug")).await.is(201);
    owner
        .post("/products", with_slug("mug"))
        .await
        .refused(409, "catalog.slug_taken")
        .at("/slug");
    let made: Product = owner.post("/products", product("Mug", 1, 1)).await.is(201).json();
    assert_ne!(made.slug, "mug");
    assert!(made.slug.starts_with("mug"), "{}", made.slug);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_title_is_text_and_a_description_is_harmless_html() {
    let app = TestApp::start().await;
    let title = "<script>alert(1)</script> & Söhne 🚀";
    let owner = app.owner("acme").await;
    let mut body = product(title, 1200, 1);
    body["description_html"] = json!("<p onclick=\"x()\">Fine <script>alert(1)</script><a href=\"javascript:alert(1)\">link</a></p>");
    let made: Product = owner.post("/products", body).await.is(201).json();
    assert_eq!(made.title, title);
    assert!(made.description_html.contains("Fine"), "{}", made.description_html);
    for dangerous in ["<script", "onclick", "javascript:"] {
        assert!(!made.description_html.contains(dangerous), "{}", made.description_html);
    }
    owner.post(&format!("/products/{}/publish", made.id), json!({})).await.is(200);
    let page = app.shop("acme").get(&format!("/products/{}", made.slug)).await.is(200);
    assert_eq!(page.json["title"], title);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_product_goes_on_sale_is_withdrawn_and_comes_back_as_a_draft() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made: Product = owner.post("/products", product("Mug", 1200, 1)).await.is(201).json();
    let shop = app.shop("acme");
    let page = format!("/products/{}", made.slug);
    shop.get(&page).await.refused(404, "framework.not_found");
    let post = async |what: &str| owner.post(&format!("/products/{}/{what}", made.id), json!({})).await;
    assert_eq!(post("publish").await.is(200).json["status"], "active");
    shop.get(&page).await.is(200);
    assert_eq!(post("archive").await.is(200).json["status"], "archived");
    shop.get(&page).await.refused(404, "framework.not_found");
    post("publish").await.refused(409, "catalog.product_archived");
    assert_eq!(post("unarchive").await.is(200).json["status"], "draft");
    shop.get(&page).await.refused(404, "framework.not_found");
    app.run_jobs().await;
}

#[tokio::test]
async fn lists_are_searched_filtered_sorted_and_paged() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for (title, price) in [("Blue Mug", 300), ("Red Mug", 100), ("Green Bowl", 200)] {
        owner.post("/products", product(title, price, 1)).await.is(201);
    }
    let titles = async |query: &str| {
        let page: Page<ProductSummary> = owner.get(&format!("/products{query}")).await.is(200).json();
        page.data.into_iter().map(|product| product.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("?sort=price").await, ["Red Mug", "Green Bowl", "Blue Mug"]);
    assert_eq!(titles("?sort=-title").await, ["Red Mug", "Green Bowl", "Blue Mug"]);
    assert_eq!(titles("?q=mug&sort=title").await, ["Blue Mug", "Red Mug"]);
    assert_eq!(titles("?status=active").await, [] as [&str; 0]);
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page: Page<ProductSummary> = owner.get(&format!("/products?limit=1&sort=title{cursor}")).await.is(200).json();
        found.extend(page.data.into_iter().map(|product| product.title));
        let Some(next) = page.next_cursor else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, ["Blue Mug", "Green Bowl", "Red Mug"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_question_that_is_not_understood_is_refused() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for query in [
        "?limit=1000000000",
        "?limit=0",
        "?limit=abc",
        "?colour=red",
        "?sort=colour",
        "?after=garbage",
    ] {
        let answer = owner.get(&format!("/products{query}")).await;
        answer.problem();
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    }
    owner.get("/products/not-an-id").await.refused(404, "framework.not_found");
}

#[tokio::test]
async fn what_runs_out_is_found_by_its_stock() {
    let app = TestApp::start().await;
    for (title, units) in [("Plenty", 50), ("Few", 2), ("None", 0)] {
        app.sell("acme", title, 1200, units).await;
    }
    let owner = app.owner("acme").await;
    let mut untracked = orion_tests::product("Voucher", 1200, 0);
    untracked["variants"][0]["track_inventory"] = json!(false);
    owner.post("/products", untracked).await.is(201);
    let titles = async |query: &str| {
        let page: Page<ProductSummary> = owner.get(&format!("/products?sort=title{query}")).await.is(200).json();
        page.data.into_iter().map(|product| product.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("&stock=low").await, ["Few", "None"]);
    assert_eq!(titles("&stock=out").await, ["None"]);
    assert_eq!(titles("").await, ["Few", "None", "Plenty", "Voucher"]);
    owner
        .get("/products?stock=some")
        .await
        .refused(400, "framework.bad_query")
        .at("stock");
    app.run_jobs().await;
}
