//! Who a token belongs to, read anew on every request: a session that ended or a member who left is out at once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::auth::AdminGrant;
use orion_types::status::MemberRole;
use orion_types::{CustomerId, Grant, PlatformId, RightSet, RoleId, RoleRights, SessionId, StoreId, UserId};
use uuid::Uuid;

use crate::db::{Actor, ActorKind, DbError, PlatformTx, StoreTx};
use crate::foreign::{admin_roles, customer_sessions, customers, memberships, stores, team_roles, user_sessions, users};
use crate::impersonation::{self, Impersonating};
use crate::schema::user_second_factors;

/// An administrator or member of staff who is signed in.
#[derive(Debug, Clone)]
pub struct UserIdentity {
    /// The account.
    pub id: UserId,
    /// The session of this request.
    pub session_id: SessionId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Whether they proved to read its mails.
    pub email_verified: bool,
    /// Whether signing in takes a second factor of theirs.
    pub second_factor: bool,
    /// Whether this session was made by a passkey that the account still has, bound to the host of this request: whoever holds another store's domain
    /// could have one that is bound to that sign for them.
    pub by_passkey: bool,
    /// The impersonation that the session is for: then they are an administrator in a store that is not theirs, and no member of its team.
    pub impersonation: Option<Impersonating>,
}

impl UserIdentity {
    /// Whether more than the password stands behind this session: a code was asked for, or a passkey has signed. An account that has passkeys and
    /// no authenticator app is let in by its password alone all the same, so it is the session that counts there.
    pub fn has_proved_more(&self) -> bool {
        self.second_factor || self.by_passkey
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::User,
            id: Some(self.id.0),
            label: self.email.clone(),
            impersonation: self.impersonation.as_ref().map(|running| running.id.0),
        }
    }
}

/// A customer who is signed in.
#[derive(Debug, Clone)]
pub struct CustomerIdentity {
    /// The account in this store.
    pub id: CustomerId,
    /// The session of this request.
    pub session_id: SessionId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

impl CustomerIdentity {
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::Customer,
            id: Some(self.id.0),
            label: self.email.clone(),
            impersonation: None,
        }
    }
}

/// Id, name and address of an account, whether the address was proved, when its second factor was turned on, whether a passkey of it has made the
/// session, and of which host, and the impersonation that the session is for.
type Account = (
    Uuid,
    String,
    String,
    bool,
    Option<DateTime<Utc>>,
    bool,
    Option<String>,
    Option<Uuid>,
);

/// The account of a session that has not ended, as it is known at a host.
pub(super) fn find_user(tx: &mut PlatformTx, session: Uuid, (area, host): (&'static str, &str)) -> Result<Option<UserIdentity>, DbError> {
    let now = tx.now();
    let row: Option<Account> = user_sessions::table
        .inner_join(users::table.on(users::id.eq(user_sessions::user_id)))
        .left_join(user_second_factors::table.on(user_second_factors::user_id.eq(users::id)))
        .filter(user_sessions::id.eq(session))
        .filter(user_sessions::area.eq(area))
        .filter(user_sessions::revoked_at.is_null())
        .filter(user_sessions::expires_at.gt(now))
        .filter(user_sessions::ends_at.is_null().or(user_sessions::ends_at.gt(now)))
        .filter(users::active)
        .filter(users::deleted_at.is_null())
        .select((
            users::id,
            users::name,
            users::email,
            users::email_verified_at.is_not_null(),
            user_second_factors::confirmed_at.nullable(),
            user_sessions::passkey_id.is_not_null(),
            user_sessions::passkey_host,
            user_sessions::impersonation_id,
        ))
        .first(tx.conn())
        .optional()?;
    let Some((id, name, email, email_verified, confirmed_at, has_signed, bound_to, impersonated)) = row else {
        return Ok(None);
    };
    let impersonation = match impersonated {
        // With the impersonation the session is over, whoever ended it and for whatever reason.
        Some(running) => match impersonation::find_running(tx, running, UserId(id))? {
            Some(running) => Some(running),
            None => return Ok(None),
        },
        None => None,
    };
    Ok(Some(UserIdentity {
        id: UserId(id),
        session_id: SessionId(session),
        name,
        email,
        email_verified,
        second_factor: confirmed_at.is_some(),
        by_passkey: has_signed && bound_to.as_deref() == Some(host),
        impersonation,
    }))
}

/// Somebody as whoever acts for them is judged by.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: UserId,
    pub(super) email: String,
    /// Whether signing in takes a second factor of theirs.
    pub(super) second_factor: bool,
}

/// The account with an id, unless it is switched off or gone.
pub(super) fn find_person(tx: &mut PlatformTx, user: UserId) -> Result<Option<Person>, DbError> {
    let row: Option<(String, Option<DateTime<Utc>>)> = users::table
        .left_join(user_second_factors::table.on(user_second_factors::user_id.eq(users::id)))
        .filter(users::id.eq(user.0))
        .filter(users::active)
        .filter(users::deleted_at.is_null())
        .select((users::email, user_second_factors::confirmed_at.nullable()))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(email, confirmed_at)| Person {
        id: user,
        email,
        second_factor: confirmed_at.is_some(),
    }))
}

