use leptos::prelude::*;
use orion_types::customer::Address;
use orion_types::order::{OrderConfirmation, OrderItem, OrderTotals, TimelineEntry};
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use orion_ui::*;

use super::media;
use crate::shop::money;
use crate::text::{Text, t, tf};

/// What an order is called.
pub fn order_title(number: Option<i64>) -> String {
    number.map_or_else(
        || t(Text::OrderPending).to_owned(),
        |number| tf(Text::OrderNumber, &[("number", &number.to_string())]),
    )
}

/// How far an order has come, in one word for its buyer.
pub fn payment_badge(status: OrderStatus, payment: PaymentStatus, fulfilment: FulfilmentStatus) -> impl IntoView {
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

/// A postal address, line by line.
pub fn address_lines(address: &Address) -> String {
    let Address {
        name,
        line1,
        line2,
        city,
        region,
        postal_code,
        country,
        phone: _,
    } = address;
    let town = format!("{postal_code} {city}");
    let country = country_name(country, None);
    let lines = [name.as_str(), line1, line2, town.trim(), region, &country];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
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
    let how_to_pay = (!order.payment_instructions.is_empty() && order.status != OrderStatus::Cancelled).then(|| {
        view! { <section class="shop-box"><h2 class="shop-fold__title">{t(Text::HowToPay)}</h2><p class="shop-pre">{order.payment_instructions.clone()}</p></section> }
    });
    let shipments = order.fulfilments.iter().map(|shipment| {
        let (carrier, number) = (shipment.carrier.clone(), shipment.tracking_number.clone());
        view! {
            <p class="shop-hint"><Icon icon=icons::TRUCK/><span>{t(Text::Shipment)} " " {carrier} " · " {t(Text::TrackingNumber)} ": " <b>{number}</b></span></p>
        }
    });
    let history: Vec<TimelineItem> = order.timeline.iter().rev().map(event).collect();
    view! {
        <div class="shop-order">
            <div class="grid gap-8">
                <section class="grid gap-3">
                    <h2 class="shop-fold__title mb-0">{t(Text::WhatNext)}</h2>
                    <p>{t(next)}</p>
                    {shipments.collect_view()}
                </section>
                {how_to_pay}
                <section>
                    <h2 class="shop-fold__title">{t(Text::History)}</h2>
                    <Timeline items=history/>
                </section>
                <section class="ui-form-grid">
                    <div><h2 class="shop-fold__title">{t(Text::ShipTo)}</h2><address class="shop-address">{address_lines(&order.shipping_address)}</address></div>
                    <div><h2 class="shop-fold__title">{t(Text::ShippingMethod)}</h2><p>{order.shipping_method}</p></div>
                </section>
            </div>
            <aside class="shop-box">
                <div class="shop-summary__lines">{order.items.into_iter().map(item).collect_view()}</div>
                <Sums totals=order.totals/>
            </aside>
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

fn item(item: OrderItem) -> impl IntoView {
    let picture = item.image.as_ref().map(|image| media::address(image, 160));
    view! {
        <div class="shop-summary__line">
            <span class="shop-summary__picture"><Thumbnail src=Signal::stored(picture) size=56/><span class="shop-count">{item.quantity}</span></span>
            <span><span class="shop-line__title">{item.title}</span><br/><span class="shop-line__detail">{item.variant_title}</span></span>
            <span class="tabular-nums">{money(item.subtotal)}</span>
        </div>
    }
    .into_any()
}

#[component]
fn Sums(totals: OrderTotals) -> impl IntoView {
    let discount = (totals.discount.amount_minor != 0)
        .then(|| view! { <p class="shop-sum"><span>{t(Text::Discount)}</span><span>"−" {money(totals.discount)}</span></p> });
    let shipping = if totals.shipping.amount_minor == 0 {
        t(Text::Free).to_owned()
    } else {
        money(totals.shipping)
    };
    let tax = if totals.prices_include_tax {
        tf(Text::IncludesTax, &[("name", &totals.tax_name)])
    } else {
        totals.tax_name.clone()
    };
    view! {
        <div class="shop-sums">
            <p class="shop-sum"><span>{t(Text::Subtotal)}</span><span>{money(totals.subtotal)}</span></p>
            {discount}
            <p class="shop-sum"><span>{t(Text::Shipping)}</span><span>{shipping}</span></p>
            <p class="shop-sum shop-sum--muted"><span>{tax}</span><span>{money(totals.tax)}</span></p>
            <p class="shop-sum shop-sum--total"><span>{t(Text::Total)}</span><span>{money(totals.total)}</span></p>
        </div>
    }
    .into_any()
}
