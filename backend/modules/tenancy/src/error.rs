//! What can go wrong with platforms, stores and accounts, and what a client is told about it.

use orion_framework::auth::{AuthError, PasswordError};
use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::job::JobError;
use orion_framework::problem::{INVALID, ModuleError, ProblemDraft, ProblemKind, STALE};
use orion_types::Currency;
use orion_types::domain::MAX_DOMAINS;
use orion_types::opening::OpeningCheck;

/// The module needs others that are off.
pub static MODULE_REQUIRES: ProblemKind = ProblemKind {
    code: "tenancy.module_requires",
    status: 409,
    title: "The module needs others that are switched off",
};
/// Others that are on need the module.
pub static MODULE_HAS_DEPENDANTS: ProblemKind = ProblemKind {
    code: "tenancy.module_has_dependants",
    status: 409,
    title: "Other modules that are on need this one",
};
/// The module is always on.
pub static MODULE_FIXED: ProblemKind = ProblemKind {
    code: "tenancy.module_fixed",
    status: 409,
    title: "The module cannot be switched",
};
/// The module refused to be switched.
pub static MODULE_REFUSED: ProblemKind = ProblemKind {
    code: "tenancy.module_refused",
    status: 409,
    title: "The module refused the switch",
};
/// Another store has the code or label.
pub static CODE_TAKEN: ProblemKind = ProblemKind {
    code: "tenancy.code_taken",
    status: 409,
    title: "The name is taken by another store",
};
/// Another account has the e-mail address.
pub static EMAIL_TAKEN: ProblemKind = ProblemKind {
    code: "tenancy.email_taken",
    status: 409,
    title: "The e-mail address has an account already",
};
/// Another store has the domain.
pub static DOMAIN_TAKEN: ProblemKind = ProblemKind {
    code: "tenancy.domain_taken",
    status: 409,
    title: "The domain belongs to another store",
};
/// The store has the domain already.
pub static DOMAIN_LISTED: ProblemKind = ProblemKind {
    code: "tenancy.domain_listed",
    status: 409,
    title: "The store has the domain already",
};
/// Nobody has proved whose the domain is.
pub static DOMAIN_NOT_ACTIVE: ProblemKind = ProblemKind {
    code: "tenancy.domain_not_active",
    status: 409,
    title: "The domain is not proved to be the store's",
};
/// The store has as many domains as it may have.
pub static TOO_MANY_DOMAINS: ProblemKind = ProblemKind {
    code: "tenancy.too_many_domains",
    status: 409,
    title: "The store has as many domains as it may have",
};
/// Orders exist, so the currency stays.
pub static CURRENCY_LOCKED: ProblemKind = ProblemKind {
    code: "tenancy.currency_locked",
    status: 409,
    title: "The currency can no longer change",
};
/// There are prices, and nobody has said what they become.
pub static CURRENCY_HAS_PRICES: ProblemKind = ProblemKind {
    code: "tenancy.currency_has_prices",
    status: 409,
    title: "There are prices in the present currency",
};
/// An archived store is neither suspended nor reactivated.
pub static STORE_ARCHIVED: ProblemKind = ProblemKind {
    code: "tenancy.store_archived",
    status: 409,
    title: "The store is archived",
};

/// The job is not in a state for it.
pub static JOB_REFUSED: ProblemKind = ProblemKind {
    code: "tenancy.job_refused",
    status: 409,
    title: "The job is not in a state for that",
};
/// Another platform has the code, or the domain collides with what there is.
pub static PLATFORM_TAKEN: ProblemKind = ProblemKind {
    code: "tenancy.platform_taken",
    status: 409,
    title: "The code or the domain is taken",
};
/// The platform cannot go out of reach now.
pub static PLATFORM_STAYS: ProblemKind = ProblemKind {
    code: "tenancy.platform_stays",
    status: 409,
    title: "The platform cannot be changed like that from here",
};

