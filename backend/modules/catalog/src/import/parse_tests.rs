use encoding_rs::UTF_8;

use super::super::encoding::Shape;
use super::super::reader::ProductFile;
use super::*;

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Tags,Published,Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
                      Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,\
                      Variant Taxable,Image Src,Image Position,Image Alt Text,Variant Image\n";

fn parse_all(rows: &str) -> Vec<Result<ParsedProduct, Vec<RowError>>> {
    parse_file(&format!("{HEADER}{rows}"))
}

fn parse_file(text: &str) -> Vec<Result<ParsedProduct, Vec<RowError>>> {
    let shape = Shape {
        encoding: UTF_8,
        separator: b',',
    };
    let open = || {
        ProductFile::open(
            Box::new(std::io::Cursor::new(text.to_owned())),
            shape,
            &super::super::mapping::Mapping::default(),
        )
        .unwrap()
    };
    let mut file = open();
    file.survey = open().look_over().unwrap();
    let mut found = Vec::new();
    while let Some(group) = file.next_product().unwrap() {
        found.push(parse(&file.header, file.survey.evidence, &group, Currency::EUR));
    }
    found
}

/// Code, column and value of each note.
fn notes(rows: &str) -> Vec<(String, String, String)> {
    let notes = one(rows).notes;
    notes.into_iter().map(|note| (note.code, note.column, note.value)).collect()
}

fn one(rows: &str) -> ParsedProduct {
    parse_all(rows).remove(0).unwrap()
}

