//! What the document says is sent to the server: every example of a body, and every value of a query parameter.

use orion_tests::{Client, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

use super::each;
use crate::isolation::document;

/// Codes that say that a body is not of the shape that it should be.
const SHAPE: &[&str] = &["unknown_field", "invalid_type", "not_allowed", "duplicate_field", "required"];

pub(super) struct People {
    admin: Client,
    owner: Client,
    customer: Client,
    nobody: Client,
}

impl People {
    pub(super) async fn of(app: &TestApp) -> Self {
        Self {
            admin: app.admin().await.at_root(),
            owner: app.owner("acme").await.at_root(),
            customer: app.customer("acme", "ada@example.test").await.at_root(),
            nobody: app.host("acme.orion.localhost"),
        }
    }

    /// Whom an operation is for.
    pub(super) fn asked_for(&self, path: &str, operation: &Value) -> Client {
        let schemes = operation["security"].as_array().into_iter().flatten();
        let names: Vec<&String> = schemes.filter_map(Value::as_object).flat_map(|scheme| scheme.keys()).collect();
        match names.first().map(|name| name.as_str()) {
            Some("admin") => self.admin.clone(),
            Some("staff") => self.owner.clone(),
            Some("customer") => self.customer.clone(),
            _ if path.starts_with("/api/v1/admin") => self.admin.clone(),
            _ => self.nobody.clone(),
        }
    }
}

/// A path with something in the place of its parameters that could be an id.
pub(super) fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        "{module}" | "{code}" => "orders",
        "{slug}" => "enamel-mug",
        _ if segment.starts_with('{') => "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a",
        _ => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_example_of_a_body_has_the_shape_that_the_server_wants() {
    let app = TestApp::start().await;
    let people = People::of(&app).await;
    let mut all = Vec::new();
    each(&document(), |path, method, operation| {
        let body = &operation["requestBody"]["content"]["application/json"];
        if !body.is_null() {
            let client = people.asked_for(path, operation);
            all.push((method.to_uppercase(), path.to_owned(), body["example"].clone(), client));
        }
    });
    let mut wrong = Vec::new();
    for (method, path, example, client) in all {
        assert!(!example.is_null(), "{method} {path} has no example");
        let client = client
            .with("if-match", "*")
            .with("idempotency-key", &format!("example {method} {path}"));
        let verb: Method = method.parse().expect("a method");
        let answer = client.send(verb, &filled(&path), Some(example)).await;
        let errors = answer.json["errors"].as_array().into_iter().flatten();
        let shape = errors.filter_map(|error| error["code"].as_str()).any(|code| SHAPE.contains(&code));
        // The tests' server keeps no log whose level could be changed.
        let broken = answer.status >= 500 && !path.ends_with("/log-level");
        if matches!(answer.status, 400 | 405 | 415) || broken || shape {
            wrong.push(format!("{method} {path}: {}", answer.text()));
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
    app.leave_jobs("examples make work that nobody waits for");
}

#[tokio::test]
async fn every_value_of_a_query_parameter_is_known_and_no_other_is() {
    let app = TestApp::start().await;
    let people = People::of(&app).await;
    let mut all = Vec::new();
    each(&document(), |path, method, operation| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for parameter in parameters.filter(|parameter| method == "get" && parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            for value in parameter["schema"]["enum"].as_array().into_iter().flatten() {
                let value = value.as_str().unwrap_or_default().to_owned();
                all.push((path.to_owned(), name.clone(), value, people.asked_for(path, operation)));
            }
        }
    });
    assert!(all.len() > 30, "{} values only", all.len());
    let owner = app.owner("acme").await;
    let endpoint = owner
        .post("/webhook-endpoints", json!({ "url": "https://example.com/" }))
        .await
        .is(201);
    let id = endpoint.json["id"].as_str().expect("an id").to_owned();
    for (path, name, value, client) in all {
        let path = path.replace("{id}", &id);
        client.get(&format!("{path}?{name}={value}")).await.is(200);
        let refused = client.get(&format!("{path}?{name}=no-{value}")).await;
        assert_eq!(refused.refused(400, "framework.bad_query").json["errors"][0]["parameter"], *name);
    }
}
