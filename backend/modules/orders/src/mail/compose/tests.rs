use chrono::DateTime;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::model::order::{FulfilmentItemRow, FulfilmentRow};

const SHIPMENT: Uuid = Uuid::from_u128(7);

fn order(locale: &str, prices_include_tax: bool) -> OrderRow {
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    OrderRow {
        store_id: Uuid::nil(),
        id: Uuid::from_u128(1),
        number: Some(1001),
        cart_id: None,
        customer_id: None,
        email: "ada@example.test".to_owned(),
        locale: locale.to_owned(),
        channel: "storefront".to_owned(),
        status: "pending".to_owned(),
        payment_status: "pending".to_owned(),
        fulfilment_status: "unfulfilled".to_owned(),
        currency: "EUR".to_owned(),
        prices_include_tax,
        subtotal_minor: 3998,
        discount_minor: 0,
        shipping_minor: 490,
        tax_minor: 652,
        total_minor: 4488,
        shipping_method: "Parcel".to_owned(),
        tax_name: "VAT".to_owned(),
        tax_rate_ppm: 170_000,
        shipping_address: json!({ "name": "Ada {number}" }),
        billing_address: json!({}),
        note: String::new(),
        cancel_reason: None,
        metadata: json!({}),
        placed_at: now,
        cancelled_at: None,
        updated_at: now,
        version: 1,
        external_id: None,
    }
}

fn detail(row: OrderRow) -> OrderDetail {
    let item = ItemRow {
        id: Uuid::from_u128(2),
        order_id: row.id,
        product_id: Uuid::nil(),
        variant_id: Uuid::nil(),
        title: "<script>alert(1)</script> & Söhne 🚀".to_owned(),
        variant_title: "Blue".to_owned(),
        sku: String::new(),
        image_id: None,
        quantity: 2,
        unit_price_minor: 1999,
        subtotal_minor: 3998,
        tax_rate_ppm: 170_000,
        tax_minor: 581,
        reserved: true,
        requires_shipping: true,
        fulfilled_quantity: 0,
        refunded_quantity: 0,
        position: 0,
    };
    let shipment = FulfilmentRow {
        store_id: Uuid::nil(),
        id: SHIPMENT,
        order_id: row.id,
        carrier: "Post".to_owned(),
        tracking_number: "LU123".to_owned(),
        created_at: row.placed_at,
    };
    let inside = FulfilmentItemRow {
        store_id: Uuid::nil(),
        fulfilment_id: SHIPMENT,
        order_item_id: item.id,
        quantity: 1,
    };
    OrderDetail {
        row,
        items: vec![item],
        history: Vec::new(),
        fulfilments: vec![shipment],
        fulfilment_items: vec![inside],
        payments: Vec::new(),
    }
}

fn mail(locale: &str, message: Message) -> Mail {
    let shop = Shop {
        name: "Acme",
        url: "https://acme.test/orders/1#t",
        payment_instructions: "Transfer it to:\nIBAN: <LU28>",
    };
    compose(&shop, &detail(order(locale, true)), message)
}

#[test]
fn a_confirmation_lists_what_was_bought_and_what_it_costs() {
    let mail = mail("en", Message::Confirmation);
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("ada@example.test", "Your order #1001 at Acme")
    );
    for expected in ["Hello Ada {number},", "Söhne 🚀 (Blue)  €39.98", "Shipping  €4.90", "Total  €44.88"] {
        assert!(mail.text.contains(expected), "{expected} in {}", mail.text);
    }
    assert!(mail.text.contains("including VAT (17%)  €6.52"));
    assert!(mail.text.contains("How to pay:\nTransfer it to:\nIBAN: <LU28>"));
    assert!(mail.text.contains("https://acme.test/orders/1#t"));
}

#[test]
fn what_comes_from_outside_is_escaped_in_html() {
    let mail = mail("de", Message::Confirmation);
    assert!(!mail.html.contains("<script>"));
    assert!(mail.html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne 🚀 (Blue)"));
    assert!(mail.html.contains("39,98\u{a0}€"));
    assert!(
        mail.html.contains("Transfer it to:<br>IBAN: &lt;LU28&gt;</p>"),
        "lines stay lines: {}",
        mail.html
    );
}

#[test]
fn a_shipment_names_its_units_and_where_they_are() {
    let mail = mail(
        "fr",
        Message::Shipped {
            fulfilment_id: SHIPMENT.into(),
        },
    );
    assert_eq!(mail.key, format!("order-shipped:{SHIPMENT}"));
    assert!(mail.text.contains("1 × ") && mail.text.contains("Suivi\u{a0}: Post LU123"));
}

#[test]
fn money_that_was_paid_is_promised_back_when_the_order_is_cancelled() {
    let shop = Shop {
        name: "Acme",
        url: "https://acme.test",
        payment_instructions: "",
    };
    let unpaid = compose(&shop, &detail(order("en", true)), Message::Cancelled);
    assert!(!unpaid.text.contains("returned"));
    let paid = detail(OrderRow {
        payment_status: "refunded".to_owned(),
        ..order("en", true)
    });
    assert!(compose(&shop, &paid, Message::Cancelled).text.contains("will be returned to you"));
}

#[test]
fn a_rate_of_three_decimals_is_written_whole() {
    let row = OrderRow {
        tax_name: "Sales tax".to_owned(),
        tax_rate_ppm: 88_750,
        ..order("en", false)
    };
    let shop = Shop {
        name: "Acme",
        url: "https://acme.test",
        payment_instructions: "",
    };
    let mail = compose(&shop, &detail(row), Message::Confirmation);
    assert!(mail.text.contains("Sales tax (8.875"), "{}", mail.text);
}
