use leptos::prelude::*;
use orion_app::{Loader, use_client};
use orion_client::{Options, idempotency_key};
use orion_types::Page;
use orion_types::order::{CreateFulfilment, MarkPaid, Order, OrderSummary};
use orion_ui::*;

use super::table::number;
use crate::bulk::{Bulk, BulkProgress};

/// What can be done with the chosen orders; the server decides for each whether its state allows it.
#[component]
pub fn BulkActions(rows: Vec<OrderSummary>, orders: Loader<Page<OrderSummary>>, bulk: Bulk) -> impl IntoView {
    let client = use_client();
    let rows = StoredValue::new(rows);
    let chosen = move || rows.with_value(|rows| bulk.of(rows, |order| (order.id.to_string(), number(order.number, order.status))));
    let pay = move |_| {
        let call = move |id: String| {
            let body = MarkPaid { note: String::new() };
            async move { client.post::<Order>(&format!("/orders/{id}/mark-paid"), &body).await }
        };
        bulk.run(chosen(), "marked as paid", call, move || orders.reload());
    };
    let asking = RwSignal::new(false);
    let ship = move |()| {
        asking.set(false);
        let call = move |id: String| async move {
            let everything = CreateFulfilment {
                items: None,
                all: true,
                carrier: String::new(),
                tracking_number: String::new(),
            };
            let once = Options::idempotent(idempotency_key());
            client
                .post_with::<Order>(&format!("/orders/{id}/fulfilments"), &everything, once)
                .await
        };
        bulk.run(chosen(), "fulfilled", call, move || orders.reload());
    };
    let busy = bulk.busy();
    view! {
        <Button size=ButtonSize::Small busy on_click=pay>"Mark as paid"</Button>
        <Button size=ButtonSize::Small icon=icons::TRUCK busy on_click=move |_| asking.set(true)>"Fulfil"</Button>
        <BulkProgress bulk/>
        <ConfirmDialog
            open=asking
            title="Fulfil the chosen orders?"
            message="Everything that is left of them is recorded as sent, without tracking numbers, and their customers get a mail."
            confirm_label="Fulfil orders"
            on_confirm=ship
        />
    }
}
