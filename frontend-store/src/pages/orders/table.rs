use std::collections::BTreeSet;

use leptos::prelude::*;
use orion_types::order::OrderSummary;
use orion_types::status::OrderStatus;
use orion_ui::*;

use super::badges::{fulfilment_badge, order_badge, payment_badge};
use crate::walk;

/// How a list of orders is sorted, and what asks for another order.
#[derive(Clone, Copy)]
pub struct Sorting {
    /// The order now.
    pub order: Signal<Option<Sort>>,
    /// Runs with the wanted one.
    pub on_sort: Callback<Sort>,
}

/// Orders, each with its states.
#[component]
pub fn OrderTable(
    rows: Vec<OrderSummary>,
    /// Leaves out who ordered, where the page says it already.
    #[prop(optional)]
    anonymous: bool,
    /// Where the list can be sorted.
    #[prop(optional)]
    sorting: Option<Sorting>,
    /// The ids of the chosen rows; with it they have checkboxes.
    #[prop(optional)]
    selected: Option<RwSignal<BTreeSet<String>>>,
    /// What can be done with the chosen rows.
    #[prop(default = ViewFn::from(|| ()), into)]
    actions: ViewFn,
) -> impl IntoView {
    walk::remember("/orders", rows.iter().map(|order| order.id.to_string()).collect());
    let Some(Sorting { order, on_sort }) = sorting else {
        return view! {
            <DataTable caption="Orders" rows=Signal::stored(rows) key=id columns=columns(anonymous) href=path row_label=label/>
        }
        .into_any();
    };
    view! {
        <DataTable caption="Orders" rows=Signal::stored(rows) key=id columns=columns(anonymous) href=path row_label=label sort=order on_sort selected bulk=actions/>
    }
    .into_any()
}

fn id(order: &OrderSummary) -> String {
    order.id.to_string()
}

fn path(order: &OrderSummary) -> String {
    format!("/orders/{}", order.id)
}

fn label(order: &OrderSummary) -> String {
    number(order.number, order.status)
}

fn columns(anonymous: bool) -> Vec<Column<OrderSummary>> {
    vec![
        Column::new("number", "Order", move |order: &OrderSummary| title(order, anonymous)).primary(),
        Column::new("status", "Status", |order: &OrderSummary| order_badge(order.status)),
        Column::new("payment", "Payment", |order: &OrderSummary| payment_badge(order.payment_status)),
        Column::new("fulfilment", "Fulfilment", |order: &OrderSummary| {
            fulfilment_badge(order.status, order.fulfilment_status).into_any()
        })
        .roomy(),
        Column::new("total", "Total", |order: &OrderSummary| {
            format_money(order.total.amount_minor, order.total.currency.code(), None).into_any()
        })
        .sortable()
        .phone(Phone::Corner)
        .end(),
        Column::new("placed_at", "Placed", |order: &OrderSummary| placed(order))
            .sortable()
            .wide_only()
            .end(),
    ]
}

/// Number and name; on a phone the date stands beside the name, where the table has a column of its own.
fn title(order: &OrderSummary, anonymous: bool) -> AnyView {
    let number = number(order.number, order.status);
    let name = (!anonymous).then(|| order.customer_name.clone());
    let between = name.is_some().then_some(" · ");
    view! {
        <span class="flex flex-col min-w-0">
            <span class="font-medium">{number}</span>
            <span class="text-sm text-muted font-normal">{name}<span class="sm:hidden">{between}{placed(order)}</span></span>
        </span>
    }
    .into_any()
}

fn placed(order: &OrderSummary) -> AnyView {
    view! { <RelativeTime at=Moment::from(order.placed_at.0.clone())/> }.into_any()
}

/// `#1001`, or what stands in its place where there is no number: the payment is open, or was never made.
pub fn number(number: Option<i64>, status: OrderStatus) -> String {
    match (number, status) {
        (Some(number), _) => format!("#{number}"),
        (None, OrderStatus::Cancelled) => "Not placed".to_owned(),
        (None, _) => "Payment open".to_owned(),
    }
}
