//! Handing a store over: its owner offers it to somebody of the team, who accepts. Both have given their password, both hear of it by mail, and
//! the store is without an owner at no moment: the places change in one transaction.

use std::collections::HashMap;

use chrono::TimeDelta;
use orion_events::{MemberFacts, MemberRoleChanged};
use orion_framework::Services;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::gate::{StaffUser, UserIdentity};
use orion_framework::mail;
use orion_framework::tenancy::StoreContext;
use orion_types::UserId;
use orion_types::status::{MemberRole, StoreStatus};
use orion_types::team::OwnershipOffer;
use uuid::Uuid;

use super::passkeys::guard;
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::links;
use crate::queries::members::{self, MemberRow};
use crate::queries::ownership::{self, OfferRow};
use crate::queries::users::{self, UserRow};

/// How long an offer can be accepted.
const LIFETIME: TimeDelta = TimeDelta::days(7);
/// What becomes of an owner who has handed the store over: everything but what hangs on the store itself.
const AFTERWARDS: MemberRole = MemberRole::Manager;

/// A member who asks, in their store.
#[derive(Clone)]
pub(crate) struct Asker {
    store: StoreContext,
    role: MemberRole,
    user: UserIdentity,
}

impl Asker {
    /// Whoever is signed in, while the store is theirs to enter.
    pub(crate) fn of(account: &StaffUser) -> Result<Self, PeopleError> {
        let (store, place) = account.access().ok_or(PeopleError::NoStore)?;
        Ok(Self {
            store: store.clone(),
            role: place.role,
            user: account.user().clone(),
        })
    }

    /// The store, while something can be changed in it.
    pub(crate) fn open(self) -> Result<Self, PeopleError> {
        if self.store.status == StoreStatus::Active {
            Ok(self)
        } else {
            Err(PeopleError::StoreSuspended)
        }
    }

    fn is_owner(&self) -> bool {
        self.role == MemberRole::Owner
    }

    /// Whether an offer is theirs to see: who made it, and whom it was made to.
    fn concerns(&self, row: &OfferRow) -> bool {
        self.is_owner() || row.user_id == self.user.id.0
    }

    fn in_store<T>(
        &self,
        tx: &mut PlatformTx,
        services: &Services,
        work: impl FnOnce(&mut StoreTx) -> Result<T, PeopleError>,
    ) -> Result<T, PeopleError> {
        let context = services.tx_context(self.store.clone(), tx.actor().clone(), tx.meta().clone());
        tx.as_store(context, work)
    }

    fn shown(&self, row: &OfferRow, people: &People) -> Result<OwnershipOffer, PeopleError> {
        Ok(OwnershipOffer {
            member_id: row.member_id.into(),
            from_name: people.get(row.from_user_id)?.name.clone(),
            to_name: people.get(row.user_id)?.name.clone(),
            for_you: row.user_id == self.user.id.0,
            created_at: row.created_at.into(),
            expires_at: row.expires_at.into(),
        })
    }
}

/// The two accounts of an offer, which no store's transaction sees.
struct People(HashMap<Uuid, UserRow>);

impl People {
    fn of(tx: &mut PlatformTx, row: &OfferRow) -> Result<Self, PeopleError> {
        let found = users::list(tx.conn(), &[row.from_user_id, row.user_id])?;
        Ok(Self(found.into_iter().map(|user| (user.id, user)).collect()))
    }

    fn get(&self, id: Uuid) -> Result<&UserRow, PeopleError> {
        self.0.get(&id).ok_or_else(|| DbError::NotFound.into())
    }
}

/// The offer that there is, for whom it concerns.
pub(crate) fn read(tx: &mut PlatformTx, services: &Services, asker: &Asker) -> Result<Option<OwnershipOffer>, PeopleError> {
    tx.no_audit("a look at an offer");
    let found = asker.in_store(tx, services, |tx| {
        tx.no_audit("a look at an offer");
        Ok(ownership::find(tx)?)
    })?;
    match found.filter(|row| asker.concerns(row)) {
        Some(row) => {
            let people = People::of(tx, &row)?;
            asker.shown(&row, &people).map(Some)
        }
        None => Ok(None),
    }
}

