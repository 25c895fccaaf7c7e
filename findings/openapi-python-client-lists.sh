#!/usr/bin/env bash
# A generated client sends a list in the wrong form, and has one list of values three times.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-python-client 0.29.1 (PyPI) on an OpenAPI 3.1 document that openapi-spec-validator 0.9.0 (PyPI) finds valid" \
    Expected "OpenAPI 3.1.0, 4.8.12: style form with explode false joins the values with commas, status=paid,shipped; a schema of type string or null with enum makes one enumeration" \
    Matters "a shop's API that reads one comma list sees one status of the filter or refuses the second parameter; code that handles sales channels compares members of three classes that are never the same"

install_python openapi-python-client==0.29.1 openapi-spec-validator==0.9.0
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/orders": {"get": {
    "operationId": "listOrders",
    "parameters": [{"name": "status", "in": "query", "style": "form", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}}],
    "responses": {"200": {"description": "An order", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}}},
 "components": {"schemas": {
    "Channel": {"type": ["string", "null"], "enum": ["web", "pos", null]},
    "Order": {"type": "object", "required": ["channel"], "properties": {"channel": {"$ref": "#/components/schemas/Channel"}}}}}}
JSON
python/bin/openapi-spec-validator document.json
python/bin/openapi-python-client generate --path document.json --output-path client --meta none >generated.txt 2>&1
actual="$(python/bin/python <<'PY'
import httpx
from client.api.default.list_orders import _get_kwargs
from client.models.order import Order

request = httpx.Client(base_url="http://localhost").build_request(**_get_kwargs(status=["paid", "shipped"]))
print(request.url.query.decode())
print(Order.__annotations__["channel"])
PY
)"
seen "explode is not looked at, and there are three enumerations" 'status=paid&status=shipped
ChannelType1 | ChannelType2Type1 | ChannelType3Type1 | None' "$actual"
