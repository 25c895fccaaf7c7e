//! The shop this app is running in: known before the first page is made, and the same until it is reloaded.

use std::cell::OnceCell;

use leptos::prelude::*;
use orion_types::Money;
use orion_types::catalog::CategorySummary;
use orion_types::store::{StorefrontInfo, Theme};
use orion_ui::NumberField;
use wasm_bindgen::JsCast;

use crate::text::locale;

/// The shop and the address it is mounted at.
pub struct Shop {
    /// What the shop shows on every page.
    pub info: StorefrontInfo,
    /// Prefix of links and pictures.
    pub base: String,
    /// Prefix of the API.
    pub api: String,
}

thread_local! {
    static SHOP: OnceCell<&'static Shop> = const { OnceCell::new() };
}

/// Makes the shop known. Leaked on purpose: it lives as long as the page, and a reference is cheaper than a clone in every component.
pub fn open(shop: Shop) {
    apply_theme(&shop.info.theme);
    let shop: &'static Shop = Box::leak(Box::new(shop));
    SHOP.with(|cell| cell.set(shop).ok());
}

/// The shop.
pub fn shop() -> &'static Shop {
    SHOP.with(|cell| *cell.get().expect("the shop is opened before any page is made"))
}

impl Shop {
    /// Whether things can be bought; without the module the shop is a catalogue.
    pub fn sells(&self) -> bool {
        self.info.modules.iter().any(|module| module == "orders")
    }

    /// ISO 4217 code of the only currency.
    pub fn currency(&self) -> String {
        self.info.currency.to_string()
    }

    /// An empty field for an amount.
    pub fn money_field(&self) -> NumberField {
        NumberField::money(self.info.currency, None)
    }

    /// A category by its slug.
    pub fn category(&self, slug: &str) -> Option<&CategorySummary> {
        self.info.categories.iter().find(|category| category.slug == slug)
    }

    /// Categories that stand on their own, in the shop's order.
    pub fn top_categories(&self) -> impl Iterator<Item = &CategorySummary> {
        self.info.categories.iter().filter(|category| category.parent_id.is_none())
    }

    /// Categories directly below another.
    pub fn below<'a>(&'a self, parent: &'a CategorySummary) -> impl Iterator<Item = &'a CategorySummary> {
        self.info
            .categories
            .iter()
            .filter(move |category| category.parent_id == Some(parent.id))
    }
}

/// An amount as the reader writes it.
pub fn money(amount: Money) -> String {
    orion_i18n::format_money(amount, locale())
}

/// Puts the store's tokens on the root element; the server has done so already where it rendered the page.
fn apply_theme(theme: &Theme) {
    let Some(root) = document().document_element() else { return };
    let style = root.unchecked_into::<web_sys::HtmlElement>().style();
    let radius = format!("{}px", theme.radius);
    let tokens = [
        ("--accent", &theme.accent),
        ("--on-accent", &theme.on_accent),
        ("--surface", &theme.surface),
        ("--raised", &theme.raised),
        ("--sunken", &theme.sunken),
        ("--text", &theme.text),
        ("--muted", &theme.muted),
        ("--border", &theme.border),
        ("--radius", &radius),
    ];
    for (name, value) in tokens {
        // Refused only for a value that is no colour; the default stays then.
        style.set_property(name, value).ok();
    }
}
