use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::OrderItemId;
use orion_types::order::{CancelOrder, CreateFulfilment, FulfilmentItem, MarkPaid, Order};
use orion_ui::*;

/// What may be done with the order now; the server decides, and says so in the order.
#[component]
pub fn Actions(order: Order, loader: Loader<Order>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (fulfilling, cancelling) = (RwSignal::new(false), RwSignal::new(false));
    let may = |action: &str| order.allowed_actions.iter().any(|allowed| allowed == action);
    let (pay, ship, cancel) = (may("mark_paid"), may("fulfil") || may("fulfil_partially"), may("cancel"));
    let id = order.id;
    let mark_paid = move || {
        let body = MarkPaid { note: String::new() };
        submission.send(
            async move { client.post::<Order>(&format!("/orders/{id}/mark-paid"), &body).await },
            move |order| {
                toasts.success("Marked as paid");
                loader.set(order);
            },
        );
    };
    // The money comes first: until it is there, shipping is the exception, and stands in the menu with what is rarer still.
    let mut rest = Vec::new();
    if pay && ship {
        rest.push(MenuItem::action("Fulfil", move || fulfilling.set(true)).icon(icons::TRUCK));
    }
    if cancel {
        rest.push(
            MenuItem::action("Cancel order", move || cancelling.set(true))
                .icon(icons::CIRCLE_X)
                .critical(),
        );
    }
    let primary = if pay {
        Some(
            view! { <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=move |_| mark_paid()>"Mark as paid"</Button> }
                .into_any(),
        )
    } else {
        ship.then(|| {
            view! { <Button variant=ButtonVariant::Primary icon=icons::TRUCK on_click=move |_| fulfilling.set(true)>"Fulfil"</Button> }
                .into_any()
        })
    };
    view! {
        {(!rest.is_empty()).then(|| view! { <Menu label="More actions" items=Signal::stored(rest)/> })}
        {primary}
        <FulfilDialog order=order.clone() open=fulfilling loader/>
        <CancelDialog id=id.to_string() open=cancelling loader/>
    }
}

#[component]
fn FulfilDialog(order: Order, open: RwSignal<bool>, loader: Loader<Order>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (carrier, tracking) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let left = |item: &orion_types::order::OrderItem| u32::try_from(item.quantity - item.fulfilled_quantity).unwrap_or(0);
    let lines: Vec<_> = order
        .items
        .iter()
        .filter(|item| left(item) > 0)
        .map(|item| (item.clone(), RwSignal::new(left(item))))
        .collect();
    let id = order.id;
    let units = lines.iter().map(|(item, units)| (item.id, *units)).collect::<Vec<_>>();
    // One for the parcel, however often it is sent until there is an answer.
    let key = StoredValue::new(String::new());
    orion_ui::watch(move || {
        if open.get() {
            key.set_value(idempotency_key());
            submission.clear();
        }
    });
    let ship = move |_| {
        let items = chosen(&units);
        let mut reader = Reader::new();
        if items.is_empty() {
            reader.refuse(
                "/items",
                "required",
                "Choose at least one unit: with none, nothing leaves the house.",
            );
        }
        let body = CreateFulfilment {
            items: Some(items),
            all: false,
            carrier: carrier.get_untracked(),
            tracking_number: tracking.get_untracked(),
        };
        let options = Options::idempotent(key.get_value());
        submission.send_read(
            reader.finish(body),
            move |body| async move {
                client
                    .post_with::<Order>(&format!("/orders/{id}/fulfilments"), &body, options)
                    .await
            },
            move |order| {
                toasts.success("Shipment recorded; the customer gets a mail");
                open.set(false);
                loader.set(order);
            },
        );
    };
    let rows = move || {
        let row = |(item, units): &(orion_types::order::OrderItem, RwSignal<u32>)| {
            let (title, variant, most) = (item.title.clone(), item.variant_title.clone(), left(item));
            view! {
                <li class="flex items-center justify-between gap-4 py-2">
                    <span>{title.clone()}<span class="block text-sm text-muted">{variant}</span></span>
                    <QuantityStepper value=*units min=0 max=Signal::stored(most) label=format!("Units of {title}")/>
                </li>
            }
        };
        lines.iter().map(row).collect_view()
    };
    view! {
        <Dialog open title="Fulfil items" description="What leaves the house now. Stock and reservation fall together." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Not yet"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=ship.clone()>"Fulfil items"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not recorded"/>
                <ul class="divide-y divide-border">{rows.clone()}</ul>
                <div class="ui-form-grid">
                    <Field label="Carrier" optional_mark=true error=submission.field("/carrier")><TextInput value=carrier maxlength=60 name="carrier"/></Field>
                    <Field label="Tracking number" optional_mark=true error=submission.field("/tracking_number")><TextInput value=tracking maxlength=100 name="tracking"/></Field>
                </div>
            </div>
        </Dialog>
    }
}

/// The lines of which something is shipped.
fn chosen(units: &[(OrderItemId, RwSignal<u32>)]) -> Vec<FulfilmentItem> {
    let line = |(id, units): &(OrderItemId, RwSignal<u32>)| FulfilmentItem {
        order_item_id: *id,
        quantity: units.get_untracked().cast_signed(),
    };
    units.iter().map(line).filter(|line| line.quantity > 0).collect()
}

#[component]
fn CancelDialog(id: String, open: RwSignal<bool>, loader: Loader<Order>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let reason = RwSignal::new(String::new());
    let cancel = move |_| {
        let (path, body) = (
            format!("/orders/{id}/cancel"),
            CancelOrder {
                reason: reason.get_untracked(),
            },
        );
        submission.send(async move { client.post::<Order>(&path, &body).await }, move |order| {
            toasts.success("The order is cancelled, its stock is free again");
            open.set(false);
            loader.set(order);
        });
    };
    view! {
        <Dialog open title="Cancel this order?" description="Its stock is released and an open payment is voided. This cannot be undone." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Keep it"</Button>
            <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=cancel.clone()>"Cancel order"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not cancelled"/>
                <Field label="Reason" hint="The customer reads it" optional_mark=true error=submission.field("/reason")><TextInput value=reason maxlength=500 name="reason"/></Field>
            </div>
        </Dialog>
    }
}
