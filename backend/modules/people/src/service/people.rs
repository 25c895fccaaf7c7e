//! Accounts as the administration sees them: the list, and one with the teams that it is in.

use std::collections::{HashMap, HashSet};

use orion_framework::auth::{self, UserArea, UserSessions, second_factor};
use orion_framework::db::{DbError, PlatformTx, cursor, page_limit};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::auth::AdminGrant;
use orion_types::people::{Person, PersonDetail, PersonMembership, PersonQuery};
use orion_types::{Page, PlatformId, SessionId, StoreId, UserId};
use uuid::Uuid;

use crate::error::PeopleError;
use crate::queries::people::{self, PersonFilter, PersonRow, PlaceRow, Platforms};
use crate::queries::{admin_roles, users};

/// Who looks.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    /// The platforms that are open to them; `None` for all, which makes a super admin.
    pub(crate) scope: Platforms,
    /// Their own session, which is told from the others.
    pub(crate) session: SessionId,
}

/// What a list request asks for, understood.
#[derive(Debug)]
pub(crate) struct PersonList {
    filter: PersonFilter,
    after: Option<Uuid>,
    limit: i64,
}

impl PersonList {
    /// Reads the query string; what it says nonsense about is named.
    pub(crate) fn parse(query: PersonQuery, scope: Platforms) -> Result<Self, ProblemDraft> {
        let PersonQuery {
            q,
            status,
            kind,
            second_factor,
            cursor: after,
            limit,
        } = query;
        let second_factor = either("second_factor", second_factor, ["on", "off"])?;
        // Who is found by it would be told what is left out of every answer to them.
        if second_factor.is_some() && scope.is_some() {
            let told = "is for super admins: how somebody signs in concerns all platforms that they work for";
            return Err(ProblemDraft::new(&BAD_QUERY).field("second_factor", "not_allowed", told));
        }
        Ok(Self {
            after: cursor::decode(after.as_deref())?,
            limit: page_limit(limit)?,
            filter: PersonFilter {
                scope,
                search: q.map(|words| words.trim().to_lowercase()).filter(|words| !words.is_empty()),
                active: either("status", status, ["active", "disabled"])?,
                administrator: either("kind", kind, ["administrator", "staff"])?,
                second_factor,
            },
        })
    }
}

/// Whether a parameter is the first of two words; 400 with its name when it is neither. Empty counts as absent.
fn either(name: &str, text: Option<String>, [yes, no]: [&str; 2]) -> Result<Option<bool>, ProblemDraft> {
    match text.as_deref() {
        None | Some("") => Ok(None),
        Some(text) if text == yes => Ok(Some(true)),
        Some(text) if text == no => Ok(Some(false)),
        Some(text) => {
            let told = format!("{text:?} is neither {yes} nor {no}");
            Err(ProblemDraft::new(&BAD_QUERY).field(name, "invalid", told))
        }
    }
}

/// A page of people with the count of all that match, in a fixed number of statements. Looking is no change.
pub(crate) fn list(tx: &mut PlatformTx, list: &PersonList) -> Result<Page<Person>, PeopleError> {
    tx.no_audit("a look at accounts");
    let PersonList { filter, after, limit } = list;
    let rows = people::list(tx.conn(), filter, *after, limit + 1)?;
    let total = people::count(tx.conn(), filter)?;
    let mut page = cursor::page(rows, *limit, |row| row.id, |row| row);
    let data = describe(tx, &filter.scope, std::mem::take(&mut page.data))?;
    let page = Page {
        data,
        has_more: page.has_more,
        next_cursor: page.next_cursor,
        total: None,
        total_capped: false,
    };
    Ok(page.counted(total))
}

