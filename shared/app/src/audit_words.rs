//! Entries of the audit log as a person would say them. The codes themselves stand beside, for those who search.

use leptos::prelude::*;
use orion_types::audit::{AuditChange, AuditEntry};
use orion_ui::{Moment, format_date_time, format_money};

/// What was done, where the code does not say it well.
const ACTIONS: [(&str, &str); 38] = [
    ("admin_invitation.accepted", "Invitation to the administration accepted"),
    ("admin_invitation.created", "Administrator invited"),
    ("admin_invitation.resent", "Invitation to the administration sent again"),
    ("admin_invitation.revoked", "Invitation to the administration taken back"),
    ("admin_role.granted", "Administrator appointed"),
    ("bank_transfer.updated", "Bank details changed"),
    ("customer.session_reused", "Customer's old sign-in was tried again"),
    ("customer.sign_in_failed", "Customer failed to sign in"),
    ("customer.signed_out_everywhere", "Customer signed out everywhere"),
    ("demo.completed", "Demo data written"),
    ("impersonation.began", "Administrator entered the dashboard"),
    ("impersonation.created", "Administrator is about to enter the dashboard"),
    ("impersonation.ended", "Administrator left the dashboard"),
    ("import.images_retried", "Pictures of an import fetched again"),
    ("inventory.adjusted", "Stock adjusted"),
    ("job.cancelled", "Job called off"),
    ("job.retried", "Job queued again"),
    ("load.written", "Load-test data written"),
    ("log_level.changed", "Log level changed"),
    ("membership.created", "Member added to a store"),
    ("module.disabled", "Module switched off"),
    ("module.enabled", "Module switched on"),
    ("order.late_payment_returned", "Late payment of an order returned"),
    ("order.payment_failed", "Payment of an order failed"),
    ("product.stock_imported", "Stock set by an import"),
    ("product_image.fetch_failed", "Picture could not be fetched"),
    ("product_images.imported", "Pictures came with an import"),
    ("sign_up.confirmed", "Store opened by its owner"),
    ("sign_up_policy.updated", "Sign-up of a platform changed"),
    ("store.settings_updated", "Store settings changed"),
    ("store.signed_up", "Opened by its owner, who accepted the terms"),
    ("user.admin_roles_changed", "Part in the administration changed"),
    ("user.disabled", "Account switched off"),
    ("user.enabled", "Account switched on"),
    ("user.session_reused", "Old sign-in was tried again"),
    ("user.sessions_ended", "Signed out everywhere by an administrator"),
    ("user.sign_in_failed", "Sign-in failed"),
    ("user.signed_out_everywhere", "Signed out everywhere"),
];

/// What was done.
pub fn action_words(action: &str) -> String {
    let said = ACTIONS
        .iter()
        .find(|(known, _)| *known == action)
        .map(|(_, words)| (*words).to_owned());
    said.unwrap_or_else(|| sentence(action))
}

