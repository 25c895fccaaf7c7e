//! The team of a store: who works there, and who is invited to.

use crate::status::MemberRole;
use crate::{InvitationId, MemberId, RoleId, Timestamp, UserId};

/// Invitations that may be open at a time.
pub const MAX_INVITATIONS: i64 = 50;

wire! {
    /// Somebody who works for the store.
    pub struct TeamMember {
        pub id: MemberId,
        /// The account, which may belong to other stores too.
        pub user_id: UserId,
        pub name: String,
        pub email: String,
        /// Whether they proved to read the mails of the address.
        pub email_verified: bool,
        pub role: MemberRole,
        /// The role of the store's own, where `role` is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
        /// What that one is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// Whether they may enter; who is suspended keeps their place.
        pub active: bool,
        /// Whether signing in takes a second factor of theirs.
        pub second_factor: bool,
        pub joined_at: Timestamp,
        /// When one of their sessions was last prolonged, in any store.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_seen_at: Option<Timestamp>,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// Changes a member; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateTeamMember {
        /// Any role but the owner's, of which there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<MemberRole>,
        /// A role of the store's own, which goes with `custom`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
        /// False suspends, true lets in again.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub active: Option<bool>,
    }

    /// What the store wants of everybody who works for it.
    #[serde(deny_unknown_fields)]
    pub struct SecurityPolicy {
        /// Whether a member needs a second factor; one without reaches only their own account.
        pub second_factor_required: bool,
    }

    /// The offer to hand the store over, where there is one.
    pub struct OwnershipState {
        /// Absent where there is none, or it concerns others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offer: Option<OwnershipOffer>,
    }

    /// A store that its owner wants to hand over to somebody of its team.
    pub struct OwnershipOffer {
        /// Whose it is to be.
        pub member_id: MemberId,
        /// The owner's name.
        pub from_name: String,
        /// The name of whom it is offered to.
        pub to_name: String,
        /// Whether that is whoever asks.
        pub for_you: bool,
        pub created_at: Timestamp,
        /// Until when it can be accepted.
        pub expires_at: Timestamp,
    }

    /// Offers the store.
    #[serde(deny_unknown_fields)]
    pub struct OfferOwnership {
        /// A member who may enter, and not oneself.
        pub member_id: MemberId,
        /// The owner's password.
        pub current_password: String,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor; left out otherwise.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub one_time_code: String,
    }

    /// Takes the store over.
    #[serde(deny_unknown_fields)]
    pub struct AcceptOwnership {
        /// The password of whoever accepts.
        pub current_password: String,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor; left out otherwise.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub one_time_code: String,
    }

    /// An invitation that nobody has accepted yet.
    pub struct Invitation {
        pub id: InvitationId,
        pub email: String,
        pub role: MemberRole,
        /// The role of the store's own, where `role` is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
        /// What that one is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// When the newest mail was written; its link is the one that counts.
        pub sent_at: Timestamp,
        pub expires_at: Timestamp,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// Invites somebody by e-mail.
    #[serde(deny_unknown_fields)]
    pub struct CreateInvitation {
        pub email: String,
        /// Any role but the owner's.
        pub role: MemberRole,
        /// A role of the store's own, which goes with `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
    }

    /// The token of an invitation's link.
    #[serde(deny_unknown_fields)]
    pub struct InvitationToken {
        /// What the link holds behind its `#`.
        pub token: String,
    }

    /// What an invitation offers, for whoever has its link.
    pub struct InvitationOffer {
        /// The name of the store.
        pub store: String,
        pub email: String,
        pub role: MemberRole,
        /// What the role is called, where it is one of the store's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// Whether the address has an account: then its owner signs in and joins, and needs no other password.
        pub has_account: bool,
    }

    /// Accepts an invitation to an address without an account, which is made.
    #[serde(deny_unknown_fields)]
    pub struct AcceptInvitation {
        /// What the link holds behind its `#`.
        pub token: String,
        pub name: String,
        pub password: String,
    }
}
