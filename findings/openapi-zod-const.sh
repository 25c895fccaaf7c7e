#!/usr/bin/env bash
# The client that is generated for a union throws as soon as it is imported.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-zod-client 1.18.3 (npm) on a document that openapi-spec-validator 0.9.0 (PyPI) finds valid" \
    Expected "OpenAPI 3.1 is JSON Schema 2020-12: const is the one value of the discriminator, z.literal(); what is generated without a warning can be loaded" \
    Matters "ways of paying or of shipping are unions in most shops' APIs: the integrator's program does not start after its client was generated anew"

install_python openapi-spec-validator==0.9.0
install_node openapi-zod-client@1.18.3 zod@3.25.76 @zodios/core@10.9.6 axios@1.7.9 typescript@5.9.3
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/payment": {"get": {
    "operationId": "getPayment",
    "responses": {"200": {"description": "A payment", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payment"}}}}}}}},
 "components": {"schemas": {
    "Card": {"type": "object", "required": ["method", "last4"], "properties": {"method": {"type": "string", "const": "card"}, "last4": {"type": "string"}}},
    "Transfer": {"type": "object", "required": ["method", "iban"], "properties": {"method": {"type": "string", "const": "transfer"}, "iban": {"type": "string"}}},
    "Payment": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Transfer"}],
        "discriminator": {"propertyName": "method", "mapping": {"card": "#/components/schemas/Card", "transfer": "#/components/schemas/Transfer"}}}}}}
JSON
python/bin/openapi-spec-validator document.json
node_modules/.bin/openapi-zod-client document.json -o client.ts >generated.txt
# Only the types are lost on the way: the tool makes TypeScript.
node -e 'const ts = require("typescript"); const fs = require("fs");
fs.writeFileSync("client.js", ts.transpileModule(fs.readFileSync("client.ts", "utf8"), { compilerOptions: { module: "commonjs" } }).outputText);'
actual="$(grep -m 1 'const Card' client.ts)
$(node -e 'try { require("./client.js"); console.log("loaded"); } catch (error) { console.log(error.message); }')"
# The backticks are those of its message.
# shellcheck disable=SC2016
seen "the value of const is lost, and with it the union" 'const Card = z.object({ method: z.string(), last4: z.string() }).passthrough();
A discriminator value for key `method` could not be extracted from all schema options' "$actual"
