#!/usr/bin/env bash
# What a caller leaves out of a payment's QR code is filled with the data of a test.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "iban-qr-code 1.0.0 (npm)" \
    Expected "EPC069-12, guidelines of the SEPA QR code: BIC (version 002) and remittance information are optional and stay empty when there is none; a reference and a text exclude each other" \
    Matters "a buyer who scans the code of an order pays with a bank code that does not exist and the text 'Testsubject', so that nobody finds the order; banks refuse the code"

install_node iban-qr-code@1.0.0
actual="$(node <<'JS'
const { girocode } = require("iban-qr-code");
const lines = girocode({ version: "002", name: "Shop", iban: "DE89370400440532013000", amount: 12.3, ref: "RF18539007547034" });
console.log(lines.trimEnd());
JS
)"
seen "bank code and text of a test" 'BCD
002
2
SCT
DEZZZYYYXXX
Shop
DE89370400440532013000
EUR12.3

RF18539007547034
Testsubject' "$actual"
