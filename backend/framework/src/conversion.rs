//! Prices into another currency.

use orion_types::Currency;
use orion_types::validation::PRICE_RATE_DECIMALS;

use crate::db::{DbError, StoreTx};
use crate::module::StoreHook;

/// What a module does with its prices when the store gets another currency.
#[derive(Clone, Copy)]
pub struct PriceHooks {
    /// How many there are, nothing counted that costs nothing.
    pub count: StoreHook<i64>,
    /// Writes all of them anew; false where one would become nothing, or more than a price can be.
    pub convert: fn(&mut StoreTx, &Conversion) -> Result<bool, DbError>,
}

/// By what minor units of one currency are multiplied to be those of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    factor: String,
}

impl Conversion {
    /// `rate` is what one of `from` is worth in `to`, in units of its tenth decimal.
    pub fn new(rate: i64, from: Currency, to: Currency) -> Self {
        let decimals = i64::from(to.exponent()) - i64::from(from.exponent()) - i64::from(PRICE_RATE_DECIMALS);
        Self {
            factor: format!("{rate}e{decimals}"),
        }
    }

    /// The factor as PostgreSQL's `numeric` reads it, which calculates exactly.
    pub fn factor(&self) -> &str {
        &self.factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimals_of_both_currencies_are_part_of_the_factor() {
        // 10.00 EUR at 163.5 are 1,635 JPY: 1000 × 1.635.
        let conversion = Conversion::new(1_635_000_000_000, Currency::EUR, Currency::JPY);
        assert_eq!(conversion.factor(), "1635000000000e-12");
        // The same figures in a currency of three decimals: 10.00 becomes 10.000.
        assert_eq!(
            Conversion::new(10_000_000_000, Currency::EUR, Currency::KWD).factor(),
            "10000000000e-9"
        );
    }
}
