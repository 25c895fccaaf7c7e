#!/usr/bin/env bash
# A CSV of a German, French or Italian office: prices grow a hundredfold and sizes become dates.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "xlsx 0.18.5 (SheetJS, npm), read() of a CSV with its defaults" \
    Expected "it finds the semicolon by itself, which countries with a decimal comma use because of it: 12,99 is twelve and 99 hundredths, or stays a text; 10-12 is a size" \
    Matters "everything costs a hundred times as much after an import, nothing is said, and children's sizes are days of 2001"

install_node xlsx@0.18.5
actual="$(node <<'JS'
const { read, utils } = require("xlsx");
const file = "SKU;Price;Size;Weight\nA-1;12,99;10-12;0,5\nA-2;1.299,00;98/104;1,25\n";
const { Sheets, SheetNames } = read(file, { type: "string" });
for (const row of utils.sheet_to_json(Sheets[SheetNames[0]])) console.log(JSON.stringify(row));
JS
)"
seen "12,99 is 1299, 1.299,00 is 1.299 and 0,5 is 5" '{"SKU":"A-1","Price":1299,"Size":37176,"Weight":5}
{"SKU":"A-2","Price":1.299,"Size":"98/104","Weight":125}' "$actual"
