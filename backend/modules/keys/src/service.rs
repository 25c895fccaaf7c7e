//! Keys: made, looked at, changed, given another secret, taken away.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use orion_framework::auth::{KeySecret, Vault, VaultError};
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::problem::ProblemDraft;
use orion_framework::problem::{FieldErrors, STALE};
use orion_types::api_key::{
    ApiKey, ApiKeyQuery, ApiKeySecret, CreateApiKey, DEFAULT_OVERLAP_HOURS, MAX_API_KEYS, MAX_OVERLAP_HOURS, RotateApiKey, UpdateApiKey,
};
use orion_types::permission::Permission;
use orion_types::{Page, RightSet, Timestamp, validation};
use uuid::Uuid;

use crate::error::KeyError;
use crate::model::{KeyRow, scopes};
use crate::queries;

/// The rights of a key that is asked for, with what comes along.
fn check_scopes(errors: &mut FieldErrors, asked: &[Permission]) -> RightSet {
    if asked.is_empty() {
        errors.add("/scopes", "required", "names no right: such a key could do nothing");
    }
    for (place, right) in asked.iter().enumerate() {
        if right.is_personal() {
            let told = "is a right that people alone can have, and no key";
            errors.add(format!("/scopes/{place}"), "personal", told);
        }
    }
    asked.iter().copied().collect::<RightSet>().with_implied()
}

/// Nobody hands on what they lack, neither in a new key nor in a new secret of one that is there.
fn held(given: RightSet, own: RightSet) -> Result<(), KeyError> {
    match given.beyond(own).iter().next() {
        Some(right) => Err(KeyError::NotHeld(right)),
        None => Ok(()),
    }
}

fn check_end(errors: &mut FieldErrors, asked: Option<&Timestamp>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let end = DateTime::parse_from_rfc3339(&asked?.0).map(|end| end.to_utc());
    match end {
        Ok(end) if end > now => return Some(end),
        Ok(_) => errors.add("/expires_at", "past", "lies in the past"),
        Err(_) => errors.add("/expires_at", "invalid", "is no time such as 2026-11-23T10:00:00Z"),
    }
    None
}

/// Makes a key. Its secret comes out under lock; see [`reveal`].
pub(crate) fn create(tx: &mut StoreTx, asked: &CreateApiKey, own: RightSet, vault: &Vault) -> Result<ApiKeySecret, KeyError> {
    let now = tx.now();
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(&asked.name)).map(str::to_owned);
    let rights = check_scopes(&mut errors, &asked.scopes);
    let expires_at = check_end(&mut errors, asked.expires_at.as_ref(), now);
    errors.into_result()?;
    held(rights, own)?;
    if queries::count(tx)? >= MAX_API_KEYS {
        return Err(KeyError::TooMany);
    }
    let secret = KeySecret::random();
    let row = KeyRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        name: name.unwrap_or_default(),
        scopes: scopes(rights),
        prefix: secret.prefix().to_owned(),
        secret_hash: secret.hash().to_vec(),
        previous_prefix: None,
        previous_hash: None,
        previous_until: None,
        expires_at,
        last_used_at: None,
        last_used_ip: None,
        created_by: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        version: 1,
    };
    queries::insert(tx, &row)?;
    let entry = noted("api_key.created", &row).note("scopes", &row.scopes);
    tx.audit(match expires_at {
        Some(end) => entry.note("expires_at", end.to_rfc3339()),
        None => entry,
    });
    with_secret(tx, row, &secret, vault)
}

/// A line of the audit log about a key: what it is called and how it begins, and no more of it.
fn noted(action: &'static str, row: &KeyRow) -> AuditEntry {
    AuditEntry::new(action, "api_keys", row.id)
        .note("key_name", &row.name)
        .note("prefix", &row.prefix)
}

fn place(key: Uuid) -> String {
    format!("api key {key}")
}

/// The answer, as it may be kept for a repeat: the secret is under lock in it.
fn with_secret(tx: &StoreTx, row: KeyRow, secret: &KeySecret, vault: &Vault) -> Result<ApiKeySecret, KeyError> {
    let locked = vault.lock(&place(row.id), secret.reveal().as_bytes())?;
    Ok(ApiKeySecret {
        id: row.id.into(),
        secret: format!("{}.{}", row.id, STANDARD.encode(locked)),
        api_key: row.into_wire(tx.now()),
    })
}

/// The secret that an answer holds under lock.
pub(crate) fn reveal(vault: &Vault, locked: &str) -> Result<String, KeyError> {
    let (id, kept) = locked.split_once('.').ok_or(VaultError)?;
    let id: Uuid = id.parse().map_err(|_| VaultError)?;
    let kept = STANDARD.decode(kept).map_err(|_| VaultError)?;
    let secret = vault.open(&place(id), &kept)?;
    Ok(String::from_utf8(secret).map_err(|_| VaultError)?)
}

