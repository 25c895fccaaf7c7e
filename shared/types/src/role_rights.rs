//! What a role gives: rights one by one, and whole areas.

use std::fmt;

use crate::RightSet;
use crate::auth::RightOrigin;
use crate::permission::Permission;
use crate::status::{MemberRole, RightOriginKind};

/// What stands in a role's list of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// `orders.read`.
    Right(Permission),
    /// `orders.*`: all rights of the area, those that later versions bring included.
    Area(&'static str),
}

impl Grant {
    /// What a name stands for; `None` for one that this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        let Some(area) = name.strip_suffix(".*") else {
            return Permission::named(name).map(Self::Right);
        };
        let known = Permission::ALL.iter().map(|right| right.area());
        known.into_iter().find(|known| *known == area).map(Self::Area)
    }

    /// The rights that it gives today, without what comes along.
    pub fn rights(self) -> RightSet {
        match self {
            Self::Right(right) => RightSet::NONE.with(right),
            Self::Area(area) => Permission::ALL.iter().copied().filter(|right| right.area() == area).collect(),
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Right(right) => f.write_str(right.key()),
            Self::Area(area) => {
                f.write_str(area)?;
                f.write_str(".*")
            }
        }
    }
}

/// The rights of a role, and how it comes to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleRights {
    named: RightSet,
    /// Those of areas that it has whole.
    whole: RightSet,
}

impl RoleRights {
    /// No right at all.
    pub const NONE: Self = Self {
        named: RightSet::NONE,
        whole: RightSet::NONE,
    };

    /// Of a role that every store has. The owner has whatever there is and will be.
    pub fn of(role: MemberRole) -> Self {
        let named = RightSet::of(role);
        let whole = if role == MemberRole::Owner { named } else { RightSet::NONE };
        Self { named, whole }
    }

    /// Of a list of names. One that this version does not know gives nothing.
    pub fn listed<S: AsRef<str>>(names: &[S]) -> Self {
        let grants = names.iter().filter_map(|name| Grant::named(name.as_ref()));
        grants.fold(Self::NONE, Self::with)
    }

    /// These and one more.
    #[must_use]
    pub fn with(mut self, grant: Grant) -> Self {
        let part = self.part(grant);
        *part = part.and(grant.rights());
        self
    }

    /// These without one.
    #[must_use]
    pub fn without(mut self, grant: Grant) -> Self {
        let part = self.part(grant);
        *part = part.beyond(grant.rights());
        self
    }

    /// Rights that are named, or those of whole areas.
    fn part(&mut self, grant: Grant) -> &mut RightSet {
        match grant {
            Grant::Right(_) => &mut self.named,
            Grant::Area(_) => &mut self.whole,
        }
    }

    /// Whether something stands in the list itself.
    pub fn lists(self, grant: Grant) -> bool {
        let part = match grant {
            Grant::Right(_) => self.named,
            Grant::Area(_) => self.whole,
        };
        grant.rights().beyond(part).is_empty()
    }

    /// The list of names, in the order of the catalogue: each area before its rights.
    pub fn names(self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for right in Permission::ALL {
            let area = Grant::Area(right.area());
            for grant in [area, Grant::Right(*right)] {
                let name = grant.to_string();
                if self.lists(grant) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// All rights that come of it, with those that come along.
    pub fn rights(self) -> RightSet {
        self.named.and(self.whole).with_implied()
    }

    /// Whether somebody who has these may hand something on. A whole area takes a whole area: else they would give what a later version brings, and
    /// lack it themselves.
    pub fn may_give(self, grant: Grant) -> bool {
        let own = match grant {
            Grant::Right(_) => self.rights(),
            Grant::Area(_) => self.whole,
        };
        grant.rights().beyond(own).is_empty()
    }

    /// Whether somebody who has these may hand on all of a role's.
    pub fn covers(self, role: Self) -> bool {
        role.rights().beyond(self.rights()).is_empty() && role.whole.beyond(self.whole).is_empty()
    }

    /// How a right comes about, every way there is.
    pub fn origins(self, right: Permission) -> Vec<RightOrigin> {
        let origin = |kind, via| RightOrigin { kind, via };
        let named = self.named.holds(right).then(|| origin(RightOriginKind::Role, None));
        let area = || Some(Grant::Area(right.area()).to_string());
        let whole = self.whole.holds(right).then(|| origin(RightOriginKind::Wildcard, area()));
        let others = self.named.and(self.whole);
        let brought = others.iter().filter(|other| other.implied() == Some(right));
        let brought = brought.map(|other| origin(RightOriginKind::Implied, Some(other.key().to_owned())));
        named.into_iter().chain(whole).chain(brought).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission::{OrdersRead, OrdersWrite, ProductsImport, ProductsRead, ProductsWrite, TeamRead, TeamWrite};

    #[test]
    fn an_area_with_a_star_is_all_of_it() {
        let role = RoleRights::listed(&["products.*", "orders.write", "nothing.known", "nothing.*"]);
        let rights: RightSet = [ProductsRead, ProductsWrite, ProductsImport, OrdersRead, OrdersWrite]
            .into_iter()
            .collect();
        assert_eq!(role.rights(), rights);
        assert_eq!(
            Grant::named("products.*").map(|grant| grant.to_string()).as_deref(),
            Some("products.*")
        );
        assert_eq!(
            RoleRights::listed(&["orders.write", "products.*"]).names(),
            ["products.*", "orders.write"]
        );
        let area = Grant::Area("products");
        assert_eq!(role.without(area).with(area).names(), role.names());
        assert!(
            role.lists(area) && !role.lists(Grant::Right(ProductsRead)),
            "what a star brings is not listed"
        );
        assert_eq!(
            (Grant::named("*"), Grant::named("product.*"), Grant::named("products")),
            (None, None, None)
        );
    }

    #[test]
    fn nobody_hands_on_what_they_lack_or_may_come_to_lack() {
        let owner = RoleRights::of(MemberRole::Owner);
        let team = RoleRights::listed(&["team.read", "team.write"]);
        let [area, right] = ["team.*", "team.write"].map(|name| Grant::named(name).unwrap());
        assert!(owner.may_give(area) && team.may_give(right) && !team.may_give(area));
        let whole = RoleRights::listed(&["team.*"]);
        assert!(whole.may_give(area) && whole.covers(team) && !team.covers(whole));
        assert!(owner.covers(whole) && !RoleRights::of(MemberRole::Manager).covers(team));
        assert!(
            RoleRights::listed(&["team.write"]).covers(RoleRights::listed(&["team.read"])),
            "it comes along"
        );
    }

    #[test]
    fn a_right_says_where_it_comes_from() {
        let role = RoleRights::listed(&["team.read", "team.*"]);
        let told = |right| {
            let origins = role.origins(right).into_iter();
            origins
                .map(|origin| (origin.kind.as_str(), origin.via.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        let read = [("role", ""), ("wildcard", "team.*"), ("implied", "team.write")];
        assert_eq!(told(TeamRead), read.map(|(kind, via)| (kind, via.to_owned())));
        assert_eq!(told(TeamWrite), [("wildcard", "team.*".to_owned())]);
        assert_eq!(told(OrdersRead), []);
    }

    #[test]
    fn a_role_of_every_store_has_what_it_had() {
        for role in MemberRole::ALL {
            assert_eq!(RoleRights::of(*role).rights(), RightSet::of(*role), "{role}");
        }
    }
}
