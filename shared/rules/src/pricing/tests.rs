use proptest::prelude::*;

use super::*;

const INCLUDED_19: TaxPolicy = TaxPolicy {
    rate_ppm: 190_000,
    included: true,
};
const EXCLUDED_10: TaxPolicy = TaxPolicy {
    rate_ppm: 100_000,
    included: false,
};
const PARCEL: ShippingPolicy = ShippingPolicy {
    flat_minor: 490,
    free_from_minor: Some(5000),
};

fn line(unit_price_minor: i64, quantity: u32) -> LineInput {
    LineInput {
        unit_price_minor,
        quantity,
        taxable: true,
    }
}

fn exempt(unit_price_minor: i64, quantity: u32) -> LineInput {
    LineInput {
        taxable: false,
        ..line(unit_price_minor, quantity)
    }
}

/// (subtotal, shipping, tax, total)
fn sums(totals: &OrderTotals) -> (i64, i64, i64, i64) {
    (totals.subtotal_minor, totals.shipping_minor, totals.tax_minor, totals.total_minor)
}

#[test]
fn included_tax_is_what_the_rounded_net_leaves() {
    let totals = price_order(&[line(1999, 2), line(5, 1)], Some(&PARCEL), &INCLUDED_19).unwrap();
    // 3998 is 3360 + 638, 5 is 4 + 1, 490 is 412 + 78.
    assert_eq!(
        totals.lines[0],
        PricedLine {
            subtotal_minor: 3998,
            tax_minor: 638,
            total_minor: 3998
        }
    );
    assert_eq!(
        totals.lines[1],
        PricedLine {
            subtotal_minor: 5,
            tax_minor: 1,
            total_minor: 5
        }
    );
    assert_eq!(totals.shipping_tax_minor, 78);
    assert_eq!(sums(&totals), (4003, 490, 717, 4493));
}

#[test]
fn excluded_tax_is_added_on_top() {
    let totals = price_order(&[line(1999, 2), line(5, 1)], Some(&PARCEL), &EXCLUDED_10).unwrap();
    assert_eq!(
        totals.lines[0],
        PricedLine {
            subtotal_minor: 3998,
            tax_minor: 400,
            total_minor: 4398
        }
    );
    assert_eq!(
        totals.lines[1],
        PricedLine {
            subtotal_minor: 5,
            tax_minor: 1,
            total_minor: 6
        }
    );
    assert_eq!(sums(&totals), (4003, 490, 450, 4943));
}

#[test]
fn tax_is_rounded_half_up_on_each_line() {
    // 0.4 and 0.5 and 1.5 of a minor unit.
    for (price, tax) in [(4, 0), (5, 1), (14, 1), (15, 2), (0, 0)] {
        let totals = price_order(&[line(price, 1)], None, &EXCLUDED_10).unwrap();
        assert_eq!(totals.tax_minor, tax, "{price}");
    }
    // Per line and not per order: three lines of 5 bear 3, one line of 15 bears 2.
    assert_eq!(price_order(&[line(5, 1); 3], None, &EXCLUDED_10).unwrap().tax_minor, 3);
    assert_eq!(price_order(&[line(5, 3)], None, &EXCLUDED_10).unwrap().tax_minor, 2);
}

#[test]
fn minor_units_of_any_size_are_priced_alike() {
    let yen = price_order(
        &[line(1980, 1), line(330, 3)],
        None,
        &TaxPolicy {
            rate_ppm: 100_000,
            included: true,
        },
    )
    .unwrap();
    assert_eq!(sums(&yen), (2970, 0, 270, 2970));
    let reduced = price_order(
        &[line(107, 1)],
        None,
        &TaxPolicy {
            rate_ppm: 80_000,
            included: true,
        },
    )
    .unwrap();
    assert_eq!(sums(&reduced), (107, 0, 8, 107));
    let dinar = price_order(
        &[line(1234, 3)],
        None,
        &TaxPolicy {
            rate_ppm: 50_000,
            included: false,
        },
    )
    .unwrap();
    assert_eq!(sums(&dinar), (3702, 0, 185, 3887));
}

