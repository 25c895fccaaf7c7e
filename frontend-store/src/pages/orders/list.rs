use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::order::{OrderQuery, OrderSummary};
use orion_ui::*;

use super::badges::{fulfilment_badge, order_badge, payment_badge};

/// All orders, newest first, searched and narrowed by the URL.
#[component]
pub fn OrderListPage() -> impl IntoView {
    let client = use_client();
    let (q, status, paging) = (use_query_param("q"), use_query_param("status"), use_paging());
    let (payment, fulfilment) = (use_query_param("payment_status"), use_query_param("fulfilment_status"));
    let text = RwSignal::new(q.get());
    let orders = use_load(move || {
        let query = OrderQuery {
            q: q.get_opt(),
            status: status.get_opt(),
            payment_status: payment.get_opt(),
            fulfilment_status: fulfilment.get_opt(),
            cursor: paging.cursor(),
            ..OrderQuery::default()
        };
        async move { client.get_query::<Page<OrderSummary>>("/orders", &query).await }
    });
    let tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("confirmed", "Open"),
        TabItem::new("completed", "Completed"),
        TabItem::new("cancelled", "Cancelled"),
    ];
    let chips = Signal::derive(move || {
        let chip = |param: QueryParam, name: &'static str, label: &str| {
            param
                .get_opt()
                .map(|value| FilterChip::new(name, format!("{label}: {}", value.replace('_', " "))))
        };
        [
            chip(payment, "payment_status", "Payment"),
            chip(fulfilment, "fulfilment_status", "Fulfilment"),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
    });
    let set = use_set_query();
    let clear = set;
    view! {
        <div class="ui-page">
            <PageHeader title="Orders"/>
            <Card flush=true>
                <Tabs label="Status" items=tabs active=status.signal() on_select=move |value: String| status.set(&value)/>
                <div class="ui-toolbar px-4 py-3">
                    <SearchInput value=text label="Search orders" placeholder="Number or e-mail" on_search=move |value: String| q.set(&value)/>
                    <FilterChips chips on_remove=move |name: String| set(&[(name.as_str(), None), ("after", None)]) on_clear=move |()| clear(&[("payment_status", None), ("fulfilment_status", None), ("after", None)])/>
                </div>
                <Loaded state=orders.state() skeleton=|| view! { <TableSkeleton rows=10 columns=6/> } on_retry=move |()| orders.reload() let:value>
                    <OrderTable rows=value.data/>
                    <Pager paging next=value.next_cursor/>
                </Loaded>
            </Card>
        </div>
    }
}

/// Orders, each with its states.
#[component]
pub fn OrderTable(
    rows: Vec<OrderSummary>,
    /// Leaves out who ordered, where the page says it already.
    #[prop(optional)]
    anonymous: bool,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState compact=true icon=icons::INBOX title="No orders here" description="Orders appear as soon as they are placed."/> }.into_any();
    }
    let columns = vec![
        Column::new("number", "Order", move |order: &OrderSummary| {
            let number = number(order.number);
            let name = (!anonymous).then(|| order.customer_name.clone());
            view! { <span class="flex flex-col"><span class="font-medium">{number}</span>{name.map(|name| view! { <span class="text-sm text-muted">{name}</span> })}</span> }.into_any()
        })
        .primary(),
        Column::new("status", "Status", |order: &OrderSummary| order_badge(order.status)),
        Column::new("payment", "Payment", |order: &OrderSummary| payment_badge(order.payment_status)),
        Column::new("fulfilment", "Fulfilment", |order: &OrderSummary| fulfilment_badge(order.fulfilment_status)).wide_only(),
        Column::new("total", "Total", |order: &OrderSummary| format_money(order.total.amount_minor, order.total.currency.code(), None).into_any()).end(),
        Column::new("placed", "Placed", |order: &OrderSummary| view! { <RelativeTime at=Moment::from(order.placed_at.0.clone())/> }.into_any()).wide_only().end(),
    ];
    view! {
        <DataTable
            caption="Orders"
            rows=Signal::stored(rows)
            key=|order: &OrderSummary| order.id.to_string()
            columns
            href=|order: &OrderSummary| format!("/orders/{}", order.id)
            row_label=|order: &OrderSummary| number(order.number)
        />
    }
    .into_any()
}

/// `#1001`, or what stands in its place while there is no number.
pub fn number(number: Option<i64>) -> String {
    number.map_or_else(|| "Payment open".to_owned(), |number| format!("#{number}"))
}
