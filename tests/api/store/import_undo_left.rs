//! `/api/v1/store/imports/{id}/undo`: what is refused, and what is let be.

use orion_tests::{Form, TestApp};
use orion_types::import::Import;
use orion_types::status::UndoReason;
use serde_json::json;

use super::import_undo::{SECOND, ask, became, changed, check_ledger, id_of, import_all, left, plan, read, shop, undo, variant};
use super::imports::{GOOD, HEADER, counts, file, import};

#[tokio::test]
async fn an_import_of_which_something_was_sold_stays_as_a_whole() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let shown = app.sell_one("acme", "Poster", 900, 5).await;
    app.buyer("acme", &[(shown, 1)]).await.buy().await.is(201);
    let texts = "poster,A poster,Orion,active,Title,Default Title,P-1,shopify,5,9.00\n";
    let done = import(&app, &owner, &file(&format!("{GOOD}{texts}"))).await;
    assert_eq!(counts(&done), (2, 1, 0, 0));
    // What was ordered before the import is no reason.
    assert_eq!(plan(&owner, &done).await.sold_count, 0);
    let buyer = app.buyer("acme", &[(variant(&app, "CM-1"), 2)]).await;
    let order = buyer.buy().await.is(201);
    let refused = ask(&owner, &done).await.refused(409, "catalog.import_sold").at("/products/0");
    let detail = refused.json["detail"].as_str().expect("a sentence");
    assert!(detail.starts_with("“Clay Mug, large” was ordered since."), "{detail}");
    assert_eq!(refused.json["errors"][0]["code"], "sold");
    let planned = plan(&owner, &done).await;
    assert_eq!((planned.sold_count, planned.removed_count, planned.restored_count), (1, 1, 1));
    assert_eq!(planned.examples[0].reason, UndoReason::SoldSince);
    assert_eq!(app.count("SELECT count(*) FROM import_undos"), 0);
    // An order that was cancelled has sold nothing.
    let order = order.json["order_id"].as_str().expect("an id").to_owned();
    owner.post(&format!("/orders/{order}/cancel"), json!({})).await.is(200);
    assert_eq!(became(&undo(&app, &owner, &done).await), (2, 1, 0, 0));
    check_ledger(&app);
}

#[tokio::test]
async fn what_was_sold_while_the_undo_waited_is_let_be() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let done = import(&app, &owner, &file(GOOD)).await;
    ask(&owner, &done).await.is(202);
    app.buyer("acme", &[(variant(&app, "CM-1"), 2)]).await.buy().await.is(201);
    app.run_jobs().await;
    assert_eq!(became(&read(&owner, &done).await.undo.expect("an undo")), (1, 0, 1, 0));
    assert_eq!(left(&owner, &done).await, [("Clay Mug, large".to_owned(), UndoReason::SoldSince)]);
    app.shop("acme").get("/products/clay-mug").await.is(200);
    check_ledger(&app);
}

#[tokio::test]
async fn what_somebody_has_changed_since_is_let_be_and_told() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    shop(&app, &owner).await;
    let done = import_all(&app, &owner, SECOND).await;
    changed(&owner, &id_of(&owner, "Kettle").await, json!({ "vendor": "Somebody" })).await;
    changed(&owner, &id_of(&owner, "Linen").await, json!({ "title": "Our shirt" })).await;
    // A picture moves no version.
    let tray = id_of(&owner, "Tray").await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(16, 16)
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    owner
        .upload(
            &format!("/products/{tray}/images"),
            Form::file("tray.png", "image/png", png.get_ref()),
        )
        .await
        .is(201);
    let jug = id_of(&owner, "Jug").await;
    owner.with("if-match", "*").delete(&format!("/products/{jug}")).await.is(204);
    let vases = app.text("SELECT id::text FROM product_categories WHERE name = 'Trays'");
    owner
        .with("if-match", "*")
        .put(&format!("/categories/{vases}"), json!({ "name": "Our trays" }))
        .await
        .is(200);

    let planned = plan(&owner, &done).await;
    assert_eq!(
        (planned.removed_count, planned.restored_count, planned.left_count),
        (0, 3, 4),
        "{planned:?}"
    );
    assert_eq!(planned.category_count, 1, "{planned:?}");
    let undone = undo(&app, &owner, &done).await;
    let told = [
        ("Home", UndoReason::InUse),
        ("Jug", UndoReason::Deleted),
        ("Kettle", UndoReason::EditedSince),
        ("Kettles", UndoReason::InUse),
        ("Our shirt", UndoReason::EditedSince),
        ("Our trays", UndoReason::EditedSince),
        ("Shirts", UndoReason::InUse),
        ("Tray", UndoReason::EditedSince),
    ];
    let mut lines = left(&owner, &done).await;
    lines.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(lines, told.map(|(title, reason)| (title.to_owned(), reason)));
    assert_eq!(became(&undone), (0, 3, 8, 1), "{undone:?}");
    let states = app.text("SELECT string_agg(title || ' ' || status, ', ' ORDER BY title) FROM products WHERE deleted_at IS NULL");
    assert_eq!(
        states,
        "Bowl active, Kettle active, Mug active, Our shirt active, Plate draft, Tray active, Vase active"
    );
    assert_eq!(app.text("SELECT string_agg(sku, ', ') FROM product_variants v JOIN products p ON p.id = v.product_id WHERE p.title = 'Mug' AND v.deleted_at IS NULL"), "MUG");
    // Nothing of what is left can be undone: so it is said, and nothing happens.
    let refused = ask(&owner, &done).await.refused(409, "catalog.import_not_undoable");
    assert_eq!(refused.json["detail"], "All of it has been changed since, or deleted.");
}