/// Whether the store can be offered to a member, as far as that can be told before somebody has proved who they are.
pub(crate) fn judge_offer(tx: &mut PlatformTx, services: &Services, asker: &Asker, member: Uuid) -> Result<(), PeopleError> {
    tx.no_audit("nothing is offered yet");
    guard(tx, &asker.user)?;
    if !asker.is_owner() {
        return Err(PeopleError::NotTheOwner);
    }
    asker.in_store(tx, services, |tx| {
        tx.no_audit("nothing is offered yet");
        choose_heir(tx, asker.user.id, member)?;
        match ownership::find(tx)? {
            Some(_) => Err(PeopleError::OfferedAlready),
            None => Ok(()),
        }
    })
}

/// Whether the store is there to be taken over by whoever asks, likewise.
pub(crate) fn judge_acceptance(tx: &mut PlatformTx, services: &Services, asker: &Asker) -> Result<(), PeopleError> {
    tx.no_audit("nothing changes hands yet");
    guard(tx, &asker.user)?;
    asker.in_store(tx, services, |tx| {
        tx.no_audit("nothing changes hands yet");
        places(tx, asker.user.id).map(|_| ())
    })
}

/// Offers the store to a member.
pub(crate) fn offer(tx: &mut PlatformTx, services: &Services, asker: Asker, member: Uuid) -> Result<OwnershipOffer, PeopleError> {
    if !asker.is_owner() {
        return Err(PeopleError::NotTheOwner);
    }
    let row = asker.in_store(tx, services, |tx| make(tx, asker.user.id, member))?;
    let people = People::of(tx, &row)?;
    let (from, to) = (people.get(row.from_user_id)?, people.get(row.user_id)?);
    let store = &asker.store;
    let letter = Letter {
        subject: format!("{} wants to hand {} over to you", from.name, store.name),
        paragraphs: vec![
            format!("Hello {},", to.name),
            format!(
                "{} offers you {}. If you accept, the store is yours, and they go on as a manager.",
                from.name, store.name
            ),
        ],
        link: Some(("Look at the offer".to_owned(), links::account(store))),
        closing: vec!["The offer is good for seven days. If you do not want it, there is nothing to do.".to_owned()],
    };
    let mail = letter.to(&to.email, format!("ownership-offered:{}", row.id));
    mail::queue_for_platform(tx, services, &mail, None)?;
    tx.no_audit("the store has audited it");
    asker.shown(&row, &people)
}

/// Whom the owner chooses, both places held.
fn choose_heir(tx: &mut StoreTx, owner: UserId, member: Uuid) -> Result<MemberRow, PeopleError> {
    let refused = |code: &str, detail: &str| PeopleError::field("/member_id", code, detail);
    if members::lock_of(tx, owner.0)?.role != MemberRole::Owner.as_str() {
        return Err(PeopleError::NotTheOwner);
    }
    let heir = members::lock(tx, member).map_err(|error| match DbError::from(error) {
        DbError::NotFound => refused("unknown", "is nobody of the team"),
        error => error.into(),
    })?;
    if heir.user_id == owner.0 {
        return Err(refused("own", "is the owner's own place"));
    }
    if !heir.active {
        return Err(refused("suspended", "is suspended; let them in first"));
    }
    Ok(heir)
}

fn make(tx: &mut StoreTx, owner: UserId, member: Uuid) -> Result<OfferRow, PeopleError> {
    let heir = choose_heir(tx, owner, member)?;
    ownership::delete_expired(tx)?;
    let now = tx.now();
    let row = OfferRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        from_user_id: owner.0,
        member_id: heir.id,
        user_id: heir.user_id,
        created_at: now,
        expires_at: now + LIFETIME,
    };
    ownership::insert(tx, &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("ownership_offers_store") => PeopleError::OfferedAlready,
        error => PeopleError::Db(error),
    })?;
    let entry = AuditEntry::new("ownership.offered", "ownership_offers", row.id);
    tx.audit(entry.note("user_id", row.user_id));
    Ok(row)
}

