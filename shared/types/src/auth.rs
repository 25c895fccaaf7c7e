//! Signing in, in the three areas.

use crate::permission::Permission;
use crate::status::{AdminRole, MemberRole};
use crate::{CustomerId, PlatformId, SessionId, StoreId, Timestamp, UserId};

wire! {
    /// What one signs in with.
    #[serde(deny_unknown_fields)]
    pub struct LoginRequest {
        /// The e-mail address, case does not count.
        pub email: String,
        /// The password.
        pub password: String,
    }

    /// An access token; the refresh token travels beside it as a cookie that scripts cannot read.
    pub struct AccessToken {
        /// Sent as `Authorization: Bearer …`.
        pub access_token: String,
        /// Seconds until it expires.
        pub expires_in: u32,
    }

    /// The administrator who is signed in.
    pub struct AdminProfile {
        pub id: UserId,
        pub name: String,
        pub email: String,
        /// The roles, each with its platform; a super admin's has none.
        pub roles: Vec<AdminGrant>,
    }

    /// A role in the admin area.
    pub struct AdminGrant {
        pub role: AdminRole,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub platform_id: Option<PlatformId>,
    }

    /// The member of staff who is signed in, and the stores they may enter.
    pub struct StaffProfile {
        pub id: UserId,
        pub name: String,
        pub email: String,
        pub stores: Vec<StaffStore>,
        /// The store of this request and what may be done there; absent where the host names no store.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub current: Option<StaffAccess>,
    }

    /// A store that a member of staff belongs to.
    pub struct StaffStore {
        pub id: StoreId,
        pub code: String,
        pub name: String,
        pub role: MemberRole,
        /// Suspended stores are listed, but open on a page that says so.
        pub suspended: bool,
        /// Where the dashboard of the store is.
        pub dashboard_url: String,
    }

    /// What the member may do in the store of this request.
    pub struct StaffAccess {
        pub store_id: StoreId,
        pub role: MemberRole,
        pub permissions: Vec<Permission>,
        /// Ids of the modules that are on.
        pub modules: Vec<String>,
    }

    /// A new customer account.
    #[serde(deny_unknown_fields)]
    pub struct RegisterRequest {
        pub email: String,
        pub name: String,
        pub password: String,
    }

    /// The customer who is signed in.
    pub struct CustomerProfile {
        pub id: CustomerId,
        pub email: String,
        pub name: String,
        pub created_at: Timestamp,
    }

    /// A change of the password; all other sessions end.
    #[serde(deny_unknown_fields)]
    pub struct ChangePassword {
        pub current_password: String,
        pub new_password: String,
    }

    /// Asks for a link by which a new password can be chosen.
    #[serde(deny_unknown_fields)]
    pub struct AskPasswordLink {
        /// The e-mail address of the account. Whether there is one is not told.
        pub email: String,
    }

    /// Chooses a new password by a link; all sessions of the account end.
    #[serde(deny_unknown_fields)]
    pub struct ResetPassword {
        /// What the link holds behind its `#`.
        pub token: String,
        pub new_password: String,
    }

    /// A device on which somebody is signed in.
    pub struct Session {
        pub id: SessionId,
        pub user_agent: String,
        pub ip: String,
        pub created_at: Timestamp,
        pub last_used_at: Timestamp,
        /// The session of this request.
        pub current: bool,
    }
}
