#!/usr/bin/env bash
# VAT numbers of the forms that VIES prints are refused.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "jsvat 2.5.4 and validator 13.15.35 (npm) beside python-stdnum 2.2 (PyPI)" \
    Expected "the forms of the European Commission's VIES: BE has ten digits that begin with 0 or 1, XI is Northern Ireland since 2021, IE has seven digits and one or two letters since 2013, the last character of an ES number may be a digit" \
    Matters "business customers of these countries are refused at the checkout, or are charged the tax that reverse charge takes off"

install_node jsvat@2.5.4 validator@13.15.35
install_python python-stdnum==2.2
export NUMBERS="BE0403019261 BE1009000037 XI110305878 IE6388047V IE6433435OA ESJ99216582 ES54362315K"
python/bin/python >stdnum.txt <<'PY'
import os
from stdnum.eu import vat

refused = [number for number in os.environ["NUMBERS"].split() if not vat.is_valid(number)]
print("python-stdnum:", *refused or ["none"])
PY
node >node.txt <<'JS'
const jsvat = require("jsvat");
const { isVAT } = require("validator");
const numbers = process.env.NUMBERS.split(" ");
const countries = Object.values(jsvat).filter((value) => value && value.rules);
const known = (number) => {
    try {
        return isVAT(number, number.slice(0, 2));
    } catch {
        return false;
    }
};
console.log("jsvat:", numbers.filter((number) => !jsvat.checkVAT(number, countries).isValid).join(" "));
console.log("validator:", numbers.filter((number) => !known(number)).join(" "));
JS
seen "valid numbers that are refused" 'python-stdnum: none
jsvat: BE1009000037 XI110305878
validator: XI110305878 IE6433435OA ESJ99216582' "$(cat stdnum.txt node.txt)"
