//! What is there once in the program and not once for every type or place that uses it.

use std::cmp::Ordering;

use leptos::prelude::*;

/// Runs something now, in an effect, and whenever a signal changes that it reads.
pub fn watch(look: impl FnMut() + 'static) {
    watch_boxed(Box::new(look));
}

fn watch_boxed(mut look: Box<dyn FnMut()>) {
    Effect::new(move |_| look());
}

/// Sorts what is few, as lists of choices are; equal ones keep their places. The sort of the standard library is quicker for many, and 3 kB for
/// each type.
pub fn sort_few<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for at in 1..items.len() {
        let (before, rest) = items.split_at(at);
        let place = before.partition_point(|item| compare(item, &rest[0]) != Ordering::Greater);
        for now in (place..at).rev() {
            items.swap(now, now + 1);
        }
    }
}

/// A number with so many decimals: those of the standard library's `{:.2}` bring 10 kB along.
pub fn fixed(value: f64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let whole = (value.abs() * unit as f64).round() as u64;
    let sign = if value < 0.0 && whole > 0 { "-" } else { "" };
    let (above, below) = (whole / unit, (whole % unit).to_string());
    if decimals == 0 {
        return format!("{sign}{above}");
    }
    format!(
        "{sign}{above}.{}{below}",
        "0".repeat((decimals as usize).saturating_sub(below.len()))
    )
}

#[cfg(test)]
mod tests {
    use super::{fixed, sort_few};

    #[test]
    fn few_are_sorted_as_many_are() {
        for seed in 0..200_u32 {
            let mut few: Vec<(u32, usize)> = (0..(seed as usize % 23)).map(|at| ((seed * 31 + at as u32 * 17) % 7, at)).collect();
            let mut many = few.clone();
            many.sort_by_key(|(rank, _)| *rank);
            sort_few(&mut few, |one, other| one.0.cmp(&other.0));
            assert_eq!(few, many);
        }
    }

    #[test]
    fn decimals_are_written_as_the_standard_library_does() {
        for value in [0.0, 0.04, 1.0, 33.333, 66.666_7, 100.0, 999.96, -0.04, -12.34] {
            for decimals in [1_u32, 2] {
                let usual = format!("{value:.*}", decimals as usize);
                // It writes the sign of a nought.
                let usual = if usual.trim_start_matches('-').bytes().all(|byte| matches!(byte, b'0' | b'.')) {
                    usual.trim_start_matches('-').to_owned()
                } else {
                    usual
                };
                assert_eq!(fixed(value, decimals), usual);
            }
        }
    }
}
