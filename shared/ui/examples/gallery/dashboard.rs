use leptos::prelude::*;
use orion_ui::*;

fn days(seed: f64) -> Vec<f64> {
    (0..30)
        .map(|day| 420.0 + f64::from(day) * 11.0 + ((f64::from(day) * seed).sin() + 1.0) * 190.0)
        .collect()
}

fn points(values: Vec<f64>, month: &str) -> Vec<ChartPoint> {
    values
        .into_iter()
        .enumerate()
        .map(|(day, value)| ChartPoint::new(format!("{} {month}", day + 1), value.round() * 100.0))
        .collect()
}

#[component]
pub fn Dashboard() -> impl IntoView {
    let euros = |minor: f64| format_money(minor as i64, "EUR", None);
    view! {
        <div class="ui-page">
            <PageHeader title="Good morning, Ada" subtitle="Here is what happened in the last 30 days.">
                <Menu label="Period" text="Last 30 days" items=vec![MenuItem::action("Last 7 days", || {}), MenuItem::action("Last 30 days", || {})]/>
            </PageHeader>
            <div class="ui-grid-4">
                <StatCard label="Revenue" value=format_money(1_843_250, "EUR", None) change=StatChange::between(112.4, 100.0) comparison="vs. before" trend=days(1.7) href="/orders"/>
                <StatCard label="Orders" value="312" change=StatChange::between(104.0, 100.0) comparison="vs. before" trend=days(0.9)/>
                <StatCard label="Average order" value=format_money(5_908, "EUR", None) change=StatChange::between(97.0, 100.0) comparison="vs. before" trend=days(2.3)/>
                <StatCard label="Conversion" value="2.8%" change=StatChange::between(100.0, 100.0) comparison="vs. before" trend=days(1.1)/>
            </div>
            <div class="ui-columns">
                <div class="ui-columns__main">
                    <Card title="Revenue" description="Paid orders, tax included">
                        <LineChart title="Revenue" points=points(days(1.7), "Nov") previous=points(days(0.6), "Oct") format=euros/>
                    </Card>
                    <TopProducts/>
                </div>
                <div class="ui-columns__side">
                    <Card title="Needs you" flush=true>
                        <Todo icon=icons::PACKAGE text="12 orders to fulfil" tone=Tone::Warning href="/orders?status=open"/>
                        <Todo icon=icons::BOXES text="4 products low on stock" tone=Tone::Warning href="/products"/>
                        <Todo icon=icons::CREDIT_CARD text="1 payment failed" tone=Tone::Critical href="/orders"/>
                    </Card>
                    <Card title="Set up your shop">
                        <ProgressBar value=3 max=Some(5) label="3 of 5 steps done"/>
                    </Card>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Todo(icon: IconData, text: &'static str, tone: Tone, href: &'static str) -> impl IntoView {
    let colour = if tone == Tone::Critical { "text-critical" } else { "text-warning" };
    view! {
        <a class="flex items-center gap-3 px-5 h-row text-sm border-t border-border hover:bg-sunken/50" href=app_href(href)>
            <span class=colour><Icon icon/></span>
            <span class="flex-1">{text}</span>
            <span class="text-muted"><Icon icon=icons::CHEVRON_RIGHT/></span>
        </a>
    }
}

#[component]
fn TopProducts() -> impl IntoView {
    let rows = vec![
        ("Stoneware mug, ash", 84, 201_600_i64),
        ("Breakfast bowl", 51, 173_400),
        ("Serving plate 32 cm", 22, 129_800),
    ];
    view! {
        <Card title="Top products" flush=true actions=|| view! { <LinkButton href="/products" variant=ButtonVariant::Ghost size=ButtonSize::Small>"All products"</LinkButton> }>
            <DataTable
                caption="Top products"
                rows
                key=|row: &(&str, i32, i64)| row.0.to_owned()
                columns=vec![
                    Column::new("product", "Product", |row: &(&str, i32, i64)| row.0.into_any()).primary(),
                    Column::new("sold", "Sold", |row: &(&str, i32, i64)| row.1.into_any()).end().phone(Phone::Labelled),
                    Column::new("revenue", "Revenue", |row: &(&str, i32, i64)| format_money(row.2, "EUR", None).into_any()).end().phone(Phone::Corner),
                ]
            />
        </Card>
    }
}
