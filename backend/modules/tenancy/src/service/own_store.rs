//! A store that somebody opens for themselves, by the steps by which the administration makes one.

use orion_framework::Services;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_types::validation::{self, FieldError};
use orion_types::{Currency, PlatformId, UserId};

use super::create_store::{NewStore, make_store};
use super::settings_check;
use crate::error::TenancyError;
use crate::queries::{labels, stores};

/// What somebody says about a store of their own; the rest is what a store begins with: prices with their tax, days that begin at midnight UTC.
#[derive(Debug, Clone)]
pub struct OwnStore {
    name: String,
    code: String,
    currency: Currency,
    locale: String,
}

impl OwnStore {
    /// Checks name, code, currency and language, each at its own field (`/name`, `/code`, `/currency`, `/locale`); `None` when one is wrong.
    pub fn parse((name, code): (&str, &str), currency: &str, locale: &str, errors: &mut FieldErrors) -> Option<Self> {
        let name = errors.check("/name", validation::name(name)).map(str::to_owned);
        let code = errors.check("/code", check_code(code));
        let currency = settings_check::currency("/currency", currency, errors);
        let locale = settings_check::locale("/locale", locale, errors);
        Some(Self {
            name: name?,
            code: code?,
            currency: currency?,
            locale: locale?,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its code, in lower case.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Its language.
    pub fn locale(&self) -> &str {
        &self.locale
    }
}

/// The code in the form in which it is compared; refused where it is reserved, by the rule that the administration goes by too.
///
/// # Errors
/// What is wrong with it.
pub fn check_code(typed: &str) -> Result<String, FieldError> {
    settings_check::store_code(typed)
}

/// Whether a store of the platform could have this code now. Somebody else may be faster, so whoever takes it is told once more.
///
/// # Errors
/// When the database does not answer.
pub fn is_code_free(tx: &mut PlatformTx, platform: PlatformId, code: &str) -> Result<bool, DbError> {
    let now = tx.now();
    Ok(labels::is_free(tx.conn(), platform.0, code, now)?)
}

/// How many stores of a platform are somebody's.
///
/// # Errors
/// When the database does not answer.
pub fn count_own_stores(tx: &mut PlatformTx, platform: PlatformId, owner: UserId) -> Result<i64, DbError> {
    Ok(stores::count_owned(tx.conn(), platform.0, owner.0)?)
}

/// Makes the store, closed to the world until its owner opens it. All of it or nothing.
///
/// # Errors
/// [`TenancyError::CodeTaken`] at `/code`.
pub fn create_own_store(
    tx: &mut PlatformTx,
    services: &Services,
    platform_id: PlatformId,
    (owner, email): (UserId, &str),
    asked: &OwnStore,
) -> Result<StoreContext, TenancyError> {
    let new = NewStore {
        platform_id,
        name: asked.name.clone(),
        code: asked.code.clone(),
        currency: asked.currency,
        prices_include_tax: true,
        locale: asked.locale.clone(),
        timezone: "UTC".to_owned(),
        contact_email: email.to_owned(),
        owner,
    };
    make_store(tx, services, &new, false)
}
