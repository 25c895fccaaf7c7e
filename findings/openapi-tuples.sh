#!/usr/bin/env bash
# A pair of numbers in an OpenAPI document stops one generator and is an empty list for another.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-python-client 0.29.1 (PyPI) and oazapfts 7.5.0 (npm) on a document that openapi-spec-validator 0.9.0 (PyPI) finds valid" \
    Expected "OpenAPI 3.1 is JSON Schema 2020-12: prefixItems names the items of a tuple and items false says that no other follows; openapi-typescript 7.13.0 makes [number, number] of it" \
    Matters "one range of prices or sizes anywhere in a shop's API, and integrators get no client at all, or one in which the range cannot be given"

install_python openapi-python-client==0.29.1 openapi-spec-validator==0.9.0
install_node oazapfts@7.5.0 openapi-typescript@7.13.0 typescript@5.9.3
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "http://localhost"}], "paths": {"/facets": {"get": {
    "operationId": "getFacets",
    "responses": {"200": {"description": "Facets", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Facets"}}}}}}}},
 "components": {"schemas": {"Facets": {"type": "object", "required": ["prices"], "properties": {
    "prices": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}], "items": false}}}}}}
JSON
python/bin/openapi-spec-validator document.json
node_modules/.bin/openapi-typescript document.json -o types.ts >generated.txt 2>&1
node_modules/.bin/oazapfts document.json oazapfts.ts >>generated.txt 2>&1
client="$(python/bin/openapi-python-client generate --path document.json --output-path client --meta none 2>&1 || true)"
actual="openapi-typescript: $(sed -n '/prices: /,/;$/p' types.ts | tr -d '\n' | tr -s ' ' | sed 's/^ //')
oazapfts: $(grep -o 'prices: .*' oazapfts.ts)
openapi-python-client: $(grep -m 1 -o 'Failed to parse.*' <<<"$client")"
seen "no client, and a list without items" 'openapi-typescript: prices: [ number, number ];
oazapfts: prices: never[];
openapi-python-client: Failed to parse OpenAPI document' "$actual"
