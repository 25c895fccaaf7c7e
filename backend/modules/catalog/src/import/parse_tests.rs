use encoding_rs::UTF_8;

use super::super::encoding::Shape;
use super::super::reader::ProductFile;
use super::*;

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Tags,Published,Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
                      Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,\
                      Variant Taxable,Image Src,Image Position,Image Alt Text,Variant Image\n";

fn parse_all(rows: &str) -> Vec<Result<ParsedProduct, Vec<RowError>>> {
    let shape = Shape {
        encoding: UTF_8,
        separator: b',',
    };
    let mut file = ProductFile::open(Box::new(std::io::Cursor::new(format!("{HEADER}{rows}"))), shape).unwrap();
    let mut found = Vec::new();
    while let Some(group) = file.next_product().unwrap() {
        found.push(parse(&file.header, &group, Currency::EUR));
    }
    found
}

fn one(rows: &str) -> ParsedProduct {
    parse_all(rows).remove(0).unwrap()
}

fn errors(rows: &str) -> Vec<(i32, String, String)> {
    let errors = parse_all(rows).remove(0).unwrap_err();
    errors.into_iter().map(|error| (error.line, error.column, error.code)).collect()
}

#[test]
fn a_product_without_a_choice_has_one_variant_without_values() {
    let product = one("mug,Mug,Good,Us,\"a, b\",true,,Title,Default Title,,,,250,,1,deny,50,,true,https://x.example/a.jpg,1,Front,\n");
    assert_eq!(
        (product.slug.as_str(), product.title.as_str(), product.status),
        ("mug", "Mug", Some(ProductStatus::Active))
    );
    assert_eq!(product.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert!(product.options.is_empty());
    let variant = &product.variants[0];
    assert_eq!(
        (variant.values.len(), variant.price_minor, variant.weight_grams, variant.on_hand),
        (0, 5000, Some(250), Some(1))
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
    let variants: Vec<(Vec<&str>, i64, i32)> = product
        .variants
        .iter()
        .map(|v| (v.values.iter().map(String::as_str).collect(), v.price_minor, v.line))
        .collect();
    assert_eq!(variants, [(vec!["S", "Blue"], 1000, 2), (vec!["M", "Blue"], 1250, 3)]);
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
fn every_bad_cell_is_reported_with_line_and_column() {
    let found = errors(
        "shirt,Shirt,,,,perhaps,,Size,S,,,,,,,,abc,,,ftp://x.example/1.jpg,,,\n\
         shirt,,,,,,,,M,,,,,,-1,,,,maybe,,,,\n",
    );
    let expected = [
        (2, "Published", "invalid"),
        (2, "Variant Price", "not_a_number"),
        (3, "Variant Price", "required"),
        (3, "Variant Inventory Qty", "out_of_range"),
        (3, "Variant Taxable", "invalid"),
        (2, "Image Src", "invalid_url"),
    ];
    assert_eq!(
        found,
        expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()))
    );
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
    assert_eq!(tracked("", "1", "deny"), Some(true));
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
