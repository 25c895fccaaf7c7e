#!/usr/bin/env bash
# A table called ISO that has other minor units than ISO.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "rusty-money 0.5.1 (crate), its module iso" \
    Expected "ISO 4217's list one gives the forint and the ouguiya 2 decimals; iso_currency 0.7.1 agrees" \
    Matters "payment providers and e-invoices count HUF in ISO's minor units: an order of 1999.00 HUF becomes 199900 HUF when its minor units go through this table"

actual="$(run_rust 'rusty-money = "=0.5.1"' 'iso_currency = "=0.7.1"' <<'RUST'
use rusty_money::{iso, Money};

fn main() {
    for code in ["HUF", "MRU", "CZK", "ISK"] {
        let money = iso::find(code).expect("in the crate");
        let standard = iso_currency::Currency::from_code(code).and_then(|currency| currency.exponent());
        println!("{code}: {} decimals, iso_currency {}", money.exponent, standard.expect("has minor units"));
    }
    let forint = iso::find("HUF").expect("in the crate");
    println!("199900 minor units are {}", Money::from_minor(199_900, forint).amount());
}
RUST
)"
seen "HUF has none and MRU has one" 'HUF: 0 decimals, iso_currency 2
MRU: 1 decimals, iso_currency 2
CZK: 2 decimals, iso_currency 2
ISK: 0 decimals, iso_currency 0
199900 minor units are 199900' "$actual"
