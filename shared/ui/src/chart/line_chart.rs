use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};

use super::geometry::{area_path, line_path, nearest, ticks, x_of, y_of};
use crate::fixed;
use crate::settings::ui_text;

/// One value of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    label: String,
    value: f64,
}

impl ChartPoint {
    /// A value and what it belongs to: `ChartPoint::new("12 Nov", 1234.0)`.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            label: label.into(),
            value,
        }
    }
}

/// What the parts of a chart share.
#[derive(Clone, Copy)]
struct Chart {
    points: Signal<Vec<ChartPoint>>,
    previous: Signal<Vec<ChartPoint>>,
    axis: Memo<Vec<f64>>,
    format: Callback<f64, String>,
    at: RwSignal<Option<usize>>,
}

impl Chart {
    fn bounds(self) -> (f64, f64) {
        self.axis
            .with(|axis| (axis.first().copied().unwrap_or(0.0), axis.last().copied().unwrap_or(1.0)))
    }

    fn spoken(self) -> Option<String> {
        let index = self.at.get()?;
        self.points.with(|points| {
            points
                .get(index)
                .map(|point| format!("{}: {}", point.label, self.format.run(point.value)))
        })
    }
}

/// Values over time: axis, the values under the pointer or by arrow keys, and all of them as a table.
#[component]
pub fn LineChart(
    /// What is measured.
    #[prop(into)]
    title: Signal<String>,
    /// Oldest first.
    #[prop(into)]
    points: Signal<Vec<ChartPoint>>,
    /// The period before, as many values, drawn dashed behind.
    #[prop(optional, into)]
    previous: Signal<Vec<ChartPoint>>,
    /// Writes a value: on the axis, under the pointer, in the table.
    #[prop(into)]
    format: Callback<f64, String>,
    /// Of the drawing, in pixels.
    #[prop(default = 240)]
    height: u32,
) -> impl IntoView {
    let axis =
        Memo::new(move |_| points.with(|points| previous.with(|previous| ticks(points.iter().chain(previous).map(|point| point.value)))));
    let chart = Chart {
        points,
        previous,
        axis,
        format,
        at: RwSignal::new(None),
    };
    view! {
        <figure class="ui-chart">
            <div class="ui-chart__frame" style:height=format!("{height}px")>
                <Axis chart/>
                <Plot chart title/>
            </div>
            <Labels chart/>
            <figcaption class="ui-chart__foot">
                <Legend chart title/>
                <Numbers chart title/>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn percent(value: f64) -> String {
    fixed(value, 2) + "%"
}

#[component]
fn Axis(chart: Chart) -> impl IntoView {
    let marks = move || {
        let (low, high) = chart.bounds();
        let mark = move |value: f64| {
            let top = percent(y_of(value, low, high) / 10.0);
            view! {
                <div class="ui-chart__tick" style:top=top>
                    <span class="ui-chart__tick-label">{chart.format.run(value)}</span>
                </div>
            }
        };
        chart.axis.get().into_iter().map(mark).collect_view()
    };
    view! { <div class="ui-chart__axis" aria-hidden="true">{marks}</div> }
}

#[component]
fn Plot(chart: Chart, title: Signal<String>) -> impl IntoView {
    let plot: NodeRef<html::Div> = NodeRef::new();
    let count = move || chart.points.with(Vec::len);
    let hover = move |event: PointerEvent| {
        let Some(plot) = plot.get_untracked() else {
            return;
        };
        let frame = plot.get_bounding_client_rect();
        let ratio = (f64::from(event.client_x()) - frame.left()) / frame.width().max(1.0);
        chart.at.set((count() > 0).then(|| nearest(ratio, count())));
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(last) = chart.points.with_untracked(Vec::len).checked_sub(1) else {
            return;
        };
        let at = chart.at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowLeft" | "ArrowDown" => at.map_or(last, |at| at.saturating_sub(1)),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        chart.at.set(Some(next));
    };
    let values = |points: Signal<Vec<ChartPoint>>| points.with(|points| points.iter().map(|point| point.value).collect::<Vec<_>>());
    let path = move |points, draw: fn(&[f64], f64, f64) -> String| {
        let (low, high) = chart.bounds();
        draw(&values(points), low, high)
    };
    view! {
        <div
            class="ui-chart__plot"
            node_ref=plot
            tabindex="0"
            role="slider"
            aria-label=title
            aria-readonly="true"
            aria-valuemin="1"
            aria-valuemax=move || count().max(1).to_string()
            aria-valuenow=move || (chart.at.get().unwrap_or_default() + 1).to_string()
            aria-valuetext=move || chart.spoken()
            on:pointermove=hover
            on:pointerdown=hover
            on:pointerleave=move |_| chart.at.set(None)
            on:focus=move |_| chart.at.set(chart.points.with_untracked(Vec::len).checked_sub(1))
            on:blur=move |_| chart.at.set(None)
            on:keydown=on_key
        >
            <svg class="ui-chart__drawing" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
                <path class="ui-chart__area" d=move || path(chart.points, area_path)></path>
                <path class="ui-chart__line ui-chart__line--previous" d=move || path(chart.previous, line_path)></path>
                <path class="ui-chart__line" d=move || path(chart.points, line_path)></path>
            </svg>
            <Cursor chart/>
        </div>
    }
}

#[component]
fn Cursor(chart: Chart) -> impl IntoView {
    let tip = move |index: usize, point: ChartPoint, count: usize| {
        let (low, high) = chart.bounds();
        let (left, top) = (x_of(index, count) / 10.0, y_of(point.value, low, high) / 10.0);
        let before = chart.previous.with(|points| points.get(index).cloned());
        let side = if left > 60.0 {
            "ui-chart__tip ui-chart__tip--before"
        } else {
            "ui-chart__tip"
        };
        view! {
            <div class="ui-chart__cursor" style:left=percent(left) aria-hidden="true">
                <span class="ui-chart__dot" style:top=percent(top)></span>
                <div class=side>
                    <span class="ui-chart__tip-label">{point.label}</span>
                    <span class="ui-chart__tip-value">{chart.format.run(point.value)}</span>
                    {before.map(|before| view! {
                        <span class="ui-chart__tip-previous">{before.label} " · " {chart.format.run(before.value)}</span>
                    })}
                </div>
            </div>
        }
    };
    move || {
        let index = chart.at.get()?;
        let (point, count) = chart.points.with(|points| (points.get(index).cloned(), points.len()));
        point.map(|point| tip(index, point, count).into_any())
    }
}

#[component]
fn Labels(chart: Chart) -> impl IntoView {
    // First, middle and last: more would collide on a phone, and the pointer tells the rest.
    let shown = move || {
        chart.points.with(|points| {
            let last = points.len().saturating_sub(1);
            let mut places = vec![0, last / 2, last];
            places.dedup();
            places
                .into_iter()
                .filter_map(|place| points.get(place).map(|point| point.label.clone()))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="ui-chart__labels" aria-hidden="true">
            {move || shown().into_iter().map(|label| view! { <span>{label}</span> }).collect_view()}
        </div>
    }
}

#[component]
fn Legend(chart: Chart, title: Signal<String>) -> impl IntoView {
    let previous = move || {
        chart.previous.with(|points| !points.is_empty()).then(|| {
            view! {
                <span class="ui-chart__legend-entry ui-chart__legend-entry--previous">
                    {ui_text(|text| &text.previous_period)}
                </span>
            }
        })
    };
    view! {
        <span class="ui-chart__legend">
            <span class="ui-chart__legend-entry">{title}</span>
            {previous}
        </span>
    }
}

#[component]
fn Numbers(chart: Chart, title: Signal<String>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let row = move |point: ChartPoint| {
        view! {
            <tr>
                <th scope="row">{point.label}</th>
                <td>{chart.format.run(point.value)}</td>
            </tr>
        }
    };
    let table = move || {
        is_open.get().then(|| {
            view! {
                <div class="ui-chart__numbers" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{ui_text(|text| &text.date)}</th>
                                <th scope="col">{title}</th>
                            </tr>
                        </thead>
                        <tbody>{chart.points.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            }
        })
    };
    view! {
        <details class="ui-chart__details" on:toggle:target=move |event| is_open.set(event.target().has_attribute("open"))>
            <summary class="ui-link">{move || ui_text(|text| &text.view_as_table)}</summary>
            {table}
        </details>
    }
}
