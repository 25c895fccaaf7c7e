use leptos::prelude::*;

use crate::{
    chart::Sparkline,
    format::format_percent,
    icon::{Icon, icons},
    settings::app_href,
};

/// How a figure moved against the period before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatChange {
    /// 0.12 is twelve percent more.
    pub ratio: f64,
    /// Whether that is what one wants; `None` when it is neither.
    pub good: Option<bool>,
}

impl StatChange {
    /// The change from `before` to `now`, where more is better; `None` when there is nothing to compare with.
    pub fn between(now: f64, before: f64) -> Option<Self> {
        let ratio = (now - before) / before;
        let moved = ratio.abs() >= 0.000_5;
        (before > 0.0).then_some(Self {
            ratio,
            good: moved.then_some(ratio > 0.0),
        })
    }
}

/// One figure of a dashboard: what, how much, how it moved.
#[component]
pub fn StatCard(
    /// What is measured.
    #[prop(into)]
    label: Signal<String>,
    /// The figure, formatted.
    #[prop(into)]
    value: Signal<String>,
    /// The movement against the period before.
    #[prop(optional, into)]
    change: Signal<Option<StatChange>>,
    /// What it is compared with.
    #[prop(optional, into)]
    comparison: Option<Signal<String>>,
    /// The period's values, oldest first.
    #[prop(optional, into)]
    trend: Signal<Vec<f64>>,
    /// Where the figure is explained.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let movement = move || change.get().map(movement_view);
    let name = match href {
        Some(href) => view! { <a class="ui-stat__link" href=app_href(&href)>{label}</a> }.into_any(),
        None => view! { <span>{label}</span> }.into_any(),
    };
    view! {
        <section class="ui-stat">
            <h2 class="ui-stat__label">{name}</h2>
            <p class="ui-stat__value">{value}</p>
            <p class="ui-stat__change">
                {movement} {comparison.map(|text| view! { <span class="ui-stat__comparison">{text}</span> })}
            </p>
            <div class="ui-stat__trend">
                <Sparkline values=trend/>
            </div>
        </section>
    }
    .into_any()
}

fn movement_view(change: StatChange) -> AnyView {
    let tone = match change.good {
        Some(true) => "good",
        Some(false) => "bad",
        None => "even",
    };
    let sign = if change.ratio > 0.0 { "+" } else { "" };
    let icon = if change.ratio < 0.0 {
        icons::TRENDING_DOWN
    } else {
        icons::TRENDING_UP
    };
    view! {
        <span class=format!("ui-stat__movement ui-stat__movement--{tone}")>
            {change.good.map(|_| view! { <Icon icon/> })} {sign} {format_percent(change.ratio, None)}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::StatChange;

    #[test]
    fn a_figure_is_compared_with_the_one_before() {
        assert_eq!(StatChange::between(112.0, 100.0).and_then(|change| change.good), Some(true));
        assert_eq!(StatChange::between(88.0, 100.0).and_then(|change| change.good), Some(false));
        assert_eq!(StatChange::between(100.0, 100.0).and_then(|change| change.good), None);
        assert_eq!(StatChange::between(5.0, 0.0), None);
    }
}
