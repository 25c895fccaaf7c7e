//! A new store with everything it needs on its first day, in one transaction.

use orion_events::{StoreCreated, StoreFacts};
use orion_framework::Services;
use orion_framework::auth::check_new_password;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_types::admin::{CreateStore, NewOwner};
use orion_types::status::{MemberRole, StoreStatus};
use orion_types::store::Theme;
use orion_types::{Currency, PlatformId, StoreId, UserId, validation};

use super::accounts::{NewUser, create_user};
use super::{platforms, settings_check};
use crate::error::TenancyError;
use crate::model::Scope;
use crate::queries::{accounts, labels, settings, stores};

/// A store to be made.
#[derive(Debug, Clone)]
pub struct NewStore {
    /// The platform it belongs to.
    pub platform_id: PlatformId,
    /// Its name.
    pub name: String,
    /// Its code, which is its first label below the platform's domain too.
    pub code: String,
    /// Its only currency.
    pub currency: Currency,
    /// Whether prices carry their tax.
    pub prices_include_tax: bool,
    /// `en`, `fr` or `de`.
    pub locale: String,
    /// IANA name, such as `Asia/Tokyo`.
    pub timezone: String,
    /// Where customers write to; empty for nowhere.
    pub contact_email: String,
    /// Whose it is.
    pub owner: UserId,
}

/// Makes a store that is open to the world from its first moment: its row, label, owner, theme, and what each module gives a new store. All
/// of it or nothing.
pub fn create_store(tx: &mut PlatformTx, services: &Services, new: &NewStore) -> Result<StoreContext, TenancyError> {
    make_store(tx, services, new, true)
}

/// Likewise; one that is not `open` is closed to the world until its merchant opens it.
pub(super) fn make_store(tx: &mut PlatformTx, services: &Services, new: &NewStore, open: bool) -> Result<StoreContext, TenancyError> {
    let mut errors = FieldErrors::default();
    let code = errors.check("/code", settings_check::store_code(&new.code)).unwrap_or_default();
    let name = errors.check("/name", validation::name(&new.name)).unwrap_or_default().to_owned();
    errors.into_result()?;
    let unknown = || TenancyError::field("/platform_id", "unknown", "is not a platform you can use");
    let platform = platforms::context(tx, &services.modules, new.platform_id)?.ok_or_else(unknown)?;
    let id = StoreId(tx.new_id());
    insert(tx, id, new, (&code, &name), open)?;
    tx.audit(
        Some(id),
        AuditEntry::new("store.created", "stores", id.0)
            .note("code", &code)
            .note("name", &name)
            .note("owner_id", new.owner)
            .note("open", open),
    );
    tx.emit(
        id,
        &StoreCreated(StoreFacts {
            store_id: id,
            code: code.clone(),
            name: name.clone(),
            status: StoreStatus::Active,
        }),
    );
    tx.invalidate_store(id);
    let store = services.directory.store_in(tx, id, &platform)?.ok_or(DbError::NotFound)?;
    furnish(tx, services, &store)?;
    Ok(store)
}

fn insert(tx: &mut PlatformTx, id: StoreId, new: &NewStore, (code, name): (&str, &str), open: bool) -> Result<(), TenancyError> {
    let now = tx.now();
    let row = stores::InsertStore {
        id: id.0,
        platform_id: new.platform_id.0,
        code,
        subdomain: code,
        name,
        currency: new.currency.code(),
        prices_include_tax: new.prices_include_tax,
        locale: &new.locale,
        timezone: &new.timezone,
        contact_email: &new.contact_email,
        owner_user_id: new.owner.0,
        opened_at: open.then_some(now),
        created_at: now,
        updated_at: now,
    };
    let taken = |error: diesel::result::Error| TenancyError::from_store_write(error.into(), "/code");
    stores::insert_store(tx.conn(), &row).map_err(taken)?;
    labels::release_expired(tx.conn(), row.platform_id, code, now)?;
    let label_id = tx.new_id();
    let label = labels::Label {
        platform: row.platform_id,
        store: id.0,
        label: code,
    };
    labels::take(tx.conn(), label_id, &label, now).map_err(taken)?;
    let membership_id = tx.new_id();
    stores::insert_membership(tx.conn(), membership_id, (id.0, new.owner.0), (MemberRole::Owner, None), now)?;
    Ok(())
}

