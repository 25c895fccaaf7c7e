//! The two makers of lists, the index and the database, held against each other; and how soon an index knows of a change.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use orion_catalog::Finder;
use orion_framework::db::{Actor, DbError, RequestMeta, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_tests::{Client, TestApp};
use orion_types::catalog::{Facet, ListingQuery, ProductCard, ProductListing, Suggestion};
use serde_json::json;

const LIST: &str = "/api/v1/storefront/products";
const NOUNS: [&str; 10] = [
    "Lampe",
    "Tischlampe",
    "Öl",
    "Zebra",
    "apple",
    "Mug",
    "T-Shirt",
    "Straße",
    "Élan",
    "öl",
];
const ADJECTIVES: [&str; 5] = ["blue", "Rote", "oak", "", "zwei-farbige"];
const SIZES: [&str; 3] = ["S", "M", "L"];
const COLOURS: [&str; 3] = ["Blue", "Red", "Grün"];

/// Numbers that look random and come again with the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn or_nothing<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) == 0).then(|| value(self))
    }
}

async fn store(app: &TestApp, code: &str) -> StoreContext {
    app.services
        .directory
        .store_by_code(code)
        .await
        .expect("the database answers")
        .expect("the store")
}

async fn write(app: &TestApp, sql: String) {
    let store = store(app, "acme").await;
    let work = move |tx: &mut StoreTx| {
        tx.conn().batch_execute(&sql)?;
        tx.no_audit("a catalogue of the tests");
        tx.touch_catalog();
        Ok::<_, DbError>(())
    };
    let done = app.services.store_tx(&store, Actor::guest(), RequestMeta::default(), work).await;
    done.expect("the catalogue is written");
}

/// Two categories, one below the other, and products whose variants have some of the sizes and colours.
async fn catalogue(app: &TestApp, dice: &mut Dice, products: usize) {
    let store = app.store_id("acme").await.0;
    let mut sql = format!(
        "INSERT INTO product_categories (store_id, id, parent_id, slug, name, created_at, updated_at) VALUES \
         ('{store}', '00000000-0000-0000-0000-0000000000c1', NULL, 'top', 'Top', now(), now()), \
         ('{store}', '00000000-0000-0000-0000-0000000000c2', '00000000-0000-0000-0000-0000000000c1', 'below', 'Below', now(), now());"
    );
    for number in 1..=products {
        let title = format!("{} {}", dice.one(&ADJECTIVES), dice.one(&NOUNS)).trim().to_owned();
        let id = format!("{:08x}-0000-0000-0000-{number:012x}", dice.below(1 << 30));
        let options = r#"[{"name":"Size","values":["S","M","L"]},{"name":"Colour","values":["Blue","Red","Grün"]}]"#;
        let base = 100 + dice.below(20) * 50;
        sql += &format!(
            "INSERT INTO products (store_id, id, slug, title, description_html, vendor, status, options, min_price_minor, max_price_minor, created_at, updated_at) \
             VALUES ('{store}', '{id}', 'p-{number}', '{title}', '<p>Made of {}</p>', '{}', '{}', '{options}', {base}, {base}, \
             timestamptz '2026-01-01' + {} * interval '1 hour', now());",
            dice.one(&NOUNS),
            dice.one(&["Maker", "Öko"]),
            if dice.below(10) == 0 { "draft" } else { "active" },
            dice.below(30),
        );
        let category = dice.below(4);
        if category > 0 {
            sql += &format!(
                "INSERT INTO product_category_links (store_id, category_id, product_id) VALUES ('{store}', '00000000-0000-0000-0000-0000000000c{}', '{id}');",
                1 + category % 2
            );
        }
        for (place, size) in SIZES.iter().enumerate().take(1 + dice.below(3)) {
            let (colour, tracked, units) = (dice.one(&COLOURS), dice.below(4) > 0, dice.below(2));
            sql += &format!(
                "WITH v AS (INSERT INTO product_variants (store_id, id, product_id, title, option_values, price_minor, track_inventory, position, created_at, updated_at) \
                 VALUES ('{store}', gen_random_uuid(), '{id}', '{size}', ARRAY['{size}', '{colour}'], {}, {tracked}, {place}, now(), now()) RETURNING id) \
                 INSERT INTO inventory_levels (store_id, id, location_id, variant_id, on_hand, updated_at) \
                 SELECT '{store}', gen_random_uuid(), l.id, v.id, {units}, now() FROM v, inventory_locations l WHERE l.store_id = '{store}' AND l.is_default;",
                base + place * dice.below(4) * 25,
            );
        }
    }
    write(app, sql).await;
}

