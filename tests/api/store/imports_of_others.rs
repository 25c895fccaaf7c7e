//! `/api/v1/store/imports`: files as other shops export them, with what no careful person would write.

use orion_tests::TestApp;
use orion_types::Page;
use orion_types::import::ImportRowError;
use orion_types::status::ImportStatus;

use super::imports::{GOOD, HEADER, counts, errors, file, import};

/// What other shops' files hold, a product each: repeated SKUs, stock below zero, goods that nobody counts, handles of other scripts and of
/// other letters, a gift card, pictures nobody can fetch, rows apart, a product without a price, and long names.
fn motley() -> Vec<u8> {
    let long = "Long ".repeat(80);
    format!(
        "sep=;\n\
         {header};Season;Image Src;Gift Card\n\
         twin-a;Twin A;O;active;Title;Default Title;SAME;shopify;1;10,50;4;;FALSCH\n\
         twin-b;Twin B;O;active;Title;Default Title;SAME;shopify;-4;1.210,50;4;not an address;FALSCH\n\
         كوب;Cup;O;active;Title;Default Title;AR-1;;998;7,00;;;FALSCH\n\
         كوبان;Cups;O;active;Title;Default Title;AR-2;;0;8,00;;;FALSCH\n\
         Apart;;;;Size;M;AP-M;shopify;2;9,00;;;\n\
         card;Card;O;active;Title;Default Title;GC;;1;25,00;;;WAHR\n\
         Apart;Apart;O;active;Size;S;AP-S;shopify;1;9,00;;;FALSCH\n\
         apart;Another;O;active;Title;Default Title;AN;shopify;1;9,00;;;FALSCH\n\
         priceless;Priceless;O;active;Title;Default Title;PL;shopify;1;;;;FALSCH\n\
         long;{long};O;active;Size;{long};L;shopify;1;5,00;;;FALSCH\n",
        header = HEADER.replace(',', ";")
    )
    .into_bytes()
}

#[tokio::test]
async fn what_other_shops_export_is_taken_with_notes_and_a_second_time_changes_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let done = import(&app, &owner, &motley()).await;
    assert_eq!((done.status, counts(&done)), (ImportStatus::Completed, (9, 0, 0, 0)), "{done:?}");
    let states =
        "SELECT string_agg(coalesce(import_key, '') || ' ' || slug || ' ' || status, ', ' ORDER BY import_key COLLATE \"C\") FROM products";
    assert_eq!(
        app.text(states),
        "Apart apart active, apart apart-2 active, card card draft, long long active, priceless priceless draft, \
         twin-a twin-a active, twin-b twin-b active, كوب kwb active, كوبان kwbn active"
    );
    let stock = "SELECT string_agg(v.sku || ' ' || v.track_inventory || ' ' || l.on_hand || ' ' || v.price_minor, ', ' ORDER BY v.sku, v.price_minor) \
                 FROM product_variants v JOIN inventory_levels l ON l.variant_id = v.id WHERE v.sku IN ('SAME', 'AR-1', 'AP-M', 'AP-S')";
    assert_eq!(
        app.text(stock),
        "AP-M true 2 900, AP-S true 1 900, AR-1 false 0 700, SAME true 1 1050, SAME true 0 121050"
    );
    let notes: Page<ImportRowError> = owner
        .get(&format!("/imports/{}/errors?severity=note&limit=100", done.id))
        .await
        .is(200)
        .json();
    let codes: std::collections::BTreeSet<&str> = notes.data.iter().map(|note| note.code.as_str()).collect();
    for code in [
        "column_ignored",
        "negative_stock",
        "invalid_url",
        "gift_card",
        "price_missing",
        "cut",
    ] {
        assert!(codes.contains(code), "{code} is missing: {codes:?}");
    }
    assert_eq!(usize::try_from(done.note_count).expect("a count"), notes.data.len());
    owner.get(&format!("/imports/{}/errors?severity=loud", done.id)).await.is(400);

    let before = app.text("SELECT string_agg(slug || version, ',' ORDER BY slug) FROM products");
    assert_eq!(counts(&import(&app, &owner, &motley()).await), (0, 0, 9, 0));
    assert_eq!(
        app.text("SELECT string_agg(slug || version, ',' ORDER BY slug) FROM products"),
        before
    );
}

