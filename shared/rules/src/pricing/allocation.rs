//! Splits an amount so that no minor unit is lost or made up.

use std::cmp::Reverse;
use std::fmt;

/// Why an amount could not be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllocationError {
    /// There are no weights, or all of them are zero.
    NoWeight,
}

impl fmt::Display for AllocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is nothing to split the amount by")
    }
}

impl std::error::Error for AllocationError {}

/// Splits `amount` in proportion to `weights` by largest remainder; the parts always add up to `amount`.
///
/// Equal remainders favour the earlier part. A negative amount is split like its positive, so that a refund of everything
/// mirrors the charge.
pub fn allocate(amount: i64, weights: &[u64]) -> Result<Vec<i64>, AllocationError> {
    let total: u128 = weights.iter().copied().map(u128::from).sum();
    if total == 0 {
        return Err(AllocationError::NoWeight);
    }
    let whole = u128::from(amount.unsigned_abs());
    let mut parts: Vec<u128> = weights.iter().map(|&weight| whole * u128::from(weight) / total).collect();
    let missing = whole - parts.iter().sum::<u128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&index| Reverse(whole * u128::from(weights[index]) % total));
    // Each part fell short by less than one, so there are fewer units missing than parts.
    for (index, _) in by_remainder.into_iter().zip(0..missing) {
        parts[index] += 1;
    }
    let sign = i128::from(amount.signum());
    // No part is larger than the whole, which came from an i64.
    Ok(parts.into_iter().map(|part| (sign * part as i128) as i64).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_remainders_get_the_odd_units() {
        assert_eq!(allocate(100, &[1, 1, 1]), Ok(vec![34, 33, 33]));
        assert_eq!(allocate(-100, &[1, 1, 1]), Ok(vec![-34, -33, -33]));
        assert_eq!(allocate(10, &[1, 2, 4]), Ok(vec![1, 3, 6]));
        assert_eq!(allocate(1, &[0, 0, 5]), Ok(vec![0, 0, 1]));
        assert_eq!(allocate(0, &[3, 4]), Ok(vec![0, 0]));
        assert_eq!(allocate(i64::MIN, &[1]), Ok(vec![i64::MIN]));
        assert_eq!(allocate(i64::MAX, &[u64::MAX, u64::MAX]), Ok(vec![i64::MAX / 2 + 1, i64::MAX / 2]));
    }

    #[test]
    fn without_weight_there_is_no_split() {
        assert_eq!(allocate(5, &[]), Err(AllocationError::NoWeight));
        assert_eq!(allocate(5, &[0, 0]), Err(AllocationError::NoWeight));
    }

    fn weights() -> impl Strategy<Value = Vec<u64>> {
        let weight = prop_oneof![Just(0), 0_u64..1000, any::<u64>()];
        prop::collection::vec(weight, 1..40).prop_filter("some weight", |weights| weights.iter().any(|w| *w > 0))
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_amount(amount: i64, weights in weights()) {
            let parts = allocate(amount, &weights).unwrap();
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(amount));
        }

        #[test]
        fn a_part_is_within_one_unit_of_its_exact_share(amount in 0_i64.., weights in weights()) {
            let parts = allocate(amount, &weights).unwrap();
            let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
            for (part, weight) in parts.into_iter().zip(weights) {
                let floor = (amount as u128) * u128::from(weight) / total;
                prop_assert!(part as u128 == floor || (part as u128 == floor + 1 && weight > 0));
            }
        }

        #[test]
        fn a_refund_mirrors_its_charge(amount in 0_i64.., weights in weights()) {
            let charged = allocate(amount, &weights).unwrap();
            let refunded: Vec<i64> = charged.into_iter().map(|part| -part).collect();
            prop_assert_eq!(allocate(-amount, &weights).unwrap(), refunded);
        }
    }
}
