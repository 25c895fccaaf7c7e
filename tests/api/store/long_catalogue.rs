//! Lists of products and of their stock in a store with more products than lists count.

use diesel::connection::SimpleConnection;
use orion_tests::{Client, TestApp, product, saved_product};
use serde_json::json;

/// A catalogue of 10,020 products. Each has one variant; of every thousandth there are two units, of the others a hundred.
const FILL: &str = "INSERT INTO products (store_id, id, slug, title, vendor, status, min_price_minor, max_price_minor, created_at, updated_at)
     SELECT s.id, gen_random_uuid(), 'thing-' || n, 'Zoë Thing' || n || ' of Oak', 'Maker', 'active', n, n, now() - n * interval '1 minute', now()
     FROM stores s CROSS JOIN generate_series(1, 10020) AS n WHERE s.code = 'acme';
     INSERT INTO product_variants (store_id, id, product_id, title, sku, price_minor, created_at, updated_at)
     SELECT p.store_id, gen_random_uuid(), p.id, 'Default', 'TH-' || p.min_price_minor, p.min_price_minor, now(), now()
     FROM products p WHERE p.slug LIKE 'thing-%';
     INSERT INTO inventory_locations (store_id, id, name, is_default, created_at, updated_at)
     SELECT id, gen_random_uuid(), 'Main', true, now(), now() FROM stores WHERE code = 'acme' ON CONFLICT DO NOTHING;
     INSERT INTO inventory_levels (store_id, id, location_id, variant_id, on_hand, updated_at)
     SELECT v.store_id, gen_random_uuid(), l.id, v.id, CASE WHEN v.price_minor % 1000 = 7 THEN 2 ELSE 100 END, now()
     FROM product_variants v JOIN inventory_locations l ON l.store_id = v.store_id AND l.is_default WHERE v.sku LIKE 'TH-%';
     ANALYZE products, product_words, product_variants, inventory_levels";

/// How many rows a list has in all, or on its first page where it does not count, and the first of them.
async fn found(staff: &Client, list: &str) -> (usize, String) {
    let page = staff.get(list).await.is(200);
    let rows = page.json["data"].as_array().expect("rows");
    let first = rows
        .first()
        .map(|row| row["title"].as_str().or(row["product_title"].as_str()).expect("a title"));
    let total = page.json["total"].as_u64().map_or(rows.len(), |total| total as usize);
    (total, first.unwrap_or_default().to_owned())
}

#[tokio::test]
async fn products_and_stock_of_a_long_catalogue_are_found_by_how_words_begin() {
    let app = TestApp::start().await;
    let staff = app.owner("acme").await;
    app.owner_of_database().batch_execute(FILL).expect("the products");
    for (list, total, first) in [
        // Many have the words: the list goes through the products in its order.
        ("/products?q=zoe%20thing", 10_000, "Zoë Thing1 of Oak"),
        ("/products?q=zoe%20thing&sort=-price", 10_000, "Zoë Thing10020 of Oak"),
        ("/products?q=MAKER&status=draft", 0, ""),
        // So many that they are counted by the words and not looked up.
        ("/products?q=oak%20thing1", 1132, "Zoë Thing1 of Oak"),
        ("/products?q=thing1%20oak&sort=-price", 1132, "Zoë Thing10020 of Oak"),
        ("/products?q=oak%20thing1&status=active", 1132, "Zoë Thing1 of Oak"),
        ("/products?q=oak%20thing1&status=draft", 0, ""),
        ("/products?q=oak%20thing1&stock=low", 2, "Zoë Thing1007 of Oak"),
        // Few have one of them.
        ("/products?q=oak%20thing7777", 1, "Zoë Thing7777 of Oak"),
        ("/products?q=thing77&sort=price", 111, "Zoë Thing77 of Oak"),
        ("/products?q=thing77&status=archived", 0, ""),
        ("/products?q=hing7777", 0, ""),
        ("/products?q=oak%20unicorn", 0, ""),
        // SKUs begin so, however they are written; with many of them too.
        ("/products?q=th-7777", 1, "Zoë Thing7777 of Oak"),
        ("/products?q=Th-", 10_000, "Zoë Thing1 of Oak"),
        ("/products?q=%E2%98%83", 0, ""),
        // What runs out, and beside a search.
        ("/products?stock=low&sort=price", 11, "Zoë Thing7 of Oak"),
        ("/products?stock=low&q=thing9007", 1, "Zoë Thing9007 of Oak"),
        ("/products?stock=out", 0, ""),
        ("/inventory?q=oak%20thing7777", 1, "Zoë Thing7777 of Oak"),
        ("/inventory?q=th-7777", 1, "Zoë Thing7777 of Oak"),
        ("/inventory?q=zoe&limit=3", 3, "Zoë Thing1 of Oak"),
        ("/inventory?q=hing7777", 0, ""),
        ("/inventory?stock=low", 11, "Zoë Thing10007 of Oak"),
        ("/inventory?stock=low&q=thing9007", 1, "Zoë Thing9007 of Oak"),
        ("/inventory?stock=out", 0, ""),
    ] {
        assert_eq!(found(&staff, list).await, (total, first.to_owned()), "{list}");
    }
}

#[tokio::test]
async fn what_is_saved_in_a_long_catalogue_is_found_at_once() {
    let app = TestApp::start().await;
    let staff = app.owner("acme").await;
    app.owner_of_database().batch_execute(FILL).expect("the products");
    let total = async |words: &str| found(&staff, &format!("/products?q={words}")).await.0;
    assert_eq!((total("unicorn").await, total("narwhal").await), (0, 0));
    let made = staff.post("/products", product("Oak Unicorn", 900, 1)).await.is(201);
    assert_eq!((total("unicorn").await, total("oak%20uni").await), (1, 1), "a draft");
    assert_eq!(found(&staff, "/inventory?q=unicorn").await.0, 1);
    assert_eq!(found(&staff, "/inventory?stock=low").await.0, 12, "one unit is little");
    let path = format!("/products/{}", made.json["id"].as_str().expect("an id"));
    let tag = staff.get(&path).await.is(200).header("etag").expect("a version").to_owned();
    let mut change = saved_product(&made.json);
    change["title"] = json!("Oak Narwhal");
    staff.with("if-match", &tag).put(&path, &change).await.is(200);
    assert_eq!((total("unicorn").await, total("narwhal").await), (0, 1));
    staff.delete(&path).await.is(204);
    assert_eq!((total("narwhal").await, total("oak").await), (0, 10_000));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_page_of_stock_that_is_remembered_has_the_units_of_now() {
    let app = TestApp::start().await;
    let staff = app.owner("acme").await;
    app.owner_of_database().batch_execute(FILL).expect("the products");
    let first = async || {
        let page = staff.get("/inventory?q=zoe&limit=2").await.is(200);
        let row = &page.json["data"][0];
        assert_eq!(page.json["has_more"], true);
        (
            row["product_title"].as_str().expect("a title").to_owned(),
            row["on_hand"].as_i64().expect("units"),
        )
    };
    assert_eq!(first().await, ("Zoë Thing1 of Oak".to_owned(), 100));
    let counted = "UPDATE inventory_levels SET on_hand = 55 WHERE variant_id = (SELECT id FROM product_variants WHERE sku = 'TH-1')";
    app.owner_of_database().batch_execute(counted).expect("a count");
    assert_eq!(first().await, ("Zoë Thing1 of Oak".to_owned(), 55));
    staff.post("/products", product("Zoë Able", 900, 7)).await.is(201);
    assert_eq!(first().await, ("Zoë Able".to_owned(), 7), "a save is another version");
    app.run_jobs().await;
}
