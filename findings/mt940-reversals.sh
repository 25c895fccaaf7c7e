#!/usr/bin/env bash
# Reversals in a bank's statement get the wrong sign, so that the statement does not add up to its own balance.
statement="$(cat "$(dirname "${BASH_SOURCE[0]}")/statement.mt940")"
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "mt-940 5.1.1 (PyPI) and mt940-js 1.0.0 (npm)" \
    Expected "field 61 of SWIFT's MT940: RC, reversal of a credit, takes money from the account and RD, reversal of a debit, gives it back; 1000 - 10 + 5 is the balance in field 62" \
    Matters "a transfer of a customer that bounced stays booked as paid and goods are sent; a refund that came back is booked as paid out"

install_python mt-940==5.1.1
# It uses tslib without naming it.
install_node mt940-js@1.0.0 tslib@2.8.1
printf '%s\n' "$statement" | sed 's/$/\r/' >statement.txt
python="$(python/bin/python <<'PY'
import mt940

transactions = mt940.parse(open("statement.txt", newline="").read())
for transaction in transactions:
    print("mt-940:", transaction.data["status"], transaction.data["amount"].amount)
print("mt-940:", 1000 + sum(transaction.data["amount"].amount for transaction in transactions), "at the end")
PY
)"
node="$(node <<'JS'
require("mt940-js").read(require("fs").readFileSync("statement.txt")).then(([statement]) => {
    for (const line of statement.transactions) console.log(`mt940-js: ${line.amount}, isExpense ${line.isExpense}, isCredit ${line.isCredit}`);
});
JS
)"
seen "RC is income in mt-940 unless an option asks for the sign; RD is an expense in mt940-js" 'mt-940: RC 10.00
mt-940: RD 5.00
mt-940: 1015.00 at the end
mt940-js: 10, isExpense true, isCredit true
mt940-js: 5, isExpense true, isCredit false' "$python
$node"
