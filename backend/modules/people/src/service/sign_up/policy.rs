//! What administrators decide about sign-up on their platform.

use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_types::PlatformId;
use orion_types::people::{MAX_OWN_STORES, MAX_TERMS_URL, MAX_TERMS_VERSION, SignUpPolicy, UpdateSignUpPolicy};
use url::Url;
use uuid::Uuid;

use crate::error::PeopleError;
use crate::queries::people;
use crate::queries::sign_up_policies::{self as policies, SignUpPolicyRow};

/// Off, until somebody switches it on.
fn unchanged(tx: &PlatformTx, platform: Uuid) -> SignUpPolicyRow {
    SignUpPolicyRow {
        platform_id: platform,
        allowed: false,
        max_stores: 1,
        terms_url: String::new(),
        terms_version: String::new(),
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}

fn into_wire(row: SignUpPolicyRow) -> SignUpPolicy {
    SignUpPolicy {
        allowed: row.allowed,
        max_stores: row.max_stores,
        terms_url: row.terms_url,
        terms_version: row.terms_version,
        version: row.version,
    }
}

fn is_there(tx: &mut PlatformTx, platform: Uuid) -> Result<(), PeopleError> {
    if people::list_platforms(tx.conn(), &[platform])?.is_empty() {
        return Err(DbError::NotFound.into());
    }
    Ok(())
}

/// The policy of a platform.
///
/// # Errors
/// When there is no such platform.
pub(crate) fn read(tx: &mut PlatformTx, platform: PlatformId) -> Result<SignUpPolicy, PeopleError> {
    tx.no_audit("a look at the policy");
    is_there(tx, platform.0)?;
    let row = policies::find(tx.conn(), platform.0)?;
    Ok(into_wire(row.unwrap_or_else(|| unchanged(tx, platform.0))))
}

/// Changes it; `version` is what the caller has read.
///
/// # Errors
/// [`PeopleError::Stale`], fields that are wrong, and when there is no such platform.
pub(crate) fn update(
    tx: &mut PlatformTx,
    (platform, version): (PlatformId, Expected),
    asked: &UpdateSignUpPolicy,
) -> Result<SignUpPolicy, PeopleError> {
    let (terms_url, terms_version) = check(asked)?;
    is_there(tx, platform.0)?;
    let found = policies::lock(tx.conn(), platform.0)?;
    let is_first = found.is_none();
    let before = found.unwrap_or_else(|| unchanged(tx, platform.0));
    if before.version != version {
        return Err(PeopleError::Stale);
    }
    let mut row = before.clone();
    row.allowed = asked.allowed;
    row.max_stores = asked.max_stores;
    row.terms_url = terms_url;
    row.terms_version = terms_version;
    if row == before {
        tx.no_audit("nothing was to be changed");
        return Ok(into_wire(before));
    }
    row.updated_at = tx.now();
    row.version += 1;
    if is_first {
        policies::insert(tx.conn(), &row).map_err(|error| match DbError::from(error) {
            error if error.is_unique("sign_up_policies_pkey") => PeopleError::Stale,
            error => PeopleError::Db(error),
        })?;
    } else {
        policies::update(tx.conn(), &row)?;
    }
    let entry = AuditEntry::new("sign_up_policy.updated", "platforms", platform.0)
        .change("allowed", before.allowed, row.allowed)
        .change("max_stores", before.max_stores, row.max_stores)
        .change("terms_url", &before.terms_url, &row.terms_url)
        .change("terms_version", &before.terms_version, &row.terms_version);
    tx.audit(None, entry);
    Ok(into_wire(row))
}

/// Address and version of the terms: both or neither.
fn check(asked: &UpdateSignUpPolicy) -> Result<(String, String), PeopleError> {
    let mut errors = FieldErrors::default();
    if !(1..=MAX_OWN_STORES).contains(&asked.max_stores) {
        errors.add("/max_stores", "out_of_range", format!("must be 1 to {MAX_OWN_STORES}"));
    }
    let (address, name) = (asked.terms_url.trim(), asked.terms_version.trim());
    if address.chars().count() > MAX_TERMS_URL {
        errors.add("/terms_url", "too_long", format!("must have at most {MAX_TERMS_URL} characters"));
    } else if !address.is_empty() && !is_web_address(address) {
        errors.add("/terms_url", "invalid_url", "is no address such as https://shops.example/terms");
    }
    if name.chars().count() > MAX_TERMS_VERSION {
        errors.add(
            "/terms_version",
            "too_long",
            format!("must have at most {MAX_TERMS_VERSION} characters"),
        );
    }
    match (address.is_empty(), name.is_empty()) {
        (true, false) => errors.add("/terms_url", "required", "is required, so that the terms can be read"),
        (false, true) => errors.add("/terms_version", "required", "is required, so that it is known what was accepted"),
        _ => {}
    }
    errors.into_result()?;
    Ok((address.to_owned(), name.to_owned()))
}

/// It becomes a link of a page, so it is nothing but https.
fn is_web_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(max_stores: i32, terms_url: &str, terms_version: &str) -> UpdateSignUpPolicy {
        UpdateSignUpPolicy {
            allowed: true,
            max_stores,
            terms_url: terms_url.to_owned(),
            terms_version: terms_version.to_owned(),
        }
    }

    #[test]
    fn terms_have_an_address_and_a_version_or_neither() {
        assert_eq!(check(&asked(1, " ", "")).unwrap(), (String::new(), String::new()));
        let (address, version) = check(&asked(50, " https://shops.example/terms ", " 2026-12 ")).unwrap();
        assert_eq!((address.as_str(), version.as_str()), ("https://shops.example/terms", "2026-12"));
        for (wrong, pointer) in [
            (asked(0, "", ""), "/max_stores"),
            (asked(51, "", ""), "/max_stores"),
            (asked(1, "https://shops.example/terms", ""), "/terms_version"),
            (asked(1, "", "2026-12"), "/terms_url"),
            (asked(1, "http://shops.example/terms", "1"), "/terms_url"),
            (asked(1, "javascript:alert(1)", "1"), "/terms_url"),
            (asked(1, "https://me:secret@shops.example/", "1"), "/terms_url"),
            (asked(1, "https://shops.example/", &"x".repeat(51)), "/terms_version"),
        ] {
            let Err(PeopleError::Invalid(refused)) = check(&wrong) else {
                panic!("{wrong:?}")
            };
            assert!(format!("{refused:?}").contains(pointer), "{refused:?}");
        }
    }
}
