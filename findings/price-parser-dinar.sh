#!/usr/bin/env bash
# Prices with three decimals, as CLDR itself writes them, are read a thousand times too high.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "price-parser 0.5.1 on what Babel 2.17.0 writes (both PyPI)" \
    Expected "its documentation: separators of thousands and of decimals are told apart, and a hint is for prices with one separator only; in 1,299.500 the last separator differs from the first, so it can only be the decimal one" \
    Matters "prices of suppliers and competitors in KWD, BHD, OMR, JOD and TND are taken over as a thousandfold"

install_python price-parser==0.5.1 Babel==2.17.0
actual="$(python/bin/python <<'PY'
from babel.numbers import format_currency
from price_parser import Price

for locale, currency in (("en_US", "USD"), ("en_US", "KWD"), ("en_US", "OMR"), ("fr_FR", "TND"), ("de_DE", "BHD")):
    text = format_currency(1299.5, currency, locale=locale).replace("\xa0", " ").replace("\u202f", " ")
    print(f"{text}: {Price.fromstring(text).amount}")
PY
)"
# The dollar sign is that of a price.
# shellcheck disable=SC2016
seen "1,299.500 is 1299500" '$1,299.50: 1299.50
KWD1,299.500: 1299500
OMR1,299.500: 1299500
1 299,500 TND: 1299500
1.299,500 BHD: 1299500' "$actual"
