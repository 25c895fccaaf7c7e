//! What happens to the team of a store. Names and addresses of people are not told: who may read them asks for them.

use orion_types::status::MemberRole;
use orion_types::{InvitationId, RoleId, UserId};

use crate::examples::id;

facts! {
    /// A member of a team, as they are after what happened.
    MemberFacts {
        /// Who.
        user_id: UserId = id(2),
        /// What they may do.
        role: MemberRole = MemberRole::Editor,
        /// Which role of the store's own it is, where it is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role_id: Option<RoleId> = None,
    }
}

events! {
    module "people";

    /// Somebody was invited to the team of a store.
    MemberInvited: "member.invited", 1, invitation_id, public, kept {
        /// The invitation.
        invitation_id: InvitationId = id(1),
        /// What they will be allowed to do.
        role: MemberRole = MemberRole::Editor,
        /// Which role of the store's own it is, where it is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role_id: Option<RoleId> = None,
    }

    /// A member of a team may do other things than before.
    MemberRoleChanged: "member.role_changed", 1, user_id, public, kept (MemberFacts)

    /// A member of a team may not enter until further notice.
    MemberSuspended: "member.suspended", 1, user_id, public, kept (MemberFacts)

    /// A member of a team who was suspended may enter again.
    MemberResumed: "member.resumed", 1, user_id, public, kept (MemberFacts)

    /// Somebody left the team of a store, or was removed from it.
    MemberRemoved: "member.removed", 1, user_id, public, kept (MemberFacts)
}
