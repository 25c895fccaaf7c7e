use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load};
use orion_types::order::{Order, TimelineEntry};
use orion_types::permission::Permission;
use orion_ui::*;

use super::actions::Actions;
use super::badges::{fulfilment_badge, order_badge, payment_badge};
use super::parts::{AddressCard, Fulfilments, Items, Payments};
use super::table::number;
use crate::store::may;
use crate::walk;

/// One order.
#[component]
pub fn OrderPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let order = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<Order>(&format!("/orders/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=order.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| order.reload() let:value>
                <Detail order=value loader=order/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(order: Order, loader: Loader<Order>) -> impl IntoView {
    let (status, payment, fulfilment) = (order.status, order.payment_status, order.fulfilment_status);
    let writes = may(Permission::OrdersWrite);
    let actions = order.clone();
    let placed = format_date_time(Moment::from(order.placed_at.0.clone()), None);
    let (facts, timeline) = (customer(&order), order.timeline.iter().rev().map(entry).collect::<Vec<_>>());
    let (previous, next) = walk::neighbours("/orders", &order.id.to_string());
    let billing = (order.billing_address != order.shipping_address).then(|| order.billing_address.clone());
    view! {
        <PageHeader
            title=number(order.number, order.status)
            subtitle=format!("Placed {placed}")
            back_href="/orders"
            back_label="Orders"
            badges=move || view! { {order_badge(status)} {payment_badge(payment)} {fulfilment_badge(status, fulfilment)} }
            previous_href=Signal::stored(previous)
            next_href=Signal::stored(next)
        >
            {writes.then(|| view! { <Actions order=actions.clone() loader/> })}
        </PageHeader>
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Items order=order.clone()/>
                <Card title="Timeline"><Timeline items=Signal::stored(timeline)/></Card>
            </div>
            <div class="ui-columns__side">
                <Card title="Customer"><DefinitionList items=facts/></Card>
                <AddressCard title="Ship to" address=order.shipping_address.clone()/>
                {billing.map(|address| view! { <AddressCard title="Bill to" address/> })}
                <Payments payments=order.payments.clone()/>
                {(!order.fulfilments.is_empty()).then(|| view! { <Fulfilments fulfilments=order.fulfilments.clone()/> })}
            </div>
        </div>
    }
}

fn customer(order: &Order) -> Vec<Definition> {
    let known = order.customer_id.filter(|_| may(Permission::CustomersRead));
    let name = order.shipping_address.name.clone();
    let name = match known {
        Some(id) => view! { <a class="ui-link" href=app_href(&format!("/customers/{id}"))>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let mut facts = vec![
        Definition::new("Name", name),
        Definition::new("E-mail", view! { <CopyText value=order.email.clone()/> }),
    ];
    if !order.note.is_empty() {
        facts.push(Definition::new("Note", order.note.clone()));
    }
    facts
}

fn entry(entry: &TimelineEntry) -> TimelineItem {
    let tone = match entry.event.as_str() {
        "paid" | "fulfilled" | "completed" => Tone::Positive,
        "cancelled" | "payment_failed" => Tone::Critical,
        _ => Tone::Neutral,
    };
    let mut words = entry.event.replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    TimelineItem::new(words, Moment::from(entry.created_at.0.clone()))
        .description(entry.note.clone())
        .actor(entry.actor.clone())
        .tone(tone)
}