/// `shipping_method.created` is "Shipping method created"; ids in it say nothing to people, so `variants.01a2….sku` is "Variants sku".
pub fn sentence(code: &str) -> String {
    let is_id = |part: &&str| part.len() == 36 && part.bytes().filter(|byte| *byte == b'-').count() == 4;
    let parts: Vec<&str> = code.split('.').filter(|part| !is_id(part)).collect();
    let mut words = parts.join(" ").replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// A sentence with its code in small beside it.
pub fn with_code(words: String, code: &str) -> AnyView {
    let code = code.to_owned();
    view! {
        <span class="font-medium break-words">{words} " " <code class="font-mono text-xs text-muted font-normal break-all">{code}</code></span>
    }
    .into_any()
}

/// `Status: active → suspended`; a fact that was noted stands alone.
pub fn change_words(change: &AuditChange) -> String {
    let AuditChange { field, before, after } = change;
    let field = sentence(field);
    match before {
        Some(before) => format!("{field}: {} → {}", value_words(before), value_words(after)),
        None => format!("{field}: {}", value_words(after)),
    }
}

/// A value as people read it: a time as the other pages write it, yes or no, and "nothing" where there was none.
pub fn value_words(value: &str) -> String {
    in_words(value, |time| format_date_time(Moment::from(time), None))
}

fn in_words(value: &str, write_time: impl Fn(&str) -> String) -> String {
    match value {
        "" => "nothing".to_owned(),
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        time if is_time(time) => write_time(time),
        text => text.to_owned(),
    }
}

/// Whether a value is a time as the server writes it down (RFC 3339), and not a text that begins with one.
fn is_time(value: &str) -> bool {
    let Some((start, rest)) = value.split_at_checked(19) else {
        return false;
    };
    let fits = |(letter, place): (char, char)| if place == '0' { letter.is_ascii_digit() } else { letter == place };
    let offset = |byte: u8| byte.is_ascii_digit() || b".+:Z".contains(&byte);
    start.chars().zip("0000-00-00T00:00:00".chars()).all(fits) && !rest.is_empty() && rest.bytes().all(offset)
}

/// An entry with its amounts as people of a store read them: `price_minor: 9100` is "price: €91.00".
pub fn in_currency(mut entry: AuditEntry, currency: &str) -> AuditEntry {
    let money = |text: &str| match text.parse() {
        Ok(minor) => format_money(minor, currency, None),
        Err(_) => text.to_owned(),
    };
    for change in &mut entry.changes {
        if let Some(field) = change.field.strip_suffix("_minor") {
            let field = field.to_owned();
            *change = AuditChange {
                field,
                before: change.before.as_deref().map(money),
                after: money(&change.after),
            };
        }
    }
    entry
}

/// How many changes are told; more would hide what stands below.
const CHANGES: usize = 3;

/// What changed, a sentence each, the first of them.
pub fn changes_words(entry: &AuditEntry) -> Vec<String> {
    let mut words: Vec<String> = entry.changes.iter().take(CHANGES).map(change_words).collect();
    let more = entry.changes.len().saturating_sub(CHANGES);
    if more > 0 {
        words.push(format!("and {more} more"));
    }
    words
}

/// What a table of the log holds, one of it: `product_categories` is "Product category".
pub fn entity_words(entity: &str) -> String {
    let one = match entity {
        "store_settings" => entity.to_owned(),
        _ if entity.ends_with("ies") => format!("{}y", &entity[..entity.len() - 3]),
        _ if entity.ends_with("sses") => entity[..entity.len() - 2].to_owned(),
        _ => entity.strip_suffix('s').unwrap_or(entity).to_owned(),
    };
    sentence(&one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_nobody_has_put_into_words_is_readable_all_the_same() {
        assert_eq!(action_words("shipping_method.created"), "Shipping method created");
        assert_eq!(sentence("variants.01a22c9b-f35e-75e6-8efe-df4a24874b78.sku"), "Variants sku");
        let entities = ["stores", "product_categories", "customer_addresses", "store_settings"].map(entity_words);
        assert_eq!(entities, ["Store", "Product category", "Customer address", "Store settings"]);
    }

    #[test]
    fn a_change_says_what_there_was_and_what_there_is() {
        let change = |before: Option<&str>, after: &str| AuditChange {
            field: "suspended_reason".to_owned(),
            before: before.map(str::to_owned),
            after: after.to_owned(),
        };
        assert_eq!(change_words(&change(Some(""), "Unpaid")), "Suspended reason: nothing → Unpaid");
        assert_eq!(change_words(&change(None, "Unpaid")), "Suspended reason: Unpaid");
        assert_eq!(change_words(&change(Some("true"), "false")), "Suspended reason: yes → no");
    }

    #[test]
    fn times_are_written_as_elsewhere_and_what_only_begins_like_one_stays() {
        let words = |value: &str| in_words(value, |time| format!("at {}", &time[11..16]));
        for time in ["2026-11-30T10:05:00Z", "2026-11-30T10:05:00.123456Z", "2026-11-30T10:05:00+00:00"] {
            assert_eq!(words(time), "at 10:05", "{time}");
        }
        for text in [
            "2026-11-30",
            "2026-11-30T10:05:00",
            "2026-11-30T10:05:00Z was too late",
            "2026-11-30 10:05:00Z",
            "ääääääääääääääääääää",
        ] {
            assert_eq!(words(text), text);
        }
    }
}
