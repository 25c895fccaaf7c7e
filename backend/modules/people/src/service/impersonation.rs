//! Impersonations: an administrator begins one with a reason, follows its link into the store's dashboard, and leaves; the merchant sees each of them,
//! hears by mail when one begins, and ends it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use orion_framework::Services;
use orion_framework::auth::flow::{self, Signed};
use orion_framework::auth::{SessionTable, UserArea, UserSessions, Vault, VaultError};
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, PlatformTx, StoreTx};
use orion_framework::gate::{Anonymous, Impersonator, PlatformAdmin, UserIdentity};
use orion_framework::impersonation::{self, ImpersonationRow, LINK_LIFETIME, Part};
use orion_framework::job::JobOptions;
use orion_framework::mail;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_types::impersonation::{
    CreateImpersonation, DEFAULT_IMPERSONATION_MINUTES, Impersonation, ImpersonationLink, ImpersonationQuery, MAX_IMPERSONATION_MINUTES,
    MAX_IMPERSONATION_REASON, MIN_IMPERSONATION_MINUTES, MIN_IMPERSONATION_REASON,
};
use orion_types::validation::{self, FieldError};
use orion_types::{Page, StoreId};
use uuid::Uuid;

use super::brake;
use crate::error::PeopleError;
use crate::jobs::EndImpersonation;
use crate::letter::Letter;
use crate::links;
use crate::token::Token;

/// What is asked for, as it may be.
pub(crate) struct Checked {
    reason: String,
    time: TimeDelta,
    may_change: bool,
}

/// Reads what is asked for.
///
/// # Errors
/// 422 for a reason of less than 10 or more than 500 characters, and for a time of less than 5 or more than 60 minutes.
pub(crate) fn check(asked: &CreateImpersonation) -> Result<Checked, PeopleError> {
    let mut errors = FieldErrors::default();
    let reason = validation::required(&asked.reason, MAX_IMPERSONATION_REASON).and_then(|reason| {
        let min = MIN_IMPERSONATION_REASON;
        if reason.chars().count() < min {
            Err(FieldError::TooShort { min })
        } else {
            Ok(reason)
        }
    });
    let reason = errors.check("/reason", reason).map(str::to_owned);
    let minutes = asked.minutes.unwrap_or(DEFAULT_IMPERSONATION_MINUTES);
    let (min, max) = (MIN_IMPERSONATION_MINUTES, MAX_IMPERSONATION_MINUTES);
    if !(min..=max).contains(&minutes) {
        errors.add("/minutes", "out_of_range", format!("must be between {min} and {max}"));
    }
    errors.into_result()?;
    Ok(Checked {
        reason: reason.unwrap_or_default(),
        time: TimeDelta::minutes(minutes.into()),
        may_change: asked.may_change.unwrap_or(false),
    })
}

/// The store of an id, if the administrator may work for its platform; else there is none.
pub(crate) async fn store_of(admin: &PlatformAdmin, id: StoreId) -> Result<StoreContext, PeopleError> {
    let store = admin.services().directory.store_by_id(id).await?;
    store.filter(|store| admin.may(store.platform.id)).ok_or(PeopleError::NoStore)
}

/// Begins one. Its link comes out under lock; see [`reveal`].
pub(crate) fn create(
    tx: &mut PlatformTx,
    vault: &Vault,
    (by, store): (&UserIdentity, &StoreContext),
    checked: Checked,
) -> Result<ImpersonationLink, PeopleError> {
    let (now, token) = (tx.now(), Token::random());
    let row = ImpersonationRow {
        store_id: store.id.0,
        id: tx.new_id(),
        user_id: by.id.0,
        user_name: by.name.clone(),
        user_email: by.email.clone(),
        reason: checked.reason,
        may_change: checked.may_change,
        host: store.subdomain_host(),
        token_hash: Some(token.hash()),
        link_expires_at: now + LINK_LIFETIME,
        began_at: None,
        ends_at: now + checked.time,
        ended_at: None,
        ended_by: None,
        created_at: now,
        updated_at: now,
    };
    impersonation::insert(tx, &row)?;
    let entry = AuditEntry::new("impersonation.created", "impersonations", row.id).note("reason", &row.reason);
    let entry = entry.note("may_change", row.may_change).note("until", row.ends_at.to_rfc3339());
    tx.audit(Some(store.id), entry);
    let locked = vault.lock(&place(row.id), links::impersonation(store, token.reveal()).as_bytes())?;
    Ok(ImpersonationLink {
        id: row.id.into(),
        link: format!("{}.{}", row.id, STANDARD.encode(locked)),
        link_expires_at: row.link_expires_at.into(),
        impersonation: row.into_wire(now),
    })
}

fn place(impersonation: Uuid) -> String {
    format!("impersonation {impersonation}")
}

/// The link that an answer holds under lock, which is how it is kept for a repeat.
pub(crate) fn reveal(vault: &Vault, locked: &str) -> Result<String, PeopleError> {
    let (id, kept) = locked.split_once('.').ok_or(VaultError)?;
    let id: Uuid = id.parse().map_err(|_| VaultError)?;
    let kept = STANDARD.decode(kept).map_err(|_| VaultError)?;
    let link = vault.open(&place(id), &kept)?;
    Ok(String::from_utf8(link).map_err(|_| VaultError)?)
}