/// One of them; who belongs to other platforms alone is not found.
pub(crate) fn get(tx: &mut PlatformTx, viewer: &Viewer, id: UserId) -> Result<PersonDetail, PeopleError> {
    tx.no_audit("a look at an account");
    let row = people::find(tx.conn(), &viewer.scope, id.0)?.ok_or(DbError::NotFound)?;
    let person = describe(tx, &viewer.scope, vec![row])?.pop().ok_or(DbError::NotFound)?;
    let sessions = match viewer.scope {
        // Where somebody is signed in concerns all the platforms that they work for.
        Some(_) => Vec::new(),
        None => auth::list(&mut UserSessions::new(tx, UserArea::Admin), id.0, viewer.session)?,
    };
    Ok(PersonDetail {
        person,
        memberships: memberships(tx, &viewer.scope, id)?,
        sessions,
    })
}

fn memberships(tx: &mut PlatformTx, scope: &Platforms, id: UserId) -> Result<Vec<PersonMembership>, DbError> {
    let places = people::list_places(tx.conn(), scope, id.0)?;
    let own: Vec<Uuid> = places.iter().filter_map(|place| place.role_id).collect();
    let names: HashMap<Uuid, String> = people::list_role_names(tx.conn(), &own)?.into_iter().collect();
    let shown = |place: PlaceRow| {
        Some(PersonMembership {
            store_id: StoreId(place.store_id),
            store: place.store,
            store_name: place.store_name,
            platform_id: PlatformId(place.platform_id),
            role: place.role.parse().ok()?,
            role_name: place.role_id.and_then(|id| names.get(&id).cloned()),
            active: place.active,
            joined_at: place.joined_at.into(),
        })
    };
    Ok(places.into_iter().filter_map(shown).collect())
}

/// What stands beside accounts, read for any number of them at once.
struct Beside {
    grants: HashMap<Uuid, Vec<AdminGrant>>,
    stores: HashMap<Uuid, i64>,
    passkeys: HashMap<Uuid, i64>,
    factors: HashSet<Uuid>,
    seen: HashMap<Uuid, chrono::DateTime<chrono::Utc>>,
}

impl Beside {
    fn read(tx: &mut PlatformTx, scope: &Platforms, ids: &[Uuid]) -> Result<Self, DbError> {
        let mut grants: HashMap<Uuid, Vec<AdminGrant>> = HashMap::new();
        for (user, role, platform) in admin_roles::list(tx.conn(), scope, ids)? {
            // The table's CHECK lists the same words, so none is ever unreadable.
            if let Ok(role) = role.parse() {
                let platform_id = platform.map(PlatformId);
                grants.entry(user).or_default().push(AdminGrant { role, platform_id });
            }
        }
        Ok(Self {
            grants,
            stores: people::count_stores(tx.conn(), scope, ids)?.into_iter().collect(),
            passkeys: people::count_passkeys(tx.conn(), ids)?.into_iter().collect(),
            factors: second_factor::list_holders(tx, ids)?,
            seen: users::list_last_seen(tx.conn(), ids)?,
        })
    }
}

fn describe(tx: &mut PlatformTx, scope: &Platforms, rows: Vec<PersonRow>) -> Result<Vec<Person>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut beside = Beside::read(tx, scope, &ids)?;
    // How somebody signs in, when, and why they may not is told over all platforms: to whoever runs all of them.
    let whole = scope.is_none();
    let person = |row: PersonRow| Person {
        id: UserId(row.id),
        second_factor: whole && beside.factors.contains(&row.id),
        passkey_count: beside.passkeys.get(&row.id).copied().filter(|_| whole).unwrap_or(0),
        roles: beside.grants.remove(&row.id).unwrap_or_default(),
        store_count: beside.stores.get(&row.id).copied().unwrap_or(0),
        last_seen_at: beside.seen.get(&row.id).copied().filter(|_| whole).map(Into::into),
        name: row.name,
        email: row.email,
        email_verified: row.email_verified_at.is_some(),
        active: row.active,
        disabled_reason: row.disabled_reason.filter(|_| whole),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        version: row.version,
    };
    Ok(rows.into_iter().map(person).collect())
}