/// The default theme, and what each module gives a new store, behind the walls of the store.
fn furnish(tx: &mut PlatformTx, services: &Services, store: &StoreContext) -> Result<(), DbError> {
    let context = services.tx_context(store.clone(), tx.actor().clone(), tx.meta().clone());
    tx.as_store(context, |store_tx| {
        store_tx.no_audit("part of store.created");
        settings::set_theme(store_tx, &serde_json::json!(Theme::default()))?;
        let modules = store_tx.modules();
        modules
            .all()
            .iter()
            .filter_map(|module| module.on_store_created)
            .try_for_each(|hook| hook(store_tx))
    })
}

/// A request for a new store that has passed every check that needs no database.
pub(crate) struct CheckedStore {
    new: NewStore,
    open: bool,
    owner: CheckedOwner,
}

struct CheckedOwner {
    email: String,
    name: Option<String>,
    password: Option<String>,
}

impl CheckedStore {
    /// Checks the request; `scope` decides which platforms exist for who asks.
    pub(crate) fn parse(request: CreateStore, scope: &Scope) -> Result<Self, TenancyError> {
        let CreateStore {
            platform_id,
            name,
            code,
            currency,
            locale,
            timezone,
            prices_include_tax,
            open,
            owner,
        } = request;
        let mut errors = FieldErrors::default();
        if !scope.holds(platform_id.0) {
            errors.add("/platform_id", "unknown", "is not a platform you can use");
        }
        errors.check("/name", validation::name(&name));
        errors.check("/code", settings_check::store_code(&code));
        let currency = settings_check::currency("/currency", &currency, &mut errors);
        let locale = settings_check::locale("/locale", &locale.unwrap_or_else(|| "en".to_owned()), &mut errors);
        let timezone = settings_check::timezone("/timezone", &timezone.unwrap_or_else(|| "UTC".to_owned()), &mut errors);
        let owner = CheckedOwner::parse(owner, &name, &mut errors);
        errors.into_result()?;
        let (Some(currency), Some(locale), Some(timezone)) = (currency, locale, timezone) else {
            return Err(DbError::NotFound.into());
        };
        let contact_email = owner.email.clone();
        // The owner's account is found or made in the transaction.
        let new = NewStore {
            platform_id,
            name,
            code,
            currency,
            prices_include_tax,
            locale,
            timezone,
            contact_email,
            owner: UserId(uuid::Uuid::nil()),
        };
        Ok(Self { new, open, owner })
    }

    /// The password to hash before the transaction.
    pub(crate) fn password(&self) -> Option<&str> {
        self.owner.password.as_deref()
    }
}

impl CheckedOwner {
    fn parse(owner: NewOwner, store_name: &str, errors: &mut FieldErrors) -> Self {
        let NewOwner { email, name, password } = owner;
        let email = errors.check("/owner/email", validation::email(&email)).unwrap_or_default();
        let name = name.filter(|name| !name.trim().is_empty());
        if let Some(name) = &name {
            errors.check("/owner/name", validation::name(name));
        }
        let password = password.filter(|password| !password.is_empty());
        if let Some(password) = &password {
            errors.check(
                "/owner/password",
                check_new_password(password, &[&email, name.as_deref().unwrap_or_default(), store_name]),
            );
        }
        Self { email, name, password }
    }
}

/// Makes the store, and its owner's account where there is none.
pub(crate) fn create_with_owner(
    tx: &mut PlatformTx,
    services: &Services,
    checked: CheckedStore,
    password_hash: Option<String>,
) -> Result<StoreContext, TenancyError> {
    let CheckedStore { mut new, open, owner } = checked;
    new.owner = match accounts::find_by_email(tx.conn(), &owner.email)? {
        Some(account) if !account.active => {
            return Err(TenancyError::field(
                "/owner/email",
                "inactive",
                "belongs to an account that is switched off",
            ));
        }
        // A password here would be thrown away, and whoever typed it would believe it works.
        Some(_) if password_hash.is_some() => {
            return Err(TenancyError::field(
                "/owner/password",
                "account_exists",
                "must be left out: the account exists and keeps its own",
            ));
        }
        Some(account) => UserId(account.id),
        None => create_owner(tx, owner, password_hash)?,
    };
    make_store(tx, services, &new, open)
}

fn create_owner(tx: &mut PlatformTx, owner: CheckedOwner, password_hash: Option<String>) -> Result<UserId, TenancyError> {
    let mut errors = FieldErrors::default();
    let needed = "is required, since there is no account with this address yet";
    if owner.name.is_none() {
        errors.add("/owner/name", "required", needed);
    }
    if password_hash.is_none() {
        errors.add("/owner/password", "required", needed);
    }
    errors.into_result()?;
    let new = NewUser {
        email: owner.email,
        name: owner.name.unwrap_or_default(),
        password_hash: password_hash.unwrap_or_default(),
    };
    create_user(tx, &new)
}
