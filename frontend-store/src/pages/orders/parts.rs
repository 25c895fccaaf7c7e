use leptos::prelude::*;
use orion_types::Money;
use orion_types::address_format::address_lines;
use orion_types::customer::Address;
use orion_types::number::percent_text;
use orion_types::order::{Fulfilment, Order, OrderItem, OrderPayment, OrderTotals};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::{may, media_src};

fn money(money: Money) -> String {
    format_money(money.amount_minor, money.currency.code(), None)
}

/// The lines of an order with its sums.
#[component]
pub fn Items(order: Order) -> impl IntoView {
    let lines = order.items.into_iter().map(|item| view! { <Line item/> }).collect_view();
    view! {
        <Card title="Items" flush=true>
            <ul class="divide-y divide-border">{lines}</ul>
            <Totals totals=order.totals shipping=order.shipping_method/>
        </Card>
    }
}

#[component]
fn Line(item: OrderItem) -> impl IntoView {
    let src = item.image.as_ref().and_then(|image| media_src(image, 160));
    let title = if may(Permission::ProductsRead) {
        view! { <a class="ui-link" href=app_href(&format!("/products/{}", item.product_id))>{item.title}</a> }.into_any()
    } else {
        item.title.into_any()
    };
    let sent = (item.fulfilled_quantity > 0).then(|| format!("{} of {} sent", item.fulfilled_quantity, item.quantity));
    view! {
        <li class="flex items-center gap-4 px-4 sm:px-5 py-3">
            <span class="flex-none"><Thumbnail src alt="" size=48/></span>
            <span class="flex-1 min-w-0">
                {title}
                <span class="block text-sm text-muted">{[item.variant_title, item.sku].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")}</span>
                {sent.map(|sent| view! { <span class="block text-sm text-positive">{sent}</span> })}
            </span>
            // One below the other on a phone: beside each other they leave no room for the title.
            <span class="flex flex-col-reverse items-end md:flex-row md:items-center md:gap-4 tabular-nums whitespace-nowrap">
                <span class="text-sm text-muted">{format!("{} × {}", item.quantity, money(item.unit_price))}</span>
                <span class="md:w-24 text-right">{money(item.subtotal)}</span>
            </span>
        </li>
    }
}

#[component]
fn Totals(totals: OrderTotals, shipping: String) -> impl IntoView {
    let included = if totals.prices_include_tax { ", included" } else { "" };
    let rate = percent_text(totals.tax_rate_ppm);
    // Shops often put the rate into the name already.
    let tax_label = if totals.tax_name.contains('%') {
        format!("{}{included}", totals.tax_name)
    } else {
        format!("{} {rate} %{included}", totals.tax_name)
    };
    let row = |label: String, amount: Money, strong: bool| {
        let class = if strong {
            "flex justify-between font-semibold text-base"
        } else {
            "flex justify-between text-sm"
        };
        view! { <div class=class><dt>{label}</dt><dd class="tabular-nums">{money(amount)}</dd></div> }
    };
    view! {
        <dl class="ui-stack px-4 sm:px-5 py-4 border-t border-border">
            {row("Subtotal".to_owned(), totals.subtotal, false)}
            {row(format!("Shipping ({shipping})"), totals.shipping, false)}
            {row(tax_label, totals.tax, false)}
            {row("Total".to_owned(), totals.total, true)}
        </dl>
    }
}

/// An address on its lines.
#[component]
pub fn AddressCard(title: &'static str, address: Address) -> impl IntoView {
    let country = country_name(&address.country, None);
    let mut lines = address_lines(&address, &country);
    lines.push(address.phone);
    let lines = lines
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <span class="block">{line}</span> })
        .collect_view();
    view! { <Card title><address class="not-italic text-sm">{lines}</address></Card> }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The payments of an order.
#[component]
pub fn Payments(payments: Vec<OrderPayment>) -> impl IntoView {
    let rows = payments
        .into_iter()
        .map(|payment| {
            let what = match &payment.card_last4 {
                Some(last4) => format!("Card ending in {last4}"),
                None if payment.provider == "manual" => "Bank transfer".to_owned(),
                None => payment.provider.clone(),
            };
            let state = payment
                .failure_code
                .clone()
                .map_or(payment.status.clone(), |code| format!("{} ({code})", payment.status))
                .replace('_', " ");
            let state = capitalised(&state);
            view! {
                <li class="flex justify-between gap-4 px-4 sm:px-5 py-3 text-sm">
                    <span>{what}<span class="block text-muted">{state}</span></span>
                    <span class="tabular-nums">{money(payment.amount)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <Card title="Payment" flush=true><ul class="divide-y divide-border">{rows}</ul></Card> }
}

/// The shipments of an order.
#[component]
pub fn Fulfilments(fulfilments: Vec<Fulfilment>) -> impl IntoView {
    let rows = fulfilments
        .into_iter()
        .map(|fulfilment| {
            let units: i32 = fulfilment.items.iter().map(|item| item.quantity).sum();
            let tracking = [fulfilment.carrier, fulfilment.tracking_number]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            view! {
                <li class="flex justify-between gap-4 px-4 sm:px-5 py-3 text-sm">
                    <span>{if units == 1 { "1 item".to_owned() } else { format!("{units} items") }}<span class="block text-muted">{tracking}</span></span>
                    <RelativeTime at=Moment::from(fulfilment.created_at.0)/>
                </li>
            }
        })
        .collect_view();
    view! { <Card title="Shipments" flush=true><ul class="divide-y divide-border">{rows}</ul></Card> }
}
