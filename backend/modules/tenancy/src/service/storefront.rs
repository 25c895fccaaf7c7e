//! What a shop shows of itself on every page.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::module::Registry;
use orion_types::status::ModuleTier;
use orion_types::store::{StorefrontInfo, Theme};
use serde_json::Value;

use crate::queries::settings;

/// The words of a shop that are not products: plain text, empty where the owner has written none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopTexts {
    /// A line below the name.
    pub tagline: String,
    /// The headline of the home page.
    pub hero_title: String,
    /// The text below the headline.
    pub hero_text: String,
    /// The path of the large picture on the home page; empty when the shop has none of its own.
    pub hero_image: String,
    /// The headline of the brand story.
    pub brand_title: String,
    /// The brand story; an empty line parts paragraphs.
    pub brand_text: String,
    /// What the product page says about delivery.
    pub shipping_hint: String,
    /// Who runs the shop.
    pub imprint: String,
    /// On which terms it sells.
    pub terms: String,
}

/// The words of the shop.
pub fn shop_texts(tx: &mut StoreTx) -> Result<ShopTexts, DbError> {
    let texts = settings::list_texts(tx)?;
    let text = |key: &str| texts.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(ShopTexts {
        tagline: text("store.tagline"),
        hero_title: text("store.hero_title"),
        hero_text: text("store.hero_text"),
        hero_image: text("store.hero_image"),
        brand_title: text("store.brand_title"),
        brand_text: text("store.brand_text"),
        shipping_hint: text("store.shipping_hint"),
        imprint: text("store.imprint"),
        terms: text("store.terms"),
    })
}

/// The active theme, or the default one where it is missing, broken or cannot be read: a theme never breaks a checkout.
pub fn active_theme(tx: &mut StoreTx) -> Result<Theme, DbError> {
    let theme = match settings::try_theme(tx)? {
        Ok(None) => Ok(Theme::default()),
        Ok(Some(tokens)) => serde_json::from_value(tokens).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    Ok(theme.unwrap_or_else(|error| {
        tracing::warn!(store = %tx.store().code, error, "the theme cannot be read; the default one is shown");
        Theme::default()
    }))
}

/// What the storefront shows on every page.
pub fn storefront_info(tx: &mut StoreTx) -> Result<StorefrontInfo, DbError> {
    let texts = shop_texts(tx)?;
    let theme = active_theme(tx)?;
    let categories = match tx.offered(|module| module.shop_categories) {
        Some(shop_categories) => shop_categories(tx)?,
        None => Vec::new(),
    };
    let modules = public_modules(tx, &tx.modules());
    let legal = [("imprint", &texts.imprint), ("terms", &texts.terms)];
    let legal = legal.into_iter().filter(|(_, text)| !text.is_empty());
    let legal = legal.map(|(key, _)| key.to_owned()).collect();
    let store = tx.store();
    Ok(StorefrontInfo {
        id: store.id,
        name: store.name.clone(),
        tagline: texts.tagline,
        currency: store.currency,
        prices_include_tax: store.prices_include_tax,
        locale: store.locale.clone(),
        contact_email: store.contact_email.clone(),
        modules,
        theme,
        categories,
        logo_url: None,
        shipping_hint: texts.shipping_hint,
        legal,
    })
}

/// The modules that are on; internal ones are nothing that a shop knows of.
fn public_modules(tx: &StoreTx, registry: &Registry) -> Vec<String> {
    let is_public = |tier| tier != ModuleTier::Internal;
    let on = registry
        .all()
        .iter()
        .filter(|module| is_public(module.tier) && tx.module_enabled(module.id));
    on.map(|module| module.id.to_owned()).collect()
}
