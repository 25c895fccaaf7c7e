use leptos::prelude::*;
use orion_types::address_format::address_lines;
use orion_types::customer::Address;
use orion_types::order::{OrderConfirmation, OrderItem, PaymentDetail, TimelineEntry};
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use orion_ui::*;

use super::{sum_line, sums};
use crate::text::{Text, t, tf};

/// What an order is called.
pub fn order_title(number: Option<i64>) -> String {
    number.map_or_else(
        || t(Text::OrderPending).to_owned(),
        |number| tf(Text::OrderNumber, &[("number", &number.to_string())]),
    )
}

/// How far an order has come, in one word for its buyer.
pub fn payment_badge(status: OrderStatus, payment: PaymentStatus, fulfilment: FulfilmentStatus) -> AnyView {
    let (tone, text) = match (status, payment, fulfilment) {
        (OrderStatus::Cancelled, ..) => (Tone::Neutral, Text::StatusCancelled),
        (_, PaymentStatus::Refunded | PaymentStatus::PartiallyRefunded, _) => (Tone::Neutral, Text::StatusRefunded),
        (_, PaymentStatus::Failed | PaymentStatus::Voided, _) => (Tone::Critical, Text::StatusFailed),
        (_, _, FulfilmentStatus::Fulfilled) => (Tone::Positive, Text::StatusShipped),
        (_, _, FulfilmentStatus::PartiallyFulfilled) => (Tone::Accent, Text::StatusPartlyShipped),
        (_, PaymentStatus::Paid | PaymentStatus::Authorized, _) => (Tone::Positive, Text::StatusPaid),
        (_, PaymentStatus::Pending, _) => (Tone::Warning, Text::StatusAwaitingPayment),
    };
    view! { <Badge tone>{t(text)}</Badge> }.into_any()
}

/// A postal address, line by line, in the order of its country.
pub fn address_text(address: &Address) -> String {
    address_lines(address, &country_name(&address.country, None)).join("\n")
}

/// The place of an order that is still being fetched.
pub fn order_skeleton() -> AnyView {
    view! { <div class="shop-order"><div><TextSkeleton lines=8/></div><div class="shop-box"><TextSkeleton lines=5/></div></div> }.into_any()
}

/// An order as its buyer sees it: what comes next, what was bought, where it goes, what happened.
#[component]
pub fn OrderView(
    /// The order.
    order: OrderConfirmation,
) -> impl IntoView {
    let next = match (order.status, order.payment_status, order.fulfilment_status) {
        (OrderStatus::Cancelled, ..) => Text::NextCancelled,
        (_, _, FulfilmentStatus::Fulfilled | FulfilmentStatus::PartiallyFulfilled) => Text::NextShipped,
        (_, PaymentStatus::Pending, _) => Text::NextUnpaid,
        _ => Text::NextPaid,
    };
    let steps = steps(&order);
    let how_to_pay = (!order.payment_instructions.is_empty() && order.status != OrderStatus::Cancelled).then(|| {
        let how = if order.payment_details.is_empty() {
            view! { <p class="shop-pre">{order.payment_instructions}</p> }.into_any()
        } else {
            view! { <DefinitionList items=order.payment_details.into_iter().map(detail).collect()/> }.into_any()
        };
        view! { <section class="shop-box"><h2 class="shop-fold__title">{t(Text::HowToPay)}</h2>{how}</section> }
    });
    let shipments = order.fulfilments.iter().map(|shipment| {
        let (carrier, number) = (shipment.carrier.clone(), shipment.tracking_number.clone());
        view! {
            <p class="shop-hint"><Icon icon=icons::TRUCK/><span>{t(Text::Shipment)} " " {carrier} " · " {t(Text::TrackingNumber)} ": " <b>{number}</b></span></p>
        }
    });
    let history: Vec<TimelineItem> = order.timeline.iter().rev().map(event).collect();
    let history = (!history.is_empty()).then(|| {
        view! { <section><h2 class="shop-fold__title">{t(Text::History)}</h2><Timeline items=history/></section> }
    });
    view! {
        <div class="shop-order">
            <div class="grid gap-8 min-w-0">
                {steps}
                <section class="grid gap-3">
                    <h2 class="shop-fold__title mb-0">{t(Text::WhatNext)}</h2>
                    <p>{t(next)}</p>
                    {shipments.collect_view()}
                </section>
                {how_to_pay}
                {history}
                <section class="ui-form-grid">
                    <div><h2 class="shop-fold__title">{t(Text::ShipTo)}</h2><address class="shop-address">{address_text(&order.shipping_address)}</address></div>
                    <div><h2 class="shop-fold__title">{t(Text::ShippingMethod)}</h2><p>{order.shipping_method}</p></div>
                </section>
            </div>
            <aside class="shop-box">
                <div class="shop-summary__lines">{order.items.into_iter().map(item).collect_view()}</div>
                {sums(order.totals, None)}
            </aside>
        </div>
    }
    .into_any()
}

