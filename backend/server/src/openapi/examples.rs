//! An example for every body, made from the schemas: what the fields are called says what stands in them. `tests/contract` sends them.

use serde_json::{Map, Value, json};

use super::{each_operation, referred, schemas_of};

/// Whether an example is of what is sent or of what is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Only what is needed, and texts.
    Request,
    Answer,
}

/// How deep schemas go into each other before an example stops.
const DEPTH: usize = 6;

const ID: &str = "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a";
const TIME: &str = "2026-11-23T10:00:00.000Z";

pub(super) fn add(document: &mut Value) {
    let schemas = schemas_of(document).cloned().unwrap_or_default();
    let maker = Maker { schemas: &schemas };
    each_operation(document, |operation| {
        let bodies = operation.value.get_mut("requestBody").into_iter().map(|body| (Side::Request, body));
        for (side, body) in bodies {
            maker.illustrate(side, body, "application/json");
        }
        let responses = operation.value.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            if status.starts_with('2') {
                maker.illustrate(Side::Answer, response, "application/json");
            }
        }
    });
    let problem = json!({
        "type": "/api/v1/errors#framework.invalid",
        "title": "Some fields are not valid",
        "status": 422,
        "instance": "/api/v1/store/products",
        "code": "framework.invalid",
        "request_id": "01932d0c7e0a7c3f9b1f0a5e7d1c2b3a",
        "errors": [{ "pointer": "/variants/0/price_minor", "code": "invalid_type", "detail": "must be a whole number" }],
    });
    document["components"]["schemas"]["Problem"]["examples"] = json!([problem]);
}

struct Maker<'a> {
    schemas: &'a Map<String, Value>,
}

impl Maker<'_> {
    fn illustrate(&self, side: Side, body: &mut Value, kind: &str) {
        let Some(content) = body.get_mut("content").and_then(|content| content.get_mut(kind)) else {
            return;
        };
        if let Some(example) = self.make(side, "", "", &content["schema"], DEPTH) {
            content["example"] = example;
        }
    }

    /// A value of the schema; `owner` and `field` are the names that lead to it.
    fn make(&self, side: Side, owner: &str, field: &str, schema: &Value, depth: usize) -> Option<Value> {
        if let Some(known) = known(owner, field) {
            return Some(known);
        }
        if let Some(name) = referred(schema) {
            return self.make(side, name, field, self.schemas.get(name)?, depth);
        }
        if let Some(first) = schema["oneOf"].as_array().and_then(|choices| choices.first()) {
            return self.make(side, owner, field, first, depth);
        }
        if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
            return Some(first.clone());
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match kind? {
            "object" => (depth > 0).then(|| self.object(side, owner, schema, depth - 1)),
            "array" => {
                let item = self.make(side, owner, field, &schema["items"], depth);
                Some(Value::Array(item.into_iter().collect()))
            }
            "boolean" => Some(json!(
                field.starts_with("is_") || matches!(field, "accept" | "active" | "available" | "taxable")
            )),
            "integer" => Some(whole(schema, field)),
            "number" => Some(json!(1.5)),
            _ => text(schema, field),
        }
    }

    fn object(&self, side: Side, owner: &str, schema: &Value, depth: usize) -> Value {
        let needed: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema["properties"].as_object();
        let mut made = Map::new();
        for (field, property) in properties.into_iter().flatten() {
            let shown = side == Side::Answer || needed.contains(&field.as_str()) || shown_in_request(owner, field, property);
            if let Some(value) = shown.then(|| self.make(side, owner, field, property, depth)).flatten() {
                made.insert(field.clone(), value);
            }
        }
        // A change of nothing would be a poor example.
        if made.is_empty()
            && let Some((field, property)) = properties
                .into_iter()
                .flatten()
                .find(|(_, property)| property["type"][0] == "string")
        {
            made.extend(self.make(side, owner, field, property, depth).map(|value| (field.clone(), value)));
        }
        Value::Object(made)
    }
}

/// Of what may be left out, an example of a request shows plain texts and switches: ids would have to be of something that is there.
fn shown_in_request(owner: &str, field: &str, property: &Value) -> bool {
    // What an answer alone says may come back, and need not. A new owner is somebody new, and nothing is sold without a price.
    let shown = matches!(
        (owner, field),
        ("NewOwner", _) | ("WriteVariant", "price_minor") | ("SaveTaxRate", "rate_ppm")
    );
    if property["readOnly"] == true {
        return false;
    }
    shown || matches!(property["type"].as_str(), Some("string" | "boolean")) && property["format"] != "uuid"
}

