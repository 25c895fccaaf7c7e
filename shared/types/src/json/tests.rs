use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{FromJson, Json, from_str};
use crate::cart::CartNotice;
use crate::catalog::{ProductPage, SaveVariant};
use crate::checkout::{CheckoutOutcome, PaymentChoice};
use crate::customer::Address;
use crate::menu::StorePage;
use crate::permission::Permission;
use crate::status::OrderStatus;
use crate::store::Theme;
use crate::{Currency, Money, Page, Problem};

/// The value that both readers get from a text.
#[track_caller]
fn both<T: FromJson + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) -> T {
    let serde = serde_json::from_str::<T>(text).unwrap();
    let ours = from_str::<T>(text).unwrap();
    assert_eq!(ours, serde);
    ours
}

#[track_caller]
fn round<T: FromJson + DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(values: impl IntoIterator<Item = T>) {
    for value in values {
        assert_eq!(both::<T>(&serde_json::to_string(&value).unwrap()), value);
    }
}

#[test]
fn enums_are_spelled_as_serde_spells_them() {
    round(OrderStatus::ALL.iter().copied());
    round(Permission::ALL.iter().copied());
    round(StorePage::ALL.iter().copied());
    round([
        CheckoutOutcome::Completed,
        CheckoutOutcome::RequiresConfirmation,
        CheckoutOutcome::Processing,
    ]);
    round([
        CartNotice::PriceChanged {
            before: Money::new(1999, Currency::EUR),
        },
        CartNotice::OnlyLeft { available: 2 },
        CartNotice::SoldOut,
        CartNotice::Unavailable,
    ]);
    let text = str::to_owned;
    round([
        PaymentChoice::Manual,
        PaymentChoice::TestCard {
            card_number: text("4242"),
            expiry: text("12/30"),
            cvc: text("123"),
        },
    ]);
    assert!(from_str::<OrderStatus>("\"lost\"").is_err());
    assert!(from_str::<CartNotice>(r#"{"kind":"lost"}"#).is_err());
    assert!(from_str::<CartNotice>(r#"{"available":2}"#).is_err());
}

#[test]
fn renamed_and_absent_fields_are_read() {
    let problem: Problem = both(r#"{"type":"/problems/a","title":"A","status":409,"code":"a.b"}"#);
    assert_eq!((problem.type_url.as_str(), problem.errors.len()), ("/problems/a", 0));
    let full = r##"{"type":"/problems/a","title":"A","status":422,"detail":"x","code":"a","errors":[{"pointer":"/t","code":"c","detail":"d"}],"modules":["m"]}"##;
    assert_eq!(both::<Problem>(full).errors[0].pointer, "/t");
    assert_eq!(both::<Theme>(r##"{"accent":"#123456"}"##).radius, Theme::default().radius);
    assert!(both::<SaveVariant>(r#"{"price_minor":5}"#).taxable);
    let address = r#"{"name":"A","line1":"B","city":"C","postal_code":"1","country":"DE"}"#;
    assert_eq!(both::<Address>(address).line2, "");
    assert_eq!(
        both::<Page<i64>>(r#"{"data":[1,-2],"has_more":false,"next_cursor":null}"#).data,
        [1, -2]
    );
}

#[test]
fn a_page_with_everything_is_read() {
    let id = "018f4e2a-7c1b-7d3e-9a00-0123456789ab";
    let image = format!(r#"{{"id":"{id}","alt":"a \"b\"","position":0,"status":"ready","width":640,"variant_id":"{id}"}}"#);
    let price = r#"{"amount_minor":9007199254740993,"currency":"JPY"}"#;
    let text = format!(
        r#"{{"id":"{id}","slug":"s","title":"Ti\u0074le \ud83d\ude00","vendor":"","description_html":"<p>\n","seo_title":"","seo_description":"",
        "options":[{{"name":"Size","values":["S","M"]}}],
        "variants":[{{"id":"{id}","title":"S","option_values":["S"],"sku":"","price":{price},"available":true}}],
        "images":[{image}],"related":[{{"id":"{id}","slug":"r","title":"R","vendor":"","price":{price},"price_varies":true,"compare_at":{price},
        "sold_out":false,"images":[],"options":[]}}]}}"#
    );
    let page: ProductPage = both(&text);
    assert_eq!(page.title, "Title \u{1f600}");
    assert_eq!(page.variants[0].price.amount_minor, 9_007_199_254_740_993);
}

#[test]
fn an_answer_may_grow() {
    let money: Money = from_str(r#"{"amount_minor":1,"currency":"EUR","new":[{}]}"#).unwrap();
    assert_eq!(money, Money::new(1, Currency::EUR));
}

#[test]
fn what_is_wrong_says_where() {
    let wrong = |text: &str| from_str::<Page<Money>>(text).unwrap_err().to_string();
    assert_eq!(
        wrong(r#"{"data":[{"amount_minor":1.5,"currency":"EUR"}],"has_more":false}"#),
        "expected an integer at /data/0/amount_minor"
    );
    assert_eq!(wrong(r#"{"data":[]}"#), "expected true or false at /has_more");
    assert_eq!(wrong("[]"), "expected an object at /");
    assert_eq!(wrong("{\"data\""), "expected a colon at /byte 7");
    assert!(from_str::<u16>("65536").is_err());
    assert!(from_str::<i64>("9223372036854775808").is_err());
    assert!(from_str::<u32>("-1").is_err());
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "[1,]",
        "[1 2]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "01",
        "1.",
        ".5",
        "1e",
        "-",
        "+1",
        "\"",
        "\"\\x\"",
        "\"\\",
        "\"\\u12\"",
        "\"\\u+123\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"a\nb\"",
        "1 2",
        "[",
        "{",
        "]",
        "tru\u{e9}",
        "\"\\u12\u{e9}4\"",
        "\\",
    ] {
        assert!(Json::parse(text).is_err(), "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }
    assert!(Json::parse(&"[".repeat(100_000)).is_err());
}

/// What serde reads, in our words.
fn same(json: &Json<'_>, value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (json, value) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Json::Number(ours), Value::Number(theirs)) => ours.parse::<f64>().ok() == theirs.as_f64(),
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| same(a, b)),
        (Json::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len() && ours.iter().all(|(key, a)| theirs.get(key.as_ref()).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1.0e9..1.0e9).prop_map(|number: f64| number.into()),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn fuzz_the_parser_reads_what_serde_writes(value in any_value(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert!(same(&Json::parse(&text).unwrap(), &value));
    }

    #[test]
    fn fuzz_the_parser_takes_what_serde_takes_and_never_panics(text in "[\\[\\]{}:,\"\\\\u0-9a-f.eE+ \\-\u{e9}-]{0,24}") {
        let ours = Json::parse(&text).is_ok();
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        // serde also refuses numbers that a double cannot hold.
        prop_assert!(ours || !theirs);
    }
}
