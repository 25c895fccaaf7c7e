//! Roles that a store makes for its team. What is changed counts with the next request of who has it, since the gate reads it each time.

use orion_events::{MemberFacts, MemberRoleChanged};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record, no_filter};
use orion_framework::http::Expected;
use orion_framework::problem::{FieldErrors, INVALID, ProblemDraft};
use orion_types::permission::Permission;
use orion_types::role::{CreateRole, DeleteRoleQuery, MAX_ROLE_DESCRIPTION, MAX_ROLES, PresetRole, TeamRole, UpdateRole};
use orion_types::status::MemberRole;
use orion_types::validation::{self, FieldError};
use orion_types::{Grant, Page, RoleId, RoleRights, UserId};
use serde_json::json;
use uuid::Uuid;

use super::rights::{self, Role};
use crate::error::PeopleError;
use crate::queries::policy;
use crate::queries::roles::{self, Holders, RoleRow};

/// What of the team this module can write out: the roles. Who has them is in the list of the team.
pub(crate) static SOURCES: &[ExportSource] = &[ExportSource {
    kind: "roles",
    layout: None,
    right: Permission::StoreExport,
    tables: &["team_roles"],
    columns: &["Name", "Description", "Rights"],
    check: no_filter,
    count: |_, _| Ok(None),
    read: Reader::Store(|tx, _, _| write_out(tx)),
}];

fn write_out(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let record = |row: &RoleRow| {
        let cells = vec![
            Cell::text(&row.name),
            Cell::text(&row.description),
            Cell::text(row.rights.join(", ")),
        ];
        Record::new(
            vec![cells],
            json!({ "name": row.name, "description": row.description, "rights": row.rights }),
        )
    };
    Ok(Batch::all(roles::list(tx)?.iter().map(record).collect()))
}

fn shown(row: RoleRow, holders: &Holders) -> TeamRole {
    let (members, invitations) = holders.of(MemberRole::Custom.as_str(), Some(RoleId(row.id)));
    TeamRole {
        permissions: row.rights().rights().iter().collect(),
        id: row.id.into(),
        name: row.name,
        description: row.description,
        rights: row.rights,
        members,
        invitations,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        version: row.version,
    }
}

/// The roles of the store's own, by name.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Page<TeamRole>, PeopleError> {
    let holders = Holders::count(tx)?;
    let rows = roles::list(tx)?.into_iter();
    Ok(Page::complete(rows.map(|row| shown(row, &holders)).collect()))
}

/// Those that every store has.
pub(crate) fn list_presets(tx: &mut StoreTx) -> Result<Page<PresetRole>, PeopleError> {
    let holders = Holders::count(tx)?;
    let presets = MemberRole::ALL.iter().copied().filter(|role| *role != MemberRole::Custom);
    let shown = presets.map(|role| {
        let (members, invitations) = holders.of(role.as_str(), None);
        PresetRole {
            role,
            permissions: role.permissions().collect(),
            members,
            invitations,
        }
    });
    Ok(Page::complete(shown.collect()))
}

/// One of the store's own.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid) -> Result<TeamRole, PeopleError> {
    let row = roles::get(tx, id)?;
    Ok(shown(row, &Holders::count(tx)?))
}

/// A name that no role of every store has. One of the store's own that was called so before there was that one keeps its name.
fn check_name(errors: &mut FieldErrors, name: &str, before: Option<&str>) -> Option<String> {
    let name = errors.check("/name", validation::name(name))?;
    let is_preset = MemberRole::ALL.iter().any(|role| role.as_str().eq_ignore_ascii_case(name));
    if is_preset && before != Some(name) {
        errors.add("/name", FieldError::Reserved.code(), "is what a role of every store is called");
    }
    Some(name.to_owned())
}

fn check_description(errors: &mut FieldErrors, text: &str) -> Option<String> {
    let text = errors.check("/description", validation::optional(text, MAX_ROLE_DESCRIPTION))?;
    Some(text.unwrap_or_default().to_owned())
}

/// The names as they are kept, each once. Whoever asks holds what they stand for, or who had the role before was given it by somebody else.
fn check_rights(errors: &mut FieldErrors, asked: &[String]) -> Vec<(usize, Grant)> {
    if asked.is_empty() {
        errors.add("/rights", "required", "names no right: who has such a role could do nothing");
    }
    let mut found: Vec<(usize, Grant)> = Vec::new();
    for (place, name) in asked.iter().enumerate() {
        match Grant::named(name) {
            None => errors.add(
                format!("/rights/{place}"),
                "unknown",
                "is the name of no right, and of no area with a star",
            ),
            Some(grant) if found.iter().any(|(_, known)| *known == grant) => {}
            Some(grant) => found.push((place, grant)),
        }
    }
    found
}

