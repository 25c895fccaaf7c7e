#!/usr/bin/env bash
# Names in the API's document are not those in its JSON.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "utoipa 6.0.0 beside serde 1.0.228 (crates)" \
    Expected "its documentation: serde's rename is honoured on types, fields and variants; what serde writes is what the document says" \
    Matters "states of orders that a macro declares, to have them once, are documented under other names than they have: every generated client refuses each order"

actual="$(run_rust 'utoipa = "=6.0.0"' 'serde = { version = "=1.0.228", features = ["derive"] }' 'serde_json = "=1.0.145"' <<'RUST'
use serde::Serialize;
use utoipa::{PartialSchema, ToSchema};

macro_rules! by_literal {
    ($name:ident: $($variant:ident = $key:literal),*) => {
        #[derive(Serialize, ToSchema)]
        enum $name { $(#[serde(rename = $key)] $variant),* }
    };
}

by_literal!(State: AwaitingPayment = "awaiting_payment");

fn main() {
    println!("JSON: {}", serde_json::to_string(&State::AwaitingPayment).expect("a string"));
    let schema = serde_json::to_value(State::schema()).expect("an object");
    println!("document: {}", schema["enum"]);
}
RUST
)"
seen "the variant has its Rust name in the document" 'JSON: "awaiting_payment"
document: ["AwaitingPayment"]' "$actual"
