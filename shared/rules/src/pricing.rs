//! What an order costs.
//!
//! The rule: **tax is calculated per line on the line's subtotal, rounded half up to the minor unit, and the order is the
//! sum of its lines.** Where prices include tax, the net amount is rounded half up and the tax is the rest, so that net
//! and tax always add up to the price on the shelf. Shipping is a line of its own: it is ancillary to the goods (Directive
//! 2006/112/EC, article 78 (b)), so it is taxed like them, split by value when only some of them are taxed.
//!
//! EU law leaves the method of rounding to the member states. An e-invoice after EN 16931 states tax per rate, computed
//! on the sum of the lines (rule BR-CO-17), which may differ from this sum by up to half a minor unit a line.

mod allocation;
#[cfg(test)]
mod tests;

pub use allocation::{AllocationError, allocate};

use std::fmt;

use orion_types::validation::MAX_TAX_RATE_PPM;

/// The name under which an order stores how its tax was rounded.
pub const TAX_ROUNDING: &str = "line_half_up";

/// Largest total, in minor units: 2^53 - 1, which a JavaScript client of the API still reads exactly.
pub const MAX_TOTAL_MINOR: i64 = (1 << 53) - 1;

/// One in parts per million: a rate of 1 000 000 is 100 %.
const WHOLE_PPM: i128 = 1_000_000;

/// How a store taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxPolicy {
    /// The rate in parts per million, 0 to 1 000 000: 190 000 is 19 %, 88 750 is 8.875 %.
    pub rate_ppm: u32,
    /// Whether the prices of goods and shipping already include the tax.
    pub included: bool,
}

/// What a line of a cart or order consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineInput {
    /// The price of one unit in minor units, not negative.
    pub unit_price_minor: i64,
    /// How many units, at least one.
    pub quantity: u32,
    /// False for goods that bear no tax.
    pub taxable: bool,
}

/// What shipping costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippingPolicy {
    /// The price of shipping in minor units, not negative.
    pub flat_minor: i64,
    /// The subtotal of goods from which shipping is free; absent when it never is.
    pub free_from_minor: Option<i64>,
}

/// What a line costs, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedLine {
    /// Unit price times quantity, with tax where prices include it.
    pub subtotal_minor: i64,
    /// The tax on the line, in or on top of the subtotal.
    pub tax_minor: i64,
    /// What is paid for the line, tax included.
    pub total_minor: i64,
}

/// What an order costs, in minor units: `total = subtotal + shipping - discount`, plus tax unless prices include it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTotals {
    /// The lines in the order they were given.
    pub lines: Vec<PricedLine>,
    /// Sum of the lines' subtotals.
    pub subtotal_minor: i64,
    /// The price of shipping, with tax where prices include it.
    pub shipping_minor: i64,
    /// The tax on shipping, which is part of `tax_minor`.
    pub shipping_tax_minor: i64,
    /// Always zero until promotions exist.
    pub discount_minor: i64,
    /// Sum of the lines' tax and the tax on shipping.
    pub tax_minor: i64,
    /// What the customer pays.
    pub total_minor: i64,
}

/// Why an order could not be priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricingError {
    /// There is nothing to price.
    NoLines,
    /// A line has no units.
    ZeroQuantity { line: usize },
    /// A price is below zero.
    NegativeAmount,
    /// The rate is above 100 %.
    TaxRateOutOfRange,
    /// The total is above [`MAX_TOTAL_MINOR`].
    Overflow,
}

impl fmt::Display for PricingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLines => f.write_str("an order needs at least one line"),
            Self::ZeroQuantity { line } => write!(f, "line {line} has no units"),
            Self::NegativeAmount => f.write_str("a price is negative"),
            Self::TaxRateOutOfRange => {
                write!(f, "the tax rate is above {MAX_TAX_RATE_PPM} parts per million")
            }
            Self::Overflow => write!(f, "the total is above {MAX_TOTAL_MINOR} minor units"),
        }
    }
}

impl std::error::Error for PricingError {}

