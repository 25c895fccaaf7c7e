//! The general settings of a store.

use orion_events::SettingsUpdated;
use orion_framework::conversion::Conversion;
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::http::Expected;
use orion_types::Currency;
use orion_types::store::{StoreSettings, Theme, UpdateStoreSettings};
use serde_json::Value;

use super::settings_check::{self, CheckedSettings};
use super::storefront::{ShopTexts, active_theme, shop_texts};
use crate::error::TenancyError;
use crate::model::GeneralRow;
use crate::queries::settings::{self, GeneralChanges};

/// The settings as they are.
pub(crate) fn read(tx: &mut StoreTx) -> Result<StoreSettings, TenancyError> {
    let general = settings::get_general(tx)?;
    let texts = shop_texts(tx)?;
    let theme = active_theme(tx)?;
    let currency_locked = currency_locked(tx)?;
    let (currency, price_count) = (currency_of(&general)?, price_count(tx)?);
    let ShopTexts {
        tagline,
        hero_title,
        hero_text,
        hero_image: _,
        brand_title,
        brand_text,
        shipping_hint,
        imprint,
        terms,
    } = texts;
    let GeneralRow {
        name,
        code,
        currency: _,
        prices_include_tax,
        locale,
        timezone,
        contact_email,
        allowed_origins,
        version,
    } = general;
    Ok(StoreSettings {
        name,
        code,
        tagline,
        contact_email,
        currency,
        currency_locked,
        price_count,
        prices_include_tax,
        locale,
        timezone,
        hero_title,
        hero_text,
        brand_title,
        brand_text,
        shipping_hint,
        imprint,
        terms,
        theme,
        allowed_origins,
        storefront_url: tx.store().visit_url(),
        version,
    })
}

/// Whether a module has something that fixes the currency, even one that is off: its data stays.
fn currency_locked(tx: &mut StoreTx) -> Result<bool, DbError> {
    let modules = tx.modules();
    for hook in modules.all().iter().filter_map(|module| module.currency_locked) {
        if hook(tx)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Changes the settings, whatever their version is.
pub fn set_settings(tx: &mut StoreTx, change: &UpdateStoreSettings) -> Result<(), TenancyError> {
    update(tx, None, change)
}

/// Changes the settings; `version` is what the caller has read.
pub(crate) fn update(tx: &mut StoreTx, version: Option<Expected>, change: &UpdateStoreSettings) -> Result<(), TenancyError> {
    let checked = settings_check::check(change)?;
    let before = settings::lock_general(tx)?;
    if version.is_some_and(|version| before.version != version) {
        return Err(TenancyError::Stale);
    }
    if *change == UpdateStoreSettings::default() {
        tx.no_audit("nothing was to be changed");
        return Ok(());
    }
    let entry = AuditEntry::new("store.settings_updated", "stores", tx.store_id());
    let entry = move_prices(tx, &before, &checked, entry)?;
    let entry = write_general(tx, &before, &checked, entry)?;
    let entry = write_texts(tx, &checked, entry)?;
    let entry = write_theme(tx, checked.theme.as_ref(), entry)?;
    tx.emit(&SettingsUpdated {
        store_id: tx.store().id,
        changed: entry.names(),
    });
    tx.audit(entry);
    // Name, language and currency stand on every page and in every server's memory.
    tx.touch_catalog();
    tx.tenant_changed();
    Ok(())
}

/// Writes prices anew where the store gets another currency; without a rate it only does where there are none.
fn move_prices(tx: &mut StoreTx, before: &GeneralRow, checked: &CheckedSettings, entry: AuditEntry) -> Result<AuditEntry, TenancyError> {
    let from = currency_of(before)?;
    let Some(to) = checked.currency.filter(|to| *to != from) else {
        return Ok(entry);
    };
    if currency_locked(tx)? {
        return Err(TenancyError::CurrencyLocked);
    }
    let count = price_count(tx)?;
    let Some(rate) = checked.price_rate else {
        return if count == 0 {
            Ok(entry)
        } else {
            Err(TenancyError::CurrencyHasPrices { count, from, to })
        };
    };
    let conversion = Conversion::new(rate, from, to);
    for hooks in tx.modules().all().iter().filter_map(|module| module.prices) {
        if !(hooks.convert)(tx, &conversion)? {
            return Err(TenancyError::PriceRate);
        }
    }
    Ok(entry.note("prices", count).note("price_factor", conversion.factor()))
}

fn price_count(tx: &mut StoreTx) -> Result<i64, DbError> {
    let modules = tx.modules();
    let mut count = 0;
    for hooks in modules.all().iter().filter_map(|module| module.prices) {
        count += (hooks.count)(tx)?;
    }
    Ok(count)
}

fn currency_of(general: &GeneralRow) -> Result<Currency, DbError> {
    general.currency.parse().map_err(|_| DbError::Check {
        constraint: "stores_currency".to_owned(),
    })
}

fn write_general(tx: &mut StoreTx, before: &GeneralRow, checked: &CheckedSettings, entry: AuditEntry) -> Result<AuditEntry, TenancyError> {
    let changes = GeneralChanges {
        name: checked.name.as_deref(),
        currency: checked.currency.map(|currency| currency.code()),
        prices_include_tax: checked.prices_include_tax,
        locale: checked.locale.as_deref(),
        timezone: checked.timezone.as_deref(),
        contact_email: checked.contact_email.as_deref(),
        allowed_origins: checked.allowed_origins.as_deref(),
    };
    settings::update_general(tx, &changes)?;
    let after = settings::get_general(tx)?;
    Ok(entry
        .change("name", &before.name, &after.name)
        .change("currency", &before.currency, &after.currency)
        .change("prices_include_tax", before.prices_include_tax, after.prices_include_tax)
        .change("locale", &before.locale, &after.locale)
        .change("timezone", &before.timezone, &after.timezone)
        .change("contact_email", &before.contact_email, &after.contact_email)
        .change("allowed_origins", &before.allowed_origins, &after.allowed_origins))
}

fn write_texts(tx: &mut StoreTx, checked: &CheckedSettings, mut entry: AuditEntry) -> Result<AuditEntry, TenancyError> {
    let before = settings::list_texts(tx)?;
    for (key, text) in &checked.texts {
        settings::set(tx, key, &Value::from(text.as_str()))?;
        let old = before.get(*key).and_then(Value::as_str).unwrap_or_default();
        entry = entry.change(key, old, text);
    }
    Ok(entry)
}

fn write_theme(tx: &mut StoreTx, theme: Option<&Theme>, entry: AuditEntry) -> Result<AuditEntry, TenancyError> {
    let Some(theme) = theme else { return Ok(entry) };
    let before = active_theme(tx)?;
    settings::set_theme(tx, &serde_json::json!(theme))?;
    Ok(entry.change("theme", &before, theme))
}
