//! What the fields of bodies may hold, from the constants that the checks use.

use orion_framework::marks::MAX_EXTERNAL_ID;
use orion_framework::several;
use orion_types::api_key::MAX_OVERLAP_HOURS;
use orion_types::impersonation::{
    MAX_IMPERSONATION_MINUTES, MAX_IMPERSONATION_REASON, MIN_IMPERSONATION_MINUTES, MIN_IMPERSONATION_REASON,
};
use orion_types::page::{DEFAULT_LIMIT, MAX_LIMIT};
use orion_types::role::MAX_ROLE_DESCRIPTION;
use orion_types::validation::{
    MAX_CART_QUANTITY, MAX_DESCRIPTION_LENGTH, MAX_EMAIL_BYTES, MAX_NAME_LENGTH, MAX_PASSWORD_BYTES, MAX_PRICE_MINOR, MAX_SKU_LENGTH,
    MAX_SLUG_LENGTH, MAX_SUBDOMAIN_LENGTH, MAX_TAX_RATE_PPM, MAX_TITLE_LENGTH, MIN_CART_QUANTITY, MIN_PASSWORD_LENGTH,
    MIN_SUBDOMAIN_LENGTH,
};
use orion_types::webhook::{MAX_WEBHOOK_DESCRIPTION, MAX_WEBHOOK_URL};
use serde_json::{Value, json};

use super::{each_operation, schemas_of};

/// What a field may hold.
#[derive(Clone, Copy)]
enum Rule {
    /// A text with at least one character that is not white space.
    Text(usize),
    /// A text with at least so many characters.
    Words(usize, usize),
    /// A text that may be empty.
    Optional(usize),
    Email,
    Password,
    Label,
    Slug,
    Price,
    Between(i64, i64),
    Country,
    Rows(usize),
    /// As many things as one request may change.
    Several,
}

use Rule::{Between, Country, Email, Label, Optional, Password, Price, Rows, Several, Slug, Text, Words};

const ROLE: &[(&str, Rule)] = &[
    ("name", Text(MAX_NAME_LENGTH)),
    ("description", Optional(MAX_ROLE_DESCRIPTION)),
    ("rights", Rows(1)),
];

/// Schemas, fields, rules.
const RULES: &[(&str, &[(&str, Rule)])] = &[
    (
        "LoginRequest",
        &[("email", Optional(MAX_EMAIL_BYTES)), ("password", Optional(MAX_PASSWORD_BYTES))],
    ),
    (
        "RegisterRequest",
        &[("email", Email), ("name", Text(MAX_NAME_LENGTH)), ("password", Password)],
    ),
    (
        "ChangePassword",
        &[("current_password", Optional(MAX_PASSWORD_BYTES)), ("new_password", Password)],
    ),
    ("AskPasswordLink", &[("email", Email)]),
    (
        "ChangeEmail",
        &[("email", Email), ("current_password", Optional(MAX_PASSWORD_BYTES))],
    ),
    ("ResetPassword", &[("new_password", Password)]),
    ("CreateInvitation", &[("email", Email)]),
    ("AcceptInvitation", &[("name", Text(MAX_NAME_LENGTH)), ("password", Password)]),
    ("UpdateAccount", &[("name", Text(MAX_NAME_LENGTH))]),
    (
        "Address",
        &[
            ("name", Text(MAX_NAME_LENGTH)),
            ("city", Text(MAX_NAME_LENGTH)),
            ("country", Country),
        ],
    ),
    (
        "WriteProduct",
        &[
            ("title", Text(MAX_TITLE_LENGTH)),
            ("slug", Slug),
            ("description_html", Optional(MAX_DESCRIPTION_LENGTH)),
            ("vendor", Optional(MAX_NAME_LENGTH)),
            ("product_type", Optional(MAX_NAME_LENGTH)),
            ("seo_title", Optional(MAX_TITLE_LENGTH)),
            ("variants", Rows(1)),
        ],
    ),
    (
        "WriteVariant",
        &[
            ("sku", Optional(MAX_SKU_LENGTH)),
            ("price_minor", Price),
            ("compare_at_minor", Price),
        ],
    ),
    (
        "UpdateProduct",
        &[("title", Text(MAX_TITLE_LENGTH)), ("external_id", Optional(MAX_EXTERNAL_ID))],
    ),
    (
        "UpdateVariant",
        &[
            ("sku", Optional(MAX_SKU_LENGTH)),
            ("price_minor", Price),
            ("compare_at_minor", Price),
            ("external_id", Optional(MAX_EXTERNAL_ID)),
        ],
    ),
    ("UpdateCustomer", &[("external_id", Optional(MAX_EXTERNAL_ID))]),
    ("UpdateOrder", &[("external_id", Optional(MAX_EXTERNAL_ID))]),
    ("SetStatuses", &[("ids", Several)]),
    ("SetPrices", &[("items", Several)]),
    ("SetPrice", &[("price_minor", Price), ("compare_at_minor", Price)]),
    ("CountSeveral", &[("items", Several)]),
    ("ProductOption", &[("name", Optional(MAX_NAME_LENGTH))]),
    ("SaveImportMapping", &[("name", Text(MAX_NAME_LENGTH)), ("headings", Rows(1))]),
    ("SaveCategory", &[("name", Text(MAX_NAME_LENGTH)), ("slug", Slug)]),
    ("CreateStore", &[("name", Text(MAX_NAME_LENGTH)), ("code", Label)]),
    (
        "NewOwner",
        &[("email", Email), ("name", Optional(MAX_NAME_LENGTH)), ("password", Password)],
    ),
    ("UpdateStore", &[("name", Text(MAX_NAME_LENGTH)), ("subdomain", Label)]),
    (
        "UpdateStoreSettings",
        &[("name", Text(MAX_NAME_LENGTH)), ("contact_email", Optional(MAX_EMAIL_BYTES))],
    ),
    (
        "SaveShippingMethod",
        &[("name", Text(MAX_NAME_LENGTH)), ("price_minor", Price), ("free_from_minor", Price)],
    ),
    (
        "SaveTaxRate",
        &[
            ("name", Text(MAX_NAME_LENGTH)),
            ("rate_ppm", Between(0, MAX_TAX_RATE_PPM as i64)),
            ("rate_bp", Between(0, (MAX_TAX_RATE_PPM / 100) as i64)),
        ],
    ),
    (
        "AddCartItem",
        &[("quantity", Between(MIN_CART_QUANTITY as i64, MAX_CART_QUANTITY as i64))],
    ),
    (
        "UpdateCartItem",
        &[("quantity", Between(MIN_CART_QUANTITY as i64, MAX_CART_QUANTITY as i64))],
    ),
    (
        "CreateWebhookEndpoint",
        &[("url", Text(MAX_WEBHOOK_URL)), ("description", Optional(MAX_WEBHOOK_DESCRIPTION))],
    ),
    (
        "UpdateWebhookEndpoint",
        &[("url", Text(MAX_WEBHOOK_URL)), ("description", Optional(MAX_WEBHOOK_DESCRIPTION))],
    ),
    ("CreateApiKey", &[("name", Text(MAX_NAME_LENGTH)), ("scopes", Rows(1))]),
    ("UpdateApiKey", &[("name", Text(MAX_NAME_LENGTH)), ("scopes", Rows(1))]),
    (
        "CreateImpersonation",
        &[
            ("reason", Words(MIN_IMPERSONATION_REASON, MAX_IMPERSONATION_REASON)),
            (
                "minutes",
                Between(MIN_IMPERSONATION_MINUTES as i64, MAX_IMPERSONATION_MINUTES as i64),
            ),
        ],
    ),
    ("CreateRole", ROLE),
    ("UpdateRole", ROLE),
    ("RotateApiKey", &[("overlap_hours", Between(0, MAX_OVERLAP_HOURS as i64))]),
    ("ReplayWebhookEndpoint", &[("from_sequence", Between(1, i64::MAX))]),
    ("PlaceOrder", &[("email", Email)]),
    ("FulfilmentItem", &[("quantity", Between(1, i32::MAX as i64))]),
];

