//! Rights as data: what somebody holds, wherever it comes from.

use crate::permission::Permission;
use crate::status::MemberRole;

/// A set of rights of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RightSet(u64);

// One bit for each.
const _: () = assert!(Permission::ALL.len() <= u64::BITS as usize);

impl RightSet {
    /// No right at all.
    pub const NONE: Self = Self(0);

    /// The rights of a role.
    pub fn of(role: MemberRole) -> Self {
        role.permissions().collect()
    }

    const fn bit(right: Permission) -> u64 {
        1 << right as u64
    }

    /// Whether a right is one of them.
    pub const fn holds(self, right: Permission) -> bool {
        self.0 & Self::bit(right) != 0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, right: Permission) -> Self {
        Self(self.0 | Self::bit(right))
    }

    /// These without one.
    #[must_use]
    pub const fn without(self, right: Permission) -> Self {
        Self(self.0 & !Self::bit(right))
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are not among `others`.
    #[must_use]
    pub const fn beyond(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Those that are among `others` as well.
    #[must_use]
    pub const fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// With the rights that come along with them.
    #[must_use]
    pub fn with_implied(self) -> Self {
        self.iter().filter_map(Permission::implied).fold(self, Self::with)
    }

    /// What of them an API key can hold.
    #[must_use]
    pub fn for_keys(self) -> Self {
        self.iter().filter(|right| !right.is_personal()).collect()
    }

    /// What an administrator who impersonates may do; without `may_change`, what lets them look.
    pub fn for_impersonation(may_change: bool) -> Self {
        let open = Permission::ALL.iter().copied().filter(|right| right.is_open_to_impersonation());
        open.filter(|right| may_change || right.reads()).collect()
    }

    /// The rights, in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |right| self.holds(*right))
    }

    /// How many they are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Permission> for RightSet {
    fn from_iter<T: IntoIterator<Item = Permission>>(rights: T) -> Self {
        rights.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_as_a_set_holds_what_the_role_holds() {
        for role in MemberRole::ALL {
            let set = RightSet::of(*role);
            for right in Permission::ALL {
                assert_eq!(set.holds(*right), role.holds(*right), "{role} {}", right.key());
            }
            assert_eq!(set.iter().collect::<Vec<_>>(), role.permissions().collect::<Vec<_>>());
            assert_eq!(set.len(), role.permissions().count());
        }
    }

    #[test]
    fn who_may_change_may_see() {
        assert_eq!(Permission::OrdersWrite.implied(), Some(Permission::OrdersRead));
        assert_eq!(Permission::OrdersRead.implied(), None);
        assert_eq!(Permission::StoreExport.implied(), None);
        let set: RightSet = [Permission::OrdersWrite, Permission::StoreExport].into_iter().collect();
        let all = [Permission::OrdersRead, Permission::OrdersWrite, Permission::StoreExport];
        assert_eq!(set.with_implied(), all.into_iter().collect());
    }

    /// Else a key of a role's rights would hold more than the role.
    #[test]
    fn no_role_may_change_what_it_may_not_see() {
        for role in MemberRole::ALL {
            assert_eq!(RightSet::of(*role).with_implied(), RightSet::of(*role), "{role}");
        }
    }

    /// What lets others in, and all data at once, stays with the store's own people.
    #[test]
    fn who_impersonates_has_no_right_that_people_alone_have() {
        let all = RightSet::for_impersonation(true);
        assert_eq!(all.for_keys(), all);
        assert!(!all.holds(Permission::StoreExport) && !all.holds(Permission::DomainsWrite));
        assert_eq!(all.with_implied(), all, "who may change may see");
        let looks = RightSet::for_impersonation(false);
        assert!(looks.iter().all(Permission::reads) && looks.beyond(all).is_empty());
    }

    #[test]
    fn what_one_set_holds_beyond_another_is_told() {
        let manager = RightSet::of(MemberRole::Manager);
        for role in [MemberRole::Viewer, MemberRole::Fulfilment, MemberRole::Support] {
            assert!(
                RightSet::of(role).beyond(manager).is_empty(),
                "a manager who may invite invites {role}"
            );
        }
        let more = RightSet::of(MemberRole::Owner).beyond(manager);
        assert!(more.holds(Permission::SettingsWrite) && !more.holds(Permission::OrdersRead));
        assert!(
            RightSet::NONE
                .with(Permission::OrdersRead)
                .without(Permission::OrdersRead)
                .is_empty()
        );
    }
}