#[test]
fn shipping_is_free_from_the_threshold_on() {
    let shipping = |subtotal| {
        price_order(&[line(subtotal, 1)], Some(&PARCEL), &EXCLUDED_10)
            .unwrap()
            .shipping_minor
    };
    assert_eq!(shipping(4999), 490);
    assert_eq!(shipping(5000), 0);
    let never_free = ShippingPolicy {
        free_from_minor: None,
        ..PARCEL
    };
    assert_eq!(
        price_order(&[line(1_000_000, 1)], Some(&never_free), &EXCLUDED_10)
            .unwrap()
            .shipping_minor,
        490
    );
    assert_eq!(price_order(&[line(1, 1)], None, &EXCLUDED_10).unwrap().shipping_minor, 0);
}

#[test]
fn shipping_is_taxed_as_far_as_the_goods_are() {
    let shipping_tax = |lines: &[LineInput]| price_order(lines, Some(&PARCEL), &EXCLUDED_10).unwrap().shipping_tax_minor;
    assert_eq!(shipping_tax(&[line(1000, 1)]), 49);
    assert_eq!(shipping_tax(&[exempt(1000, 1)]), 0);
    assert_eq!(shipping_tax(&[line(1000, 1), exempt(3000, 1)]), 12);
    assert_eq!(shipping_tax(&[line(0, 1), exempt(0, 1)]), 49);
    assert_eq!(shipping_tax(&[exempt(0, 1)]), 0);
}

#[test]
fn a_rate_of_four_decimals_is_charged_to_the_last_of_them() {
    let tax_on_a_thousand = |rate_ppm| {
        let tax = TaxPolicy { rate_ppm, included: false };
        price_order(&[line(100_000, 1)], None, &tax).unwrap().tax_minor
    };
    // New York City and Quebec: with two decimals the first would be 88.80.
    assert_eq!([88_750, 99_750, 88_800].map(tax_on_a_thousand), [8_875, 9_975, 8_880]);
    let included = TaxPolicy {
        rate_ppm: 99_750,
        included: true,
    };
    assert_eq!(price_order(&[line(10_998, 1)], None, &included).unwrap().tax_minor, 998);
}

#[test]
fn the_tax_rate_may_be_nothing_or_everything() {
    for included in [true, false] {
        let totals = price_order(&[line(1999, 1)], None, &TaxPolicy { rate_ppm: 0, included }).unwrap();
        assert_eq!(sums(&totals), (1999, 0, 0, 1999));
    }
    let everything = price_order(
        &[line(1999, 1)],
        None,
        &TaxPolicy {
            rate_ppm: 1_000_000,
            included: true,
        },
    )
    .unwrap();
    assert_eq!(everything.tax_minor, 999);
    let above = TaxPolicy {
        rate_ppm: 1_000_001,
        included: true,
    };
    assert_eq!(price_order(&[line(1, 1)], None, &above), Err(PricingError::TaxRateOutOfRange));
}

#[test]
fn what_cannot_be_priced_is_refused() {
    let refused = |lines: &[LineInput], shipping: Option<&ShippingPolicy>| price_order(lines, shipping, &EXCLUDED_10).unwrap_err();
    assert_eq!(refused(&[], None), PricingError::NoLines);
    assert_eq!(refused(&[line(1, 1), line(1, 0)], None), PricingError::ZeroQuantity { line: 1 });
    assert_eq!(refused(&[line(-1, 1)], None), PricingError::NegativeAmount);
    assert_eq!(refused(&[line(i64::MIN, u32::MAX)], None), PricingError::NegativeAmount);
    assert_eq!(refused(&[line(i64::MAX, u32::MAX)], None), PricingError::Overflow);
    assert_eq!(refused(&[line(MAX_TOTAL_MINOR, 1)], None), PricingError::Overflow);
    assert_eq!(refused(&[line(MAX_TOTAL_MINOR, 1), line(1, 1)], None), PricingError::Overflow);
    let paying_customers = ShippingPolicy {
        flat_minor: -1,
        free_from_minor: Some(0),
    };
    assert_eq!(refused(&[line(1, 1)], Some(&paying_customers)), PricingError::NegativeAmount);
}

fn lines() -> impl Strategy<Value = Vec<LineInput>> {
    let line = (0_i64..=99_999_999, 1_u32..=999, any::<bool>());
    let line = line.prop_map(|(unit_price_minor, quantity, taxable)| LineInput {
        unit_price_minor,
        quantity,
        taxable,
    });
    prop::collection::vec(line, 1..30)
}

