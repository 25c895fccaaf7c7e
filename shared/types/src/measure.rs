//! How much of something is in a variant, and what a kilogram, litre or metre of it costs then.

use crate::Money;

/// A unit that contents are given in: its sign, the unit that prices are compared by, and how many thousandths of that one it is.
pub struct Unit {
    /// As it is written, `ml`.
    pub sign: &'static str,
    /// What prices are compared by, `l`.
    pub base: &'static str,
    /// In thousandths of the base; 0 for milligrams, which are a thousandth of that.
    millis: i128,
}

const fn unit(sign: &'static str, base: &'static str, millis: i128) -> Unit {
    Unit { sign, base, millis }
}

/// Every unit; in the order in which a list shows them.
pub const UNITS: [Unit; 12] = [
    unit("g", "kg", 1),
    unit("kg", "kg", 1000),
    unit("mg", "kg", 0),
    unit("ml", "l", 1),
    unit("cl", "l", 10),
    unit("dl", "l", 100),
    unit("l", "l", 1000),
    unit("mm", "m", 1),
    unit("cm", "m", 10),
    unit("m", "m", 1000),
    unit("m2", "m2", 1000),
    unit("m3", "m3", 1000),
];

/// Most thousandths of a unit: a billion of them.
pub const MAX_CONTENT_MILLI: i64 = 1_000_000_000_000;

/// The unit with a sign.
pub fn find(sign: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.sign == sign)
}

wire! {
    /// What a kilogram, litre, metre, square or cubic metre of something costs; laws want it beside the price.
    pub struct UnitPrice {
        pub price: Money,
        /// `kg`, `l`, `m`, `m2` or `m3`.
        pub unit: String,
    }

    /// How much is in a variant.
    #[serde(deny_unknown_fields)]
    pub struct Content {
        /// Thousandths of the unit: 250 g are 250000.
        pub amount_milli: i64,
        /// `mg`, `g`, `kg`, `ml`, `cl`, `dl`, `l`, `mm`, `cm`, `m`, `m2` or `m3`.
        pub unit: String,
    }
}

impl UnitPrice {
    /// The unit as it is written, `m²`.
    pub fn sign(&self) -> String {
        self.unit.replace('2', "²").replace('3', "³")
    }
}

impl Content {
    /// From an amount and a unit, which a variant has both or neither of.
    pub fn of(amount_milli: Option<i64>, unit: Option<String>) -> Option<Self> {
        amount_milli.zip(unit).map(|(amount_milli, unit)| Self { amount_milli, unit })
    }

    /// What a whole unit costs at a price, for answers.
    pub fn price_of_unit(&self, price: Money) -> Option<UnitPrice> {
        let (minor, unit) = self.unit_price(price.amount_minor)?;
        Some(UnitPrice {
            price: Money::new(minor, price.currency),
            unit: unit.to_owned(),
        })
    }

    /// What a kilogram, litre, metre, square or cubic metre costs at a price, rounded to the minor unit, and which of these it is.
    pub fn unit_price(&self, price_minor: i64) -> Option<(i64, &'static str)> {
        let unit = find(&self.unit)?;
        // In millionths of the base, so that a milligram is one.
        let of_base = if unit.millis == 0 { 1 } else { unit.millis * 1000 };
        let content = i128::from(self.amount_milli) * of_base;
        if content <= 0 {
            return None;
        }
        let scaled = i128::from(price_minor) * 1_000_000_000;
        let rounded = (scaled + content / 2) / content;
        i64::try_from(rounded).ok().map(|minor| (minor, unit.base))
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, UNITS};

    fn price(minor: i64, amount_milli: i64, unit: &str) -> Option<(i64, &'static str)> {
        let unit = unit.to_owned();
        Content { amount_milli, unit }.unit_price(minor)
    }

    #[test]
    fn the_price_of_a_whole_unit_follows_from_the_content() {
        assert_eq!(price(880, 250_000, "g"), Some((3520, "kg")));
        assert_eq!(price(1290, 750_000, "ml"), Some((1720, "l")));
        assert_eq!(price(1290, 75_000, "cl"), Some((1720, "l")));
        assert_eq!(price(999, 1_500, "kg"), Some((666, "kg")));
        assert_eq!(price(500, 500_000, "mg"), Some((1_000_000, "kg")));
        assert_eq!(price(450, 150_000, "cm"), Some((300, "m")));
        assert_eq!(price(1000, 3_000, "m2"), Some((333, "m2")));
    }

    #[test]
    fn nothing_has_no_price_per_unit() {
        assert_eq!(price(880, 0, "g"), None);
        assert_eq!(price(880, 1000, "oz"), None);
        assert!(UNITS.iter().all(|unit| price(100, 1000, unit.sign).is_some()));
    }
}
