//! What can go wrong with people, and what a client is told about it.

use orion_framework::auth::{AuthError, VaultError};
use orion_framework::db::DbError;
use orion_framework::gate::STORE_SUSPENDED;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::job::JobError;
use orion_framework::module::RegisteredError;
use orion_framework::problem::{FORBIDDEN, INTERNAL, INVALID, ModuleError, NOT_FOUND, ProblemDraft, ProblemKind, RATE_LIMITED, STALE};
use orion_tenancy::TenancyError;
use orion_types::Grant;
use orion_types::passkey::MAX_PASSKEYS;
use orion_types::role::MAX_ROLES;
use orion_types::team::MAX_INVITATIONS;

/// The link was used, has expired, or another was asked for since.
pub static LINK_ENDED: ProblemKind = ProblemKind {
    code: "people.link_ended",
    status: 410,
    title: "The link was used or has expired",
};
/// The owner stays until somebody else is.
pub static OWNER_STAYS: ProblemKind = ProblemKind {
    code: "people.owner_stays",
    status: 409,
    title: "A store is never without its owner",
};
/// The address belongs to a member.
pub static ALREADY_MEMBER: ProblemKind = ProblemKind {
    code: "people.already_member",
    status: 409,
    title: "This person is in the team already",
};
/// An invitation to the address is open.
pub static ALREADY_INVITED: ProblemKind = ProblemKind {
    code: "people.already_invited",
    status: 409,
    title: "This person is invited already",
};
/// So many invitations are the most.
pub static TOO_MANY_INVITATIONS: ProblemKind = ProblemKind {
    code: "people.too_many_invitations",
    status: 409,
    title: "So many invitations are open that there can be no other",
};
/// The invited address has an account.
pub static ACCOUNT_EXISTS: ProblemKind = ProblemKind {
    code: "people.account_exists",
    status: 409,
    title: "The e-mail address has an account already",
};
/// The invitation is for somebody else than who is signed in.
pub static OTHER_ACCOUNT: ProblemKind = ProblemKind {
    code: "people.other_account",
    status: 403,
    title: "The invitation is for another account",
};

/// The address of the account was proved before.
pub static ALREADY_VERIFIED: ProblemKind = ProblemKind {
    code: "people.already_verified",
    status: 409,
    title: "The e-mail address is confirmed already",
};

/// Nobody wants of others what they do not do themselves.
pub static OWN_FACTOR_FIRST: ProblemKind = ProblemKind {
    code: "people.own_factor_first",
    status: 409,
    title: "Your own account has no second factor",
};

/// A store is offered to one person at a time.
pub static OFFERED_ALREADY: ProblemKind = ProblemKind {
    code: "people.ownership_offered",
    status: 409,
    title: "The store is offered to somebody already",
};
/// The offer was taken back, is over, or was made to somebody else.
pub static OFFER_ENDED: ProblemKind = ProblemKind {
    code: "people.ownership_offer_ended",
    status: 410,
    title: "The store is not offered to you any more",
};

/// Nobody puts a right into a role that they lack.
pub static RIGHT_NOT_HELD: ProblemKind = ProblemKind {
    code: "people.right_not_held",
    status: 403,
    title: "Nobody puts a right into a role that they do not hold themselves",
};
/// Names tell roles apart.
pub static ROLE_NAME_TAKEN: ProblemKind = ProblemKind {
    code: "people.role_name_taken",
    status: 409,
    title: "Another role of the store is called so",
};
/// So many roles are the most.
pub static TOO_MANY_ROLES: ProblemKind = ProblemKind {
    code: "people.too_many_roles",
    status: 409,
    title: "The store has as many roles of its own as it may have",
};
/// Nobody is left without a role.
pub static ROLE_IN_USE: ProblemKind = ProblemKind {
    code: "people.role_in_use",
    status: 409,
    title: "Somebody has this role",
};
/// So many passkeys are the most.
pub static TOO_MANY_PASSKEYS: ProblemKind = ProblemKind {
    code: "people.too_many_passkeys",
    status: 409,
    title: "The account has as many passkeys as it may have",
};
/// The passkey belongs to an account.
pub static PASSKEY_KNOWN: ProblemKind = ProblemKind {
    code: "people.passkey_known",
    status: 409,
    title: "This passkey is registered already",
};
/// The host is no name that a passkey could be bound to.
pub static NO_PASSKEYS_HERE: ProblemKind = ProblemKind {
    code: "people.no_passkeys_here",
    status: 409,
    title: "Passkeys do not work at this address",
};
/// The account has passkeys, and nothing but the password stands behind the session.
pub static PASSKEY_NEEDED: ProblemKind = ProblemKind {
    code: "people.passkey_needed",
    status: 403,
    title: "Sign in with one of your passkeys first",
};
/// What a device was to sign was answered before, is over, or is for somebody or somewhere else.
pub static PASSKEY_CHALLENGE_ENDED: ProblemKind = ProblemKind {
    code: "people.passkey_challenge_ended",
    status: 410,
    title: "That took too long, or was answered already",
};
/// Why a passkey lets nobody in is nobody's business.
pub static PASSKEY_REFUSED: ProblemKind = ProblemKind {
    code: "people.passkey_refused",
    status: 401,
    title: "This passkey opens nothing here",
};