/// Somebody's place in the team of a store, and what it lets them do.
#[derive(Debug, Clone)]
pub struct Place {
    /// The role.
    pub role: MemberRole,
    /// Which one of the store's own it is, and what that is called.
    pub custom: Option<(RoleId, String)>,
    /// What comes of it. Whether the module of a right is on is another question.
    pub rights: RoleRights,
}

impl Place {
    /// With one of the roles that every store has.
    pub fn preset(role: MemberRole) -> Self {
        Self {
            role,
            custom: None,
            rights: RoleRights::of(role),
        }
    }

    /// Of an administrator who impersonates: no role of the team, and the rights that modules have opened to that.
    fn impersonating(running: &Impersonating) -> Self {
        let rights = RightSet::for_impersonation(running.may_change);
        Self {
            role: MemberRole::Custom,
            custom: None,
            rights: rights.iter().map(Grant::Right).fold(RoleRights::NONE, RoleRights::with),
        }
    }
}

/// A membership.
#[derive(Debug, Clone)]
pub(super) struct Membership {
    pub(super) place: Place,
    /// Not suspended.
    pub(super) active: bool,
    /// Whether the store wants a second factor of its members.
    pub(super) second_factor_required: bool,
}

impl Membership {
    /// What an impersonation is in the place of one. Whoever impersonates has given the administration what it wants of them.
    pub(super) fn impersonating(running: &Impersonating) -> Self {
        Self {
            place: Place::impersonating(running),
            active: true,
            second_factor_required: false,
        }
    }
}

/// Role, its id where it is the store's own, state, what the store wants, and name and rights of the store's own role.
type MembershipColumns = (String, Option<Uuid>, bool, bool, Option<(String, Vec<String>)>);

/// The place of a member in a store.
pub(super) fn find_membership(tx: &mut PlatformTx, store: StoreId, user: UserId) -> Result<Option<Membership>, DbError> {
    let its_role = team_roles::store_id
        .eq(memberships::store_id)
        .and(team_roles::id.nullable().eq(memberships::role_id));
    let row: Option<MembershipColumns> = memberships::table
        .inner_join(stores::table.on(stores::id.eq(memberships::store_id)))
        .left_join(team_roles::table.on(its_role))
        .filter(memberships::store_id.eq(store.0))
        .filter(memberships::user_id.eq(user.0))
        .filter(memberships::deleted_at.is_null())
        .select((
            memberships::role,
            memberships::role_id,
            memberships::active,
            stores::second_factor_required,
            (team_roles::name, team_roles::rights).nullable(),
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.and_then(|(role, role_id, active, second_factor_required, custom)| {
        Some(Membership {
            place: place(role.parse().ok()?, role_id.zip(custom)),
            active,
            second_factor_required,
        })
    }))
}

fn place(role: MemberRole, custom: Option<(Uuid, (String, Vec<String>))>) -> Place {
    match custom {
        Some((id, (name, rights))) => Place {
            role,
            custom: Some((RoleId(id), name)),
            rights: RoleRights::listed(&rights),
        },
        None => Place::preset(role),
    }
}

/// The roles of an administrator.
pub(super) fn list_grants(tx: &mut PlatformTx, user: UserId) -> Result<Vec<AdminGrant>, DbError> {
    let rows: Vec<(String, Option<Uuid>)> = admin_roles::table
        .filter(admin_roles::user_id.eq(user.0))
        .select((admin_roles::role, admin_roles::platform_id))
        .load(tx.conn())?;
    let grant = |(role, platform): (String, Option<Uuid>)| {
        let role = role.parse().ok()?;
        Some(AdminGrant {
            role,
            platform_id: platform.map(PlatformId),
        })
    };
    Ok(rows.into_iter().filter_map(grant).collect())
}

/// The customer of a session of this store that has not ended.
pub(super) fn find_customer(tx: &mut StoreTx, session: Uuid) -> Result<Option<CustomerIdentity>, DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let row: Option<(Uuid, String, String)> = customer_sessions::table
        .inner_join(
            customers::table.on(customers::store_id
                .eq(customer_sessions::store_id)
                .and(customers::id.eq(customer_sessions::customer_id))),
        )
        .filter(customer_sessions::store_id.eq(store))
        .filter(customer_sessions::id.eq(session))
        .filter(customer_sessions::revoked_at.is_null())
        .filter(customer_sessions::expires_at.gt(now))
        .filter(customers::active)
        .filter(customers::deleted_at.is_null())
        .select((customers::id, customers::name, customers::email))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(id, name, email)| CustomerIdentity {
        id: CustomerId(id),
        session_id: SessionId(session),
        name,
        email,
    }))
}
