#!/usr/bin/env bash
# A document in a folder is taken for a project on the platform of the generator's maker, though the file is there.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "@hey-api/openapi-ts 0.99.0 (npm) on a document that openapi-typescript 7.13.0 (npm) reads by the same path" \
    Expected "the input of the command is a path or an address: api/shop.json is a file that exists" \
    Matters "an integrator of a shop keeps its document in a folder, and is told of an organisation and a project that nobody has; with ./ before it the same file is read"

install_node @hey-api/openapi-ts@0.99.0 openapi-typescript@7.13.0 typescript@5.9.3
mkdir api
cat >api/shop.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/orders": {"get": {
    "operationId": "listOrders", "responses": {"200": {"description": "Orders", "content": {"application/json": {"schema": {"type": "string"}}}}}}}}}
JSON
node_modules/.bin/openapi-typescript api/shop.json -o types.ts >generated.txt 2>&1
read_by() {
    if node_modules/.bin/openapi-ts -i "$1" -o out >told.txt 2>&1; then echo read; else grep -o -m 1 'Invalid Hey API shorthand format' told.txt; fi
}
actual="api/shop.json: $(read_by api/shop.json)
./api/shop.json: $(read_by ./api/shop.json)"
seen "the file is not looked for" 'api/shop.json: Invalid Hey API shorthand format
./api/shop.json: read' "$actual"
