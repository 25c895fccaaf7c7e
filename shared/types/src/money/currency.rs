//! The currencies of ISO 4217.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use iso_currency::{Currency as Iso, IntoEnumIterator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::json::{FromJson, Json, Reader};

/// An ISO 4217 currency that a shop can charge in, written as its three-letter code.
///
/// Precious metals, funds and test codes are rejected. Withdrawn currencies still parse, so that an old order stays
/// readable after its currency is gone; [`Currency::is_withdrawn`] keeps them out of new stores.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(value_type = String, pattern = "^[A-Z]{3}$", min_length = 3, max_length = 3, examples("EUR"))
)]
pub struct Currency(Iso);

impl Currency {
    /// Euro, two decimals.
    pub const EUR: Self = Self(Iso::EUR);
    /// United States dollar, two decimals.
    pub const USD: Self = Self(Iso::USD);
    /// Pound sterling, two decimals.
    pub const GBP: Self = Self(Iso::GBP);
    /// Japanese yen, no decimals.
    pub const JPY: Self = Self(Iso::JPY);
    /// Kuwaiti dinar, three decimals.
    pub const KWD: Self = Self(Iso::KWD);

    /// The three-letter code, `EUR`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount is written with: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    /// True once the currency has been replaced by another and no new store may choose it.
    ///
    /// The bolívar's two codes are both on ISO's list of active ones: VED is the unit of accounts, VES that of everyday prices.
    pub fn is_withdrawn(self) -> bool {
        self.0.is_superseded().is_some() && self.0 != Iso::VES
    }

    /// Every currency a new store may choose, ordered by code.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Iso::iter()
            .filter_map(Self::chargeable)
            .filter(|currency| !currency.is_withdrawn())
            .collect();
        all.sort_by_key(|currency| currency.code());
        all
    }

    fn chargeable(iso: Iso) -> Option<Self> {
        (iso.exponent().is_some() && !iso.is_fund() && !iso.is_special()).then_some(Self(iso))
    }
}

/// The text is not the upper-case code of a currency that a shop can charge in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCurrency(pub String);

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a currency code", self.0)
    }
}

impl std::error::Error for UnknownCurrency {}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Iso::from_code(code)
            .and_then(Self::chargeable)
            .ok_or_else(|| UnknownCurrency(code.to_owned()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl FromJson for Currency {
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self {
        reader.parsed(json, "a currency code").unwrap_or(Self::EUR)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_knows_its_decimals() {
        let exponents = [("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("MGA", 2), ("ISK", 0)];
        for (code, exponent) in exponents {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
    }

    #[test]
    fn only_codes_that_a_shop_can_charge_in_are_currencies() {
        for code in ["", "eur", "EURO", "AAA", "XXX", "XTS", "XAU", "XAD", "XDR", "CHW", "UYI", "E\u{dc}"] {
            assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency(code.to_owned())));
        }
    }

    #[test]
    fn a_withdrawn_currency_still_reads_but_is_not_offered() {
        let kuna: Currency = "HRK".parse().unwrap();
        assert!(kuna.is_withdrawn());
        assert!(!Currency::all().contains(&kuna));
        assert!(Currency::all().contains(&Currency::JPY));
        for active in ["VES", "VED", "SLE", "XCG", "ZWG"] {
            assert!(Currency::all().contains(&active.parse().unwrap()), "{active}");
        }
        assert!(Currency::all().is_sorted_by_key(|currency| currency.code()));
    }

    #[cfg(feature = "openapi")]
    #[test]
    fn the_schema_shows_a_currency_as_its_code() {
        use utoipa::PartialSchema;
        let schema = serde_json::to_value(Currency::schema()).unwrap();
        assert_eq!(schema["type"], "string");
        assert_eq!(schema["pattern"], "^[A-Z]{3}$");
    }
}