fn query(dice: &mut Dice, q: Option<&str>) -> ListingQuery {
    let option = |dice: &mut Dice| {
        let mut wanted = format!("Size:{}", dice.one(&SIZES));
        if dice.below(2) == 0 {
            wanted += &format!("|Size:{}", dice.one(&SIZES));
        }
        if dice.below(2) == 0 {
            wanted += &format!("|Colour:{}", dice.one(&COLOURS));
        }
        wanted
    };
    ListingQuery {
        q: q.map(str::to_owned),
        category: dice.or_nothing(|dice| dice.one(&["top", "below"]).to_owned()),
        min_price: dice.or_nothing(|dice| 100 + dice.below(20) as i64 * 50),
        max_price: dice.or_nothing(|dice| 100 + dice.below(30) as i64 * 50),
        available: dice.or_nothing(|_| true),
        options: dice.or_nothing(option),
        sort: Some(dice.one(&["newest", "price", "-price", "title"]).to_owned()),
        limit: Some(7),
        ..ListingQuery::default()
    }
}

/// All pages of a list: the cards in their order, the total, the facets.
async fn all(app: &TestApp, by_index: bool, mut query: ListingQuery) -> (Vec<String>, i64, Vec<Facet>) {
    let store = store(app, "acme").await;
    let (mut cards, mut first) = (Vec::new(), None);
    loop {
        let finder = if by_index {
            orion_catalog::finder(&app.services.access(&store, Actor::guest())).await
        } else {
            Finder::default()
        };
        assert_eq!(finder.is_by_index(), by_index);
        let page = query.clone();
        let look = move |tx: &mut StoreTx| orion_catalog::listing(tx, &finder, &page);
        let found: ProductListing = app.services.store_read(&store, Actor::guest(), look).await.expect("a list");
        let card = |card: &ProductCard| serde_json::to_string(card).expect("a card");
        cards.extend(found.data.iter().map(card));
        query.cursor = found.next_cursor.clone();
        let (total, facets) = first.get_or_insert((found.total, found.facets));
        if query.cursor.is_none() {
            return (cards, *total, std::mem::take(facets));
        }
    }
}

#[tokio::test]
async fn index_and_database_make_the_same_lists() {
    let app = TestApp::start().await;
    for seed in 1..=3 {
        let mut dice = Dice(seed);
        write(&app, "DELETE FROM inventory_levels; DELETE FROM product_images; DELETE FROM product_category_links; DELETE FROM product_variants; DELETE FROM products; DELETE FROM product_categories".to_owned()).await;
        catalogue(&app, &mut dice, 60).await;
        for round in 0..40 {
            let asked = query(&mut dice, None);
            let (by_index, by_database) = (all(&app, true, asked.clone()).await, all(&app, false, asked.clone()).await);
            assert_eq!(by_index, by_database, "seed {seed}, round {round}: {asked:?}");
            change(&app, &mut dice).await;
        }
    }
}

/// One of the ways in which a catalogue changes.
async fn change(app: &TestApp, dice: &mut Dice) {
    let one = format!("(SELECT id FROM products ORDER BY slug OFFSET {} LIMIT 1)", dice.below(60));
    let price = 100 + dice.below(20) * 50;
    let sql = match dice.below(12) {
        0 => format!(
            "UPDATE products SET title = '{} {}' WHERE id = {one}",
            dice.one(&ADJECTIVES),
            dice.one(&NOUNS)
        ),
        1 => format!("UPDATE products SET status = 'archived' WHERE id = {one}"),
        2 => format!(
            "UPDATE product_variants SET price_minor = {price} WHERE product_id = {one}; UPDATE products SET min_price_minor = {price}, max_price_minor = {price} WHERE id = {one}"
        ),
        3 => format!(
            "UPDATE inventory_levels SET on_hand = 1 - on_hand WHERE variant_id IN (SELECT id FROM product_variants WHERE product_id = {one})"
        ),
        4 => format!("DELETE FROM product_category_links WHERE product_id = {one}"),
        5 => format!("UPDATE product_variants SET deleted_at = now() WHERE position > 0 AND product_id = {one}"),
        6 => format!("UPDATE product_variants SET compare_at_minor = price_minor + 100 WHERE product_id = {one}"),
        7 => picture(&one, "ready", dice.below(3)) + &picture(&one, "pending", dice.below(3)),
        8 => "UPDATE product_images SET status = 'ready', width = 30, height = 40, placeholder = '#aabbcc' WHERE status = 'pending'"
            .to_owned(),
        9 => format!(
            "UPDATE product_images SET alt = 'Seen from {}', position = 2 - position WHERE product_id = {one}",
            dice.one(&NOUNS)
        ),
        10 => "DELETE FROM product_images WHERE id = (SELECT id FROM product_images WHERE status = 'ready' ORDER BY id LIMIT 1)".to_owned(),
        _ => "UPDATE product_categories SET parent_id = CASE WHEN parent_id IS NULL THEN '00000000-0000-0000-0000-0000000000c1'::uuid END \
              WHERE slug = 'below'"
            .to_owned(),
    };
    write(app, sql).await;
}

