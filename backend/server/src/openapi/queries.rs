//! What query parameters may say. The contract's tests send each of these values, and one that is none of them.

use orion_types::status::{
    FulfilmentStatus, ImportFill, ImportMissing, ImportMode, ImportPublish, JobStatus, OrderStatus, PaymentStatus, ProductStatus,
    StoreStatus, WebhookDeliveryStatus,
};
use orion_types::validation::MAX_ON_HAND;
use serde_json::{Value, json};

use super::each_operation;

/// The values of a parameter of an operation.
fn values(operation: &str, parameter: &str) -> Vec<&'static str> {
    match (operation, parameter) {
        ("list_products", "status") => ProductStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_stores", "status") => StoreStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_jobs", "status") => JobStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_orders", "status") => OrderStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_webhook_deliveries", "status") => WebhookDeliveryStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_orders", "payment_status") => PaymentStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("list_orders", "fulfilment_status") => FulfilmentStatus::ALL.iter().map(|status| status.as_str()).collect(),
        ("import_products", "mode") => ImportMode::ALL.iter().map(|mode| mode.as_str()).collect(),
        ("import_products", "fill") => ImportFill::ALL.iter().map(|fill| fill.as_str()).collect(),
        ("import_products", "publish") => ImportPublish::ALL.iter().map(|publish| publish.as_str()).collect(),
        ("import_products", "missing") => ImportMissing::ALL.iter().map(|missing| missing.as_str()).collect(),
        ("list_products" | "list_inventory", "stock") => vec!["low", "out"],
        ("list_customers", "kind") => vec!["account", "guest"],
        ("list_users", "status") => vec!["active", "disabled"],
        ("list_users", "kind") => vec!["administrator", "staff"],
        ("list_users", "second_factor") => vec!["on", "off"],
        ("list_products", "sort") => vec!["title", "-title", "created_at", "-created_at", "price", "-price"],
        ("list_storefront_products", "sort") => vec!["newest", "price", "-price", "title", "relevance"],
        ("list_customers" | "list_stores", "sort") => vec!["created_at", "-created_at", "name", "-name"],
        ("list_inventory", "sort") => vec!["product", "-product", "available", "-available"],
        ("list_orders", "sort") => vec!["placed_at", "-placed_at", "total", "-total"],
        _ => Vec::new(),
    }
}

/// Parameters that are the id of something.
const IDS: &[(&str, &str)] = &[
    ("list_products", "category"),
    ("list_orders", "customer"),
    ("list_inventory_movements", "variant_id"),
    ("list_stores", "platform"),
    ("list_audit_entries", "store"),
];

pub(super) fn describe(document: &mut Value) {
    each_operation(document, |mut operation| {
        let id = operation.id().to_owned();
        for parameter in operation.parameters().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            let values = values(&id, &name);
            if !values.is_empty() {
                parameter["schema"]["enum"] = json!(values);
            }
            if IDS.contains(&(id.as_str(), name.as_str())) {
                parameter["schema"]["format"] = json!("uuid");
            }
            if (id.as_str(), name.as_str()) == ("import_products", "stock") {
                parameter["schema"]["minimum"] = json!(0);
                parameter["schema"]["maximum"] = json!(MAX_ON_HAND);
            }
            if name == "updated_since" {
                parameter["schema"]["format"] = json!("date-time");
            }
            if name == "cursor" {
                parameter["description"] = json!("`next_cursor` of the page before.");
            }
        }
        // An operation without parameters says so by saying nothing.
        if operation
            .value
            .get("parameters")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            operation.value.remove("parameters");
        }
    });
}
