use chrono::DateTime;
use serde_json::json;
use uuid::Uuid;

use super::*;

fn header() -> Header {
    Header::read(
        &csv::StringRecord::from(vec!["Handle", "Title", "SKU", "Option2 Value"]),
        &super::super::mapping::Mapping::default(),
    )
    .unwrap()
}

fn merge(parsed: &ParsedProduct, present: Option<&Present>) -> SaveProduct {
    super::merge(parsed, &header(), present, Vec::new()).unwrap().save
}
use crate::model::{ProductRow, StockedVariant};

fn variant(values: &[&str], sku: &str) -> ParsedVariant {
    ParsedVariant {
        line: 2,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        sku: Some(sku.to_owned()),
        barcode: None,
        price_minor: Some(1000),
        compare_at_minor: None,
        cost_minor: None,
        content: None,
        weight_grams: None,
        taxable: None,
        requires_shipping: None,
        track_inventory: Some(true),
        on_hand: Some(3),
        image: None,
    }
}

fn product(options: &[&str], variants: Vec<ParsedVariant>) -> ParsedProduct {
    ParsedProduct {
        key: "shirt".to_owned(),
        line: 2,
        title: "Shirt".to_owned(),
        body: None,
        vendor: Some(String::new()),
        product_type: None,
        tags: None,
        status: None,
        seo_title: None,
        seo_description: None,
        options: Some(options.iter().map(|option| (*option).to_owned()).collect()),
        variants,
        images: Vec::new(),
        counts: true,
        keeps_options: false,
        categories: Vec::new(),
        metadata: Vec::new(),
        notes: Vec::new(),
    }
}

fn row(id: u128, values: &[&str], sku: &str) -> StockedVariant {
    let time = DateTime::from_timestamp(1, 0).unwrap();
    let variant = VariantRow {
        store_id: Uuid::nil(),
        id: Uuid::from_u128(id),
        product_id: Uuid::nil(),
        title: values.join(" / "),
        option_values: values.iter().map(|value| (*value).to_owned()).collect(),
        sku: Some(sku.to_owned()),
        barcode: "123".to_owned(),
        price_minor: 500,
        compare_at_minor: Some(900),
        weight_grams: 70,
        taxable: false,
        requires_shipping: true,
        track_inventory: true,
        position: 0,
        created_at: time,
        updated_at: time,
        version: 1,
        deleted_at: None,
        external_id: None,
        metadata: json!({}),
        cost_minor: Some(210),
        content_milli: None,
        content_unit: None,
    };
    StockedVariant {
        variant,
        on_hand: Some(3),
        reserved: Some(0),
    }
}

fn present(variants: Vec<StockedVariant>) -> Present {
    let time = DateTime::from_timestamp(1, 0).unwrap();
    let row = ProductRow {
        store_id: Uuid::nil(),
        id: Uuid::nil(),
        slug: "shirt".to_owned(),
        title: "Old".to_owned(),
        description_html: "<p>Soft</p>".to_owned(),
        vendor: "Us".to_owned(),
        product_type: "Top".to_owned(),
        tags: vec!["men".to_owned()],
        status: "active".to_owned(),
        featured: true,
        options: json!([]),
        min_price_minor: 500,
        max_price_minor: 500,
        seo_title: String::new(),
        seo_description: String::new(),
        metadata: json!({}),
        published_at: None,
        created_at: time,
        updated_at: time,
        version: 1,
        deleted_at: None,
        import_key: None,
        external_id: None,
    };
    Present {
        row,
        variants,
        category_ids: vec![Uuid::from_u128(9)],
    }
}

#[test]
fn a_new_product_gets_its_choices_and_its_stock() {
    let save = merge(&product(&["Size"], vec![variant(&["S"], "A"), variant(&["M"], "B")]), None);
    assert_eq!(save.slug, None, "its address is made of the handle when it is written");
    assert_eq!(
        save.options,
        [ProductOption {
            name: "Size".to_owned(),
            values: vec!["S".to_owned(), "M".to_owned()]
        }]
    );
    assert_eq!(
        save.variants.iter().map(|variant| variant.initial_on_hand).collect::<Vec<_>>(),
        [Some(3), Some(3)]
    );
}

#[test]
fn what_the_file_does_not_know_stays() {
    let there = present(vec![row(1, &["S"], "A")]);
    let save = merge(&product(&["Size"], vec![variant(&["S"], "A")]), Some(&there));
    assert_eq!(
        (save.title.as_str(), save.vendor.as_str(), save.product_type.as_str()),
        ("Shirt", "", "Top")
    );
    assert!(save.featured && save.slug.is_none() && save.category_ids.len() == 1);
    let variant = &save.variants[0];
    assert_eq!(
        (variant.id, variant.price_minor, variant.weight_grams, variant.taxable),
        (Some(VariantId(Uuid::from_u128(1))), 1000, 70, false)
    );
    assert_eq!(
        (variant.compare_at_minor, variant.barcode.as_str(), variant.initial_on_hand),
        (Some(900), "123", None)
    );
}

#[test]
fn variants_that_only_the_store_has_are_kept_behind_those_of_the_file() {
    let there = present(vec![row(1, &["L"], "C"), row(2, &["S"], "A")]);
    let save = merge(&product(&["Size"], vec![variant(&["S"], "A")]), Some(&there));
    let values: Vec<&str> = save.variants.iter().map(|variant| variant.option_values[0].as_str()).collect();
    assert_eq!(values, ["S", "L"]);
    assert_eq!(save.options[0].values, ["S", "L"]);
}

#[test]
fn a_variant_whose_value_was_renamed_is_found_by_its_sku() {
    let there = present(vec![row(1, &["Small"], "A")]);
    let save = merge(&product(&["Size"], vec![variant(&["S"], "A")]), Some(&there));
    assert_eq!(save.variants.len(), 1);
    assert_eq!(save.variants[0].id, Some(VariantId(Uuid::from_u128(1))));
}

#[test]
fn variants_that_fit_no_option_any_more_go() {
    let there = present(vec![row(1, &[], "A")]);
    let save = merge(&product(&["Size"], vec![variant(&["S"], "B")]), Some(&there));
    assert_eq!(save.variants.iter().map(|variant| variant.id).collect::<Vec<_>>(), [None]);
}

#[test]
fn a_refused_field_is_found_in_the_file() {
    let header = Header::read(
        &csv::StringRecord::from(vec!["Handle", "Title", "Price", "SKU"]),
        &super::super::mapping::Mapping::default(),
    )
    .unwrap();
    let mut second = variant(&["M"], "B");
    second.line = 7;
    let parsed = product(&["Size"], vec![variant(&["S"], "A"), second]);
    let at = |pointer: &str| {
        let field = FieldProblem::new(pointer, "taken", "x");
        let error = locate(&field, &parsed, &header);
        (error.line, error.column)
    };
    assert_eq!(at("/variants/1/sku"), (7, "SKU".to_owned()));
    assert_eq!(at("/title"), (2, "Title".to_owned()));
    assert_eq!(at("/options/1/values/0"), (2, "Option2 Value".to_owned()));
    assert_eq!(at("/featured"), (2, String::new()));
}
