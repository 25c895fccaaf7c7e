//! Quantities, prices and rates.

use super::FieldError;

/// Smallest quantity of a cart line.
pub const MIN_CART_QUANTITY: u32 = 1;
/// Largest quantity of a cart line.
pub const MAX_CART_QUANTITY: u32 = 999;
/// Most lines a cart may hold, so that pricing and stock checks stay bounded.
pub const MAX_CART_LINES: usize = 100;
/// Largest stock of a variant, in units.
pub const MAX_ON_HAND: i32 = 1_000_000;
/// Largest price, in minor units: about a billion in a currency with two decimals.
///
/// A line of the largest quantity then stays below 2^53, which a JavaScript client of the API still reads exactly.
pub const MAX_PRICE_MINOR: i64 = 99_999_999_999;
/// Largest tax rate, in parts per million: 100 %.
pub const MAX_TAX_RATE_PPM: u32 = 1_000_000;

/// Decimals of a rate between two currencies: one rupiah is a few millionths of a dinar.
pub const PRICE_RATE_DECIMALS: u32 = 10;
/// Largest rate between two currencies, in units of its last decimal: a million.
pub const MAX_PRICE_RATE: i64 = 10_i64.pow(6 + PRICE_RATE_DECIMALS);

/// The quantity of a cart line; takes any integer so that `-1` and `10^9` get the same clear answer as `0`.
pub fn cart_quantity(quantity: i64) -> Result<u32, FieldError> {
    bounded(quantity, MIN_CART_QUANTITY, MAX_CART_QUANTITY)
}

/// A price in minor units: never negative, zero for a gift.
pub fn price_minor(amount_minor: i64) -> Result<i64, FieldError> {
    if (0..=MAX_PRICE_MINOR).contains(&amount_minor) {
        Ok(amount_minor)
    } else {
        Err(FieldError::OutOfRange {
            min: 0,
            max: MAX_PRICE_MINOR,
        })
    }
}

/// A tax rate in parts per million: 190 000 is 19 %, and the last digit is the fourth decimal of a per cent.
pub fn tax_rate_ppm(rate_ppm: i64) -> Result<u32, FieldError> {
    bounded(rate_ppm, 0, MAX_TAX_RATE_PPM)
}

fn bounded(value: i64, min: u32, max: u32) -> Result<u32, FieldError> {
    let out_of_range = FieldError::OutOfRange {
        min: min.into(),
        max: max.into(),
    };
    u32::try_from(value)
        .ok()
        .filter(|value| (min..=max).contains(value))
        .ok_or(out_of_range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_quantity_is_between_1_and_999() {
        let refused = Err(FieldError::OutOfRange { min: 1, max: 999 });
        for quantity in [0, -1, 1000, 1_000_000_000, i64::MAX, i64::MIN, 1 + (1 << 32)] {
            assert_eq!(cart_quantity(quantity), refused, "{quantity}");
        }
        assert_eq!(cart_quantity(1), Ok(1));
        assert_eq!(cart_quantity(999), Ok(999));
    }

    #[test]
    fn a_price_is_not_negative_and_a_full_line_stays_exact_in_javascript() {
        assert_eq!(price_minor(0), Ok(0));
        assert_eq!(price_minor(MAX_PRICE_MINOR), Ok(MAX_PRICE_MINOR));
        assert!(price_minor(-1).is_err());
        assert!(price_minor(MAX_PRICE_MINOR + 1).is_err());
        assert!(MAX_PRICE_MINOR * i64::from(MAX_CART_QUANTITY) < (1 << 53));
    }

    #[test]
    fn a_tax_rate_is_between_nothing_and_everything() {
        assert_eq!(tax_rate_ppm(0), Ok(0));
        assert_eq!(tax_rate_ppm(88_750), Ok(88_750));
        assert_eq!(tax_rate_ppm(1_000_001), Err(FieldError::OutOfRange { min: 0, max: 1_000_000 }));
        assert!(tax_rate_ppm(-1).is_err());
    }
}
