use leptos::prelude::*;
use orion_types::order::SalesOverview;
use orion_ui::*;

use crate::store::currency;

/// Revenue by day; a sentence while there is none.
#[component]
pub fn Revenue(sales: SalesOverview) -> impl IntoView {
    let code = currency();
    let today = format!(
        "Today: {} for {}",
        count_of(sales.orders_today, "order", "orders"),
        format_money(sales.revenue_today.amount_minor, &code, None)
    );
    if sales.days.iter().all(|day| day.revenue_minor == 0) {
        return view! {
            <Card title="Revenue, last 30 days">
                <p class="text-sm text-muted">"Nothing was sold in the last 30 days. The curve begins with the next order."</p>
            </Card>
        }
        .into_any();
    }
    let scale = 10_f64.powi(i32::try_from(currency_exponent(&code)).unwrap_or(0));
    let points: Vec<ChartPoint> = sales
        .days
        .iter()
        .map(|day| ChartPoint::new(format_day(&day.date, None), day.revenue_minor as f64 / scale))
        .collect();
    let format = move |value: f64| format_money((value * scale).round() as i64, &code, None);
    view! {
        <Card title="Revenue, last 30 days" description=today>
            <LineChart title="Revenue per day" points=Signal::stored(points) format=format/>
        </Card>
    }
    .into_any()
}

/// What sold best.
#[component]
pub fn TopProducts(sales: SalesOverview) -> impl IntoView {
    let code = currency();
    let empty = sales.top_products.is_empty();
    let rows = sales
        .top_products
        .into_iter()
        .map(|product| {
            let revenue = format_money(product.revenue.amount_minor, &code, None);
            let sold = format!("{} sold · {revenue}", format_count(product.units));
            view! {
                <li class="flex items-baseline justify-between gap-4 px-4 sm:px-5 py-3">
                    <a class="ui-link min-w-0 truncate" href=app_href(&format!("/products/{}", product.product_id))>{product.title}</a>
                    <span class="text-sm text-muted tabular-nums whitespace-nowrap">{sold}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title="Top products" description="Last 30 days" flush=true>
            <ul class="divide-y divide-border">{rows}</ul>
            {empty.then(|| view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"Nothing was sold in the last 30 days."</p> })}
        </Card>
    }
}
