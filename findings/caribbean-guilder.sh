#!/usr/bin/env bash
# The currency of Curaçao and Sint Maarten is missing, and the one that it replaced is offered.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "currency-codes 2.2.0 and validator 13.15.35 (npm), py-moneyed 3.0 (PyPI)" \
    Expected "ISO 4217 amendment 176: XCG since 2025-03-31, ANG withdrawn; dinero.js 2.0.2 (npm) and pycountry 26.2.16 (PyPI) say so" \
    Matters "shops there cannot set prices in the only currency that is legal tender, and payments in it are refused by whatever checks codes with these"

install_node currency-codes@2.2.0 validator@13.15.35 dinero.js@2.0.2
install_python py-moneyed==3.0 pycountry==26.2.16
node="$(node <<'JS'
const known = (check) => ["XCG", "ANG"].filter(check).join(" ");
const codes = require("currency-codes");
const { isISO4217 } = require("validator");
console.log("currency-codes:", known((code) => codes.code(code)));
console.log("validator:", known((code) => isISO4217(code)));
import("dinero.js/currencies").then((currencies) => console.log("dinero.js:", known((code) => currencies[code])));
JS
)"
python="$(python/bin/python <<'PY'
import moneyed
import pycountry

print("py-moneyed:", *[code for code in ("XCG", "ANG") if code in moneyed.CURRENCIES])
print("pycountry:", *[code for code in ("XCG", "ANG") if pycountry.currencies.get(alpha_3=code)])
PY
)"
seen "codes of the two that are known" 'currency-codes: ANG
validator: ANG
dinero.js: XCG
py-moneyed: ANG
pycountry: XCG' "$node
$python"
