//! Who may make whom what.

use orion_types::RightSet;
use orion_types::status::MemberRole;

use crate::error::PeopleError;

/// Nobody gives or takes what they lack: a role may be given, changed or taken by whoever holds every right that it has. The owner's is given
/// by nobody, since there is one.
pub(super) fn reaches(own: RightSet, role: MemberRole) -> Result<(), PeopleError> {
    if role.permissions().all(|right| own.holds(right)) {
        Ok(())
    } else {
        Err(PeopleError::BeyondOwnRights)
    }
}

/// A role that somebody may have beside the owner.
pub(super) fn given(own: RightSet, role: MemberRole) -> Result<(), PeopleError> {
    if role == MemberRole::Owner {
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
            assert_eq!(given(RightSet::of(own), role).is_ok(), fine, "{own:?} gives {role:?}");
        }
        assert!(reaches(RightSet::of(Manager), Owner).is_err(), "a manager has no hold on the owner");
        assert!(matches!(given(RightSet::of(Owner), Owner), Err(PeopleError::Invalid(_))));
    }
}
