use super::*;
use orion_types::catalog::{SaveProduct, UpdateImage};
use orion_types::checkout::PaymentChoice;
use orion_types::store::UpdateStoreSettings;

type Found = Vec<(String, String)>;

fn errors_of<T: DeserializeOwned + ToSchema + std::fmt::Debug + 'static>(json: &str) -> Found {
    let draft = parse::<T>(json.as_bytes(), false).unwrap_err();
    if draft.errors.is_empty() {
        return vec![(String::new(), draft.kind.code.to_owned())];
    }
    draft.errors.into_iter().map(|field| (field.pointer, field.code)).collect()
}

fn found(pairs: &[(&str, &str)]) -> Found {
    pairs
        .iter()
        .map(|(place, code)| ((*place).to_owned(), (*code).to_owned()))
        .collect()
}

#[test]
fn a_wrong_field_is_named_by_its_pointer() {
    let of = errors_of::<SaveProduct>;
    assert_eq!(
        of(r#"{"title":"Mug","variants":[{"price_minor":"abc"}]}"#),
        found(&[("/variants/0/price_minor", "invalid_type")])
    );
    assert_eq!(of(r#"{"title":"Mug"}"#), found(&[("/variants", "required")]));
    assert_eq!(
        of(r#"{"title":"Mug","variants":[],"price":1}"#),
        found(&[("/price", "unknown_field")])
    );
    assert_eq!(
        of(r#"{"title":"Mug","variants":[{"price_minor":1,"x":1}]}"#),
        found(&[("/variants/0/x", "unknown_field")])
    );
    assert_eq!(
        of(r#"{"title":"Mug","title":"Cup","variants":[]}"#),
        found(&[("/title", "duplicate_field")])
    );
    assert_eq!(of("{"), found(&[("", "framework.bad_request")]));
    assert_eq!(of(r#"{"title":"Mug","variants":[]} x"#), found(&[("", "framework.bad_request")]));
}

#[test]
fn everything_that_is_wrong_is_named_at_once_and_in_words_of_the_field() {
    let json = r#"{"title":7,"slug":[],"variants":[{"price_minor":"1"},{"sku":null,"price_minor":1.5}],"nothing":1}"#;
    let draft = parse::<SaveProduct>(json.as_bytes(), false).unwrap_err();
    let told: Vec<(&str, &str)> = draft
        .errors
        .iter()
        .map(|field| (field.pointer.as_str(), field.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/nothing", "is no field of this object"),
            ("/slug", "must be a text"),
            ("/title", "must be a text"),
            ("/variants/0/price_minor", "must be a whole number"),
            ("/variants/1/price_minor", "must be a whole number"),
            ("/variants/1/sku", "must be a text"),
        ]
    );
}

#[test]
fn an_array_is_no_object() {
    let of = errors_of::<SaveProduct>;
    assert_eq!(of(r#"["Mug",null]"#), found(&[("", "invalid_type")]));
    assert_eq!(
        of(r#"{"title":"Mug","variants":[[null,[],"","",1]]}"#),
        found(&[("/variants/0", "invalid_type")])
    );
    assert_eq!(errors_of::<PaymentChoice>(r#"["manual"]"#), found(&[("", "invalid_type")]));
}

#[test]
fn a_variant_is_known_by_its_field() {
    let of = errors_of::<PaymentChoice>;
    assert_eq!(of("{}"), found(&[("/provider", "required")]));
    assert_eq!(of(r#"{"provider":"gold"}"#), found(&[("/provider", "not_allowed")]));
    assert_eq!(
        of(r#"{"provider":"test-card","cvc":1}"#),
        found(&[("/card_number", "required"), ("/expiry", "required"), ("/cvc", "invalid_type")])
    );
    assert!(parse::<PaymentChoice>(br#"{"provider":"manual"}"#, false).is_ok());
}

#[test]
fn numbers_that_no_field_holds_are_out_of_range() {
    let of = errors_of::<UpdateImage>;
    assert_eq!(of(r#"{"position":9999999999}"#), found(&[("/position", "out_of_range")]));
    assert_eq!(of(r#"{"position":99999999999999999999}"#), found(&[("/position", "invalid_type")]));
}

#[test]
fn null_clears_in_a_change() {
    let change: UpdateStoreSettings = parse(br#"{"tagline":null,"theme":null}"#, true).unwrap();
    assert_eq!(change.tagline.as_deref(), Some(""));
    assert_eq!(change.theme, Some(Default::default()));
    assert_eq!(change.name, None);
    let refused = parse::<UpdateStoreSettings>(br#"{"prices_include_tax":null}"#, true).unwrap_err();
    assert_eq!(refused.errors[0].code, "required");
}

/// A map whose names are free.
#[derive(Debug, serde::Deserialize, ToSchema)]
struct Marked {
    #[expect(dead_code, reason = "only its shape is looked at")]
    metadata: std::collections::BTreeMap<String, String>,
}

/// No column holds one, so what stands in the way is the field and not the database.
#[test]
fn a_text_with_a_nul_is_refused_wherever_it_stands() {
    let json = r#"{"title":"Mug\u0000","tags":["a","b\u0000"],"variants":[{"sku":"\u0000","price_minor":1}]}"#;
    let mut refused = errors_of::<SaveProduct>(json);
    refused.sort();
    let places = ["/tags/1", "/title", "/variants/0/sku"];
    assert_eq!(refused, found(&places.map(|place| (place, "invalid_characters"))));
    let names = errors_of::<Marked>(r#"{"metadata":{"m":"\u0000","n\u0000":"x"}}"#);
    let places = ["/metadata/m", "/metadata/n\0"];
    assert_eq!(names, found(&places.map(|place| (place, "invalid_characters"))));
}
