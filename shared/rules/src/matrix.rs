//! Which variants a product has while its options are edited.
//!
//! Values are named by keys, so that one that gets another name is still the same. A variant is one key for each option, in the
//! options' order.

use crate::variants::MAX_VARIANTS;

/// Names a value of an option as long as a form is open.
pub type ValueKey = u32;

/// What joins when the option at `at` gets another value beside those that it has: one variant for everything that the other
/// options are combined to already. What was left out before stays left out.
pub fn joining(present: &[Vec<ValueKey>], at: usize, key: ValueKey) -> Vec<Vec<ValueKey>> {
    let mut joining: Vec<Vec<ValueKey>> = Vec::new();
    for values in present.iter().filter(|values| at < values.len()) {
        let mut values = values.clone();
        values[at] = key;
        if !joining.contains(&values) {
            joining.push(values);
        }
    }
    joining
}

/// What becomes of each variant when the option at `at` goes: its other values, or nothing where an earlier one has the same.
pub fn without_option(present: &[Vec<ValueKey>], at: usize) -> Vec<Option<Vec<ValueKey>>> {
    let mut kept: Vec<Vec<ValueKey>> = Vec::new();
    present
        .iter()
        .map(|values| {
            let mut values = values.clone();
            if at < values.len() {
                values.remove(at);
            }
            let is_new = !kept.contains(&values);
            if is_new {
                kept.push(values.clone());
            }
            is_new.then_some(values)
        })
        .collect()
}

/// Combinations of the options' values that no variant has, in order; `None` when all together are more than a product may have.
pub fn missing(options: &[Vec<ValueKey>], present: &[Vec<ValueKey>]) -> Option<Vec<Vec<ValueKey>>> {
    let count = options.iter().try_fold(1_usize, |count, values| count.checked_mul(values.len()))?;
    if count > MAX_VARIANTS {
        return None;
    }
    let all = options.iter().fold(vec![Vec::new()], |combined: Vec<Vec<ValueKey>>, values| {
        let with_each = |start: Vec<ValueKey>| values.iter().map(move |key| [start.as_slice(), &[*key]].concat());
        combined.into_iter().flat_map(with_each).collect()
    });
    Some(all.into_iter().filter(|values| !present.contains(values)).collect())
}

/// Where a variant belongs among the others: the places of its values.
pub fn rank(options: &[Vec<ValueKey>], values: &[ValueKey]) -> Vec<usize> {
    let place = |(of, key): (&Vec<ValueKey>, &ValueKey)| of.iter().position(|other| other == key).unwrap_or(of.len());
    options.iter().zip(values).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: ValueKey = 1;
    const M: ValueKey = 2;
    const L: ValueKey = 3;
    const RED: ValueKey = 11;
    const BLUE: ValueKey = 12;

    #[test]
    fn a_new_size_comes_in_the_colours_there_are() {
        // Blue is not made in M, on purpose.
        let present = [vec![S, RED], vec![S, BLUE], vec![M, RED]];
        assert_eq!(joining(&present, 0, L), [vec![L, RED], vec![L, BLUE]]);
        assert_eq!(joining(&[vec![S]], 0, M), [vec![M]]);
        assert!(joining(&[], 0, L).is_empty());
    }

    #[test]
    fn what_is_left_out_can_be_asked_for() {
        let options = [vec![S, M], vec![RED, BLUE]];
        assert_eq!(
            missing(&options, &[vec![S, RED], vec![S, BLUE], vec![M, RED]]),
            Some(vec![vec![M, BLUE]])
        );
        let many: Vec<ValueKey> = (0..200).collect();
        assert_eq!(missing(&[many.clone(), many], &[]), None);
    }

    #[test]
    fn an_option_that_goes_keeps_the_first_of_what_becomes_equal() {
        let present = [vec![S, RED], vec![S, BLUE], vec![M, RED]];
        assert_eq!(without_option(&present, 1), [Some(vec![S]), None, Some(vec![M])]);
        assert_eq!(without_option(&[vec![S], vec![M]], 0), [Some(vec![]), None]);
    }

    #[test]
    fn variants_stand_in_the_order_of_their_values() {
        let options = [vec![S, M], vec![RED, BLUE]];
        let mut variants = [vec![M, RED], vec![S, BLUE], vec![S, RED]];
        variants.sort_by_key(|values| rank(&options, values));
        assert_eq!(variants, [vec![S, RED], vec![S, BLUE], vec![M, RED]]);
    }
}