#[test]
fn a_product_without_a_choice_has_one_variant_without_values() {
    let product = one("mug,Mug,Good,Us,\"a, b\",true,,Title,Default Title,,,,250,,1,deny,50,,true,https://x.example/a.jpg,1,Front,\n");
    assert_eq!(
        (product.key.as_str(), product.title.as_str(), product.status),
        ("mug", "Mug", Some(ProductStatus::Active))
    );
    assert_eq!(product.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(product.options, Some(Vec::new()));
    let variant = &product.variants[0];
    assert_eq!(
        (variant.values.len(), variant.price_minor, variant.weight_grams, variant.on_hand),
        (0, Some(5000), Some(250), None)
    );
    assert_eq!(
        product.images,
        [ParsedImage {
            url: "https://x.example/a.jpg".to_owned(),
            alt: "Front".to_owned(),
            position: 1
        }]
    );
}

#[test]
fn variants_and_pictures_share_the_rows() {
    let product = one(
        "shirt,Shirt,,,,true,,Size,S,Colour,Blue,S-B,,,,,10,,,https://x.example/1.jpg,1,,https://x.example/v.jpg\n\
         shirt,,,,,,,,M,,Blue,M-B,,,,,12.50,,,https://x.example/2.jpg,,,\n\
         shirt,,,,,,,,,,,,,,,,,,,https://x.example/3.jpg,,,\n",
    );
    let variants: Vec<(Vec<&str>, Option<i64>, i32)> = product
        .variants
        .iter()
        .map(|v| (v.values.iter().map(String::as_str).collect(), v.price_minor, v.line))
        .collect();
    assert_eq!(variants, [(vec!["S", "Blue"], Some(1000), 2), (vec!["M", "Blue"], Some(1250), 3)]);
    let images: Vec<(&str, i32)> = product.images.iter().map(|image| (image.url.as_str(), image.position)).collect();
    assert_eq!(
        images,
        [
            ("https://x.example/1.jpg", 1),
            ("https://x.example/2.jpg", 2),
            ("https://x.example/3.jpg", 3),
            ("https://x.example/v.jpg", 4)
        ]
    );
    assert_eq!(product.variants[0].image.as_deref(), Some("https://x.example/v.jpg"));
}

#[test]
fn a_price_that_cannot_be_read_is_refused_with_product_column_and_value() {
    let errors = parse_all("shirt,Shirt,,,,,,Size,S,,,,,,,,abc,,,,,,\nshirt,,,,,,,,M,,,,,,,,10,-1,,,,,\n")
        .remove(0)
        .unwrap_err();
    let told: Vec<(i32, &str, &str, &str, &str)> = errors
        .iter()
        .map(|error| {
            (
                error.line,
                error.product.as_str(),
                error.column.as_str(),
                error.code.as_str(),
                error.value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (2, "shirt", "Variant Price", "not_a_number", "abc"),
            (3, "shirt", "Variant Compare At Price", "out_of_range", "-1"),
        ]
    );
}

#[test]
fn what_can_be_taken_is_taken_and_told() {
    let rows = "shirt,Shirt,,,,perhaps,,Size,S,,,,,shopify,-4,,10,,maybe,ftp://x.example/1.jpg,,,\n\
                shirt,,,,,,,,M,,,,,shopify,-1,,10,,,,,,\n";
    let product = one(rows);
    assert_eq!(
        product.variants.iter().map(|variant| variant.on_hand).collect::<Vec<_>>(),
        [Some(0), Some(0)]
    );
    assert!(product.images.is_empty());
    let told = notes(rows);
    let told: Vec<(&str, &str, &str)> = told
        .iter()
        .map(|(code, column, value)| (code.as_str(), column.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("negative_stock", "Variant Inventory Qty", "-4"),
            ("invalid", "Variant Taxable", "maybe"),
            ("invalid", "Published", "perhaps"),
            ("invalid_url", "Image Src", "ftp://x.example/1.jpg"),
        ]
    );
    assert!(
        product.notes[0].detail.ends_with("(2 times in this product)"),
        "{}",
        product.notes[0].detail
    );
}

#[test]
fn choices_are_mended_where_they_collide() {
    let rows = "s,S,,,,,,Size,M,Size,Red,A,,,,,10,,,,,,\ns,,,,,,,,m,,RED,B,,,,,11,,,,,,\ns,,,,,,,,L,,,C,,,,,12,,,,,,\n";
    let product = one(rows);
    assert_eq!(product.options, Some(vec!["Size".to_owned(), "Size 2".to_owned()]));
    let values: Vec<Vec<&str>> = product
        .variants
        .iter()
        .map(|v| v.values.iter().map(String::as_str).collect())
        .collect();
    assert_eq!(values, [["M", "Red"], ["L", "–"]]);
    let codes: Vec<String> = notes(rows).into_iter().map(|(code, _, _)| code).collect();
    assert_eq!(codes, ["option_repeated", "option_value_missing", "variant_repeated"]);
}

#[test]
fn long_texts_are_cut_and_told() {
    let title = "T".repeat(310);
    let value = "v".repeat(300);
    let product = one(&format!("s,{title},,,,,,Size,{value},,,{},,,,,10,,,,,,\n", "K".repeat(260)));
    assert_eq!((product.title.len(), product.variants[0].values[0].len()), (300, 255));
    assert_eq!(product.variants[0].sku.as_ref().map(String::len), Some(255));
    assert_eq!(product.notes.iter().filter(|note| note.code == "cut").count(), 3);
}

#[test]
fn a_product_is_on_sale_only_when_nothing_speaks_against_it() {
    let status = |published: &str, status: &str| one(&format!("m,M,,,,{published},{status},,,,,,,,,,1,,,,,,\n")).status;
    assert_eq!(status("true", "active"), Some(ProductStatus::Active));
    assert_eq!(status("true", ""), Some(ProductStatus::Active));
    assert_eq!(status("false", "active"), Some(ProductStatus::Draft));
    assert_eq!(status("true", "draft"), Some(ProductStatus::Draft));
    assert_eq!(status("false", "Archived"), Some(ProductStatus::Archived));
    assert_eq!(status("", ""), None);
}

#[test]
fn stock_is_kept_when_it_is_counted_and_selling_stops_without_it() {
    let tracked = |tracker: &str, quantity: &str, policy: &str| {
        one(&format!("m,M,,,,,,,,,,,,{tracker},{quantity},{policy},1,,,,,,\n")).variants[0].track_inventory
    };
    assert_eq!(tracked("shopify", "5", "deny"), Some(true));
    assert_eq!(tracked("", "1", "deny"), Some(false), "nobody counts it, whatever stands beside it");
    assert_eq!(tracked("", "", ""), Some(false));
    assert_eq!(tracked("shopify", "5", "continue"), Some(false));
}

#[test]
fn a_compare_at_price_of_nothing_is_none() {
    let compare_at = |text: &str| one(&format!("m,M,,,,,,,,,,,,,,,5,{text},,,,,\n")).variants[0].compare_at_minor;
    assert_eq!(compare_at("0.00"), Some(None));
    assert_eq!(compare_at(""), Some(None));
    assert_eq!(compare_at("7"), Some(Some(700)));
}

#[test]
fn what_a_variant_costs_and_holds_is_kept_and_never_a_reason_to_refuse_it() {
    let header =
        "Handle,Title,Variant Price,Cost per item,Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure\n";
    let rows = "oil,Oil,12.90,4.10,750,ml,1\nsalt,Salt,3,cheap,0,g,\ntape,Tape,2,,3.5,yd,\n";
    let products: Vec<ParsedProduct> = parse_file(&format!("{header}{rows}")).into_iter().map(Result::unwrap).collect();
    let oil = &products[0].variants[0];
    let content = Content {
        amount_milli: 750_000,
        unit: "ml".to_owned(),
    };
    assert_eq!((oil.cost_minor, oil.content.as_ref()), (Some(410), Some(&content)));
    let salt = &products[1];
    assert_eq!((salt.variants[0].cost_minor, &salt.variants[0].content), (None, &None));
    assert_eq!(
        (salt.notes[0].code.as_str(), salt.notes[0].column.as_str()),
        ("not_a_number", "Cost per item")
    );
    let tape = &products[2];
    assert_eq!(
        (tape.variants[0].content.as_ref(), tape.notes[0].code.as_str()),
        (None, "unknown_unit")
    );
}
