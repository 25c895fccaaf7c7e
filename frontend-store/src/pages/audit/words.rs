//! Who did something, and where what it was done to is shown.

use orion_types::audit::AuditEntry;

/// What kind of actor it was, where the name does not tell.
pub fn kind_words(kind: &str) -> &'static str {
    match kind {
        "key" => "a program, by its API key",
        "customer" => "a customer",
        "guest" => "somebody without an account",
        "system" => "Orion itself",
        "cli" => "somebody at the server",
        _ => "",
    }
}

/// Whether the log can be narrowed to what an actor did; shoppers are not looked for by name.
pub fn can_be_looked_for(kind: &str) -> bool {
    matches!(kind, "user" | "key" | "system" | "cli")
}

/// The page of what something was done to, where the dashboard has one.
pub fn entity_path(entry: &AuditEntry) -> Option<String> {
    let id = entry.entity_id?;
    let page = match entry.entity.as_str() {
        "products" => format!("/products/{id}"),
        "orders" => format!("/orders/{id}"),
        "customers" => format!("/customers/{id}"),
        "imports" => format!("/imports/{id}"),
        "webhook_endpoints" => format!("/webhooks/{id}"),
        "api_keys" => format!("/api-keys/{id}"),
        "oauth_clients" => format!("/programs/{id}"),
        "oauth_grants" => "/programs".to_owned(),
        "store_domains" => format!("/domains/{id}"),
        _ => return None,
    };
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shoppers_are_told_apart_from_those_who_work_here() {
        assert!(["user", "key", "system", "cli"].iter().all(|kind| can_be_looked_for(kind)));
        assert!(
            ["customer", "guest"]
                .iter()
                .all(|kind| !can_be_looked_for(kind) && !kind_words(kind).is_empty())
        );
    }
}