/// Writes the rules into the schemas. A schema that this build lacks, with its module, is passed over.
pub(super) fn apply(document: &mut Value) {
    for (name, fields) in RULES {
        for (field, rule) in *fields {
            let schema = schemas_of(document).and_then(|schemas| schemas.get_mut(*name));
            if let Some(property) = schema.and_then(|schema| schema.pointer_mut(&format!("/properties/{field}"))) {
                write(property, *rule);
            }
        }
    }
    each_operation(document, |mut operation| {
        // Categories come all at once unless told otherwise.
        let usual = (operation.id() != "list_categories").then_some(DEFAULT_LIMIT);
        let parameters = operation.parameters().into_iter().flatten();
        if let Some(limit) = parameters.into_iter().find(|parameter| parameter["name"] == "limit") {
            limit["description"] = json!("How many rows to answer at most.");
            limit["schema"] = json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": MAX_LIMIT });
            if let Some(usual) = usual {
                limit["schema"]["default"] = json!(usual);
            }
        }
    });
}

fn write(property: &mut Value, rule: Rule) {
    let words = match rule {
        Text(max) => json!({ "minLength": 1, "maxLength": max, "pattern": r"\S" }),
        Words(min, max) => json!({ "minLength": min, "maxLength": max }),
        Optional(max) => json!({ "maxLength": max }),
        Email => json!({ "minLength": 3, "maxLength": MAX_EMAIL_BYTES, "format": "email" }),
        Password => json!({ "minLength": MIN_PASSWORD_LENGTH, "maxLength": MAX_PASSWORD_BYTES, "format": "password" }),
        Label => json!({
            "minLength": MIN_SUBDOMAIN_LENGTH, "maxLength": MAX_SUBDOMAIN_LENGTH, "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        }),
        Slug => json!({ "maxLength": MAX_SLUG_LENGTH }),
        Price => json!({ "minimum": 0, "maximum": MAX_PRICE_MINOR }),
        Between(least, most) => json!({ "minimum": least, "maximum": most }),
        Country => json!({ "pattern": "^[A-Z]{2}$", "minLength": 2, "maxLength": 2, "examples": ["DE"] }),
        Rows(least) => json!({ "minItems": least }),
        Several => json!({ "minItems": 1, "maxItems": several::MOST }),
    };
    if let (Some(property), Value::Object(words)) = (property.as_object_mut(), words) {
        property.extend(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_about_a_field_that_is_there() {
        let registry = crate::modules::registry().unwrap();
        let mut document = serde_json::to_value(crate::app::collected(&registry)).unwrap();
        let lost: Vec<String> = RULES
            .iter()
            .flat_map(|(name, fields)| fields.iter().map(move |(field, _)| format!("/{name}/properties/{field}")))
            .filter(|place| {
                let schemas = schemas_of(&mut document).cloned().unwrap_or_default();
                Value::Object(schemas).pointer(place).is_none()
            })
            .collect();
        // A build without the optional modules has fewer.
        if cfg!(feature = "orders") {
            assert_eq!(lost, [] as [String; 0]);
        }
    }
}
