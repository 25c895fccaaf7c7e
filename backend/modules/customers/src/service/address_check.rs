//! Postal addresses as the post of their country writes them.

use orion_framework::problem::FieldErrors;
use orion_types::FieldProblem;
use orion_types::customer::Address;
use orion_types::validation;

use super::regions::{RegionError, checked_region};

/// The longest line of an address, in characters.
const MAX_LINE: usize = 200;

/// What is wrong with an address; `prefix` is the JSON pointer of the address itself, such as `/shipping_address`.
pub fn address_problems(prefix: &str, address: &Address) -> Vec<FieldProblem> {
    check_address(prefix, address).err().unwrap_or_default()
}

/// The address in the spelling that is stored, or everything that is wrong with it.
pub fn check_address(prefix: &str, address: &Address) -> Result<Address, Vec<FieldProblem>> {
    let Address {
        name,
        line1,
        line2,
        city,
        region,
        postal_code,
        country,
        phone,
    } = address;
    let mut errors = FieldErrors::default();
    let at = |field: &str| format!("{prefix}/{field}");
    let name = errors.check(at("name"), validation::name(name)).unwrap_or_default().to_owned();
    let line1 = errors
        .check(at("line1"), validation::required(line1, MAX_LINE))
        .unwrap_or_default()
        .to_owned();
    let line2 = errors
        .check(at("line2"), validation::optional(line2, MAX_LINE))
        .flatten()
        .unwrap_or_default()
        .to_owned();
    let city = errors.check(at("city"), validation::name(city)).unwrap_or_default().to_owned();
    // How a region and a postal code are written depends on the country, so without one there is nothing to say about them.
    let country = errors
        .check(at("country"), validation::country_code(country))
        .unwrap_or_default()
        .to_owned();
    let region = match checked_region(region, &country) {
        Ok(region) => region,
        Err(RegionError::Field(error)) => errors.check(at("region"), Err(error)).unwrap_or_default(),
        Err(RegionError::Unknown) => {
            errors.add(
                at("region"),
                "invalid_region",
                format!("is no state, province or prefecture of {country}"),
            );
            String::new()
        }
    };
    let postal_code = match country.as_str() {
        "" => String::new(),
        country => errors
            .check(at("postal_code"), validation::postal_code(postal_code, country))
            .unwrap_or_default(),
    };
    let phone = validation::phone(phone).unwrap_or_else(|| {
        errors.add(
            at("phone"),
            "invalid_phone",
            format!(
                "may only have digits, spaces and + ( ) - . / and an extension, {} characters in all",
                validation::MAX_PHONE_LENGTH
            ),
        );
        String::new()
    });
    let checked = Address {
        name,
        line1,
        line2,
        city,
        region,
        postal_code,
        country,
        phone,
    };
    errors.into_result().map(|()| checked).map_err(|draft| draft.errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address {
            name: " Ada Lovelace ".to_owned(),
            line1: "12 St James's Square".to_owned(),
            line2: String::new(),
            city: "London".to_owned(),
            region: String::new(),
            postal_code: "sw1y4jh".to_owned(),
            country: "gb".to_owned(),
            phone: "+44 (0)20 7930-0000".to_owned(),
        }
    }

    fn found(address: &Address) -> Vec<String> {
        address_problems("/shipping_address", address)
            .into_iter()
            .map(|problem| format!("{} {}", problem.pointer, problem.code))
            .collect()
    }

    #[test]
    fn an_address_is_stored_as_the_post_writes_it() {
        let checked = check_address("", &address()).unwrap();
        assert_eq!(
            (checked.name.as_str(), checked.postal_code.as_str(), checked.country.as_str()),
            ("Ada Lovelace", "SW1Y 4JH", "GB")
        );
        assert_eq!(found(&address()), [""; 0]);
    }

    #[test]
    fn every_wrong_field_is_named_below_the_prefix() {
        let wrong = Address {
            name: String::new(),
            city: "a\nb".to_owned(),
            postal_code: "1011".to_owned(),
            country: "DE".to_owned(),
            phone: "call me".to_owned(),
            ..address()
        };
        let expected = [
            "/shipping_address/name required",
            "/shipping_address/city invalid_characters",
            "/shipping_address/postal_code invalid_postal_code",
            "/shipping_address/phone invalid_phone",
        ];
        assert_eq!(found(&wrong), expected);
    }

    #[test]
    fn a_state_is_asked_for_where_the_post_needs_one() {
        let american = |region: &str| Address {
            region: region.to_owned(),
            postal_code: "94103".to_owned(),
            country: "US".to_owned(),
            ..address()
        };
        assert_eq!(found(&american("")), ["/shipping_address/region required"]);
        assert_eq!(found(&american("Bavaria")), ["/shipping_address/region invalid_region"]);
        assert_eq!(check_address("", &american("california")).unwrap().region, "CA");
    }

    #[test]
    fn without_a_country_nothing_is_said_about_the_postal_code() {
        let wrong = Address {
            country: "XX".to_owned(),
            postal_code: "?".to_owned(),
            ..address()
        };
        assert_eq!(found(&wrong), ["/shipping_address/country invalid_country"]);
    }
}
