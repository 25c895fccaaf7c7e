//! States, provinces and prefectures of addresses.

use orion_tests::{TestApp, address};
use serde_json::json;

#[tokio::test]
async fn a_country_tells_which_regions_its_addresses_name() {
    let app = TestApp::start().await;
    let shop = app.shop("acme");
    let states = shop.get("/countries/us/regions").await.is(200).json;
    assert_eq!((&states["named"], &states["needed"]), (&json!(true), &json!(true)));
    let of = |code: &str| {
        states["regions"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|state| state["code"] == code)
            .cloned()
    };
    assert_eq!(of("CA"), Some(json!({ "code": "CA", "name": "California" })));
    let none = shop.get("/countries/LU/regions").await.is(200).json;
    assert_eq!(none, json!({ "named": false, "needed": false, "regions": [] }));
    shop.get("/countries/XX/regions").await.is(404);
}

#[tokio::test]
async fn an_address_without_its_state_is_refused_and_one_with_it_is_kept_as_the_post_writes_it() {
    let app = TestApp::start().await;
    let eve = app.customer("acme", "eve@example.test").await;
    let american = |region: &str| {
        let mut address = address();
        address["country"] = json!("US");
        address["postal_code"] = json!("94103");
        address["region"] = json!(region);
        json!({ "address": address })
    };
    for (region, code) in [("", "required"), ("Bavaria", "invalid_region")] {
        let refused = eve.post("/account/addresses", american(region)).await.is(422);
        let problem = refused.problem();
        let errors: Vec<(&str, &str)> = problem
            .errors
            .iter()
            .map(|error| (error.pointer.as_str(), error.code.as_str()))
            .collect();
        assert_eq!(errors, [("/address/region", code)]);
    }
    let kept = eve.post("/account/addresses", american("california")).await.is(201);
    assert_eq!(kept.json["address"]["region"], "CA");
}
