#!/usr/bin/env bash
# What is booked on 2 January with the value of 31 December is dated a year too early.
statement="$(cat "$(dirname "${BASH_SOURCE[0]}")/statement.mt940")"
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "mt940js 1.3.5 and mt940-js 1.0.0 (npm)" \
    Expected "field 61 of SWIFT's MT940 has the entry date as MMDD beside the value date YYMMDD: 231231 and 0102 are 2023-12-31 and 2024-01-02, within a statement that closes on 2024-01-02; mt-940 5.1.1 (PyPI) reads it so" \
    Matters "payments of the turn of the year fall out of both years' books, and one looked for by its date of booking is not found"

# The second uses tslib without naming it.
install_node mt940js@1.3.5 mt940-js@1.0.0 tslib@2.8.1
install_python mt-940==5.1.1
printf '%s\n' "$statement" | sed 's/$/\r/' >statement.txt
actual="$(node <<'JS'
const { Parser } = require("mt940js");
const text = require("fs").readFileSync("statement.txt");
const [first] = new Parser().parse(text.toString().replace(/\r/g, ""));
console.log(`mt940js: ${first.transactions[0].entryDate.toISOString().slice(0, 10)}`);
require("mt940-js").read(text).then(([statement]) => console.log(`mt940-js: ${statement.transactions[0].entryDate}`));
JS
)
$(python/bin/python -c 'import mt940; print("mt-940:", mt940.parse(open("statement.txt", newline="").read())[0].data["entry_date"])')"
seen "both take the year of the value date" 'mt940js: 2023-01-02
mt940-js: 2023-01-02
mt-940: 2024-01-02' "$actual"