/// Follows a link: a session of the dashboard, at the store and the host that it is for.
pub(crate) async fn enter(anybody: &Anonymous, token: &str) -> Result<Signed, PeopleError> {
    let store = anybody.context().store.clone().ok_or(PeopleError::NoStore)?;
    let attempt = brake(anybody, store.id.0, "impersonation")?;
    let hash = Token::parse(token).ok_or(PeopleError::LinkEnded)?.hash();
    let host = anybody.context().host.clone();
    let find = move |tx: &mut StoreTx| {
        tx.no_audit("a look at the link");
        Ok::<_, PeopleError>(impersonation::find_by_token(tx, &hash, &host)?)
    };
    let row = anybody.store_tx(&store, find).await?.ok_or(PeopleError::LinkEnded)?;
    let services = anybody.services().clone();
    let tell = move |tx: &mut PlatformTx, row: &ImpersonationRow| tell(tx, &services, &store, row);
    let signed = flow::enter_impersonation(anybody.accounts(), anybody.context(), row, tell).await?;
    let signed = signed.ok_or(PeopleError::LinkEnded)?;
    anybody.services().brake.succeeded(attempt);
    Ok(signed)
}

/// The owner hears of it, and its end is written down when its time is over.
fn tell(tx: &mut PlatformTx, services: &Services, store: &StoreContext, row: &ImpersonationRow) -> Result<(), PeopleError> {
    let end = JobOptions {
        run_at: Some(row.ends_at),
        ..JobOptions::default()
    };
    tx.enqueue_with(store.id, &EndImpersonation { id: row.id }, end);
    let Some(owner) = orion_tenancy::owner_email(tx, store.id)? else {
        return Ok(());
    };
    let mail = letter(store, row).to(&owner, format!("impersonation:{}", row.id));
    Ok(mail::queue_for_platform(tx, services, &mail, None)?)
}

fn letter(store: &StoreContext, row: &ImpersonationRow) -> Letter {
    let does = if row.may_change {
        "They may change things there."
    } else {
        "They may look and change nothing."
    };
    let (name, email, until) = (&row.user_name, &row.user_email, row.ends_at.format("%Y-%m-%d %H:%M"));
    Letter {
        subject: format!("Somebody who runs the platform is in the dashboard of {}", store.name),
        paragraphs: vec![
            "Hello,".to_owned(),
            format!("{name} ({email}) has opened the dashboard of {}. {does}", store.name),
            format!("The reason they gave: {}", row.reason),
            format!("It ends at {until} (UTC) at the latest."),
        ],
        link: Some(("See it, or end it".to_owned(), links::team(store))),
        closing: vec!["All that they change is in your audit log. They reach no passwords, keys or bank details.".to_owned()],
    }
}

fn part(query: &ImpersonationQuery) -> Result<(Part, i64), PeopleError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    Ok(((before, since, limit + 1), limit))
}

/// Those of the store, newest first.
pub(crate) fn list(tx: &mut StoreTx, query: &ImpersonationQuery) -> Result<Page<Impersonation>, PeopleError> {
    let (part, limit) = part(query)?;
    let (rows, now) = (impersonation::list(tx, part)?, tx.now());
    Ok(cursor::page(rows, limit, |row| row.id, |row: ImpersonationRow| row.into_wire(now)))
}

/// Those of a store, for the administration.
pub(crate) fn list_of(tx: &mut PlatformTx, store: StoreId, query: &ImpersonationQuery) -> Result<Page<Impersonation>, PeopleError> {
    tx.no_audit("a look at impersonations");
    let (part, limit) = part(query)?;
    let (rows, now) = (impersonation::list_of(tx, store, part)?, tx.now());
    Ok(cursor::page(rows, limit, |row| row.id, |row: ImpersonationRow| row.into_wire(now)))
}

/// Ends one of the store, by whoever works the transaction.
pub(crate) fn end(tx: &mut StoreTx, id: Uuid) -> Result<Impersonation, PeopleError> {
    let by = tx.actor().label.clone();
    let (row, now) = (impersonation::end(tx, id, Some(&by))?, tx.now());
    Ok(row.into_wire(now))
}

/// Leaves: the impersonation ends, and its session with it.
pub(crate) async fn leave(impersonator: &Impersonator) -> Result<(), PeopleError> {
    let id = impersonator.running().id.0;
    impersonator.tx(move |tx| end(tx, id).map(|_| ())).await?;
    let user = impersonator.user();
    let (owner, session) = (user.user().id.0, user.user().session_id);
    let sign_out = move |tx: &mut PlatformTx| {
        tx.no_audit("the store has audited it");
        UserSessions::new(tx, UserArea::Store).revoke(owner, session)?;
        Ok::<_, PeopleError>(())
    };
    user.tx(sign_out).await
}

/// Writes down that the time of one is over, unless it was ended before.
pub(crate) fn close(tx: &mut StoreTx, id: Uuid) -> Result<(), PeopleError> {
    impersonation::end(tx, id, None)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(reason: &str, minutes: Option<u16>) -> CreateImpersonation {
        CreateImpersonation {
            reason: reason.to_owned(),
            minutes,
            may_change: None,
        }
    }

    #[test]
    fn a_reason_has_some_words_and_the_time_is_short() {
        let checked = check(&asked("  An order is missing  ", None)).unwrap();
        assert_eq!((checked.reason.as_str(), checked.time.num_minutes()), ("An order is missing", 30));
        assert!(!checked.may_change, "looking comes first");
        for (wrong, pointer) in [
            (asked("", None), "/reason"),
            (asked("too short", None), "/reason"),
            (asked(&"x".repeat(501), None), "/reason"),
            (asked("An order is missing", Some(4)), "/minutes"),
            (asked("An order is missing", Some(61)), "/minutes"),
        ] {
            let Err(PeopleError::Invalid(refused)) = check(&wrong) else {
                panic!("{wrong:?}")
            };
            assert!(format!("{refused:?}").contains(pointer), "{refused:?}");
        }
        assert!(check(&asked(&"x".repeat(500), Some(60))).is_ok());
    }
}