/// Things are missing that the merchant has not said to do without.
pub static NOT_READY: ProblemKind = ProblemKind {
    code: "tenancy.not_ready",
    status: 409,
    title: "Something is missing before the shop opens",
};
/// The password for guests is wrong, or there is none.
pub static WRONG_GUEST_PASSWORD: ProblemKind = ProblemKind {
    code: "tenancy.wrong_guest_password",
    status: 403,
    title: "That is not the password",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[
    &MODULE_REQUIRES,
    &MODULE_HAS_DEPENDANTS,
    &MODULE_FIXED,
    &MODULE_REFUSED,
    &CODE_TAKEN,
    &EMAIL_TAKEN,
    &DOMAIN_TAKEN,
    &DOMAIN_LISTED,
    &DOMAIN_NOT_ACTIVE,
    &TOO_MANY_DOMAINS,
    &CURRENCY_LOCKED,
    &CURRENCY_HAS_PRICES,
    &STORE_ARCHIVED,
    &JOB_REFUSED,
    &PLATFORM_TAKEN,
    &PLATFORM_STAYS,
    &NOT_READY,
    &WRONG_GUEST_PASSWORD,
];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum TenancyError {
    /// The module needs these, which are off.
    #[error("requires {0:?}")]
    ModuleRequires(Vec<&'static str>),
    /// These are on and need the module.
    #[error("{0:?} depend on it")]
    ModuleHasDependants(Vec<&'static str>),
    /// Core and internal modules are not switched.
    #[error("the module is always on")]
    ModuleFixed,
    /// A hook said no; nothing was changed.
    #[error("module {module} refused: {reason}")]
    ModuleRefused {
        /// Whose hook it was.
        module: &'static str,
        /// Its sentence.
        reason: String,
    },
    /// The code or label belongs to another store; the field that asked for it is named.
    #[error("{0} is taken")]
    CodeTaken(&'static str),
    /// The e-mail address has an account.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// The domain is active for another store.
    #[error("the domain is taken")]
    DomainTaken,
    /// The store has the domain already.
    #[error("the domain is listed already")]
    DomainListed,
    /// The domain is not active.
    #[error("the domain is not active")]
    DomainNotActive,
    /// One more domain would be too many.
    #[error("too many domains")]
    TooManyDomains,
    /// Orders exist in the present currency.
    #[error("the currency is locked")]
    CurrencyLocked,
    /// Prices would mean something else.
    #[error("{count} prices are in {from}")]
    CurrencyHasPrices { count: i64, from: Currency, to: Currency },
    /// At this rate prices would vanish.
    #[error("at this rate a price becomes nothing, or more than a price can be")]
    PriceRate,
    /// The store is archived.
    #[error("the store is archived")]
    StoreArchived,
    /// The job runs, is over, or another one has taken its place.
    #[error("{why}")]
    JobRefused {
        /// The sentence for people.
        why: &'static str,
    },
    /// The field is another platform's, or collides with what there is.
    #[error("{pointer} {why}")]
    PlatformTaken {
        /// The field.
        pointer: &'static str,
        /// How the sentence about it goes on.
        why: String,
    },
    /// The platform is the last one that is on, or the one by which whoever asks has come.
    #[error("{why}")]
    PlatformStays {
        /// The sentence for people.
        why: &'static str,
    },
    /// These are missing, and the merchant has not said to open without them.
    #[error("missing: {0:?}")]
    NotReady(Vec<OpeningCheck>),
    /// The password for guests is wrong, or there is none.
    #[error("the password for guests is wrong")]
    WrongGuestPassword,
    /// The domain is a platform's or lies below one.
    #[error("the domain is a platform's or lies below one, where hosts are labels of its stores")]
    DomainOfPlatform,
    /// `If-Match` names another version than the present one.
    #[error("stale")]
    Stale,
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(ProblemDraft),
    /// A password could not be hashed, or too many wait for it.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl TenancyError {
    /// One field that is wrong.
    pub(crate) fn field(pointer: &str, code: &str, detail: &str) -> Self {
        Self::Invalid(ProblemDraft::new(&INVALID).field(pointer, code, detail))
    }

    /// A store row that could not be written because its name in the world is somebody else's; `pointer` is the field that gave it.
    pub(crate) fn from_store_write(error: DbError, pointer: &'static str) -> Self {
        let taken = ["stores_code", "stores_subdomain", "store_subdomains_label"]
            .iter()
            .any(|index| error.is_unique(index));
        if taken { Self::CodeTaken(pointer) } else { Self::Db(error) }
    }
}

impl From<diesel::result::Error> for TenancyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<TenancyError> for JobError {
    fn from(error: TenancyError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<PasswordError> for TenancyError {
    fn from(error: PasswordError) -> Self {
        Self::Auth(error.into())
    }
}

impl From<ProblemDraft> for TenancyError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Invalid(draft)
    }
}

fn owned(modules: &[&'static str]) -> Vec<String> {
    modules.iter().map(|module| (*module).to_owned()).collect()
}

impl ModuleError for TenancyError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::ModuleRequires(modules) => ProblemDraft::new(&MODULE_REQUIRES)
                .detail(format!("Enable first, or together with it: {}.", modules.join(", ")))
                .modules(owned(modules)),
            Self::ModuleHasDependants(modules) => ProblemDraft::new(&MODULE_HAS_DEPENDANTS)
                .detail(format!("Disable first, or together with it: {}.", modules.join(", ")))
                .modules(owned(modules)),
            Self::ModuleFixed => ProblemDraft::new(&MODULE_FIXED).detail("Only optional modules can be switched."),
            Self::ModuleRefused { module, reason } => ProblemDraft::new(&MODULE_REFUSED)
                .detail(reason.clone())
                .modules(vec![(*module).to_owned()]),
            Self::CodeTaken(pointer) => ProblemDraft::new(&CODE_TAKEN).field(*pointer, "taken", "is taken by another store"),
            Self::EmailTaken => {
                ProblemDraft::new(&EMAIL_TAKEN).field("/owner/email", "taken", "has an account already; try again without a password")
            }
            Self::DomainTaken => ProblemDraft::new(&DOMAIN_TAKEN).field("/host", "taken", "belongs to another store"),
            Self::DomainListed => ProblemDraft::new(&DOMAIN_LISTED).field("/host", "listed", "is among the store's domains already"),
            Self::DomainNotActive => ProblemDraft::new(&DOMAIN_NOT_ACTIVE).field("/primary", "not_active", "needs a domain that is proved"),
            Self::TooManyDomains => ProblemDraft::new(&TOO_MANY_DOMAINS).detail(format!("It has {MAX_DOMAINS}; take one away first.")),
            Self::CurrencyLocked => ProblemDraft::new(&CURRENCY_LOCKED)
                .detail("Orders were taken in the present currency.")
                .field("/currency", "locked", "can no longer change"),
            Self::CurrencyHasPrices { count, from, to } => ProblemDraft::new(&CURRENCY_HAS_PRICES)
                .detail(format!("{count} prices are in {from}. Say what 1 {from} is in {to}."))
                .field("/price_rate", "required", format!("what is 1 {from} in {to}?")),
            Self::PriceRate => ProblemDraft::new(&INVALID).field(
                "/price_rate",
                "out_of_range",
                "at this rate a price becomes nothing, or more than a price can be",
            ),
            Self::StoreArchived => ProblemDraft::new(&STORE_ARCHIVED),
            Self::JobRefused { why } => ProblemDraft::new(&JOB_REFUSED).detail(*why),
            Self::PlatformTaken { pointer, why } => ProblemDraft::new(&PLATFORM_TAKEN).field(*pointer, "taken", why.clone()),
            Self::PlatformStays { why } => ProblemDraft::new(&PLATFORM_STAYS).detail(*why),
            Self::NotReady(missing) => {
                let titles: Vec<&str> = missing.iter().map(|check| check.title.as_str()).collect();
                let draft = ProblemDraft::new(&NOT_READY).detail(format!("Not done yet: {}.", titles.join("; ")));
                missing
                    .iter()
                    .fold(draft, |draft, check| draft.field("/without", check.key.clone(), check.text.clone()))
            }
            Self::WrongGuestPassword => ProblemDraft::new(&WRONG_GUEST_PASSWORD).field("/password", "wrong", "is not the password"),
            Self::DomainOfPlatform => ProblemDraft::new(&INVALID).field("/host", "platform", "belongs to the platform"),
            Self::Stale => ProblemDraft::new(&STALE),
            Self::Invalid(draft) => draft.clone(),
            Self::Auth(error) => error.problem(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}
