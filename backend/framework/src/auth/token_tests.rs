use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};

use super::*;

fn clock() -> Clock {
    Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
}

fn secret(text: &str) -> SecretString {
    text.to_owned().into()
}

fn tokens(clock: &Clock) -> Tokens {
    Tokens::new(&secret("the current secret"), None, 600, clock.clone())
}

fn staff() -> NewToken {
    NewToken {
        audience: Audience::Store,
        subject: Uuid::from_u128(1),
        session: SessionId(Uuid::from_u128(2)),
        store: None,
    }
}

fn shopper() -> NewToken {
    NewToken {
        audience: Audience::Storefront,
        store: Some(StoreId(Uuid::from_u128(3))),
        ..staff()
    }
}

fn issue(tokens: &Tokens, token: NewToken) -> String {
    tokens.issue(token).unwrap().access_token
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with any header and claims, signed correctly with the key of `tokens`.
fn forged(tokens: &Tokens, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let signature = keyed_hash(&keyed_hash(b"the current secret", b"orion access token key"), message.as_bytes());
    assert_eq!(header["kid"].as_str().unwrap_or(&tokens.0.current.id), tokens.0.current.id);
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

#[test]
fn a_token_comes_back_as_its_claims() {
    let tokens = tokens(&clock());
    let access = tokens.issue(shopper()).unwrap();
    let claims = tokens.verify(&access.access_token, Audience::Storefront).unwrap();
    assert_eq!(
        (claims.sub, claims.sid, claims.store),
        (Uuid::from_u128(1), Uuid::from_u128(2), Some(Uuid::from_u128(3)))
    );
    assert_eq!(access.expires_in, 600);
}

#[test]
fn the_forged_token_of_these_tests_would_pass_if_nothing_were_wrong_with_it() {
    let tokens = tokens(&clock());
    let honest = issue(&tokens, staff());
    assert!(
        tokens
            .verify(&forged(&tokens, &part(&honest, 0), &part(&honest, 1)), Audience::Store)
            .is_ok()
    );
}

#[test]
fn a_token_of_one_area_opens_no_other() {
    let tokens = tokens(&clock());
    for (token, own) in [(staff(), Audience::Store), (shopper(), Audience::Storefront)] {
        let token = issue(&tokens, token);
        for audience in [Audience::Admin, Audience::Store, Audience::Storefront] {
            let expected = if audience == own { None } else { Some(TokenError::Audience) };
            assert_eq!(tokens.verify(&token, audience).err(), expected, "{audience:?}");
        }
    }
}

#[test]
fn a_token_without_a_signature_is_refused() {
    let tokens = tokens(&clock());
    let honest = issue(&tokens, staff());
    for algorithm in ["none", "None", "NONE", "nOnE"] {
        let header = with(&part(&honest, 0), "alg", json!(algorithm));
        let message = format!("{}.{}", encoded(&header), encoded(&part(&honest, 1)));
        for signature in ["", honest.rsplit('.').next().unwrap()] {
            assert_eq!(
                tokens.verify(&format!("{message}.{signature}"), Audience::Store),
                Err(TokenError::Invalid)
            );
        }
    }
    assert_eq!(tokens.verify("", Audience::Store), Err(TokenError::Invalid));
    assert_eq!(tokens.verify("a.b.c", Audience::Store), Err(TokenError::Invalid));
}

#[test]
fn another_algorithm_is_refused_even_with_a_good_signature() {
    let tokens = tokens(&clock());
    let honest = issue(&tokens, staff());
    for algorithm in ["RS256", "ES256", "PS256", "EdDSA", "HS384", "HS512"] {
        let header = with(&part(&honest, 0), "alg", json!(algorithm));
        let token = forged(&tokens, &header, &part(&honest, 1));
        assert_eq!(tokens.verify(&token, Audience::Store), Err(TokenError::Invalid), "{algorithm}");
    }
}

#[test]
fn an_edited_payload_is_refused() {
    let tokens = tokens(&clock());
    let honest = issue(&tokens, staff());
    let mut parts: Vec<String> = honest.split('.').map(str::to_owned).collect();
    parts[1] = encoded(&with(&part(&honest, 1), "aud", json!("admin")));
    assert_eq!(tokens.verify(&parts.join("."), Audience::Admin), Err(TokenError::Invalid));
}

#[test]
fn a_token_needs_its_key() {
    let clock = clock();
    let tokens = tokens(&clock);
    let honest = issue(&tokens, staff());
    let stranger = Tokens::new(&secret("another secret"), None, 600, clock);
    assert_eq!(stranger.verify(&honest, Audience::Store), Err(TokenError::Invalid));
    let mut header = part(&honest, 0);
    header.as_object_mut().unwrap().remove("kid");
    assert_eq!(
        tokens.verify(&forged(&tokens, &header, &part(&honest, 1)), Audience::Store),
        Err(TokenError::Invalid)
    );
}

#[test]
fn the_previous_key_is_accepted_until_it_is_taken_away() {
    let clock = clock();
    let old = issue(&tokens(&clock), staff());
    let rotated = Tokens::new(&secret("a new secret"), Some(&secret("the current secret")), 600, clock.clone());
    assert!(rotated.verify(&old, Audience::Store).is_ok());
    assert!(
        tokens(&clock).verify(&issue(&rotated, staff()), Audience::Store).is_err(),
        "new tokens carry the new key"
    );
    let finished = Tokens::new(&secret("a new secret"), None, 600, clock);
    assert_eq!(finished.verify(&old, Audience::Store), Err(TokenError::Invalid));
}

#[test]
fn a_token_lives_for_its_time_and_a_minute_of_grace() {
    let clock = clock();
    let tokens = tokens(&clock);
    let token = issue(&tokens, staff());
    clock.advance(TimeDelta::seconds(659));
    assert!(tokens.verify(&token, Audience::Store).is_ok());
    clock.advance(TimeDelta::seconds(1));
    assert_eq!(tokens.verify(&token, Audience::Store), Err(TokenError::Expired));
}

#[test]
fn a_token_of_the_future_waits() {
    let clock = clock();
    let tokens = tokens(&clock);
    let token = issue(&tokens, staff());
    clock.advance(TimeDelta::seconds(-60));
    assert!(tokens.verify(&token, Audience::Store).is_ok());
    clock.advance(TimeDelta::seconds(-1));
    assert_eq!(tokens.verify(&token, Audience::Store), Err(TokenError::NotYet));
}

#[test]
fn every_claim_is_needed_and_exact() {
    let tokens = tokens(&clock());
    let honest = issue(&tokens, staff());
    let (header, claims) = (part(&honest, 0), part(&honest, 1));
    for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "typ"] {
        let mut missing = claims.clone();
        missing.as_object_mut().unwrap().remove(name);
        assert_eq!(
            tokens.verify(&forged(&tokens, &header, &missing), Audience::Store),
            Err(TokenError::Invalid),
            "without {name}"
        );
    }
    for (name, value) in [
        ("iss", json!("somebody")),
        ("aud", json!(["store", "admin"])),
        ("typ", json!("refresh")),
        ("store", json!(Uuid::from_u128(9))),
        ("exp", json!("tomorrow")),
        ("role", json!("super_admin")),
    ] {
        let wrong = with(&claims, name, value);
        assert_eq!(
            tokens.verify(&forged(&tokens, &header, &wrong), Audience::Store),
            Err(TokenError::Invalid),
            "{name}"
        );
    }
}

#[test]
fn a_customers_token_names_its_store() {
    let tokens = tokens(&clock());
    let nowhere = issue(&tokens, NewToken { store: None, ..shopper() });
    assert_eq!(tokens.verify(&nowhere, Audience::Storefront), Err(TokenError::Invalid));
}
