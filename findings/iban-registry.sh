#!/usr/bin/env bash
# Account numbers of SWIFT's registry that libraries refuse, each another set of countries.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "iban_validate 5.0.1 (crate), iban 0.0.14 and validator 13.15.35 (npm)" \
    Expected "the example of every country in SWIFT's IBAN registry (ISO 13616) is valid; ibantools 4.5.4 (npm) takes all of these" \
    Matters "shops and customers there cannot be paid or paid back: their account is 'not an IBAN'; a set of libraries in one chain refuses at each step another country"

examples=(PK36SCBL0000001123456702 HN88CABF00000000000250005469 LY83002048000020100120361 BI4210000100010000332045181 DJ2100010000000154000100186
    SD8811123456789012 NI45BAPR00000013000003558124 MN121234123456789123 RU0304452522540817810538091310419 SO211000001001000100141 FK88SC123456789012
    OM810180000001299123456 YE15CBYE0001018861234567891234 DE89370400440532013000)
export EXAMPLES="${examples[*]}"

install_node iban@0.0.14 validator@13.15.35 ibantools@4.5.4
node >node.txt <<'JS'
const { isValid } = require("iban");
const { isIBAN } = require("validator");
const { isValidIBAN } = require("ibantools");
const refused = (check) => process.env.EXAMPLES.split(" ").filter((iban) => !check(iban)).map((iban) => iban.slice(0, 2)).join(" ") || "none";
console.log(`ibantools: ${refused(isValidIBAN)}`);
console.log(`iban: ${refused(isValid)}`);
console.log(`validator: ${refused((text) => isIBAN(text))}`);
JS
rust="$(run_rust 'iban_validate = "=5.0.1"' <<'RUST'
fn main() {
    let examples = std::env::var("EXAMPLES").expect("set above");
    let refused: Vec<&str> = examples.split(' ').filter(|text| text.parse::<iban::Iban>().is_err()).map(|text| &text[..2]).collect();
    println!("iban_validate: {}", refused.join(" "));
}
RUST
)"
seen "countries whose example is refused" 'ibantools: none
iban: HN LY BI DJ SD NI MN RU SO FK OM YE
validator: HN LY BI DJ SD NI MN RU SO FK OM YE
iban_validate: PK HN' "$(cat node.txt)
$rust"
