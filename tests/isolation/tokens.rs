//! What is not marked as public needs a token of its own area.

use orion_framework::clock::Ids;
use orion_tests::{Client, TestApp};
use serde_json::json;

use super::operations::{Operation, operations};

async fn call(client: &Client, operation: &Operation) -> u16 {
    let mut path = operation.path.clone();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, &Ids::new_id().to_string());
    }
    let answer = client
        .at_root()
        .send(operation.method.clone(), &path, operation.json_body.then(|| json!({})))
        .await;
    answer.problem();
    answer.status
}

fn door(app: &TestApp, operation: &Operation) -> Option<Client> {
    let doors = [
        ("admin", app.administration()),
        ("store", app.dashboard("acme")),
        ("storefront", app.shop("acme")),
    ];
    doors.into_iter().find(|(area, _)| operation.is_in(area)).map(|(_, door)| door)
}

#[tokio::test]
async fn every_operation_that_is_not_public_asks_for_a_token() {
    let app = TestApp::start().await;
    let mut open = Vec::new();
    for operation in operations().into_iter().filter(|operation| !operation.public) {
        let door = door(&app, &operation).unwrap_or_else(|| panic!("{} needs a token and is in no area", operation.id));
        if call(&door, &operation).await != 401 {
            open.push(operation.id);
        }
    }
    assert_eq!(open, [] as [&str; 0], "operations that answer without a token");
}

#[tokio::test]
async fn every_operation_that_is_not_public_refuses_the_tokens_of_other_areas() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let owner = app.owner("acme").await;
    let customer = app.customer("acme", "ada@example.test").await;
    let mut open = Vec::new();
    for operation in operations().into_iter().filter(|operation| !operation.public) {
        let door = door(&app, &operation).unwrap_or_else(|| panic!("{} needs a token and is in no area", operation.id));
        for (area, stranger) in [("admin", &admin), ("store", &owner), ("storefront", &customer)] {
            let status = match stranger.token() {
                Some(token) if !operation.is_in(area) => call(&door.bearer(token), &operation).await,
                _ => continue,
            };
            if !matches!(status, 401 | 403) {
                open.push(format!("{} answered {status} to a token of {area}", operation.id));
            }
        }
    }
    assert_eq!(open, [] as [&str; 0]);
}

#[tokio::test]
async fn what_the_api_opens_to_everybody_is_a_short_list() {
    let mut public: Vec<String> = operations()
        .into_iter()
        .filter(|operation| operation.public)
        .map(|operation| operation.id)
        .collect();
    public.sort();
    insta::assert_debug_snapshot!(public);
}
