#!/usr/bin/env bash
# Numbers that libphonenumber itself gives as examples lose a digit in its port to Rust.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "phonenumber 0.3.10+9.0.33 (crate) beside phonenumbers 9.0.33 (PyPI): the same metadata" \
    Expected "an E.164 number stays what it is: all 876 examples of the metadata have no prefix of the country to take off, and a number of Milan is in Italy" \
    Matters "the hotline on the order mail and the customer's number for the parcel service are another number; rules per country (tax evidence, SMS price) miss Italian landlines"

install_python phonenumbers==9.0.33
python/bin/python >examples.txt <<'PY'
import phonenumbers

numbers = {}
for region in sorted(phonenumbers.SUPPORTED_REGIONS):
    for kind in (0, 1, 3, 4, 5, 6):
        number = phonenumbers.example_number_for_type(region, kind)
        if number:
            assert phonenumbers.is_valid_number(number)
            numbers[phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)] = phonenumbers.region_code_for_number(number)
for number, region in sorted(numbers.items()):
    print(number, region)
PY
actual="$(run_rust 'phonenumber = "=0.3.10"' <<'RUST'
use phonenumber::{is_valid, parse, Mode};

fn main() {
    let examples = std::fs::read_to_string("examples.txt").expect("written above");
    println!("{} examples", examples.lines().count());
    for (number, region) in examples.lines().filter_map(|line| line.split_once(' ')) {
        let parsed = parse(None, number).expect("an example");
        let same = parsed.format().mode(Mode::E164).to_string();
        if same != number {
            println!("{number} ({region}) becomes {same}, valid: {}", is_valid(&parsed));
        } else if parsed.country().id().is_none() {
            println!("{number} ({region}) is of no country");
        }
    }
}
RUST
)"
seen "the digits behind a prefix of the country are cut, and landlines of Italy have no country" '876 examples
+37080012345 (LT) becomes +370012345, valid: false
+37080123456 (LT) becomes +370123456, valid: false
+37080812345 (LT) becomes +370812345, valid: false
+3758011234567 (BY) becomes +37511234567, valid: false
+390212345678 (IT) is of no country
+390669812345 (VA) is of no country
+78001234567 (RU) becomes +7001234567, valid: false
+78091234567 (RU) becomes +7091234567, valid: false' "$actual"