/// Prices an order; `shipping` is `None` when nothing in it is shipped.
pub fn price_order(lines: &[LineInput], shipping: Option<&ShippingPolicy>, tax: &TaxPolicy) -> Result<OrderTotals, PricingError> {
    if lines.is_empty() {
        return Err(PricingError::NoLines);
    }
    if tax.rate_ppm > MAX_TAX_RATE_PPM {
        return Err(PricingError::TaxRateOutOfRange);
    }
    let priced: Vec<PricedLine> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| price_line(index, line, tax))
        .collect::<Result<_, _>>()?;
    let subtotal_minor = sum(priced.iter().map(|line| line.subtotal_minor))?;
    let shipping_minor = shipping.map_or(Ok(0), |policy| shipping_price(policy, subtotal_minor))?;
    let shipping_tax_minor = shipping_tax(shipping_minor, lines, &priced, tax)?;
    let tax_minor = sum(priced.iter().map(|line| line.tax_minor).chain([shipping_tax_minor]))?;
    let on_top = if tax.included { 0 } else { tax_minor };
    Ok(OrderTotals {
        subtotal_minor,
        shipping_minor,
        shipping_tax_minor,
        discount_minor: 0,
        tax_minor,
        total_minor: sum([subtotal_minor, shipping_minor, on_top])?,
        lines: priced,
    })
}

fn price_line(index: usize, line: &LineInput, tax: &TaxPolicy) -> Result<PricedLine, PricingError> {
    if line.quantity == 0 {
        return Err(PricingError::ZeroQuantity { line: index });
    }
    let subtotal_minor = amount(i128::from(line.unit_price_minor) * i128::from(line.quantity))?;
    let tax_minor = if line.taxable { tax_on(subtotal_minor, tax)? } else { 0 };
    let on_top = if tax.included { 0 } else { tax_minor };
    Ok(PricedLine {
        subtotal_minor,
        tax_minor,
        total_minor: sum([subtotal_minor, on_top])?,
    })
}

fn shipping_price(policy: &ShippingPolicy, subtotal_minor: i64) -> Result<i64, PricingError> {
    let free = policy.free_from_minor.is_some_and(|threshold| subtotal_minor >= threshold);
    let flat = amount(policy.flat_minor.into())?;
    Ok(if free { 0 } else { flat })
}

fn shipping_tax(shipping_minor: i64, lines: &[LineInput], priced: &[PricedLine], tax: &TaxPolicy) -> Result<i64, PricingError> {
    let value_of = |taxable: bool| -> u64 {
        let alike = lines.iter().zip(priced).filter(|(line, _)| line.taxable == taxable);
        alike.map(|(_, priced)| priced.subtotal_minor.unsigned_abs()).sum()
    };
    let taxable_share = match allocate(shipping_minor, &[value_of(true), value_of(false)]) {
        Ok(shares) => shares[0],
        // Goods without a price give no proportion; their shipping is taxed as soon as one of them is.
        Err(AllocationError::NoWeight) if lines.iter().any(|line| line.taxable) => shipping_minor,
        Err(AllocationError::NoWeight) => 0,
    };
    tax_on(taxable_share, tax)
}

/// The tax in (or on top of) a taxable amount.
fn tax_on(taxable_minor: i64, tax: &TaxPolicy) -> Result<i64, PricingError> {
    let (gross_or_net, rate) = (i128::from(taxable_minor), i128::from(tax.rate_ppm));
    amount(if tax.included {
        gross_or_net - divide_half_up(gross_or_net * WHOLE_PPM, WHOLE_PPM + rate)
    } else {
        divide_half_up(gross_or_net * rate, WHOLE_PPM)
    })
}

/// Rounds halves up; both numbers are positive or zero, the divisor is not zero.
fn divide_half_up(dividend: i128, divisor: i128) -> i128 {
    (2 * dividend + divisor) / (2 * divisor)
}

fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, PricingError> {
    amount(amounts.into_iter().map(i128::from).sum())
}

fn amount(minor: i128) -> Result<i64, PricingError> {
    if minor < 0 {
        return Err(PricingError::NegativeAmount);
    }
    i64::try_from(minor)
        .ok()
        .filter(|minor| *minor <= MAX_TOTAL_MINOR)
        .ok_or(PricingError::Overflow)
}
