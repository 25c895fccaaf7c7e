use leptos::prelude::*;

use super::geometry::{area_path, line_path};

/// A line without axes beside a figure; decoration, the figure says it in words.
#[component]
pub fn Sparkline(
    /// Oldest first; fewer than two draw nothing.
    #[prop(into)]
    values: Signal<Vec<f64>>,
) -> impl IntoView {
    let bounds = move |values: &[f64]| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // A flat line belongs in the middle, not on the edge.
        if high > low { (low, high) } else { (low - 1.0, high + 1.0) }
    };
    move || {
        let values = values.get();
        let (low, high) = bounds(&values);
        (values.len() > 1).then(|| {
            view! {
                <svg class="ui-sparkline" viewBox="0 -40 1000 1080" preserveAspectRatio="none" aria-hidden="true">
                    <path class="ui-chart__area" d=area_path(&values, low, high)></path>
                    <path class="ui-chart__line" d=line_path(&values, low, high)></path>
                </svg>
            }
            .into_any()
        })
    }
}
