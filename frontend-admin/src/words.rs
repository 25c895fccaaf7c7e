//! Kinds of jobs as a person would say them, and where entries of the audit log lead to.

use orion_app::sentence;
use orion_types::audit::AuditEntry;

/// What jobs do, where their code does not say it well.
const JOBS: [(&str, &str); 10] = [
    ("catalog.delete_import_file", "Delete the file of an import that was called off"),
    ("catalog.end_import", "Close an import that was called off"),
    ("catalog.fetch_image", "Fetch a product's picture"),
    ("catalog.import_products", "Import products"),
    ("catalog.purge_picture", "Delete the files of a picture"),
    ("mail.send", "Send an e-mail"),
    ("orders.expire_carts", "Clear carts that were left behind"),
    ("orders.resolve_payment", "Ask how a payment ended"),
    ("orders.send_mail", "Send an order's e-mail"),
    ("payments.refund_payment", "Pay money back"),
];

/// What a kind of job does.
pub fn job_words(kind: &str) -> String {
    let said = JOBS.iter().find(|(known, _)| *known == kind).map(|(_, words)| (*words).to_owned());
    // `reports.write_summary` is of a module this app does not know yet.
    said.unwrap_or_else(|| sentence(kind.rsplit('.').next().unwrap_or(kind)))
}

/// The page of what was changed, where this app has one.
pub fn entity_path(entry: &AuditEntry) -> Option<String> {
    match (entry.entity.as_str(), entry.entity_id) {
        ("stores", Some(id)) => Some(format!("/stores/{id}")),
        ("platforms", Some(id)) => Some(format!("/platforms/{id}")),
        ("users", Some(id)) => Some(format!("/people/{id}")),
        ("admin_invitations", _) => Some("/people/invitations".to_owned()),
        ("platform_modules", Some(platform)) => Some(format!("/modules?platform={platform}")),
        ("jobs", _) => Some("/jobs".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_job_that_nobody_has_put_into_words_is_readable_all_the_same() {
        assert_eq!(job_words("reports.write_summary"), "Write summary");
        assert_eq!(job_words("mail.send"), "Send an e-mail");
    }
}
