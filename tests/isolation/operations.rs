//! The operations of the API, read from its OpenAPI document.

use orion_framework::clock::Ids;
use orion_tests::{Answer, Client};
use reqwest::Method;
use serde_json::{Value, json};

/// An operation of the API.
#[derive(Debug, Clone)]
pub struct Operation {
    pub id: String,
    pub method: Method,
    /// With its parameters in braces.
    pub path: String,
    /// Whether it asks for a JSON body.
    pub json_body: bool,
    /// Whether anybody may call it.
    pub public: bool,
}

impl Operation {
    /// What operators look at below `/debug/` belongs to the administration.
    pub fn is_in(&self, area: &str) -> bool {
        self.path.starts_with(&format!("/api/v1/{area}/")) || (area == "admin" && self.path.starts_with("/debug/"))
    }

    pub fn has_parameters(&self) -> bool {
        self.path.contains('{')
    }

    /// What somebody who is signed in is answered. The ids are nobody's and the body is empty, so what is open finds nothing, or refuses what it was sent.
    pub async fn tried_by(&self, client: &Client) -> Answer {
        let mut path = self.path.clone();
        while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            path.replace_range(start..=end, &Ids::new_id().to_string());
        }
        let body = self.json_body.then(|| json!({}));
        let client = client.at_root().with("if-match", "\"1\"");
        let answer = client.send(self.method.clone(), &path, body).await;
        assert!(answer.status < 500 && answer.status != 401, "{}: {}", self.id, answer.text());
        answer
    }
}

/// The document of the whole API, as it is published.
pub fn document() -> Value {
    let registry = orion::modules::registry().expect("the modules fit together");
    orion::app::document(&registry).expect("the document is JSON")
}

/// What the handlers say, also those that are not published.
fn collected() -> Value {
    let registry = orion::modules::registry().expect("the modules fit together");
    serde_json::to_value(orion::app::collected(&registry)).expect("the document is JSON")
}

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let document = collected();
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("a path").iter();
        methods.filter_map(move |(method, operation)| {
            let method: Method = method.to_uppercase().parse().ok()?;
            operation.get("operationId")?;
            Some(read(path, method, operation))
        })
    });
    let all: Vec<Operation> = all.collect();
    assert!(all.len() > 70, "the document has {} operations only", all.len());
    all
}

fn read(path: &str, method: Method, operation: &Value) -> Operation {
    // Whoever adds an operation says whom it is for, also when that is everybody.
    let security = operation["security"].as_array();
    let security = security.unwrap_or_else(|| panic!("{method} {path} does not say whom it is for"));
    Operation {
        id: operation["operationId"].as_str().expect("an operation id").to_owned(),
        method,
        path: path.to_owned(),
        json_body: operation["requestBody"]["content"].get("application/json").is_some(),
        public: security
            .iter()
            .any(|scheme| scheme.as_object().is_some_and(|scheme| scheme.is_empty())),
    }
}
