//! From an order to a mail: the same content as text and as HTML.

use orion_framework::mail::Mail;
use orion_types::Money;
use orion_types::status::PaymentStatus;

use super::words::{self, Words, fill};
use crate::jobs::Message;
use crate::model::detail::OrderDetail;
use crate::model::order::{ItemRow, OrderRow, address};

/// What of the shop goes into a mail.
#[derive(Debug)]
pub struct Shop<'a> {
    pub name: &'a str,
    /// Where the order can be seen.
    pub url: &'a str,
    /// Empty when nothing is left to pay.
    pub payment_instructions: &'a str,
}

/// A mail before it becomes text or HTML.
#[derive(Debug, Default)]
struct Draft {
    subject: String,
    paragraphs: Vec<String>,
    /// What, and how much; empty when the mail has no table.
    rows: Vec<(String, String)>,
    closing: Vec<String>,
    link: String,
}

/// The mail of an occasion.
pub fn compose(shop: &Shop<'_>, detail: &OrderDetail, message: Message) -> Mail {
    let words = words::of(&detail.row.locale);
    let draft = match message {
        Message::Confirmation => confirmation(words, shop, detail),
        Message::Shipped { fulfilment_id } => shipped(words, shop, detail, fulfilment_id.0),
        Message::Cancelled => cancelled(words, shop, detail),
    };
    let key = match message {
        Message::Confirmation => format!("order-confirmation:{}", detail.row.id),
        Message::Shipped { fulfilment_id } => format!("order-shipped:{fulfilment_id}"),
        Message::Cancelled => format!("order-cancelled:{}", detail.row.id),
    };
    let (text, html) = (as_text(&draft, shop.url), as_html(&draft, shop.url));
    Mail {
        key,
        to: detail.row.email.clone(),
        subject: draft.subject,
        text,
        html,
    }
}

fn confirmation(words: &Words, shop: &Shop<'_>, detail: &OrderDetail) -> Draft {
    let mut draft = begin(words, shop, &detail.row, words.confirmation_subject, words.confirmation_text);
    draft.rows = detail
        .items
        .iter()
        .map(|item| line(words, &detail.row, item, item.quantity))
        .collect();
    draft.rows.extend(totals(words, &detail.row));
    if !shop.payment_instructions.is_empty() {
        draft
            .closing
            .insert(0, fill(words.payment, &[("instructions", shop.payment_instructions)]));
    }
    draft
}

fn shipped(words: &Words, shop: &Shop<'_>, detail: &OrderDetail, fulfilment_id: uuid::Uuid) -> Draft {
    let mut draft = begin(words, shop, &detail.row, words.shipped_subject, words.shipped_text);
    let inside = detail
        .fulfilment_items
        .iter()
        .filter(|inside| inside.fulfilment_id == fulfilment_id);
    for inside in inside {
        let item = detail.items.iter().find(|item| item.id == inside.order_item_id);
        draft
            .rows
            .extend(item.map(|item| (format!("{} × {}", inside.quantity, title(item)), String::new())));
    }
    let shipment = detail.fulfilments.iter().find(|shipment| shipment.id == fulfilment_id);
    let tracking = shipment.map(|shipment| [shipment.carrier.as_str(), shipment.tracking_number.as_str()].join(" "));
    if let Some(tracking) = tracking.filter(|tracking| !tracking.trim().is_empty()) {
        draft.closing.insert(0, fill(words.tracking, &[("tracking", tracking.trim())]));
    }
    draft
}

fn cancelled(words: &Words, shop: &Shop<'_>, detail: &OrderDetail) -> Draft {
    let mut draft = begin(words, shop, &detail.row, words.cancelled_subject, words.cancelled_text);
    if detail.row.state().payment == PaymentStatus::Refunded {
        draft.paragraphs.push(words.money_returns.to_owned());
    }
    draft
}