fn detail(detail: PaymentDetail) -> Definition {
    let value = if detail.copyable {
        view! { <CopyText value=detail.value/> }.into_any()
    } else {
        view! { <span class="shop-pre">{detail.value}</span> }.into_any()
    };
    Definition::new(detail.label, value)
}

/// What has been done for an order and what is still to come; nothing is known of the parcel once it has left.
fn steps(order: &OrderConfirmation) -> AnyView {
    use PaymentStatus::{Authorized, Paid, PartiallyRefunded, Refunded};
    let paid = matches!(order.payment_status, Authorized | Paid | PartiallyRefunded | Refunded);
    let (shipped, part) = match order.fulfilment_status {
        FulfilmentStatus::Fulfilled => (true, Text::StatusShipped),
        FulfilmentStatus::PartiallyFulfilled => (false, Text::StatusPartlyShipped),
        FulfilmentStatus::Unfulfilled => (false, Text::StatusShipped),
    };
    let cancelled = order.status == OrderStatus::Cancelled;
    let mut all = vec![(order.number.is_some() || cancelled, Text::StatusPlaced)];
    if cancelled {
        all.push((true, Text::StatusCancelled));
    } else {
        all.extend([(paid, Text::StatusPaid), (shipped, part)]);
    }
    let next = all.iter().position(|(done, _)| !done);
    let step = |(at, (done, text)): (usize, (bool, Text))| {
        let class = match (cancelled && at > 0, done) {
            (true, _) => "shop-steps__step shop-steps__step--done shop-steps__step--off",
            (false, true) => "shop-steps__step shop-steps__step--done",
            (false, false) => "shop-steps__step",
        };
        view! { <li class=class aria-current=(next == Some(at)).then_some("step")>{t(text)}</li> }.into_any()
    };
    view! { <ol class="shop-steps">{all.into_iter().enumerate().map(step).collect_view()}</ol> }.into_any()
}

/// How far an order has come, and a way to put it on paper.
pub fn order_bar(order: &OrderConfirmation) -> AnyView {
    view! {
        <div class="ui-row">
            {payment_badge(order.status, order.payment_status, order.fulfilment_status)}
            <span class="shop-noprint"><Button size=ButtonSize::Small icon=icons::PRINTER on_click=move |_| drop(window().print())>{t(Text::Print)}</Button></span>
        </div>
    }
    .into_any()
}

fn event(entry: &TimelineEntry) -> TimelineItem {
    let (text, tone) = match entry.event.as_str() {
        "placed" => (Text::EventPlaced, Tone::Accent),
        "paid" => (Text::EventPaid, Tone::Positive),
        "payment_failed" => (Text::EventPaymentFailed, Tone::Critical),
        "fulfilled" => (Text::EventFulfilled, Tone::Positive),
        "cancelled" => (Text::EventCancelled, Tone::Neutral),
        _ => (Text::EventUpdated, Tone::Neutral),
    };
    TimelineItem::new(t(text), Moment::from(entry.created_at.0.as_str())).tone(tone)
}

fn item(item: OrderItem) -> AnyView {
    sum_line(item.image, item.quantity, item.title, item.variant_title, item.subtotal)
}
