//! What is not marked as public needs a token of its own area.

use orion_framework::clock::Ids;
use orion_tests::{Answer, Client, TestApp};
use serde_json::{Value, json};

use super::operations::{Operation, document, operations};
use super::world::furnish;

async fn send(client: &Client, operation: &Operation) -> Answer {
    let mut path = operation.path.clone();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, &Ids::new_id().to_string());
    }
    let body = operation.json_body.then(|| json!({}));
    client.at_root().send(operation.method.clone(), &path, body).await
}

async fn call(client: &Client, operation: &Operation) -> u16 {
    let answer = send(client, operation).await;
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

/// Whether the document says that an API key opens an operation.
fn names_keys(document: &Value, operation: &Operation) -> bool {
    let method = operation.method.as_str().to_lowercase();
    let schemes = document["paths"][&operation.path][method]["security"].as_array();
    schemes.is_some_and(|schemes| schemes.iter().any(|scheme| scheme.get("key").is_some()))
}

#[tokio::test]
async fn a_key_opens_what_the_document_says_and_nothing_that_is_a_persons() {
    let app = TestApp::start().await;
    let acme = furnish(&app, "acme").await;
    let document = document();
    let (mut wrong, mut opened) = (Vec::new(), 0);
    let in_dashboard = |operation: &Operation| operation.is_in("store") && !operation.public;
    for operation in operations().into_iter().filter(in_dashboard) {
        let answer = send(&acme.program, &operation).await;
        let is_a_persons = answer.status == 403 && answer.json["code"] == "framework.person_needed";
        let is_open = !matches!(answer.status, 401 | 403) && answer.status < 500;
        let named = names_keys(&document, &operation);
        opened += usize::from(named);
        if named != is_open || named == is_a_persons {
            wrong.push(format!("{}: {}", operation.id, answer.text()));
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
    assert!(opened > 50, "{opened} operations only");
    app.leave_jobs("bodies of nothing may have made some");
}

#[tokio::test]
async fn no_operation_lets_a_key_of_another_store_in() {
    let app = TestApp::start().await;
    let globex = furnish(&app, "globex").await;
    let stranger = globex.program.at(app.address(), "acme.orion.localhost");
    let mut open = Vec::new();
    for operation in operations()
        .into_iter()
        .filter(|operation| operation.is_in("store") && !operation.public)
    {
        if call(&stranger, &operation).await != 401 {
            open.push(operation.id);
        }
    }
    assert_eq!(open, [] as [&str; 0]);
    app.run_jobs().await;
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
