//! Who asks. The gates find it out, and here is the one place where it is put together with what they may do: behind a gate it makes no
//! difference whether a person's session or a key stands behind a request.

use orion_types::permission::Permission;
use orion_types::{RightSet, RoleRights};

use super::identity::{CustomerIdentity, UserIdentity};
use super::keys::KeyIdentity;
use super::programs::ProgramIdentity;
use super::{CLOSED_TO_IMPERSONATION, IMPERSONATION_READS, PERSON_NEEDED};
use crate::db::Actor;
use crate::impersonation::Impersonating;
use crate::problem::{FORBIDDEN, ProblemDraft};

/// Who asks, and what they may do in the store of the request.
#[derive(Debug, Clone)]
pub struct Principal {
    who: Who,
    rights: RightSet,
    role: RoleRights,
}

#[derive(Debug, Clone)]
enum Who {
    Member(UserIdentity),
    Key(KeyIdentity),
    Program(ProgramIdentity),
    Customer(CustomerIdentity),
    Administrator(UserIdentity),
    Impersonator(UserIdentity, Impersonating),
}

impl Principal {
    /// A member of the store's team: their role says what they may do.
    pub(super) fn member(user: UserIdentity, role: RoleRights) -> Self {
        Self {
            who: Who::Member(user),
            rights: role.rights(),
            role,
        }
    }

    /// A program with a key: what the key was given and a key can hold.
    pub(super) fn key(key: KeyIdentity) -> Self {
        Self {
            rights: key.rights.for_keys(),
            who: Who::Key(key),
            role: RoleRights::NONE,
        }
    }

    /// A program that acts for a member of the team, with what of its rights they hold: no more than an API key could, and no role to hand on.
    pub(super) fn program(program: ProgramIdentity, rights: RightSet) -> Self {
        Self {
            rights: rights.for_keys(),
            who: Who::Program(program),
            role: RoleRights::NONE,
        }
    }

    /// A customer of the store, who has no right in its dashboard.
    pub(super) fn customer(customer: CustomerIdentity) -> Self {
        Self {
            who: Who::Customer(customer),
            rights: RightSet::NONE,
            role: RoleRights::NONE,
        }
    }

    /// An administrator: their grants are of platforms, and no store's dashboard is open to them for that.
    pub(super) fn administrator(user: UserIdentity) -> Self {
        Self {
            who: Who::Administrator(user),
            rights: RightSet::NONE,
            role: RoleRights::NONE,
        }
    }

    /// An administrator who impersonates in the store: what modules have opened to that, and no role to hand on.
    pub(super) fn impersonator(user: UserIdentity, running: Impersonating) -> Self {
        Self {
            rights: RightSet::for_impersonation(running.may_change),
            who: Who::Impersonator(user, running),
            role: RoleRights::NONE,
        }
    }

    /// What they may do in the store of the request. Whether the module of a right is on is another question.
    pub fn rights(&self) -> RightSet {
        self.rights
    }

    /// What a member's role gives, for who hands on some of it; nothing of whoever is no member.
    pub fn role(&self) -> RoleRights {
        self.role
    }

    /// Whether they hold a right.
    pub fn holds(&self, right: Permission) -> bool {
        self.rights.holds(right)
    }

    /// The customer, if it is one.
    pub(super) fn as_customer(&self) -> Option<&CustomerIdentity> {
        match &self.who {
            Who::Customer(customer) => Some(customer),
            Who::Member(_) | Who::Key(_) | Who::Program(_) | Who::Administrator(_) | Who::Impersonator(..) => None,
        }
    }

    /// The member's account, if it is one in person.
    pub(super) fn as_member(&self) -> Option<&UserIdentity> {
        match &self.who {
            Who::Member(user) => Some(user),
            Who::Key(_) | Who::Program(_) | Who::Customer(_) | Who::Administrator(_) | Who::Impersonator(..) => None,
        }
    }

    /// The impersonation, if it is one.
    pub(super) fn as_impersonation(&self) -> Option<&Impersonating> {
        match &self.who {
            Who::Impersonator(_, running) => Some(running),
            Who::Member(_) | Who::Key(_) | Who::Program(_) | Who::Customer(_) | Who::Administrator(_) => None,
        }
    }

    /// Whether it is a program that acts for somebody.
    pub(super) fn is_program(&self) -> bool {
        matches!(self.who, Who::Program(_))
    }

    /// Who goes into the audit log.
    pub fn actor(&self) -> Actor {
        match &self.who {
            Who::Member(user) | Who::Administrator(user) | Who::Impersonator(user, _) => user.actor(),
            Who::Key(key) => key.actor(),
            Who::Program(program) => program.actor(),
            Who::Customer(customer) => customer.actor(),
        }
    }

    /// Whose the idempotency keys of their requests are.
    pub fn holder(&self) -> String {
        match &self.who {
            Who::Member(user) => format!("user:{}", user.id),
            Who::Key(key) => format!("key:{}", key.id),
            Who::Program(program) => format!("connection:{}", program.connection),
            Who::Customer(customer) => format!("customer:{}", customer.id),
            Who::Administrator(user) => format!("admin:{}", user.id),
            Who::Impersonator(_, running) => format!("impersonation:{}", running.id),
        }
    }