/// Nobody hands on what they lack.
fn held(own: RoleRights, grants: &[(usize, Grant)]) -> Result<(), PeopleError> {
    match grants.iter().find(|(_, grant)| !own.may_give(*grant)) {
        Some((place, grant)) => Err(PeopleError::NotHeld(*place, *grant)),
        None => Ok(()),
    }
}

fn names(grants: &[(usize, Grant)]) -> Vec<String> {
    grants.iter().map(|(_, grant)| grant.to_string()).collect()
}

fn taken(error: diesel::result::Error) -> PeopleError {
    match DbError::from(error) {
        error if error.is_unique("team_roles_name") => PeopleError::RoleNameTaken,
        error => error.into(),
    }
}

/// Makes a role with rights that whoever makes it holds.
pub(crate) fn create(tx: &mut StoreTx, own: RoleRights, asked: &CreateRole) -> Result<TeamRole, PeopleError> {
    let mut errors = FieldErrors::default();
    let name = check_name(&mut errors, &asked.name, None).unwrap_or_default();
    let description = check_description(&mut errors, &asked.description).unwrap_or_default();
    let grants = check_rights(&mut errors, &asked.rights);
    errors.into_result()?;
    held(own, &grants)?;
    // Two who make the last one at the same time take turns for the store's row.
    policy::lock(tx)?;
    if roles::count(tx)? >= MAX_ROLES {
        return Err(PeopleError::TooManyRoles);
    }
    let now = tx.now();
    let row = RoleRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        name,
        description,
        rights: names(&grants),
        created_at: now,
        updated_at: now,
        version: 1,
    };
    roles::insert(tx, &row).map_err(taken)?;
    let entry = AuditEntry::new("role.created", "team_roles", row.id);
    tx.audit(entry.note("role_name", &row.name).note("rights", &row.rights));
    Ok(shown(row, &Holders::default()))
}

/// What is to be changed of a role, in the form in which it is kept; `None` stays.
struct Changes {
    name: Option<String>,
    description: Option<String>,
    grants: Option<Vec<(usize, Grant)>>,
}

/// Reads what somebody wants of a role that is called `before`.
fn check_changes(asked: &UpdateRole, before: &str) -> Result<Changes, PeopleError> {
    let mut errors = FieldErrors::default();
    let name = asked.name.as_deref();
    let text = asked.description.as_deref();
    let changes = Changes {
        name: name.and_then(|name| check_name(&mut errors, name, Some(before))),
        description: text.and_then(|text| check_description(&mut errors, text)),
        grants: asked.rights.as_deref().map(|rights| check_rights(&mut errors, rights)),
    };
    errors.into_result()?;
    Ok(changes)
}

/// Changes a role, if nobody else has since it was read and whoever asks holds what is in it and what comes in.
pub(crate) fn update(
    tx: &mut StoreTx,
    own: RoleRights,
    (id, expected): (Uuid, Expected),
    asked: &UpdateRole,
) -> Result<TeamRole, PeopleError> {
    // What is wrong anyway waits for nobody who holds the role.
    check_changes(asked, &roles::get(tx, id)?.name)?;
    let before = roles::lock(tx, id)?;
    // A name that only the role itself may keep is one that it has now.
    let changes = check_changes(asked, &before.name)?;
    if before.version != expected {
        return Err(PeopleError::Stale);
    }
    rights::reaches(own, &Role::Own(before.clone()))?;
    held(own, changes.grants.as_deref().unwrap_or_default())?;
    let mut after = before.clone();
    after.name = changes.name.unwrap_or(after.name);
    after.description = changes.description.unwrap_or(after.description);
    after.rights = changes.grants.as_deref().map_or(after.rights, names);
    if (&before.name, &before.description, &before.rights) == (&after.name, &after.description, &after.rights) {
        tx.no_audit("nothing was to be changed");
    } else {
        after.updated_at = tx.now();
        after.version += 1;
        roles::update(tx, &after).map_err(taken)?;
        let entry = AuditEntry::new("role.updated", "team_roles", id).note("role_name", &after.name);
        let entry = entry
            .change("name", &before.name, &after.name)
            .change("description", &before.description, &after.description);
        tx.audit(entry.change("rights", &before.rights, &after.rights));
    }
    let holders = Holders::count(tx)?;
    Ok(shown(after, &holders))
}

/// What those who have a role get instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replacement {
    Preset(MemberRole),
    Own(Uuid),
}

fn no_replacement(code: &str, detail: &str) -> PeopleError {
    ProblemDraft::new(&INVALID).field("replacement", code, detail).into()
}