/// What the names alone do not tell.
fn known(owner: &str, field: &str) -> Option<Value> {
    Some(match (owner, field) {
        ("AdjustInventory", "reason") => json!("received"),
        ("AdjustInventory", "delta") => json!(12),
        ("LogLevel", "filter") => json!("info"),
        ("SaveTaxRate" | "TaxRate" | "Quote" | "OrderTotals", "rate_ppm" | "tax_rate_ppm") => json!(88_750),
        (_, "price_rate") => json!("1.08"),
        ("SaveTaxRate" | "TaxRate", "name") | (_, "tax_name") => json!("VAT"),
        ("SaveShippingMethod" | "ShippingMethod", "name") | (_, "shipping_method") => json!("Parcel"),
        ("SaveCategory" | "CategorySummary", "name") => json!("Mugs"),
        ("SaveCategory" | "CategorySummary", "slug") => json!("mugs"),
        ("CreateStore" | "AdminStore" | "UpdateStoreSettings" | "StoreSettings" | "StorefrontInfo", "name") => json!("Atelier Nord"),
        ("CreateStore" | "AdminStore" | "StoreSettings", "code" | "subdomain") => json!("atelier-nord"),
        ("ProductOption", "name") => json!("Size"),
        ("ProductOption", "values") | ("Variant" | "WriteVariant" | "StorefrontVariant", "option_values") => json!(["M"]),
        ("SaveBankTransfer" | "BankTransfer", "account_number") => json!("DE89 3704 0044 0532 0130 00"),
        ("SaveBankTransfer" | "BankTransfer", "bank_code") => json!("COBADEFFXXX"),
        ("PaymentChoiceTestCard", "card_number") => json!("4242424242424242"),
        ("CreateImpersonation" | "Impersonation" | "RunningImpersonation" | "AuditImpersonation", "reason") => {
            json!("The merchant asked why an order is missing")
        }
        ("CreateSignUp" | "PendingSignUp" | "CreateOwnStore" | "OpenedStore", "name") => json!("Atelier Nord"),
        ("CreateSignUp" | "PendingSignUp" | "CreateOwnStore" | "OpenedStore" | "ConfirmSignUp" | "CodeAvailability", "code") => {
            json!("atelier-nord")
        }
        ("OpenedStore", "link") => {
            json!("https://atelier-nord.shops.example/store/sign-up/enter#q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
        }
        (_, "terms_url") => json!("https://shops.example/terms"),
        (_, "terms_version") => json!("2026-12"),
        ("ImpersonationToken" | "SignUpToken" | "ConfirmSignUp", "token") => json!("q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k"),
        ("ImpersonationLink", "link") => json!("https://acme.example/store/impersonation#q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k"),
        ("CreateInvitation" | "UpdateTeamMember", "role") => json!("editor"),
        ("CreateRole" | "UpdateRole" | "TeamRole", "name") | (_, "role_name") => json!("Warehouse"),
        ("CreateRole" | "UpdateRole" | "TeamRole", "description") => json!("Packs and sends what was ordered"),
        ("CreateRole" | "UpdateRole" | "TeamRole", "rights") => json!(["orders.write", "inventory.*"]),
        ("ExplainedRight", "words") => json!("see orders"),
        ("RightOrigin", "via") => json!("orders.write"),
        (_, "one_time_code") => json!("492039"),
        ("AnswerChallenge" | "CreatePasskey" | "LoginWithPasskey", "challenge") | ("PasskeyChallenge", "token") => {
            json!("q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
        }
        ("PasskeyChallenge", "options") => json!("{\"challenge\":\"Xm1mCmGzkT7JQdQwXcGfPg\",\"rpId\":\"acme.example\"}"),
        ("CreatePasskey" | "LoginWithPasskey", "credential") => {
            json!("{\"id\":\"q83vASNFZ4k\",\"rawId\":\"q83vASNFZ4k\",\"response\":{},\"type\":\"public-key\"}")
        }
        ("Passkey" | "CreatePasskey" | "UpdatePasskey", "name") => json!("Telephone"),
        ("SecondFactorSetup", "secret") => json!("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
        ("SecondFactorSetup", "secret_uri") => {
            json!("otpauth://totp/Orion:ada%40example.test?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Orion")
        }
        ("SecondFactorSetup", "secret_picture") => json!("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        ("RecoveryCodeSet", "recovery_codes") => json!(["k3f7qa-x2m5bd-hw6n4e-zr7ycu"]),
        ("SuspendStore" | "CancelOrder" | "ResetSecondFactor" | "DisableUser" | "DisablePlatform", "reason") => json!("On request"),
        ("CreateAdminInvitation", "super_admin") => json!(true),
        ("Program" | "CreateProgram" | "UpdateProgram", "name") | (_, "program") => json!("Assistant"),
        (_, "client_id") => json!(ID),
        (_, "redirect_uris") => json!(["https://assistant.example/callback"]),
        ("AskConnection", "redirect_uri") => json!("https://assistant.example/callback"),
        ("AskConnection", "response_type") => json!("code"),
        ("AskConnection", "scope") => json!("orders.read products.read"),
        ("AskConnection", "state") => json!("af0ifjsldkj"),
        ("AskConnection", "code_challenge") => json!("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("AskConnection", "code_challenge_method") => json!("S256"),
        ("AskConnection", "resource") => json!("https://acme.example"),
        ("ConnectionAnswer", "redirect_to") => {
            json!("https://assistant.example/callback?code=orion_oc_…&state=af0ifjsldkj&iss=https%3A%2F%2Facme.example")
        }
        ("ConnectionRefusal", "redirect_to") => {
            json!("https://assistant.example/callback?error=invalid_scope&iss=https%3A%2F%2Facme.example")
        }
        ("Connection", "person") => json!("ada@example.test"),
        ("Connection", "last_used_ip") => json!("203.0.113.7"),
        ("ConnectionRefusal", "error") => json!("invalid_scope"),
        (_, "document_host" | "redirect_host") => json!("assistant.example"),
        ("AskedRight", "words") => json!("see orders"),
        ("Platform" | "CreatePlatform" | "UpdatePlatform", "name") => json!("Lantern shops"),
        ("Platform" | "CreatePlatform", "code") => json!("lanterns"),
        ("Platform" | "CreatePlatform" | "UpdatePlatform", "domain") => json!("lanterns.example"),
        ("UpdateSidebar", "order") => json!(["dashboard", "orders", "products"]),
        ("UpdateSidebar", "hidden") => json!(["customers"]),
        ("SidebarEntry", "label") => json!("Orders"),
        ("SidebarEntry", "section") => json!("Sales"),
        ("SidebarEntry", "module") => json!("orders"),
        ("Theme", "radius") => json!(8),
        ("Theme", "fonts") => json!("editorial"),
        ("Theme", "theme") => return None,
        ("Theme", _) => json!("#1f3a5f"),
        _ => return None,
    })
}

fn whole(schema: &Value, field: &str) -> Value {
    let value = match field {
        "quantity" | "item_count" | "count" => 2,
        "status" => 200,
        "number" => 1001,
        _ if field.ends_with("_minor") => 1999,
        _ => schema["examples"][0].as_i64().unwrap_or(1),
    };
    json!(value)
}

fn text(schema: &Value, field: &str) -> Option<Value> {
    if let Some(example) = schema["examples"].as_array().and_then(|examples| examples.first()) {
        return Some(example.clone());
    }
    let value = match (schema["format"].as_str(), field) {
        (Some("uuid"), _) => ID,
        (Some("date-time"), _) => TIME,
        (Some("date"), _) => "2026-11-23",
        (Some("binary"), _) => return None,
        (_, "password" | "new_password" | "current_password") => "Correct-horse-2026!",
        (_, "currency") => "EUR",
        (_, "country") => "DE",
        (_, "postal_code") => "10115",
        (_, "city") => "Berlin",
        (_, "line1") => "Unter den Linden 1",
        (_, "line2" | "region" | "note" | "seo_title" | "seo_description" | "bank_name" | "instructions" | "failure") => "",
        (_, "phone") => "+49 30 1234567",
        (_, "locale") => "en",
        (_, "timezone") => "Europe/Berlin",
        (_, "sku") => "MUG-M",
        (_, "barcode") => "4006381333931",
        (_, "title" | "product_title") => "Enamel mug",
        (_, "slug" | "product_slug") => "enamel-mug",
        (_, "description_html") => "<p>Holds 300 ml.</p>",
        (_, "vendor") => "Atelier Nord",
        (_, "product_type") => "Tableware",
        (_, "alt") => "A blue mug on a table",
        (_, "expiry") => "12/30",
        (_, "cvc") => "123",
        (_, "carrier") => "DHL",
        (_, "tracking_number") => "00340434161094042557",
        (_, "cursor" | "next_cursor") => "WyIyMDI2LTExLTIzIl0",
        (_, "placeholder") => "#8aa1b8",
        (_, "domain" | "host") => "shop.example",
        (_, "user_agent") => "Mozilla/5.0",
        (_, "ip") => "203.0.113.7",
        _ if field.contains("email") => "ada@example.test",
        _ if field.ends_with("_url") || field == "url" => "https://shop.example/",
        _ if field.contains("token") => "eyJhbGciOiJIUzI1NiJ9…",
        _ if field.contains("name") || field == "actor" || field == "account_holder" => "Ada Lovelace",
        _ => "text",
    };
    Some(json!(value))
}