    /// What they are told where a right is missing.
    pub(super) fn lacks(&self, right: Permission) -> ProblemDraft {
        let key = right.key();
        match &self.who {
            Who::Key(_) if right.is_personal() => ProblemDraft::new(&PERSON_NEEDED).detail(format!("No API key holds the right {key}.")),
            Who::Program(_) if right.is_personal() => {
                ProblemDraft::new(&PERSON_NEEDED).detail(format!("No program holds the right {key}."))
            }
            Who::Program(_) => {
                ProblemDraft::new(&FORBIDDEN).detail(format!("This program was not given the right {key}, or whom it acts for lacks it."))
            }
            Who::Impersonator(_, running) if right.is_open_to_impersonation() && !running.may_change => {
                ProblemDraft::new(&IMPERSONATION_READS)
            }
            Who::Impersonator(..) => {
                ProblemDraft::new(&CLOSED_TO_IMPERSONATION).detail(format!("Nobody who impersonates holds the right {key}."))
            }
            Who::Key(_) => ProblemDraft::new(&FORBIDDEN).detail(format!("This API key lacks the right {key}.")),
            Who::Member(_) | Who::Customer(_) | Who::Administrator(_) => {
                ProblemDraft::new(&FORBIDDEN).detail(format!("Your role lacks the right {key}."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use orion_types::status::MemberRole;
    use orion_types::{ApiKeyId, ConnectionId, ImpersonationId, SessionId, StoreId, UserId};
    use uuid::Uuid;

    use super::*;
    use crate::db::ActorKind;

    fn user() -> UserIdentity {
        UserIdentity {
            id: UserId(Uuid::nil()),
            session_id: SessionId(Uuid::nil()),
            name: "Ada".to_owned(),
            email: "ada@example.test".to_owned(),
            email_verified: false,
            second_factor: false,
            by_passkey: false,
            impersonation: None,
        }
    }

    #[test]
    fn a_member_may_do_what_the_role_may() {
        let viewer = Principal::member(user(), RoleRights::of(MemberRole::Viewer));
        assert!(viewer.holds(Permission::OrdersRead) && !viewer.holds(Permission::OrdersWrite));
        assert_eq!(viewer.holder(), format!("user:{}", Uuid::nil()));
        assert_eq!(Principal::administrator(user()).rights(), RightSet::NONE);
    }

    #[test]
    fn who_impersonates_has_what_modules_have_opened_and_nothing_to_hand_on() {
        let running = |may_change| Impersonating {
            id: ImpersonationId(Uuid::from_u128(7)),
            store: StoreId(Uuid::nil()),
            host: "acme.example".to_owned(),
            reason: "A question about an order".to_owned(),
            may_change,
            ends_at: chrono::DateTime::UNIX_EPOCH,
        };
        let person = |running: &Impersonating| UserIdentity {
            impersonation: Some(running.clone()),
            ..user()
        };
        let (looks, works) = (running(false), running(true));
        let looks = Principal::impersonator(person(&looks), looks);
        let works = Principal::impersonator(person(&works), works);
        assert!(looks.holds(Permission::OrdersRead) && !looks.holds(Permission::OrdersWrite));
        assert!(works.holds(Permission::OrdersWrite));
        for right in Permission::ALL {
            let told = right.is_personal() || right.key() == "store.export" || right.key() == "keys.read";
            assert!(!(told && works.holds(*right)), "{}", right.key());
        }
        assert_eq!(works.role(), RoleRights::NONE);
        assert!(works.as_member().is_none());
        assert_eq!(works.actor().impersonation, Some(Uuid::from_u128(7)));
        assert_eq!(works.holder(), format!("impersonation:{}", Uuid::from_u128(7)));
    }

    #[test]
    fn a_program_is_named_with_its_person_and_has_nothing_that_is_theirs_alone() {
        let program = ProgramIdentity {
            connection: ConnectionId(Uuid::from_u128(9)),
            program: "Assistant".to_owned(),
            person: UserId(Uuid::from_u128(5)),
            email: "ada@example.test".to_owned(),
        };
        let program = Principal::program(program, Permission::ALL.iter().copied().collect());
        for right in Permission::ALL {
            assert_ne!(program.holds(*right), right.is_personal(), "{}", right.key());
        }
        let actor = program.actor();
        assert_eq!((actor.kind, actor.id), (ActorKind::User, Some(Uuid::from_u128(5))));
        assert_eq!(actor.label, "ada@example.test (Assistant)");
        assert_eq!(program.holder(), format!("connection:{}", Uuid::from_u128(9)));
        assert!(program.as_member().is_none() && program.role() == RoleRights::NONE);
    }

    #[test]
    fn a_key_may_do_what_it_was_given_and_is_named_as_itself() {
        let key = Principal::key(KeyIdentity {
            id: ApiKeyId(Uuid::nil()),
            name: "ERP".to_owned(),
            prefix: "orion_sk_abcdef".to_owned(),
            rights: Permission::ALL.iter().copied().collect(),
        });
        assert!(key.holds(Permission::OrdersWrite));
        for right in Permission::ALL {
            assert_ne!(key.holds(*right), right.is_personal(), "{}", right.key());
        }
        let actor = key.actor();
        assert_eq!((actor.kind, actor.label.as_str()), (ActorKind::Key, "ERP (orion_sk_abcdef…)"));
        assert_eq!(key.holder(), format!("key:{}", Uuid::nil()));
    }
}