/// A picture of a product, which is fetched or is to be.
fn picture(product: &str, status: &str, position: usize) -> String {
    format!(
        "INSERT INTO product_images (store_id, id, product_id, position, alt, status, width, height, created_at, updated_at) \
         SELECT store_id, gen_random_uuid(), id, {position}, 'Seen from above', '{status}', 10, 20, now(), now() FROM products WHERE id = {product};"
    )
}

#[tokio::test]
async fn a_search_of_the_index_finds_what_the_database_finds() {
    let app = TestApp::start().await;
    let mut dice = Dice(7);
    catalogue(&app, &mut dice, 60).await;
    for typed in [
        "lam",
        "blue mug",
        "T-Shirt",
        "t shirt",
        "ÖL",
        "strasse",
        "élan",
        "oak z",
        "zwei farbige",
        "maker",
        "made lampe",
        "m",
    ] {
        for _ in 0..3 {
            let asked = query(&mut dice, Some(typed));
            let (by_index, by_database) = (all(&app, true, asked.clone()).await, all(&app, false, asked.clone()).await);
            let found: BTreeSet<String> = by_index.0.iter().cloned().collect();
            let missing: Vec<&String> = by_database.0.iter().filter(|card| !found.contains(*card)).collect();
            assert!(missing.is_empty(), "{asked:?}: {missing:?}");
            assert_eq!(found.len() as i64, by_index.1, "{asked:?}");
        }
    }
}

async fn titles(client: &Client, query: &str) -> Vec<String> {
    let found: ProductListing = client.get(&format!("{LIST}{query}")).await.is(200).json();
    found.data.into_iter().map(|card| card.title).collect()
}

#[tokio::test]
async fn an_edit_is_seen_here_at_once_and_by_another_server_soon() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Blue Mug", 1200, 1).await;
    let second = app.second_server().await;
    let servers = [app.address(), second.address].map(|address| Client::new(address, "acme.orion.localhost", ""));
    for client in &servers {
        assert_eq!(titles(client, "?q=blue").await, ["Blue Mug"]);
    }
    let owner = app.owner("acme").await;
    let path = format!("/products/{}", product.id);
    let read = owner.get(&path).await.is(200);
    let version = read.header("etag").expect("a version").to_owned();
    owner
        .with("if-match", &version)
        .patch(&path, json!({ "title": "Green Jug" }))
        .await
        .is(200);
    assert_eq!(titles(&servers[0], "?q=green").await, ["Green Jug"]);
    assert_eq!(titles(&servers[0], "?q=blue").await, [""; 0]);
    let began = Instant::now();
    while titles(&servers[1], "?q=green").await != ["Green Jug"] {
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "another server does not hear of it within a second"
        );
        tokio::task::yield_now().await;
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn stock_that_ends_and_comes_back_is_seen() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Blue Mug", 1200, 1).await;
    let shop = app.host("acme.orion.localhost");
    assert_eq!(titles(&shop, "?available=true").await, ["Blue Mug"]);
    let level = |units: i32| format!("UPDATE inventory_levels SET on_hand = {units} WHERE variant_id = '{variant}'");
    write(&app, level(0)).await;
    assert_eq!(titles(&shop, "?available=true").await, [""; 0]);
    write(&app, level(5)).await;
    assert_eq!(titles(&shop, "?available=true").await, ["Blue Mug"]);
    let before = app.count("SELECT count(*) FROM catalog_changes");
    write(&app, level(4)).await;
    assert_eq!(
        app.count("SELECT count(*) FROM catalog_changes"),
        before,
        "only the end of a stock is news"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn an_index_that_is_deleted_or_spoilt_is_made_anew() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue Mug", 1200, 1).await;
    let shop = app.host("acme.orion.localhost");
    assert_eq!(titles(&shop, "?q=blue").await, ["Blue Mug"]);
    let id = app.store_id("acme").await.0;
    let folder = app.services.search.path(id).expect("a folder");
    std::fs::remove_dir_all(&folder).expect("the index goes");
    app.sell("acme", "Blue Jug", 1300, 1).await;
    let both: BTreeSet<String> = titles(&shop, "?q=blue").await.into_iter().collect();
    assert_eq!(
        both.into_iter().collect::<Vec<_>>(),
        ["Blue Jug", "Blue Mug"],
        "the database answers meanwhile"
    );
    // Another server, or this one started anew, finds what is no index.
    let second = app.second_server().await;
    let other = Client::new(second.address, "acme.orion.localhost", "");
    let place = second.services.search.path(id).expect("a folder");
    std::fs::create_dir_all(&place).expect("a folder");
    std::fs::write(place.join("meta.json"), "spoilt").expect("a file");
    assert_eq!(titles(&other, "?q=mug").await, ["Blue Mug"]);
    assert!(second.services.search.get(id).is_some(), "it is made anew");
    app.run_jobs().await;
}

