#!/usr/bin/env bash
# The currency of Venezuela is withdrawn according to a crate, for a code that is used in the central bank's books only.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "iso_currency 0.7.1 (crate)" \
    Expected "VES is a currency in use: list one of ISO 4217 has it beside VED, which amendment 170 added for the same bolívar" \
    Matters "a shop in Venezuela that asks for currencies that are not superseded cannot choose its own; price lists of its suppliers are refused"

actual="$(run_rust 'iso_currency = "=0.7.1"' <<'RUST'
use iso_currency::Currency;

fn main() {
    for code in ["VES", "VED"] {
        let currency = Currency::from_code(code).expect("both are in the crate");
        println!("{code}: superseded by {:?}", currency.is_superseded().map(|other| other.code()));
    }
}
RUST
)"
seen "VES is said to be superseded by VED" 'VES: superseded by Some("VED")
VED: superseded by None' "$actual"