/// Nobody takes their own place away.
pub static NOT_ONESELF: ProblemKind = ProblemKind {
    code: "people.not_oneself",
    status: 409,
    title: "Nobody does this to their own account",
};
/// An account is given no more than it has before its address is proved.
pub static ADDRESS_NOT_PROVED: ProblemKind = ProblemKind {
    code: "people.address_not_proved",
    status: 409,
    title: "The account's address has not been confirmed",
};
/// Nobody else administers everything.
pub static LAST_SUPER_ADMIN: ProblemKind = ProblemKind {
    code: "people.last_super_admin",
    status: 409,
    title: "There is no other super admin who may sign in",
};

/// The platform lets nobody open stores by themselves.
pub static SIGN_UP_CLOSED: ProblemKind = ProblemKind {
    code: "people.sign_up_closed",
    status: 403,
    title: "Nobody opens a shop here by themselves",
};
/// The account has as many stores as the platform allows.
pub static STORE_LIMIT: ProblemKind = ProblemKind {
    code: "people.store_limit",
    status: 409,
    title: "The account has as many shops here as it may have",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[
    &LINK_ENDED,
    &OWNER_STAYS,
    &ALREADY_MEMBER,
    &ALREADY_INVITED,
    &TOO_MANY_INVITATIONS,
    &ACCOUNT_EXISTS,
    &OTHER_ACCOUNT,
    &ALREADY_VERIFIED,
    &OWN_FACTOR_FIRST,
    &OFFERED_ALREADY,
    &OFFER_ENDED,
    &RIGHT_NOT_HELD,
    &ROLE_NAME_TAKEN,
    &TOO_MANY_ROLES,
    &ROLE_IN_USE,
    &TOO_MANY_PASSKEYS,
    &PASSKEY_KNOWN,
    &NO_PASSKEYS_HERE,
    &PASSKEY_NEEDED,
    &PASSKEY_CHALLENGE_ENDED,
    &PASSKEY_REFUSED,
    &NOT_ONESELF,
    &ADDRESS_NOT_PROVED,
    &LAST_SUPER_ADMIN,
    &SIGN_UP_CLOSED,
    &STORE_LIMIT,
];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The link or invitation is none, or none any more.
    #[error("the link has ended")]
    LinkEnded,
    /// The owner cannot be removed, suspended, or made something else.
    #[error("the owner stays")]
    OwnerStays,
    /// Nobody gives or takes rights that they lack themselves.
    #[error("beyond one's own rights")]
    BeyondOwnRights,
    /// The person is a member.
    #[error("already a member")]
    AlreadyMember,
    /// The person is invited.
    #[error("already invited")]
    AlreadyInvited,
    /// One more invitation would be too many.
    #[error("too many invitations")]
    TooManyInvitations,
    /// The invited address has an account, whose owner joins by signing in.
    #[error("the account exists")]
    AccountExists,
    /// Whoever is to administer has an account, which gets the role instead of an invitation.
    #[error("the account exists, and gets no invitation to the administration")]
    AdminAccountExists,
    /// The address has got an account since it was invited to the administration.
    #[error("the account exists since the invitation")]
    AccountMadeSince,
    /// It would be one's own account.
    #[error("not oneself")]
    NotOneself,
    /// Whose account it is has not been proved.
    #[error("the address is not proved")]
    AddressNotProved,
    /// The platform lets nobody open stores by themselves.
    #[error("sign-up is closed")]
    SignUpClosed,
    /// The account has this many stores, which are the most.
    #[error("{0} stores are the most")]
    StoreLimit(i32),
    /// The address has got an account since it was to open a store.
    #[error("the account exists, and opens its stores signed in")]
    OwnerAccountExists,
    /// Who wants to open another store has not confirmed the address of their account.
    #[error("one's own address is not proved")]
    OwnAddressNotProved,
    /// Nobody else administers everything.
    #[error("the last super admin")]
    LastSuperAdmin,
    /// Somebody else is signed in than who is invited.
    #[error("another account")]
    OtherAccount,
    /// The address was proved before.
    #[error("already verified")]
    AlreadyVerified,
    /// Who wants a second factor of others has none.
    #[error("one's own factor comes first")]
    OwnFactorFirst,
    /// Only the owner hands a store over.
    #[error("not the owner")]
    NotTheOwner,
    /// The store is offered to somebody.
    #[error("offered already")]
    OfferedAlready,
    /// There is no such offer, or none any more.
    #[error("the offer has ended")]
    OfferEnded,
    /// Whoever asks lacks what stands at a place of the list of rights.
    #[error("{1} is not held")]
    NotHeld(usize, Grant),
    /// Another role is called so.
    #[error("the name is taken")]
    RoleNameTaken,
    /// One more role would be too many.
    #[error("too many roles")]
    TooManyRoles,
    /// So many have the role.
    #[error("{members} members and {invitations} invitations have the role")]
    RoleInUse {
        /// Those of the team.
        members: i64,
        /// Those that nobody has accepted.
        invitations: i64,
    },
    /// The picture of a secret could not be made.
    #[error("no picture could be made")]
    Picture,
    /// One more passkey would be too many.
    #[error("too many passkeys")]
    TooManyPasskeys,
    /// The passkey is an account's.
    #[error("the passkey is known")]
    PasskeyKnown,
    /// The host is an address of numbers.
    #[error("no passkeys at this host")]
    NoPasskeysHere,
    /// A password alone has made the session of an account with passkeys.
    #[error("a passkey is needed")]
    PasskeyNeeded,
    /// There is nothing to answer any more.
    #[error("the challenge has ended")]
    PasskeyChallengeEnded,
    /// Unknown, for another host, wrongly signed, copied, or of an account that may not sign in here.
    #[error("the passkey was refused")]
    PasskeyRefused,
    /// A challenge could not be made, or what is kept of a passkey not be written.
    #[error("passkeys: {0}")]
    Passkeys(String),
    /// A mail went there a moment ago.
    #[error("wait {0} s")]
    TooSoon(u32),
    /// Nobody joins a store that is closed.
    #[error("the store is not active")]
    StoreSuspended,
    /// The host names no store.
    #[error("there is no store")]
    NoStore,
    /// Somebody else has changed it in the meantime.
    #[error("stale")]
    Stale,
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(ProblemDraft),
    /// The password, or signing in.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// Accounts and memberships.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// A token could not be locked away.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl PeopleError {
    /// One field that is wrong.
    pub(crate) fn field(pointer: &str, code: &str, detail: &str) -> Self {
        Self::Invalid(ProblemDraft::new(&INVALID).field(pointer, code, detail))
    }
}

