//! Where lines and ticks go. The drawing is 1000 × 1000 and stretched to its box; strokes keep their width.

use crate::fixed;

/// Edge of the drawing's square.
pub(super) const SIZE: f64 = 1000.0;

/// Round values for an axis from zero (or the smallest negative value) up to at least the largest.
pub(super) fn ticks(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut low, mut high, mut is_whole) = (0.0_f64, 0.0_f64, true);
    for value in values.filter(|value| value.is_finite()) {
        (low, high, is_whole) = (low.min(value), high.max(value), is_whole && value.fract() == 0.0);
    }
    // Half an order is no mark for an axis of orders.
    let finest = if is_whole { 1.0 } else { 0.0 };
    let step = nice_step((high - low) / 4.0).max(finest);
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil().max(1.0) as i64);
    (first..=last).map(|index| index as f64 * step).collect()
}

fn nice_step(raw: f64) -> f64 {
    if raw <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(raw.log10().floor());
    let factor = raw / power;
    let nice = [1.0, 2.0, 2.5, 5.0].into_iter().find(|nice| factor <= *nice).unwrap_or(10.0);
    nice * power
}

/// Position of a value between two ends, from the top, in drawing units.
pub(super) fn y_of(value: f64, low: f64, high: f64) -> f64 {
    let span = if high > low { high - low } else { 1.0 };
    SIZE - (value - low) / span * SIZE
}

/// Position of the n-th of so many values, from the left, in drawing units.
pub(super) fn x_of(index: usize, count: usize) -> f64 {
    if count < 2 {
        SIZE / 2.0
    } else {
        index as f64 / (count - 1) as f64 * SIZE
    }
}

/// The line through all values as SVG path data.
pub(super) fn line_path(values: &[f64], low: f64, high: f64) -> String {
    values.iter().enumerate().fold(String::new(), |mut path, (index, value)| {
        path.push(if index == 0 { 'M' } else { 'L' });
        push_point(&mut path, x_of(index, values.len()), y_of(*value, low, high));
        path
    })
}

/// The same line closed along the bottom, for the tint below it.
pub(super) fn area_path(values: &[f64], low: f64, high: f64) -> String {
    let Some(last) = values.len().checked_sub(1) else {
        return String::new();
    };
    let base = y_of(low.max(0.0).min(high), low, high);
    let (from, to) = (x_of(0, values.len()), x_of(last, values.len()));
    let mut path = line_path(values, low, high);
    for x in [to, from] {
        path.push('L');
        push_point(&mut path, x, base);
    }
    path.push('Z');
    path
}

fn push_point(path: &mut String, x: f64, y: f64) {
    path.push_str(&fixed(x, 1));
    path.push(' ');
    path.push_str(&fixed(y, 1));
}

/// Which of so many values is nearest to a place along the width (0 to 1).
pub(super) fn nearest(ratio: f64, count: usize) -> usize {
    let last = count.saturating_sub(1);
    ((ratio.clamp(0.0, 1.0) * last as f64).round() as usize).min(last)
}

#[cfg(test)]
mod tests {
    use super::{line_path, nearest, ticks};

    #[test]
    fn an_axis_has_round_steps_and_holds_every_value() {
        assert_eq!(ticks([0.0, 87.0].into_iter()), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks([3.0].into_iter()), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(ticks([1.0].into_iter()), [0.0, 1.0]);
        assert_eq!(ticks([1.5].into_iter()), [0.0, 0.5, 1.0, 1.5]);
        assert_eq!(ticks([-40.0, 60.0].into_iter()), [-50.0, -25.0, 0.0, 25.0, 50.0, 75.0]);
    }

    #[test]
    fn nothing_sold_is_an_axis_too() {
        assert_eq!(ticks([0.0, 0.0].into_iter()), [0.0, 1.0]);
        assert_eq!(ticks(std::iter::empty()), [0.0, 1.0]);
    }

    #[test]
    fn a_line_runs_from_edge_to_edge() {
        assert_eq!(line_path(&[0.0, 10.0], 0.0, 10.0), "M0.0 1000.0L1000.0 0.0");
        assert_eq!(line_path(&[], 0.0, 1.0), "");
    }

    #[test]
    fn the_pointer_finds_the_nearest_value() {
        assert_eq!(nearest(0.49, 3), 1);
        assert_eq!(nearest(9.0, 3), 2);
        assert_eq!(nearest(0.5, 0), 0);
    }
}
