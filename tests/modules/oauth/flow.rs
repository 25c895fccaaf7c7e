//! A program on its way to tokens.

use std::collections::BTreeMap;

use orion_tests::{Answer, Client, TestApp};
use reqwest::{Method, Url};
use serde_json::{Value, json};

/// Where answers go to.
pub const CALLBACK: &str = "https://assistant.example/callback";
/// The pair of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a program asks somebody for.
pub fn asked(client_id: &str, scope: &str) -> Value {
    json!({
        "client_id": client_id, "redirect_uri": CALLBACK, "response_type": "code", "scope": scope, "state": "st&te",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    })
}

/// Posts a form, without whatever token the client has.
pub async fn post_form(door: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let form = Url::parse_with_params("http://x/", fields).expect("an address");
    let body = form.query().unwrap_or_default().to_owned();
    door.at_root().send_bytes(Method::POST, path, FORM, body).await
}

/// What an address says after its question mark.
pub fn told(address: &str) -> BTreeMap<String, String> {
    let url = Url::parse(address).expect("an address");
    url.query_pairs().into_owned().collect()
}

/// The tokens that a program has.
#[derive(Debug, Clone)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl Tokens {
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let text = |name: &str| {
            answer.json[name]
                .as_str()
                .unwrap_or_else(|| panic!("no {name}: {}", answer.text()))
                .to_owned()
        };
        Self {
            access: text("access_token"),
            refresh: text("refresh_token"),
        }
    }
}

/// A program.
pub struct Assistant {
    pub client_id: String,
}

impl Assistant {
    /// One that the owner of a store has registered.
    pub async fn registered(owner: &Client) -> Self {
        let program = json!({ "name": "Assistant", "redirect_uris": [CALLBACK] });
        let made = owner.post("/programs", program).await.is(201);
        Self {
            client_id: made.json["client_id"].as_str().expect("a client_id").to_owned(),
        }
    }

    /// The code that somebody gives it, with these rights.
    pub async fn code(&self, person: &Client, rights: &[&str]) -> String {
        let asked = asked(&self.client_id, &rights.join(" "));
        let decided = json!({ "asked": asked, "allow": true, "rights": rights });
        let answer = person.post("/connections/confirm", decided).await.is(200);
        let told = told(answer.json["redirect_to"].as_str().expect("an address"));
        told.get("code").expect("a code").clone()
    }

    /// Changes a code for tokens.
    pub async fn change(&self, door: &Client, code: &str) -> Answer {
        self.change_with(door, code, &[]).await
    }

    /// Likewise, with some fields of other values.
    pub async fn change_with(&self, door: &Client, code: &str, others: &[(&str, &str)]) -> Answer {
        let usual = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("client_id", self.client_id.as_str()),
            ("code_verifier", VERIFIER),
        ];
        let kept = usual.iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = kept.chain(others).copied().collect();
        post_form(door, "/oauth/token", &fields).await
    }

    /// Changes a refresh token for the next tokens.
    pub async fn refresh(&self, door: &Client, token: &str) -> Answer {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", self.client_id.as_str()),
        ];
        post_form(door, "/oauth/token", &fields).await
    }

    /// Tokens with these rights of somebody.
    pub async fn tokens(&self, person: &Client, rights: &[&str]) -> Tokens {
        let code = self.code(person, rights).await;
        Tokens::of(&self.change(person, &code).await.is(200))
    }
}

/// A door, a program, and what it got of somebody at acme.
pub async fn connected(app: &TestApp, email: &str, rights: &[&str]) -> (Client, Assistant, Tokens) {
    let assistant = Assistant::registered(&app.owner("acme").await).await;
    let tokens = assistant.tokens(&app.staff("acme", email).await, rights).await;
    (app.dashboard("acme"), assistant, tokens)
}

/// Whether an answer is OAuth's own of this error (RFC 6749, 5.2).
#[track_caller]
pub fn refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!((answer.status, &answer.json["error"]), (status, &json!(error)), "{}", answer.text());
    assert!(answer.json["error_description"].is_string(), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}