impl Replacement {
    /// What the address names.
    pub(crate) fn asked(query: &DeleteRoleQuery) -> Result<Option<Self>, PeopleError> {
        let Some(text) = query.replacement.as_deref() else {
            return Ok(None);
        };
        match (text.parse::<MemberRole>(), text.parse::<Uuid>()) {
            (_, Ok(id)) => Ok(Some(Self::Own(id))),
            (Ok(MemberRole::Owner), _) => Err(no_replacement("not_given", "of an owner is not given: a store has one")),
            (Ok(MemberRole::Custom) | Err(_), _) => Err(no_replacement("unknown", "is no role of this store")),
            (Ok(role), _) => Ok(Some(Self::Preset(role))),
        }
    }
}

/// The role that goes and what comes in its place, both held against everybody who would give or change them.
fn hold_both(tx: &mut StoreTx, id: Uuid, replacement: Option<Replacement>) -> Result<(RoleRow, Option<Role>), PeopleError> {
    let other = match replacement {
        Some(Replacement::Own(other)) if other == id => return Err(no_replacement("own", "is the role that goes")),
        Some(Replacement::Own(other)) => Some(other),
        Some(Replacement::Preset(_)) | None => None,
    };
    let ids: Vec<Uuid> = std::iter::once(id).chain(other).collect();
    let mut found = roles::lock_each(tx, &ids)?;
    let mut take = |id: Uuid| found.iter().position(|row| row.id == id).map(|place| found.swap_remove(place));
    let gone = take(id).ok_or(DbError::NotFound)?;
    let instead = match replacement {
        Some(Replacement::Own(other)) => {
            let row = take(other).ok_or_else(|| no_replacement("unknown", "is no role of this store"))?;
            Some(Role::Own(row))
        }
        Some(Replacement::Preset(role)) => Some(Role::Preset(role)),
        None => None,
    };
    Ok((gone, instead))
}

/// Removes a role. Who has it gets another one in the same moment, or it stays.
pub(crate) fn remove(tx: &mut StoreTx, own: RoleRights, id: Uuid, replacement: Option<Replacement>) -> Result<(), PeopleError> {
    let (row, instead) = hold_both(tx, id, replacement)?;
    let gone = Role::Own(row);
    rights::reaches(own, &gone)?;
    // Counted behind the lock: whoever was giving it has given it by now.
    let (members, invitations) = Holders::count(tx)?.of(MemberRole::Custom.as_str(), Some(RoleId(id)));
    let mut entry = AuditEntry::new("role.deleted", "team_roles", id).note("role_name", gone.name());
    match instead {
        Some(instead) => {
            rights::reaches(own, &instead)?;
            replace(tx, &gone, &instead, id)?;
            entry = entry.note("replacement", instead.name());
        }
        None if members + invitations > 0 => return Err(PeopleError::RoleInUse { members, invitations }),
        None => {}
    }
    roles::delete(tx, id)?;
    tx.audit(entry.note("members", members).note("invitations", invitations));
    Ok(())
}

/// Gives another role to everybody who has one or is invited to it.
fn replace(tx: &mut StoreTx, gone: &Role, instead: &Role, id: Uuid) -> Result<(), PeopleError> {
    let columns = (instead.word().as_str(), instead.id());
    for (member, user) in roles::replace_of_members(tx, id, columns)? {
        let entry = AuditEntry::new("membership.updated", "memberships", member).note("user_id", user);
        tx.audit(entry.change("role", gone.name(), instead.name()));
        tx.emit(&MemberRoleChanged(MemberFacts {
            user_id: UserId(user),
            role: instead.word(),
            role_id: instead.id().map(RoleId),
        }));
    }
    for (invitation, email) in roles::replace_of_invitations(tx, id, columns)? {
        let entry = AuditEntry::new("invitation.updated", "team_invitations", invitation).note("email", email);
        tx.audit(entry.change("role", gone.name(), instead.name()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_rights_is_kept_as_it_was_named_and_each_once() {
        let mut errors = FieldErrors::default();
        let asked = ["orders.*", "orders.read", "orders.*"].map(str::to_owned);
        assert_eq!(names(&check_rights(&mut errors, &asked)), ["orders.*", "orders.read"]);
        assert!(errors.is_empty());
        check_rights(&mut errors, &["orders.read", "orders.fly", "*"].map(str::to_owned));
        let draft = errors.into_result().unwrap_err();
        let places: Vec<&str> = draft.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(places, ["/rights/1", "/rights/2"]);
    }

    #[test]
    fn what_comes_in_the_place_of_a_role_is_a_word_or_an_id() {
        let asked = |text: &str| {
            Replacement::asked(&DeleteRoleQuery {
                replacement: Some(text.to_owned()),
            })
        };
        assert_eq!(asked("editor").unwrap(), Some(Replacement::Preset(MemberRole::Editor)));
        assert_eq!(asked(&Uuid::nil().to_string()).unwrap(), Some(Replacement::Own(Uuid::nil())));
        assert!(asked("owner").is_err() && asked("custom").is_err() && asked("").is_err());
        assert_eq!(Replacement::asked(&DeleteRoleQuery::default()).unwrap(), None);
    }
}
