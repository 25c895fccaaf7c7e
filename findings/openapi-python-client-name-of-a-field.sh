#!/usr/bin/env bash
# A map inside one schema and another schema that happens to have both names: both are left out of the client.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-python-client 0.29.1 (PyPI), on a document that openapi-spec-validator 0.9.0 (PyPI) finds valid" \
    Expected "two classes with different names (openapi-typescript, hey-api and OpenAPI Generator make them), or a failure; it says a warning and ends with 0" \
    Matters "an API adds a schema OrderLines and programs that read an Order's lines lose the whole order when they generate their client anew"

install_python openapi-python-client==0.29.1 openapi-spec-validator==0.9.0 ruff==0.17.6
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {
  "/order": {"get": {"operationId": "getOrder", "tags": ["orders"], "responses": {"200": {"description": "An order",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}},
  "/lines": {"get": {"operationId": "getLines", "tags": ["orders"], "responses": {"200": {"description": "Lines",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OrderLines"}}}}}}}},
 "components": {"schemas": {
    "OrderLines": {"type": "object", "properties": {"count": {"type": "integer"}}},
    "Order": {"type": "object", "properties": {"lines": {"type": "object", "additionalProperties": {"type": "string"}}}}}}}
JSON
python/bin/openapi-spec-validator document.json
status=0
PATH="$PWD/python/bin:$PATH" python/bin/openapi-python-client generate --path document.json --output-path client >told.txt 2>&1 || status=$?
imported="$(cd client && ../python/bin/python -c 'import shop_client.api.orders.get_lines' 2>&1 | tail -n 1 || true)"
seen "it ends with 0, has a class for neither, and one of the operations cannot even be imported" "ended with 0
Attempted to generate duplicate models with name \"OrderLines\"
classes:
ModuleNotFoundError: No module named 'shop_client.models.order_lines'" "ended with $status
$(grep -o 'Attempted to generate duplicate models with name "OrderLines"' told.txt)
classes:$(cd client/*/models && ls | grep -v '^__' || true)
$imported"
