//! Who may make whom what.

use orion_framework::db::{DbError, StoreTx};
use orion_types::status::MemberRole;
use orion_types::{RoleId, RoleRights};
use uuid::Uuid;

use crate::error::PeopleError;
use crate::queries::roles::{self, RoleRow};

/// What a member is, or somebody is to be: one of the roles that every store has, or one of the store's own.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    Preset(MemberRole),
    Own(RoleRow),
}

impl Role {
    /// The role that a row names. The tables' CHECKs list the words and want the id, so none is ever unreadable.
    pub(super) fn of(tx: &mut StoreTx, role: &str, id: Option<Uuid>) -> Result<Self, PeopleError> {
        match (role.parse(), id) {
            (Ok(MemberRole::Custom), Some(id)) => Ok(Self::Own(roles::get(tx, id)?)),
            (Ok(MemberRole::Custom), None) | (Err(_), _) => Err(DbError::NotFound.into()),
            (Ok(role), _) => Ok(Self::Preset(role)),
        }
    }

    /// The role that is asked for by its word, its id or both; `None` where none is. It is held until the transaction ends: it neither goes nor
    /// gets other rights before somebody has it.
    pub(super) fn asked(tx: &mut StoreTx, role: Option<MemberRole>, id: Option<RoleId>) -> Result<Option<Self>, PeopleError> {
        let refused = |code: &str, detail: &str| Err(PeopleError::field("/role_id", code, detail));
        match (role, id) {
            (None, None) => Ok(None),
            (None | Some(MemberRole::Custom), Some(id)) => match roles::hold(tx, id.0)? {
                Some(row) => Ok(Some(Self::Own(row))),
                None => refused("unknown", "is no role of this store"),
            },
            (Some(MemberRole::Custom), None) => refused("required", "has to say which role of the store's own it is"),
            (Some(_), Some(_)) => refused("not_allowed", "goes with the role `custom` alone"),
            (Some(role), None) => Ok(Some(Self::Preset(role))),
        }
    }

    /// The word in tables, on the wire and in events.
    pub(super) fn word(&self) -> MemberRole {
        match self {
            Self::Preset(role) => *role,
            Self::Own(_) => MemberRole::Custom,
        }
    }

    /// Its id, where it is one of the store's own.
    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Preset(_) => None,
            Self::Own(row) => Some(row.id),
        }
    }

    /// What the store calls it, where it is one of its own.
    pub(super) fn own_name(&self) -> Option<String> {
        match self {
            Self::Preset(_) => None,
            Self::Own(row) => Some(row.name.clone()),
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Preset(role) => role.as_str(),
            Self::Own(row) => &row.name,
        }
    }

    /// What it gives.
    pub(super) fn rights(&self) -> RoleRights {
        match self {
            Self::Preset(role) => RoleRights::of(*role),
            Self::Own(row) => row.rights(),
        }
    }
}

/// Nobody gives or takes what they lack: a role may be given, changed or taken by whoever holds every right that it has. The owner's is given
/// by nobody, since there is one.
pub(super) fn reaches(own: RoleRights, role: &Role) -> Result<(), PeopleError> {
    if own.covers(role.rights()) {
        Ok(())
    } else {
        Err(PeopleError::BeyondOwnRights)
    }
}

/// A role that somebody may have beside the owner.
pub(super) fn given(own: RoleRights, role: &Role) -> Result<(), PeopleError> {
    if role.word() == MemberRole::Owner {
        return Err(PeopleError::field(
            "/role",
            "not_given",
            "of an owner is not given: a store has one",
        ));
    }
    reaches(own, role)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn nobody_gives_what_they_lack() {
        use MemberRole::{Editor, Manager, Owner, Viewer};
        for (own, role, fine) in [
            (Owner, Manager, true),
            (Owner, Viewer, true),
            (Manager, Manager, true),
            (Manager, Viewer, true),
            (Viewer, Manager, false),
            (Viewer, Editor, false),
            (Editor, Manager, false),
        ] {
            let given = given(RoleRights::of(own), &Role::Preset(role));
            assert_eq!(given.is_ok(), fine, "{own:?} gives {role:?}");
        }
        let manager = RoleRights::of(Manager);
        assert!(
            reaches(manager, &Role::Preset(Owner)).is_err(),
            "a manager has no hold on the owner"
        );
        let owner = RoleRights::of(Owner);
        assert!(matches!(given(owner, &Role::Preset(Owner)), Err(PeopleError::Invalid(_))));
    }

    #[test]
    fn a_role_of_the_stores_own_is_given_by_who_holds_what_is_in_it() {
        let own = |rights: &[&str]| {
            Role::Own(RoleRow {
                store_id: Uuid::nil(),
                id: Uuid::nil(),
                name: "Warehouse".to_owned(),
                description: String::new(),
                rights: rights.iter().map(|right| (*right).to_owned()).collect(),
                created_at: DateTime::UNIX_EPOCH,
                updated_at: DateTime::UNIX_EPOCH,
                version: 1,
            })
        };
        let manager = RoleRights::of(MemberRole::Manager);
        assert!(given(manager, &own(&["orders.write", "inventory.write"])).is_ok());
        assert!(
            given(manager, &own(&["orders.*"])).is_err(),
            "what comes later is not the manager's"
        );
        assert!(given(manager, &own(&["orders.read", "settings.write"])).is_err());
        assert!(given(RoleRights::of(MemberRole::Owner), &own(&["orders.*", "team.*"])).is_ok());
    }
}
