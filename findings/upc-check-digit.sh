#!/usr/bin/env bash
# A validator of barcodes takes a UPC with two digits exchanged for a valid one.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "@ericblade/barcode-validator 2.4.1 (npm)" \
    Expected "GS1 General Specifications 7.9: one check digit belongs to the other eleven; its weights find every wrong digit and most exchanged neighbours, so 063000291452 in place of 036000291452 is none" \
    Matters "it tries the weights in both orders and one in eleven wrong numbers passes: goods are listed, ordered and scanned under a number that is not theirs, and marketplaces refuse the listing"

install_node @ericblade/barcode-validator@2.4.1
actual="$(node <<'JS'
const validate = require("@ericblade/barcode-validator");
const digit = (eleven) => (10 - ([...eleven].reduce((sum, d, i) => sum + d * (i % 2 ? 1 : 3), 0) % 10)) % 10;
let wrong = 0;
let taken = 0;
for (let item = 30000000000; item < 30000100000; item += 7) {
    const eleven = String(item).padStart(11, "0");
    for (let last = 0; last < 10; last++) {
        if (last !== digit(eleven)) {
            wrong++;
            taken += validate(eleven + last).valid ? 1 : 0;
        }
    }
}
console.log(`036000291452: ${validate("036000291452").valid}`);
console.log(`063000291452: ${validate("063000291452").valid}, its check digit would be ${digit("06300029145")}`);
console.log(`${taken} of ${wrong} numbers with a wrong check digit are valid`);
JS
)"
seen "063000291452 is valid" '036000291452: true
063000291452: true, its check digit would be 8
11431 of 128574 numbers with a wrong check digit are valid' "$actual"