#[tokio::test]
async fn the_newest_import_of_a_product_is_undone_first() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let first = import(&app, &owner, &file(GOOD)).await;
    let second = import(&app, &owner, &file(&GOOD.replace("18.00", "19.00"))).await;
    let third = import(
        &app,
        &owner,
        &file(&GOOD.replace("18.00", "19.00").replace("CM-1,shopify,12", "CM-1,shopify,2")),
    )
    .await;
    assert_eq!((counts(&second), counts(&third)), ((0, 1, 1, 0), (0, 1, 1, 0)));
    let undone = undo(&app, &owner, &first).await;
    assert_eq!(became(&undone), (1, 0, 1, 0));
    assert_eq!(
        left(&owner, &first).await,
        [("Clay Mug, large".to_owned(), UndoReason::ImportedSince)]
    );
    assert!(read(&owner, &first).await.undo_until.is_some(), "the rest can be undone later");
    for later in [&third, &second] {
        assert_eq!(became(&undo(&app, &owner, later).await), (0, 1, 0, 0));
    }
    let mug = "SELECT v.price_minor || ' ' || l.on_hand FROM product_variants v JOIN inventory_levels l ON l.variant_id = v.id WHERE v.sku = 'CM-1'";
    assert_eq!(app.text(mug), "1800 12");
    assert_eq!(became(&undo(&app, &owner, &first).await), (1, 0, 0, 0));
    assert_eq!(app.count("SELECT count(*) FROM products WHERE deleted_at IS NULL"), 0);
    assert_eq!(app.count("SELECT count(*) FROM import_changes"), 0);
    check_ledger(&app);
}

#[tokio::test]
async fn pictures_that_an_import_brought_go_and_others_look_as_before() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let with = |pictures: &[(&str, i32, &str)]| {
        let mut rows = format!("{},Image Src,Image Position,Image Alt Text\n", HEADER);
        for (place, (name, position, alt)) in pictures.iter().enumerate() {
            let product = if place == 0 {
                "mug,Mug,Orion,active,Title,Default Title,M,shopify,1,5.00"
            } else {
                "mug,,,,,,,,,"
            };
            rows.push_str(&format!("{product},http://127.0.0.1:9/{name}.png,{position},{alt}\n"));
        }
        rows.into_bytes()
    };
    let looks = || app.text("SELECT string_agg(right(source_url, 5) || position || alt, ', ' ORDER BY position) FROM product_images");
    let imported = async |bytes: &[u8]| {
        let started: Import = owner
            .upload("/imports/products", Form::file("products.csv", "text/csv", bytes))
            .await
            .is(202)
            .json();
        app.attempt_jobs().await;
        read(&owner, &started).await
    };
    imported(&with(&[("a", 1, "front"), ("b", 2, "back")])).await;
    let before = looks();
    let done = imported(&with(&[("b", 1, "rear"), ("a", 2, "face"), ("c", 3, "new")])).await;
    assert_eq!(done.updated_count, 1);
    // One of them is described by a person since.
    let image = app.text("SELECT id::text FROM product_images WHERE source_url LIKE '%/a.png'");
    let product = id_of(&owner, "Mug").await;
    owner
        .with("if-match", "*")
        .patch(&format!("/products/{product}/images/{image}"), json!({ "alt": "by hand" }))
        .await
        .is(200);
    ask(&owner, &done).await.is(202);
    app.attempt_jobs().await;
    assert_eq!(became(&read(&owner, &done).await.undo.expect("an undo")), (0, 1, 0, 0));
    assert_eq!(before, "a.png1front, b.png2back");
    assert_eq!(looks(), "a.png2by hand, b.png2back");
    app.leave_jobs("pictures are nowhere to be fetched from");
}