/// Takes the offer back, or declines it.
pub(crate) fn withdraw(tx: &mut PlatformTx, services: &Services, asker: &Asker) -> Result<(), PeopleError> {
    tx.no_audit("the store has audited it");
    let row = asker.in_store(tx, services, |tx| {
        let row = ownership::lock(tx)?.filter(|row| asker.concerns(row)).ok_or(DbError::NotFound)?;
        ownership::delete(tx)?;
        let action = if asker.is_owner() {
            "ownership.offer_withdrawn"
        } else {
            "ownership.offer_declined"
        };
        tx.audit(AuditEntry::new(action, "ownership_offers", row.id).note("user_id", row.user_id));
        Ok(row)
    })?;
    if asker.is_owner() {
        return Ok(());
    }
    let people = People::of(tx, &row)?;
    let (from, to) = (people.get(row.from_user_id)?, people.get(row.user_id)?);
    let said = format!("{} does not want to take over {}. It stays yours.", to.name, asker.store.name);
    tell(tx, services, from, ("The offer was declined", said), row.id)
}

/// Takes the store over.
pub(crate) fn accept(tx: &mut PlatformTx, services: &Services, asker: Asker) -> Result<(), PeopleError> {
    let row = asker.in_store(tx, services, |tx| change_places(tx, asker.user.id))?;
    tx.no_audit("the store has audited it");
    let people = People::of(tx, &row)?;
    let (from, to) = (people.get(row.from_user_id)?, people.get(row.user_id)?);
    let store = &asker.store.name;
    let given = format!("{store} belongs to {} from now on. You go on as a manager.", to.name);
    let taken = format!("{store} is yours from now on. {} goes on as a manager.", from.name);
    tell(tx, services, from, ("You have handed your store over", given), row.id)?;
    tell(tx, services, to, ("You have taken a store over", taken), row.id)
}

/// The offer with the owner's place and that of whom the store was offered to, all of them held.
fn places(tx: &mut StoreTx, heir: UserId) -> Result<(OfferRow, MemberRow, MemberRow), PeopleError> {
    let for_heir = |row: Option<OfferRow>| row.filter(|row| row.user_id == heir.0).ok_or(PeopleError::OfferEnded);
    let offer = for_heir(ownership::find(tx)?)?;
    let ended = |error: diesel::result::Error| match DbError::from(error) {
        DbError::NotFound => PeopleError::OfferEnded,
        error => error.into(),
    };
    let owner = members::lock_of(tx, offer.from_user_id).map_err(ended)?;
    let next = members::lock(tx, offer.member_id).map_err(ended)?;
    // Members are held before offers, as by everybody who removes one or makes an offer; it may have ended or been made anew meanwhile.
    let held = for_heir(ownership::lock(tx)?)?;
    if held.id != offer.id || owner.role != MemberRole::Owner.as_str() || !next.active {
        return Err(PeopleError::OfferEnded);
    }
    Ok((offer, owner, next))
}

/// Changes the owner's place and the heir's for one another.
fn change_places(tx: &mut StoreTx, heir: UserId) -> Result<OfferRow, PeopleError> {
    let (offer, mut owner, mut next) = places(tx, heir)?;
    // The owner before goes first: there are never two.
    become_role(tx, &mut owner, AFTERWARDS)?;
    become_role(tx, &mut next, MemberRole::Owner)?;
    orion_tenancy::name_owner(tx, heir)?;
    ownership::delete(tx)?;
    let entry = AuditEntry::new("ownership.transferred", "stores", tx.store_id());
    tx.audit(entry.change("owner", offer.from_user_id, offer.user_id));
    Ok(offer)
}

fn become_role(tx: &mut StoreTx, row: &mut MemberRow, role: MemberRole) -> Result<(), PeopleError> {
    row.role = role.as_str().to_owned();
    row.role_id = None;
    row.updated_at = tx.now();
    row.version += 1;
    members::update(tx, row)?;
    tx.emit(&MemberRoleChanged(MemberFacts {
        user_id: UserId(row.user_id),
        role,
        role_id: None,
    }));
    Ok(())
}

fn tell(tx: &mut PlatformTx, services: &Services, user: &UserRow, (subject, said): (&str, String), offer: Uuid) -> Result<(), PeopleError> {
    let letter = Letter {
        subject: subject.to_owned(),
        paragraphs: vec![
            format!("Hello {},", user.name),
            said,
            "If it was not you, tell whoever runs the platform at once.".to_owned(),
        ],
        ..Letter::default()
    };
    let mail = letter.to(&user.email, format!("ownership-told:{offer}:{}", user.id));
    Ok(mail::queue_for_platform(tx, services, &mail, None)?)
}