fn shipping() -> impl Strategy<Value = Option<ShippingPolicy>> {
    let policy = (0_i64..1_000_000, prop::option::of(0_i64..1_000_000_000));
    prop::option::of(policy.prop_map(|(flat_minor, free_from_minor)| ShippingPolicy {
        flat_minor,
        free_from_minor,
    }))
}

fn tax() -> impl Strategy<Value = TaxPolicy> {
    (0_u32..=1_000_000, any::<bool>()).prop_map(|(rate_ppm, included)| TaxPolicy { rate_ppm, included })
}

proptest! {
    #[test]
    fn the_order_is_the_sum_of_its_parts(lines in lines(), shipping in shipping(), tax in tax()) {
        let totals = price_order(&lines, shipping.as_ref(), &tax).unwrap();
        let sum = |part: fn(&PricedLine) -> i64| totals.lines.iter().map(part).sum::<i64>();
        prop_assert_eq!(sum(|line| line.subtotal_minor), totals.subtotal_minor);
        prop_assert_eq!(sum(|line| line.tax_minor) + totals.shipping_tax_minor, totals.tax_minor);
        let on_top = if tax.included { 0 } else { totals.tax_minor };
        let expected = totals.subtotal_minor + totals.shipping_minor - totals.discount_minor + on_top;
        prop_assert_eq!(totals.total_minor, expected);
        let shipping_on_top = if tax.included { 0 } else { totals.shipping_tax_minor };
        prop_assert_eq!(sum(|line| line.total_minor) + totals.shipping_minor + shipping_on_top, totals.total_minor);
    }

    #[test]
    fn tax_is_within_half_a_minor_unit_of_exact(price in 0_i64..=99_999_999_999, tax in tax()) {
        let actual = i128::from(price_order(&[line(price, 1)], None, &tax).unwrap().tax_minor);
        let divisor = if tax.included { 1_000_000 + i128::from(tax.rate_ppm) } else { 1_000_000 };
        let error = actual * divisor - i128::from(price) * i128::from(tax.rate_ppm);
        prop_assert!(2 * error.abs() <= divisor, "off by {error}/{divisor}");
        // A tie goes up: to the tax where it is added, to the net where it is included.
        let wrong_way = if tax.included { divisor } else { -divisor };
        prop_assert_ne!(2 * error, wrong_way);
    }

    #[test]
    fn what_is_exempt_bears_no_tax(lines in lines(), tax in tax()) {
        let totals = price_order(&lines, None, &tax).unwrap();
        for (input, priced) in lines.iter().zip(&totals.lines) {
            prop_assert!(priced.tax_minor >= 0);
            prop_assert!(priced.tax_minor <= priced.subtotal_minor);
            prop_assert!(input.taxable || priced.tax_minor == 0);
        }
    }

    #[test]
    fn the_order_of_lines_does_not_change_the_price(lines in lines(), shipping in shipping(), tax in tax()) {
        let forward = price_order(&lines, shipping.as_ref(), &tax).unwrap();
        let reversed: Vec<LineInput> = lines.into_iter().rev().collect();
        let backward = price_order(&reversed, shipping.as_ref(), &tax).unwrap();
        prop_assert_eq!(sums(&forward), sums(&backward));
    }

    #[test]
    fn one_more_unit_never_makes_the_goods_cheaper(lines in lines(), tax in tax()) {
        let before = price_order(&lines, None, &tax).unwrap();
        let mut more = lines;
        more[0].quantity += 1;
        prop_assert!(price_order(&more, None, &tax).unwrap().total_minor >= before.total_minor);
    }

    #[test]
    fn any_input_is_priced_or_refused(
        prices in prop::collection::vec((any::<i64>(), any::<u32>(), any::<bool>()), 0..5),
        shipping in prop::option::of((any::<i64>(), any::<Option<i64>>())),
        rate_ppm: u32,
        included: bool,
    ) {
        let lines: Vec<LineInput> = prices
            .into_iter()
            .map(|(unit_price_minor, quantity, taxable)| LineInput { unit_price_minor, quantity, taxable })
            .collect();
        let shipping = shipping.map(|(flat_minor, free_from_minor)| ShippingPolicy { flat_minor, free_from_minor });
        if let Ok(totals) = price_order(&lines, shipping.as_ref(), &TaxPolicy { rate_ppm, included }) {
            prop_assert!((0..=MAX_TOTAL_MINOR).contains(&totals.total_minor));
        }
    }
}
