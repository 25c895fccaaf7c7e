//! Wire types of module `people` about accounts as the administration sees them, compiled into `orion-types` for the server and the apps.

use crate::auth::{AdminGrant, Session};
use crate::status::MemberRole;
use crate::{AdminInvitationId, PlatformId, StoreId, Timestamp, UserId};

/// Invitations to the administration that may be open at a time.
pub const MAX_ADMIN_INVITATIONS: i64 = 50;
/// Stores of a platform that an account may be allowed to have at most.
pub const MAX_OWN_STORES: i32 = 50;
/// The longest address of a platform's terms, in characters.
pub const MAX_TERMS_URL: usize = 500;
/// The longest name of a version of them, in characters.
pub const MAX_TERMS_VERSION: usize = 50;
/// The longest reason why an account is switched off, in characters.
pub const MAX_DISABLED_REASON: usize = 500;

wire! {
    /// Somebody who signs in to the administration or to dashboards. Roles and stores of platforms that are closed to whoever asks are left out.
    pub struct Person {
        pub id: UserId,
        pub name: String,
        pub email: String,
        /// Whether they proved to read the mails of the address.
        pub email_verified: bool,
        /// Whether they may sign in.
        pub active: bool,
        /// Why not, where somebody has said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub disabled_reason: Option<String>,
        /// Whether signing in takes a code of an authenticator app.
        pub second_factor: bool,
        /// How many passkeys they have, for whatever hosts.
        pub passkey_count: i64,
        /// What they are in the administration.
        pub roles: Vec<AdminGrant>,
        /// In how many teams they are.
        pub store_count: i64,
        /// When one of their sessions was last prolonged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_seen_at: Option<Timestamp>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// Somebody, the teams that they are in, and the devices on which they are signed in.
    pub struct PersonDetail {
        pub person: Person,
        pub memberships: Vec<PersonMembership>,
        /// In both areas, the last used first; super admins alone see any, since an account belongs to no one platform.
        pub sessions: Vec<Session>,
    }

    /// Somebody's place in the team of a store.
    pub struct PersonMembership {
        pub store_id: StoreId,
        /// The store's code.
        pub store: String,
        pub store_name: String,
        pub platform_id: PlatformId,
        pub role: MemberRole,
        /// What the role is called, where it is one of the store's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// Whether they may enter; who is suspended keeps their place.
        pub active: bool,
        pub joined_at: Timestamp,
    }

    /// Switches an account off.
    #[serde(deny_unknown_fields)]
    pub struct DisableUser {
        /// Kept with the account and in the audit log; the mail about it does not say it.
        pub reason: String,
    }

    /// What somebody is to be in the administration: of everything, of some platforms, or, with neither, nothing.
    #[serde(deny_unknown_fields)]
    pub struct UpdateAdminRoles {
        /// An administrator of everything, who needs no platforms beside.
        #[serde(default)]
        pub super_admin: bool,
        /// The platforms that they administer.
        #[serde(default)]
        pub platform_ids: Vec<PlatformId>,
    }

    /// An invitation to the administration that nobody has accepted yet.
    pub struct AdminInvitation {
        pub id: AdminInvitationId,
        pub email: String,
        pub super_admin: bool,
        /// Empty for a super admin.
        pub platform_ids: Vec<PlatformId>,
        /// The address of whoever has invited.
        pub invited_by: String,
        /// When the newest mail was written; its link is the one that counts.
        pub sent_at: Timestamp,
        pub expires_at: Timestamp,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// Invites an administrator by e-mail. Who has an account is made one on their page instead.
    #[serde(deny_unknown_fields)]
    pub struct CreateAdminInvitation {
        pub email: String,
        /// An administrator of everything, who needs no platforms beside.
        #[serde(default)]
        pub super_admin: bool,
        /// The platforms to be administered; at least one unless it is everything.
        #[serde(default)]
        pub platform_ids: Vec<PlatformId>,
    }

    /// What an invitation to the administration offers, for whoever has its link.
    pub struct AdminInvitationOffer {
        pub email: String,
        pub super_admin: bool,
        /// The names of the platforms.
        pub platforms: Vec<String>,
        /// Whether the address has got an account since: then the invitation cannot be accepted any more.
        pub has_account: bool,
    }

    /// Whether people open stores on a platform by themselves, and on which terms.
    pub struct SignUpPolicy {
        pub allowed: bool,
        /// How many stores of the platform an account may have, 1 to 50.
        pub max_stores: i32,
        /// Where the terms can be read that have to be accepted; empty where there are none.
        pub terms_url: String,
        /// Which version of them that is, such as `2026-12`; empty where there are none.
        pub terms_version: String,
        /// 1 before it was ever changed.
        pub version: i32,
    }

    /// The policy as it is to be from now on.
    #[serde(deny_unknown_fields)]
    pub struct UpdateSignUpPolicy {
        pub allowed: bool,
        /// 1 to 50.
        pub max_stores: i32,
        /// An address with `https://`, at most 500 characters; empty, as the version, for no terms.
        pub terms_url: String,
        /// At most 50 characters. Who has accepted another version keeps having accepted that one.
        pub terms_version: String,
    }

    /// What somebody who wants to open a store is shown first.
    pub struct SignUpOffer {
        /// Whether stores can be opened here.
        pub open: bool,
        /// The platform's name.
        pub platform: String,
        /// The platform's domain, below which stores have their addresses.
        pub domain: String,
        /// Where the terms can be read; empty where nothing has to be accepted.
        pub terms_url: String,
        /// What `terms_version` of a request has to be; empty where nothing has to be accepted.
        pub terms_version: String,
    }

    /// Whether a store could have a code.
    pub struct CodeAvailability {
        /// The code in lower case, as it would be.
        pub code: String,
        pub available: bool,
        /// Why not, as a sentence goes on that begins with the field's name; empty where it is available.
        pub reason: String,
    }

    /// Asks to open a store with an address that has no account yet.
    #[serde(deny_unknown_fields)]
    pub struct CreateSignUp {
        pub email: String,
        /// What the store is called.
        pub name: String,
        /// 3–63 of a-z, 0-9 and hyphens; also its label below the platform's domain.
        pub code: String,
        /// ISO 4217.
        pub currency: String,
        /// `en`, `fr` or `de`.
        pub locale: String,
        /// The version of the terms that is accepted; absent where there are none.
        #[serde(default)]
        pub terms_version: Option<String>,
    }

    /// Opens a store with the account that is signed in.
    #[serde(deny_unknown_fields)]
    pub struct CreateOwnStore {
        /// What the store is called.
        pub name: String,
        /// 3–63 of a-z, 0-9 and hyphens; also its label below the platform's domain.
        pub code: String,
        /// ISO 4217.
        pub currency: String,
        /// `en`, `fr` or `de`.
        pub locale: String,
        /// The version of the terms that is accepted; absent where there are none.
        #[serde(default)]
        pub terms_version: Option<String>,
    }

    /// What a link of a sign-up brought along.
    #[serde(deny_unknown_fields)]
    pub struct SignUpToken {
        pub token: String,
    }

    /// What somebody has asked for, for whoever has the link.
    pub struct PendingSignUp {
        pub email: String,
        pub name: String,
        pub code: String,
        /// Whether the code is still free; else another one is to be chosen.
        pub code_available: bool,
        /// The platform's domain.
        pub domain: String,
        /// Whether the address has got an account since: then its owner signs in and opens the store.
        pub has_account: bool,
    }

    /// Follows the link of a sign-up: account and store are made.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmSignUp {
        pub token: String,
        /// The code that was asked for, or another one.
        pub code: String,
        /// What the owner is called.
        pub owner_name: String,
        /// The password of the new account.
        pub password: String,
    }

    /// A store that has just been opened.
    pub struct OpenedStore {
        pub name: String,
        pub code: String,
        /// The way into its dashboard. It works once and for five minutes, at the store's host.
        pub link: String,
    }
}

query! {
    /// The code that is asked about.
    pub struct CodeQuery {
        /// As it is typed; absent and empty are answered alike.
        pub code: Option<String>,
    }
}

query! {
    /// How to narrow the list of people.
    pub struct PersonQuery {
        /// What the address, the name or the last name begins with.
        pub q: Option<String>,
        /// `active` or `disabled`.
        pub status: Option<String>,
        /// `administrator`, or `staff` for who is none.
        pub kind: Option<String>,
        /// `on` for who has an authenticator app or a passkey, `off` for who has neither; for super admins alone.
        pub second_factor: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }
}