fn begin(words: &Words, shop: &Shop<'_>, order: &OrderRow, subject: &str, text: &str) -> Draft {
    let number = order.number.unwrap_or_default().to_string();
    let name = address(&order.shipping_address).name;
    let values = [("number", number.as_str()), ("shop", shop.name), ("name", name.as_str())];
    Draft {
        subject: fill(subject, &values),
        paragraphs: vec![fill(words.greeting, &values), fill(text, &values)],
        rows: Vec::new(),
        closing: vec![fill(words.farewell, &values)],
        link: words.look.to_owned(),
    }
}

fn title(item: &ItemRow) -> String {
    match item.variant_title.as_str() {
        "" => item.title.clone(),
        variant => format!("{} ({variant})", item.title),
    }
}

fn line(words: &Words, order: &OrderRow, item: &ItemRow, units: i32) -> (String, String) {
    (
        format!("{units} × {}", title(item)),
        amount(words, order.money(item.subtotal_minor)),
    )
}

fn totals(words: &Words, order: &OrderRow) -> Vec<(String, String)> {
    let money = |minor: i64| amount(words, order.money(minor));
    let rate = decimal(words, &percent(order.tax_rate_bp));
    let tax_text = if order.prices_include_tax { words.tax_included } else { words.tax };
    // Shops often put the rate into the name already.
    let tax_text = if order.tax_name.contains('%') {
        tax_text.replace(" ({rate} %)", "")
    } else {
        tax_text.to_owned()
    };
    let tax = (
        fill(&tax_text, &[("tax", &order.tax_name), ("rate", &rate)]),
        money(order.tax_minor),
    );
    let total = (words.total.to_owned(), money(order.total_minor));
    let mut rows = vec![
        (words.subtotal.to_owned(), money(order.subtotal_minor)),
        (words.shipping.to_owned(), money(order.shipping_minor)),
    ];
    match (order.tax_rate_bp, order.prices_include_tax) {
        (0, _) => rows.push(total),
        (_, true) => rows.extend([total, tax]),
        (_, false) => rows.extend([tax, total]),
    }
    rows
}

/// Basis points as per cent, without zeros that say nothing: `17`, `5.5`, `8.25`.
fn percent(rate_bp: i32) -> String {
    let text = format!("{}.{:02}", rate_bp / 100, rate_bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn amount(words: &Words, money: Money) -> String {
    format!("{} {}", decimal(words, &money.to_decimal_string()), money.currency)
}

fn decimal(words: &Words, number: &str) -> String {
    if words.decimal_comma {
        number.replace('.', ",")
    } else {
        number.to_owned()
    }
}

fn as_text(draft: &Draft, url: &str) -> String {
    let mut parts = draft.paragraphs.clone();
    if !draft.rows.is_empty() {
        let rows = draft
            .rows
            .iter()
            .map(|(what, much)| format!("{what}  {much}").trim_end().to_owned());
        parts.push(rows.collect::<Vec<_>>().join("\n"));
    }
    parts.push(format!("{}: {url}", draft.link));
    parts.extend(draft.closing.iter().cloned());
    parts.join("\n\n") + "\n"
}

fn as_html(draft: &Draft, url: &str) -> String {
    let mut html = String::from("<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5;color:#1a1a1a\">");
    for paragraph in &draft.paragraphs {
        html.push_str(&format!("<p>{}</p>", escaped(paragraph)));
    }
    if !draft.rows.is_empty() {
        html.push_str("<table style=\"border-collapse:collapse\">");
        for (what, much) in &draft.rows {
            let (what, much) = (escaped(what), escaped(much));
            html.push_str(&format!(
                "<tr><td style=\"padding:4px 24px 4px 0\">{what}</td><td style=\"text-align:right\">{much}</td></tr>"
            ));
        }
        html.push_str("</table>");
    }
    html.push_str(&format!("<p><a href=\"{}\">{}</a></p>", escaped(url), escaped(&draft.link)));
    for paragraph in &draft.closing {
        html.push_str(&format!("<p>{}</p>", escaped(paragraph).replace('\n', "<br>")));
    }
    html.push_str("</body></html>");
    html
}

/// Titles and names come from outside.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests;
