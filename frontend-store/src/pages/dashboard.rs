use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::inventory::InventoryLevel;
use orion_types::order::{SalesDay, SalesOverview};
use orion_types::permission::Permission;
use orion_ui::*;

use super::onboarding::{Onboarding, Progress, may_set_up};
use crate::store::{currency, may, module_on};

/// How the shop is doing and what needs doing. Each part belongs to a module and is absent while that is off.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let sales = Memo::new(move |_| module_on("orders") && may(Permission::OrdersRead));
    let stock = Memo::new(move |_| module_on("inventory") && may(Permission::InventoryRead));
    view! {
        <div class="ui-page">
            <PageHeader title="Dashboard"/>
            {move || sales.get().then(|| view! { <Sales/> })}
            {move || stock.get().then(|| view! { <LowStock/> })}
            {move || (!sales.get() && !stock.get()).then(|| view! {
                <Card>
                    <EmptyState icon=icons::PACKAGE title="Your catalogue" description="This shop shows its products and sells nothing online.">
                        <LinkButton href="/products" variant=ButtonVariant::Primary>"See the products"</LinkButton>
                    </EmptyState>
                </Card>
            })}
        </div>
    }
}

#[component]
fn Sales() -> impl IntoView {
    let client = use_client();
    // Both in one: what is still to do stands above the figures, and would push them down if it came later.
    let sales = use_load(move || {
        let permitted = may_set_up();
        async move {
            let sales = client.get::<SalesOverview>("/dashboard/sales").await?;
            let progress = Progress::of(client, &sales, permitted).await;
            Ok((sales, progress))
        }
    });
    view! {
        <Loaded
            state=sales.state()
            skeleton=|| view! { <div class="ui-grid-4"><StatSkeleton/><StatSkeleton/><StatSkeleton/><StatSkeleton/></div><Card><ChartSkeleton/></Card> }
            on_retry=move |()| sales.reload()
            let:value
        >
            {
                let (sales, progress) = value;
                view! {
                    {progress.map(|progress| view! { <Onboarding progress/> })}
                    <Figures sales=sales.clone()/>
                    <div class="ui-columns">
                        <div class="ui-columns__main"><Revenue days=sales.days.clone()/></div>
                        <div class="ui-columns__side"><TopProducts sales/></div>
                    </div>
                }
            }
        </Loaded>
    }
}

#[component]
fn Figures(sales: SalesOverview) -> impl IntoView {
    let code = currency();
    let trend = |pick: fn(&SalesDay) -> i64| sales.days.iter().map(|day| pick(day) as f64).collect::<Vec<f64>>();
    let (orders, revenue) = (trend(|day| day.orders), trend(|day| day.revenue_minor));
    let change = |now: i64, before: i64| StatChange::between(now as f64, before as f64);
    view! {
        <div class="ui-grid-4">
            <StatCard
                label="Orders today"
                value=sales.orders_today.to_string()
                change=Signal::stored(change(sales.orders_today, sales.orders_yesterday))
                comparison="vs yesterday"
                trend=Signal::stored(orders)
                href="/orders"
            />
            <StatCard
                label="Revenue today"
                value=format_money(sales.revenue_today.amount_minor, &code, None)
                change=Signal::stored(change(sales.revenue_today.amount_minor, sales.revenue_yesterday.amount_minor))
                comparison="vs yesterday"
                trend=Signal::stored(revenue)
            />
            <StatCard label="To fulfil" value=sales.to_fulfil.to_string() comparison="paid or promised, not sent" href="/orders?status=confirmed&fulfilment_status=unfulfilled"/>
            <StatCard label="Awaiting payment" value=sales.awaiting_payment.to_string() comparison="orders without their money" href="/orders?payment_status=pending"/>
        </div>
    }
}

#[component]
fn Revenue(days: Vec<SalesDay>) -> impl IntoView {
    let code = currency();
    let scale = 10_f64.powi(i32::try_from(currency_exponent(&code)).unwrap_or(0));
    let points: Vec<ChartPoint> = days
        .iter()
        .map(|day| {
            ChartPoint::new(
                format_date(Moment::from(format!("{}T12:00:00Z", day.date)), None),
                day.revenue_minor as f64 / scale,
            )
        })
        .collect();
    let format = move |value: f64| format_money((value * scale).round() as i64, &code, None);
    view! { <Card title="Revenue, last 30 days"><LineChart title="Revenue per day" points=Signal::stored(points) format=format/></Card> }
}

#[component]
fn TopProducts(sales: SalesOverview) -> impl IntoView {
    let code = currency();
    let empty = sales.top_products.is_empty();
    let rows = sales
        .top_products
        .into_iter()
        .map(|product| {
            let revenue = format_money(product.revenue.amount_minor, &code, None);
            view! {
                <li class="flex items-baseline justify-between gap-4 px-4 sm:px-5 py-3">
                    <a class="ui-link min-w-0 truncate" href=app_href(&format!("/products/{}", product.product_id))>{product.title}</a>
                    <span class="text-sm text-muted tabular-nums whitespace-nowrap">{format!("{} sold · {revenue}", product.units)}</span>
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

#[component]
fn LowStock() -> impl IntoView {
    let client = use_client();
    let levels = use_load(move || async move { client.get::<Page<InventoryLevel>>("/dashboard/low-stock").await });
    view! {
        <Card title="Low stock" flush=true actions=|| view! { <LinkButton href="/inventory?stock=low" variant=ButtonVariant::Ghost size=ButtonSize::Small>"See all"</LinkButton> }>
            <Loaded state=levels.state() skeleton=|| view! { <TableSkeleton rows=4 columns=3/> } on_retry=move |()| levels.reload() let:value>
                {if value.data.is_empty() {
                    view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"Everything is well stocked."</p> }.into_any()
                } else {
                    view! { <ul class="divide-y divide-border">{value.data.into_iter().map(|level| view! { <LowLevel level/> }).collect_view()}</ul> }.into_any()
                }}
            </Loaded>
        </Card>
    }
}

#[component]
fn LowLevel(level: InventoryLevel) -> impl IntoView {
    let out = level.available <= 0;
    view! {
        <li class="flex items-center justify-between gap-4 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <a class="ui-link" href=app_href(&format!("/products/{}", level.product_id))>{level.product_title}</a>
                <span class="block text-sm text-muted">{level.variant_title}</span>
            </span>
            <Badge tone=if out { Tone::Critical } else { Tone::Warning }>{if out { "Sold out".to_owned() } else { format!("{} left", level.available) }}</Badge>
        </li>
    }
}
