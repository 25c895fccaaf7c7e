use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load};
use orion_types::order::{Order, TimelineEntry};
use orion_types::permission::Permission;
use orion_ui::*;

use super::actions::Actions;
use super::badges::{fulfilment_badge, order_badge, payment_badge};
use super::list::number;
use super::parts::{AddressCard, Fulfilments, Items, Payments};
use crate::store::may;

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
    let known = order.customer_id.filter(|_| may(Permission::CustomersRead));
    let name = order.shipping_address.name.clone();
    let customer = vec![
        Definition::new(
            "Name",
            match known {
                Some(id) => view! { <a class="ui-link" href=app_href(&format!("/customers/{id}"))>{name}</a> }.into_any(),
                None => name.into_any(),
            },
        ),
        Definition::new("E-mail", view! { <CopyText value=order.email.clone()/> }),
        Definition::new(
            "Note",
            if order.note.is_empty() {
                "none".to_owned()
            } else {
                order.note.clone()
            },
        ),
    ];
    view! {
        <PageHeader
            title=number(order.number)
            subtitle=format!("Placed {placed}")
            back_href="/orders"
            back_label="Orders"
            badges=move || view! { {order_badge(status)} {payment_badge(payment)} {fulfilment_badge(fulfilment)} }
        >
            {writes.then(|| view! { <Actions order=actions.clone() loader/> })}
        </PageHeader>
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Items order=order.clone()/>
                <Card title="Timeline"><Timeline items=Signal::stored(order.timeline.iter().rev().map(entry).collect::<Vec<_>>())/></Card>
            </div>
            <div class="ui-columns__side">
                <Card title="Customer"><DefinitionList items=customer/></Card>
                <AddressCard title="Ship to" address=order.shipping_address.clone()/>
                <Payments payments=order.payments.clone()/>
                {(!order.fulfilments.is_empty()).then(|| view! { <Fulfilments fulfilments=order.fulfilments.clone()/> })}
            </div>
        </div>
    }
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