#[tokio::test]
async fn while_a_large_index_is_made_the_database_answers() {
    let app = TestApp::start().await;
    let store = app.store_id("acme").await.0;
    let many = format!(
        "INSERT INTO products (store_id, id, slug, title, status, min_price_minor, max_price_minor, created_at, updated_at) \
         SELECT '{store}', gen_random_uuid(), 'p-' || n, 'Lamp ' || n, 'active', 100, 100, now(), now() FROM generate_series(1, 1500) AS n; \
         INSERT INTO product_variants (store_id, id, product_id, title, price_minor, track_inventory, created_at, updated_at) \
         SELECT store_id, gen_random_uuid(), id, 'Default', 100, false, now(), now() FROM products WHERE store_id = '{store}'"
    );
    write(&app, many).await;
    let shop = app.host("acme.orion.localhost");
    let total = async |query: &str| shop.get(&format!("{LIST}{query}")).await.is(200).json::<ProductListing>().total;
    assert!(app.services.search.get(store).is_none());
    assert_eq!(total("?limit=1").await, 1500);
    let began = Instant::now();
    while app.services.search.get(store).is_none() {
        assert!(began.elapsed() < Duration::from_secs(30), "the index is never made");
        tokio::task::yield_now().await;
    }
    assert_eq!(total("?limit=2").await, 1500);
    assert_eq!(total("?limit=2&q=1499").await, 1);
}

#[tokio::test]
async fn a_store_that_nobody_visits_has_no_index() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    app.sell("acme", "Blue Mug", 1200, 1).await;
    app.sell("globex", "Road Bike", 120_000, 1).await;
    let shop = app.host("acme.orion.localhost");
    assert_eq!(titles(&shop, "?q=blue").await, ["Blue Mug"]);
    let (visited, idle) = (app.store_id("acme").await.0, app.store_id("globex").await.0);
    assert!(app.services.search.get(visited).is_some());
    for (services, store) in [(&app.services, idle), (&second.services, visited), (&second.services, idle)] {
        assert!(services.search.get(store).is_none(), "an index is open");
        assert!(!services.search.path(store).expect("a folder").exists(), "an index was written");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_card_that_is_remembered_is_as_the_catalogue_is() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Blue Mug", 1200, 1).await;
    let shop = app.host("acme.orion.localhost");
    let card = async || {
        let first = shop.get(LIST).await.is(200).json;
        let again = shop.get(&format!("{LIST}?limit=9")).await.is(200).json;
        assert_eq!(first["data"], again["data"]);
        let suggested = shop.get("/api/v1/storefront/search/suggestions?q=mug").await.is(200).json;
        assert_eq!(suggested["data"][0]["price"], first["data"][0]["price"]);
        first["data"][0].clone()
    };
    assert_eq!(card().await["sold_out"], false);
    write(
        &app,
        format!("UPDATE inventory_levels SET on_hand = 0 WHERE variant_id = '{variant}'"),
    )
    .await;
    assert_eq!(card().await["sold_out"], true);
    write(&app, "UPDATE products SET vendor = 'Maker', min_price_minor = 1100".to_owned()).await;
    let changed = card().await;
    assert_eq!(
        (&changed["vendor"], &changed["price"]["amount_minor"]),
        (&json!("Maker"), &json!(1100))
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn suggestions_come_from_the_index_too() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue T-Shirt", 1200, 0).await;
    app.sell("acme", "Shirt of linen", 1300, 1).await;
    let suggested = app.shop("acme").get("/search/suggestions?q=shi").await.is(200).json;
    let titles: Vec<Suggestion> = serde_json::from_value(suggested["data"].clone()).expect("suggestions");
    assert_eq!(
        titles.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(),
        ["Shirt of linen", "Blue T-Shirt"]
    );
    app.run_jobs().await;
}