/// `1 member`, `2 members`.
fn several(count: i64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

impl From<diesel::result::Error> for PeopleError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<RegisteredError> for PeopleError {
    fn from(error: RegisteredError) -> Self {
        match error {
            RegisteredError::Vault(error) => Self::Vault(error),
            RegisteredError::Db(error) => Self::Db(error),
        }
    }
}

impl From<ProblemDraft> for PeopleError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Invalid(draft)
    }
}

impl From<PeopleError> for JobError {
    fn from(error: PeopleError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl ModuleError for PeopleError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::LinkEnded => ProblemDraft::new(&LINK_ENDED).detail("Ask for another one."),
            Self::OwnerStays => {
                ProblemDraft::new(&OWNER_STAYS).detail("The owner cannot be removed, suspended or given another role, and cannot leave.")
            }
            Self::BeyondOwnRights => ProblemDraft::new(&FORBIDDEN).detail("Your role lacks rights that this role has."),
            Self::AlreadyMember => ProblemDraft::new(&ALREADY_MEMBER).field("/email", "taken", "belongs to a member of the team"),
            Self::AlreadyInvited => ProblemDraft::new(&ALREADY_INVITED)
                .detail("Send that invitation again instead.")
                .field("/email", "taken", "is invited already"),
            Self::TooManyInvitations => {
                ProblemDraft::new(&TOO_MANY_INVITATIONS).detail(format!("There are {MAX_INVITATIONS}; take one back first."))
            }
            Self::AccountExists => ProblemDraft::new(&ACCOUNT_EXISTS).detail("Sign in with it and accept the invitation then."),
            Self::AdminAccountExists => ProblemDraft::new(&ACCOUNT_EXISTS)
                .detail("Make it an administrator on the page of the person.")
                .field("/email", "taken", "has an account already: make it an administrator on the page of the person"),
            Self::AccountMadeSince => ProblemDraft::new(&ACCOUNT_EXISTS)
                .detail("Ask whoever invited you to make the account an administrator; it keeps its password."),
            Self::NotOneself => ProblemDraft::new(&NOT_ONESELF).detail("Ask another super admin."),
            Self::AddressNotProved => ProblemDraft::new(&ADDRESS_NOT_PROVED)
                .detail("Whoever made the account may have chosen its password. Have them ask for a new password by mail, which confirms the address."),
            Self::SignUpClosed => ProblemDraft::new(&SIGN_UP_CLOSED).detail("Ask whoever runs the platform for one."),
            Self::StoreLimit(most) => ProblemDraft::new(&STORE_LIMIT).detail(format!("{} is the most.", several(i64::from(*most), "shop"))),
            Self::OwnerAccountExists => ProblemDraft::new(&ACCOUNT_EXISTS).detail("Sign in with it, and open the shop then."),
            Self::OwnAddressNotProved => ProblemDraft::new(&ADDRESS_NOT_PROVED)
                .detail("Ask for a new password by mail at the sign-in page, which confirms the address, and come back."),
            Self::LastSuperAdmin => ProblemDraft::new(&LAST_SUPER_ADMIN).detail("Make somebody else a super admin first."),
            Self::OtherAccount => {
                ProblemDraft::new(&OTHER_ACCOUNT).detail("Sign in with the account of the address that the invitation was sent to.")
            }
            Self::AlreadyVerified => ProblemDraft::new(&ALREADY_VERIFIED),
            Self::OwnFactorFirst => {
                ProblemDraft::new(&OWN_FACTOR_FIRST).detail("Turn it on in your account; then you can ask the others for theirs.")
            }
            Self::NotTheOwner => ProblemDraft::new(&FORBIDDEN).detail("Only the owner hands a store over."),
            Self::OfferedAlready => ProblemDraft::new(&OFFERED_ALREADY).detail("Take that offer back first."),
            Self::OfferEnded => ProblemDraft::new(&OFFER_ENDED).detail("It was taken back, or its seven days are over."),
            Self::NotHeld(place, grant) => {
                ProblemDraft::new(&RIGHT_NOT_HELD).field(format!("/rights/{place}"), "not_held", format!("is {grant}, which you lack"))
            }
            Self::RoleNameTaken => ProblemDraft::new(&ROLE_NAME_TAKEN).field("/name", "taken", "is the name of another role"),
            Self::TooManyRoles => ProblemDraft::new(&TOO_MANY_ROLES).detail(format!("It has {MAX_ROLES}; take one away first.")),
            Self::RoleInUse { members, invitations } => ProblemDraft::new(&ROLE_IN_USE).detail(format!(
                "{} and {} have it. Say by `replacement` which role they get instead.",
                several(*members, "member"),
                several(*invitations, "invitation")
            )),
            Self::TooManyPasskeys => {
                ProblemDraft::new(&TOO_MANY_PASSKEYS).detail(format!("There are {MAX_PASSKEYS}; remove one first."))
            }
            Self::PasskeyKnown => ProblemDraft::new(&PASSKEY_KNOWN),
            Self::NoPasskeysHere => ProblemDraft::new(&NO_PASSKEYS_HERE).detail("They need a host with a name."),
            Self::PasskeyNeeded => ProblemDraft::new(&PASSKEY_NEEDED).detail(
                "The account has passkeys, and its password alone changes nothing about them. Sign in with one at the address it is for; an authenticator \
                 app that is set up there is good at every address. Who has lost them asks whoever runs the platform.",
            ),
            Self::PasskeyChallengeEnded => ProblemDraft::new(&PASSKEY_CHALLENGE_ENDED).detail("Begin again."),
            Self::PasskeyRefused => ProblemDraft::new(&PASSKEY_REFUSED).detail("Choose another one, or sign in with your password."),
            Self::TooSoon(seconds) => ProblemDraft::new(&RATE_LIMITED).retry_after(*seconds),
            Self::StoreSuspended => ProblemDraft::new(&STORE_SUSPENDED),
            Self::NoStore => ProblemDraft::new(&NOT_FOUND),
            Self::Stale => ProblemDraft::new(&STALE),
            Self::Invalid(draft) => draft.clone(),
            Self::Auth(error) => error.problem(),
            Self::Tenancy(error) => error.problem(),
            Self::Vault(_) | Self::Picture | Self::Passkeys(_) => ProblemDraft::new(&INTERNAL),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}
