use leptos::prelude::*;
use orion_types::order::{SalesDay, SalesOverview, SalesPeriod};
use orion_ui::*;

/// How many days a spark line shows: the week and the one it is compared with.
const DAYS: usize = 14;

/// The last seven days in four figures, each beside the seven days before.
#[component]
pub fn Figures(sales: SalesOverview) -> impl IntoView {
    let money = {
        let code = sales.this_week.revenue.currency.code();
        move |minor: i64| format_money(minor, code, None)
    };
    let (now, before) = (&sales.this_week, &sales.last_week);
    let figure = |label: &'static str, of: fn(&SalesPeriod) -> i64, by_day: fn(&SalesDay) -> i64, format: &dyn Fn(i64) -> String| {
        let (now, before) = (of(now), of(before));
        view! {
            <StatCard
                label
                value=format(now)
                change=Signal::stored(StatChange::between(now as f64, before as f64))
                comparison=comparison(now, before)
                trend=Signal::stored(trend(&sales.days, by_day))
            />
        }
    };
    view! {
        <div class="ui-grid-4">
            {figure("Revenue, 7 days", |week| week.revenue.amount_minor, |day| day.revenue_minor, &money)}
            {figure("Orders, 7 days", |week| week.orders, |day| day.orders, &format_count)}
            {figure("Average order, 7 days", |week| week.average_order.amount_minor, average, &money)}
            {figure("Items sold, 7 days", |week| week.units, |day| day.units, &format_count)}
        </div>
    }
}

fn average(day: &SalesDay) -> i64 {
    day.revenue_minor.checked_div(day.orders).unwrap_or(0)
}

fn comparison(now: i64, before: i64) -> &'static str {
    match (now, before) {
        (0, 0) => "",
        (_, 0) => "none in the 7 days before",
        _ => "vs the 7 days before",
    }
}

/// The last days, oldest first; nothing where a line would only be the floor.
fn trend(days: &[SalesDay], of: fn(&SalesDay) -> i64) -> Vec<f64> {
    let recent = &days[days.len().saturating_sub(DAYS)..];
    if recent.iter().all(|day| of(day) == 0) {
        return Vec::new();
    }
    recent.iter().map(|day| of(day) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_compared_with_nothing() {
        assert_eq!(comparison(0, 0), "");
        assert_eq!(comparison(3, 0), "none in the 7 days before");
        assert_eq!(comparison(0, 3), "vs the 7 days before");
    }

    #[test]
    fn a_spark_line_is_of_the_last_two_weeks_and_of_something() {
        let day = |orders: i64| SalesDay {
            date: String::new(),
            orders,
            units: 0,
            revenue_minor: 0,
        };
        let days: Vec<SalesDay> = (1..=30).map(day).collect();
        let line = trend(&days, |day| day.orders);
        assert_eq!((line.len(), line.first(), line.last()), (DAYS, Some(&17.0), Some(&30.0)));
        assert!(trend(&days, |day| day.units).is_empty());
    }
}
