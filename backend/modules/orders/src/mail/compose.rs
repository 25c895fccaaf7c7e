//! From an order to a mail: the same content as text and as HTML.

use orion_framework::mail::Mail;
use orion_i18n::{Locale, Text, fill, format_money, format_percent};
use orion_types::status::PaymentStatus;

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
    let locale = detail.row.language();
    let draft = match message {
        Message::Confirmation => confirmation(locale, shop, detail),
        Message::Shipped { fulfilment_id } => shipped(locale, shop, detail, fulfilment_id.0),
        Message::Cancelled => cancelled(locale, shop, detail),
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

fn confirmation(locale: Locale, shop: &Shop<'_>, detail: &OrderDetail) -> Draft {
    let mut draft = begin(
        locale,
        shop,
        &detail.row,
        Text::MailConfirmationSubject.words(locale),
        Text::MailConfirmationText.words(locale),
    );
    draft.rows = detail
        .items
        .iter()
        .map(|item| line(locale, &detail.row, item, item.quantity))
        .collect();
    draft.rows.extend(totals(locale, &detail.row));
    if !shop.payment_instructions.is_empty() {
        draft.closing.insert(
            0,
            fill(Text::MailPayment.words(locale), &[("instructions", shop.payment_instructions)]),
        );
    }
    draft
}

fn shipped(locale: Locale, shop: &Shop<'_>, detail: &OrderDetail, fulfilment_id: uuid::Uuid) -> Draft {
    let mut draft = begin(
        locale,
        shop,
        &detail.row,
        Text::MailShippedSubject.words(locale),
        Text::MailShippedText.words(locale),
    );
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
        draft
            .closing
            .insert(0, fill(Text::MailTracking.words(locale), &[("tracking", tracking.trim())]));
    }
    draft
}

fn cancelled(locale: Locale, shop: &Shop<'_>, detail: &OrderDetail) -> Draft {
    let mut draft = begin(
        locale,
        shop,
        &detail.row,
        Text::MailCancelledSubject.words(locale),
        Text::MailCancelledText.words(locale),
    );
    if detail.row.state().payment == PaymentStatus::Refunded {
        draft.paragraphs.push(Text::MailMoneyReturns.words(locale).to_owned());
    }
    draft
}

fn begin(locale: Locale, shop: &Shop<'_>, order: &OrderRow, subject: &str, text: &str) -> Draft {
    let number = order.number.unwrap_or_default().to_string();
    let name = address(&order.shipping_address).name;
    let values = [("number", number.as_str()), ("shop", shop.name), ("name", name.as_str())];
    Draft {
        subject: fill(subject, &values),
        paragraphs: vec![fill(Text::MailGreeting.words(locale), &values), fill(text, &values)],
        rows: Vec::new(),
        closing: vec![fill(Text::MailFarewell.words(locale), &values)],
        link: Text::MailLook.words(locale).to_owned(),
    }
}

fn title(item: &ItemRow) -> String {
    match item.variant_title.as_str() {
        "" => item.title.clone(),
        variant => format!("{} ({variant})", item.title),
    }
}

fn line(locale: Locale, order: &OrderRow, item: &ItemRow, units: i32) -> (String, String) {
    (
        format!("{units} × {}", title(item)),
        format_money(order.money(item.subtotal_minor), locale),
    )
}

fn totals(locale: Locale, order: &OrderRow) -> Vec<(String, String)> {
    let money = |minor: i64| format_money(order.money(minor), locale);
    let rate = format_percent(order.tax_rate_ppm.unsigned_abs(), locale);
    let tax_text = if order.prices_include_tax {
        Text::MailTaxIncluded.words(locale)
    } else {
        Text::MailTax.words(locale)
    };
    // Shops often put the rate into the name already.
    let tax_text = if order.tax_name.contains('%') {
        tax_text.replace(" ({rate})", "")
    } else {
        tax_text.to_owned()
    };
    let tax = (
        fill(&tax_text, &[("tax", &order.tax_name), ("rate", &rate)]),
        money(order.tax_minor),
    );
    let total = (Text::MailTotal.words(locale).to_owned(), money(order.total_minor));
    let mut rows = vec![
        (Text::MailSubtotal.words(locale).to_owned(), money(order.subtotal_minor)),
        (Text::MailShipping.words(locale).to_owned(), money(order.shipping_minor)),
    ];
    match (order.tax_rate_ppm, order.prices_include_tax) {
        (0, _) => rows.push(total),
        (_, true) => rows.extend([total, tax]),
        (_, false) => rows.extend([tax, total]),
    }
    rows
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