/// A key.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid) -> Result<ApiKey, KeyError> {
    let row = queries::get(tx, id)?;
    Ok(row.into_wire(tx.now()))
}

/// The keys, newest first.
pub(crate) fn list(tx: &mut StoreTx, query: &ApiKeyQuery) -> Result<Page<ApiKey>, KeyError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let rows = queries::list(tx, (before, since), limit + 1)?;
    let now = tx.now();
    Ok(cursor::page(rows, limit, |row| row.id, |row: KeyRow| row.into_wire(now)))
}

/// Changes a key, if nobody else has since it was read.
pub(crate) fn update(tx: &mut StoreTx, (id, expected): (Uuid, Expected), asked: &UpdateApiKey, own: RightSet) -> Result<ApiKey, KeyError> {
    let mut errors = FieldErrors::default();
    let name = asked.name.as_deref().map(|name| errors.check("/name", validation::name(name)));
    let rights = asked.scopes.as_deref().map(|asked| check_scopes(&mut errors, asked));
    errors.into_result()?;
    let before = queries::lock(tx, id)?;
    if before.version != expected {
        return Err(ProblemDraft::new(&STALE).into());
    }
    let mut after = before.clone();
    if let Some(rights) = rights {
        // What it holds already was somebody else's to give.
        held(rights.beyond(before.rights()), own)?;
        after.scopes = scopes(rights);
    }
    after.name = name.flatten().map_or(after.name, str::to_owned);
    if (&before.name, &before.scopes) != (&after.name, &after.scopes) {
        after.updated_at = tx.now();
        after.version += 1;
        queries::update(tx, &after)?;
    }
    tx.audit(
        AuditEntry::new("api_key.updated", "api_keys", id)
            .note("prefix", &after.prefix)
            .change("name", &before.name, &after.name)
            .change("scopes", &before.scopes, &after.scopes),
    );
    Ok(after.into_wire(tx.now()))
}

/// Gives a key another secret; the one before stays good for a while. Whatever was before that one ends now.
pub(crate) fn rotate(tx: &mut StoreTx, id: Uuid, asked: &RotateApiKey, own: RightSet, vault: &Vault) -> Result<ApiKeySecret, KeyError> {
    let hours = asked.overlap_hours.unwrap_or(DEFAULT_OVERLAP_HOURS);
    let mut errors = FieldErrors::default();
    if hours > MAX_OVERLAP_HOURS {
        errors.add("/overlap_hours", "out_of_range", format!("is more than {MAX_OVERLAP_HOURS}"));
    }
    errors.into_result()?;
    let mut row = queries::lock(tx, id)?;
    held(row.rights(), own)?;
    let now = tx.now();
    if row.is_expired(now) {
        return Err(KeyError::Expired);
    }
    let secret = KeySecret::random();
    let former = (
        std::mem::replace(&mut row.prefix, secret.prefix().to_owned()),
        std::mem::replace(&mut row.secret_hash, secret.hash().to_vec()),
    );
    let kept = (hours > 0).then(|| (former, now + TimeDelta::hours(i64::from(hours))));
    row.previous_until = kept.as_ref().map(|(_, until)| *until);
    (row.previous_prefix, row.previous_hash) = kept.map(|(former, _)| former).unzip();
    row.updated_at = now;
    row.version += 1;
    queries::update(tx, &row)?;
    tx.audit(noted("api_key.rotated", &row).note("previous_until", row.previous_until.map(|until| until.to_rfc3339())));
    with_secret(tx, row, &secret, vault)
}

/// Takes a key away, on every server with its next request.
pub(crate) fn revoke(tx: &mut StoreTx, id: Uuid) -> Result<(), KeyError> {
    let row = queries::lock(tx, id)?;
    queries::delete(tx, id)?;
    tx.audit(noted("api_key.revoked", &row));
    Ok(())
}

#[cfg(test)]
mod tests {
    use orion_types::status::MemberRole;

    use super::*;

    #[test]
    fn nobody_gives_a_right_that_they_lack() {
        let manager = RightSet::of(MemberRole::Manager);
        let all = RightSet::of(MemberRole::Owner);
        assert!(held(RightSet::of(MemberRole::Viewer), manager).is_ok());
        assert!(matches!(held(all.for_keys(), manager), Err(KeyError::NotHeld(right)) if !manager.holds(right)));
        assert!(held(all.for_keys(), all).is_ok());
    }

    #[test]
    fn what_may_change_may_see() {
        let mut errors = FieldErrors::default();
        let rights = check_scopes(&mut errors, &[Permission::OrdersWrite]);
        assert!(errors.is_empty());
        assert_eq!(scopes(rights), ["orders.read", "orders.write"]);
    }

    #[test]
    fn a_key_holds_no_right_that_lets_others_in() {
        let mut errors = FieldErrors::default();
        check_scopes(&mut errors, &[Permission::OrdersRead, Permission::KeysWrite]);
        let draft = errors.into_result().unwrap_err();
        assert_eq!(draft.errors[0].code, "personal");
    }
}
