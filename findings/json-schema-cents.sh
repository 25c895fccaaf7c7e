#!/usr/bin/env bash
# A price of whole cents is not a multiple of 0.01 for the validators that most API tools are built on.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "jsonschema 4.26.0 and openapi-spec-validator 0.9.0 (PyPI), ajv 8.17.1 (npm)" \
    Expected "JSON Schema, validation 6.2.1: valid if the instance divided by multipleOf is an integer; every amount with two decimals is one of 0.01" \
    Matters "an API that describes prices as multipleOf 0.01, which the keyword is made for, refuses one price in seven and takes the others, unless ajv's multipleOfPrecision is known of; a document with such a price as its default is invalid"

install_python jsonschema==4.26.0 openapi-spec-validator==0.9.0
install_node ajv@8.17.1
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {},
 "components": {"schemas": {"Fee": {"type": "number", "multipleOf": 0.01, "default": 0.07}}}}
JSON
# It finds the document invalid.
python/bin/openapi-spec-validator document.json >validated.txt || true
actual="$(python/bin/python <<'PY'
import json
import jsonschema

check = jsonschema.Draft202012Validator({"multipleOf": 0.01})
prices = [json.loads(f"{cents // 100}.{cents % 100:02}") for cents in range(10000)]
refused = [price for price in prices if not check.is_valid(price)]
print(f"jsonschema refuses {len(refused)} of 10000: {refused[:3]} …")
PY
node <<'JS'
const Ajv = require("ajv").default;
const check = new Ajv().compile({ type: "number", multipleOf: 0.01 });
const prices = Array.from({ length: 10000 }, (_, cents) => JSON.parse(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`));
const refused = prices.filter((price) => !check(price));
console.log(`ajv refuses ${refused.length} of 10000: ${refused.slice(0, 3).join(", ")} …`);
JS
head -n 1 validated.txt)"
seen "prices below 100.00 that are refused, and the document" 'jsonschema refuses 1363 of 10000: [0.07, 0.14, 0.28] …
ajv refuses 1363 of 10000: 0.07, 0.14, 0.28 …
document.json: Validation Error: 0.07 is not a multiple of 0.01' "$actual"
