use orion_framework::problem::ModuleError;
use orion_types::VariantId;

use super::*;

fn shirt() -> SaveProduct {
    let save = serde_json::json!({
        "title": " Blue Shirt ",
        "description_html": "<p onclick='x()'>Soft</p><script>alert(1)</script><img src='https://elsewhere.example/x.png'>",
        "tags": ["men", " men", ""],
        "options": [{ "name": "Size", "values": ["S", "M"] }],
        "variants": [
            { "option_values": ["S"], "sku": "B-S", "price_minor": 1999 },
            { "option_values": ["M"], "sku": "B-M", "price_minor": 2099 },
        ],
    });
    serde_json::from_value(save).unwrap()
}

fn problems(save: SaveProduct) -> (u16, Vec<(String, String)>) {
    let problem = check(save).unwrap_err().problem();
    (
        problem.kind.status,
        problem.errors.into_iter().map(|field| (field.pointer, field.code)).collect(),
    )
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned()))
        .collect()
}

#[test]
fn what_is_stored_is_trimmed_and_sanitised() {
    let draft = check(shirt()).unwrap();
    assert_eq!(draft.title, "Blue Shirt");
    assert_eq!(draft.description_html, "<p>Soft</p>");
    assert_eq!(draft.tags, ["men"]);
    assert_eq!(draft.slug, None);
}

#[test]
fn sanitising_twice_changes_nothing() {
    let mut save = shirt();
    save.description_html = "Fish & chips <b>x</b> <a href=\"https://a.example\">a</a> 1 < 2".to_owned();
    let once = check(save.clone()).unwrap().description_html;
    save.description_html.clone_from(&once);
    assert_eq!(check(save).unwrap().description_html, once);
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let mut save = shirt();
    save.title = " ".to_owned();
    save.slug = Some("Not A Slug".to_owned());
    save.variants[0].price_minor = -1;
    save.variants[1].initial_on_hand = Some(1_000_000_000);
    save.variants[1].option_values = vec!["XL".to_owned()];
    let (status, errors) = problems(save);
    assert_eq!(status, 422);
    assert_eq!(
        errors,
        owned(&[
            ("/title", "required"),
            ("/slug", "invalid_slug"),
            ("/variants/0/price_minor", "out_of_range"),
            ("/variants/1/initial_on_hand", "out_of_range"),
            ("/variants/1/option_values", "unknown_value"),
        ])
    );
}

#[test]
fn a_combination_that_exists_twice_is_a_conflict() {
    let mut save = shirt();
    save.variants[1].option_values = vec!["S".to_owned()];
    let problem = check(save).unwrap_err().problem();
    assert_eq!((problem.kind.code, problem.kind.status), ("catalog.duplicate_variant", 409));
    assert_eq!(problem.errors[0].pointer, "/variants/1/option_values");
}

#[test]
fn an_sku_may_stand_on_several_variants() {
    let mut save = shirt();
    save.variants[1].sku = "B-S ".to_owned();
    let draft = check(save).unwrap();
    assert_eq!(draft.variants[0].sku, draft.variants[1].sku);
}

#[test]
fn collisions_are_named_beside_wrong_fields() {
    let mut save = shirt();
    save.title = String::new();
    save.variants[1].option_values = vec!["S".to_owned()];
    assert_eq!(
        problems(save),
        (422, owned(&[("/title", "required"), ("/variants/1/option_values", "duplicate")]))
    );
}

#[test]
fn the_number_of_variants_is_bounded() {
    let mut save = shirt();
    save.options[0].values = (0..2_049).map(|size| size.to_string()).collect();
    let variant = save.variants[0].clone();
    save.variants = (0..2_049)
        .map(|size: i32| SaveVariant {
            option_values: vec![size.to_string()],
            sku: String::new(),
            ..variant.clone()
        })
        .collect();
    let (status, errors) = problems(save);
    assert_eq!(status, 422);
    assert!(errors.contains(&("/variants".to_owned(), "too_long".to_owned())), "{errors:?}");
}

#[test]
fn a_product_without_variants_or_with_one_named_twice_is_refused() {
    let mut save = shirt();
    save.variants.clear();
    assert_eq!(problems(save), (422, owned(&[("/variants", "required")])));
    let mut save = shirt();
    let id = Some(VariantId(Uuid::nil()));
    save.variants[0].id = id;
    save.variants[1].id = id;
    assert_eq!(problems(save), (422, owned(&[("/variants/1/id", "duplicate")])));
}