#[tokio::test]
async fn a_file_with_nothing_but_stock_changes_stock_and_nothing_else() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    import(&app, &owner, &file(GOOD)).await;
    let rest = "SELECT string_agg(v.title || ' ' || v.sku || ' ' || v.price_minor || ' ' || v.position, ', ' ORDER BY v.id) FROM product_variants v WHERE v.deleted_at IS NULL";
    let before = app.text(rest);
    let stock = "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty\n\
                 linen-shirt,Linen Shirt,LS-L,shopify,9\nlinen-shirt,,LS-S,shopify,1\nclay-mug,,,shopify,4\nlinen-shirt,,NONE,shopify,1\n";
    let done = import(&app, &owner, stock.as_bytes()).await;
    // The unknown SKU refuses the shirt as a whole; without it both are taken.
    assert_eq!(counts(&done), (0, 1, 0, 1), "{:?}", errors(&owner, &done).await);
    let stock = stock.replace("linen-shirt,,NONE,shopify,1\n", "");
    assert_eq!(counts(&import(&app, &owner, stock.as_bytes()).await), (0, 1, 1, 0));
    let units = "SELECT string_agg(v.sku || ' ' || l.on_hand, ', ' ORDER BY v.sku) FROM product_variants v JOIN inventory_levels l ON l.variant_id = v.id";
    assert_eq!(app.text(units), "CM-1 4, LS-L 9, LS-M 0, LS-S 1");
    assert_eq!(app.text(rest), before);
}

/// What was refused goes out as a file that comes back as it is once the cells are mended.
#[tokio::test]
async fn refused_rows_leave_as_a_file_that_can_be_mended_and_sent_again() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows = format!(
        "{GOOD}kettle,Kettle,Orion,active,Size,S,K-S,shopify,1,abc\n\
         kettle,,,,,L,=K-L,shopify,2,30.00\n\
         ,Nothing,Orion,active,Title,Default Title,N-1,shopify,1,1.00\n"
    );
    let done = import(&app, &owner, &file(&rows)).await;
    assert_eq!(counts(&done), (2, 0, 0, 2), "{:?}", errors(&owner, &done).await);
    let address = format!("/imports/{}/refused-rows", done.id);
    let refused = owner.get(&address).await.is(200);
    let text = String::from_utf8(refused.body.to_vec()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], format!("\u{feff}Refused because,{HEADER}"));
    assert_eq!(
        lines[1],
        "\"Variant Price: expected a number, found “abc”\",kettle,Kettle,Orion,active,Size,S,K-S,shopify,1,abc"
    );
    assert_eq!(lines[2], ",kettle,,,,,L,'=K-L,shopify,2,30.00");
    assert_eq!(lines.len(), 4, "{text}");

    let mended = text.replace(",abc", ",29.00").replace(",,Nothing,", ",nothing,Nothing,");
    let mended = mended.replace("\"Variant Price: expected a number, found “abc”\"", "");
    let again = import(&app, &owner, mended.as_bytes()).await;
    assert_eq!(counts(&again), (2, 0, 0, 0), "{:?}", errors(&owner, &again).await);
    assert_eq!(app.text("SELECT sku FROM product_variants WHERE sku LIKE '%K-L'"), "=K-L");
    app.owner("globex").await.get(&address).await.is(404);
}

/// PostgreSQL has no text with a NUL: neither a product that is taken nor the report on one that is refused may stumble over it.
#[tokio::test]
async fn a_nul_in_a_file_is_left_out_wherever_it_stands() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows = "cup\0,A\0 Cup,Or\0ion,active,Si\0ze,S\0,C-\0S,shopify,1,5.00\n\
                pot\0,Pot,Orion,active,Size,S,P-S,shopify,1,a\0bc\n\
                ,No\0body,Orion,active,Size,S,N-S,shopify,1,1.00\n";
    let done = import(&app, &owner, &file(rows)).await;
    assert_eq!((done.status, counts(&done)), (ImportStatus::Completed, (1, 0, 0, 2)), "{done:?}");
    assert_eq!(
        app.text("SELECT import_key || ' ' || title || ' ' || vendor FROM products"),
        "cup A Cup Orion"
    );
    let told = errors(&owner, &done).await;
    let told: Vec<(&str, &str)> = told.iter().map(|line| (line.product.as_str(), line.value.as_str())).collect();
    assert_eq!(told, [("pot", "abc"), ("", " Nobody Orion active Size S N-S shopify …")]);
    owner.get(&format!("/imports/{}/refused-rows", done.id)).await.is(200);
}
