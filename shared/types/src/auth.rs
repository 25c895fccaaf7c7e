//! Signing in, in the three areas.

use crate::impersonation::RunningImpersonation;
use crate::permission::Permission;
use crate::status::{AdminRole, MemberRole, RightMissing, RightOriginKind};
use crate::{CustomerId, PlatformId, RoleId, SessionId, StoreId, Timestamp, UserId};

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

    /// The second step of signing in, where the account has a second factor. It is no session and opens nothing.
    pub struct SignInChallenge {
        /// What the code is sent along with.
        pub token: String,
        /// Seconds in which it has to come.
        pub expires_in: u32,
    }

    /// The second step of signing in: a code of the authenticator app, or a recovery code.
    #[serde(deny_unknown_fields)]
    pub struct AnswerChallenge {
        /// The `token` of the challenge.
        pub challenge: String,
        /// Six digits, or a recovery code.
        pub one_time_code: String,
    }

    /// The second factor of whoever is signed in.
    pub struct SecondFactor {
        /// Since when it is on; absent while it is off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub on_since: Option<Timestamp>,
        /// Recovery codes that were not used.
        pub recovery_codes_left: i64,
    }

    /// Begins to set up a second factor.
    #[serde(deny_unknown_fields)]
    pub struct CreateSecondFactor {
        pub current_password: String,
    }

    /// What an authenticator app needs; it is shown once, and counts for nothing until a code of it has come.
    pub struct SecondFactorSetup {
        /// The secret in letters (RFC 4648, base32), for apps without a camera.
        pub secret: String,
        /// The `otpauth:` address that holds it.
        pub secret_uri: String,
        /// The same as a picture to point a camera at (SVG).
        pub secret_picture: String,
    }

    /// Turns the second factor on, within a quarter of an hour.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmSecondFactor {
        /// Six digits of the authenticator app.
        pub one_time_code: String,
    }

    /// Recovery codes, each good once in the place of a code of the app; they are shown once.
    pub struct RecoveryCodeSet {
        pub recovery_codes: Vec<String>,
    }

    /// What is asked for again before the second factor is changed or turned off.
    #[serde(deny_unknown_fields)]
    pub struct ProveSecondFactor {
        pub current_password: String,
        /// Six digits of the authenticator app, or a recovery code.
        pub one_time_code: String,
    }

    /// Takes the second factor away from somebody who has lost it.
    #[serde(deny_unknown_fields)]
    pub struct ResetSecondFactor {
        /// The e-mail address of the account.
        pub email: String,
        /// Why, and how it was made sure who asks; it stands in the audit log.
        pub reason: String,
    }

    /// The administrator who is signed in.
    pub struct AdminProfile {
        pub id: UserId,
        pub name: String,
        pub email: String,
        /// Whether the owner proved to read its mails.
        pub email_verified: bool,
        /// Whether signing in takes a second factor.
        pub second_factor: bool,
        /// Whether the administration wants one, and stays shut until it is on.
        pub second_factor_needed: bool,
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
        /// Whether the owner proved to read its mails.
        pub email_verified: bool,
        /// Whether signing in takes a second factor.
        pub second_factor: bool,
        /// Whether the store of this request wants one, and stays shut until it is on.
        pub second_factor_needed: bool,
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
        /// What the role is called, where it is one of the store's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// Suspended stores are listed, but open on a page that says so.
        pub suspended: bool,
        /// Where the dashboard of the store is.
        pub dashboard_url: String,
    }

    /// What the member may do in the store of this request.
    pub struct StaffAccess {
        pub store_id: StoreId,
        pub role: MemberRole,
        /// The role of the store's own, where `role` is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
        /// What that one is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        pub permissions: Vec<Permission>,
        /// Ids of the modules that are on.
        pub modules: Vec<String>,
        /// Where an administrator impersonates, who has no role here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub impersonation: Option<RunningImpersonation>,
    }

    /// What the member may do in the store of this request, and how each right comes about.
    pub struct StaffRights {
        pub store_id: StoreId,
        pub role: MemberRole,
        /// The role of the store's own, where `role` is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_id: Option<RoleId>,
        /// What that one is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role_name: Option<String>,
        /// The rights that they hold now.
        pub permissions: Vec<Permission>,
        /// Ids of the modules that are on.
        pub modules: Vec<String>,
        /// All that their role has, those that they do not hold included.
        pub rights: Vec<ExplainedRight>,
    }

    /// A right of a role, for somebody who has it.
    pub struct ExplainedRight {
        pub right: Permission,
        /// What it is the right to, in words such as `see orders`.
        pub words: String,
        /// Whether they hold it now.
        pub held: bool,
        /// Why they do not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub missing: Option<RightMissing>,
        /// How they come to it, every way there is.
        pub origins: Vec<RightOrigin>,
    }

    /// A way in which somebody comes to a right.
    pub struct RightOrigin {
        pub kind: RightOriginKind,
        /// The area with its star (`orders.*`), or the right that brings it along.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub via: Option<String>,
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
        /// Whether the owner proved to read its mails; what was ordered with it without an account is the account's from then on.
        pub email_verified: bool,
        pub name: String,
        pub created_at: Timestamp,
    }

    /// What every profile says about the address of its account.
    pub struct AccountEmail {
        pub email: String,
        pub email_verified: bool,
    }

    /// A change of the password; all other sessions end.
    #[serde(deny_unknown_fields)]
    pub struct ChangePassword {
        pub current_password: String,
        pub new_password: String,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor; left out otherwise.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub one_time_code: String,
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

    /// Proves an address by a link that was sent there.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmEmail {
        /// What the link holds behind its `#`.
        pub token: String,
    }

    /// Asks for another address of the account; it counts once the link that is sent there was followed.
    #[serde(deny_unknown_fields)]
    pub struct ChangeEmail {
        /// The new address. Whether it has an account is not told.
        pub email: String,
        /// The password of the account.
        pub current_password: String,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor; left out otherwise.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub one_time_code: String,
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
