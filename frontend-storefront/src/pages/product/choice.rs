//! Which variant is chosen, and how much of it there is.

use leptos::prelude::*;
use orion_client::Client;
use orion_i18n::swatches;
use orion_types::catalog::{ProductAvailability, ProductOption, ProductPage, StorefrontVariant};
use orion_types::{ImageId, Money, VariantId};

use crate::places::product_path;
use crate::shop::shop;

/// The parameter with the chosen variant; the server reads it too.
const VARIANT: &str = "variant";

/// The variant that the address names.
fn variant_of_address() -> Option<String> {
    let search = window().location().search().ok()?;
    let mut pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == VARIANT).map(|(_, value)| value.to_owned())
}

/// The choice on a product's page.
#[derive(Clone, Copy)]
pub struct Choice {
    options: StoredValue<Vec<ProductOption>>,
    variants: StoredValue<Vec<StorefrontVariant>>,
    /// One value per option.
    chosen: RwSignal<Vec<String>>,
    /// What the server said just now about the stock.
    stock: RwSignal<Option<ProductAvailability>>,
}

impl Choice {
    /// Starts with the variant of the address, else with the first that can be bought, and asks for the stock.
    pub fn new(product: &ProductPage) -> Self {
        let named = variant_of_address();
        let all = &product.variants;
        let first = all
            .iter()
            .find(|variant| named.as_deref() == Some(&variant.id.to_string()))
            .or_else(|| all.iter().find(|variant| variant.available))
            .or(all.first());
        let choice = Self {
            options: StoredValue::new(product.options.clone()),
            variants: StoredValue::new(product.variants.clone()),
            chosen: RwSignal::new(first.map(|variant| variant.option_values.clone()).unwrap_or_default()),
            stock: RwSignal::new(None),
        };
        choice.ask_stock(&product.slug);
        choice
    }

    fn ask_stock(&self, slug: &str) {
        let (stock, path) = (self.stock, format!("{}/availability", product_path(slug)));
        leptos::task::spawn_local(async move {
            if let Ok(answer) = Client::new(shop().api.as_str()).get::<ProductAvailability>(&path).await {
                stock.try_set(Some(answer));
            }
        });
    }

    /// The options of the product.
    pub fn options(&self) -> Vec<ProductOption> {
        self.options.get_value()
    }

    /// The variant with the chosen values; none when there is no such combination.
    pub fn variant(&self) -> Option<StorefrontVariant> {
        self.chosen.with(|chosen| {
            self.variants
                .with_value(|all| all.iter().find(|variant| variant.option_values == *chosen).cloned())
        })
    }

    /// The price of the chosen variant, or of the first where the combination does not exist.
    pub fn price(&self) -> Money {
        let first = || self.variants.with_value(|all| all.first().map(|variant| variant.price));
        self.variant()
            .map(|variant| variant.price)
            .or_else(first)
            .unwrap_or(Money::zero(shop().info.currency))
    }

    /// The picture of the chosen variant: its own, else one of the same colour, since a size looks like the next.
    pub fn image(&self) -> Signal<Option<ImageId>> {
        let choice = *self;
        // Remembered: choosing a size shall not turn to the picture that is being turned to.
        let image = Memo::new(move |_| {
            choice
                .variant()
                .and_then(|variant| variant.image_id)
                .or_else(|| choice.image_of_colour())
        });
        image.into()
    }

    fn image_of_colour(&self) -> Option<ImageId> {
        let colours = self.options.with_value(|options| {
            let places = options.iter().enumerate();
            places
                .filter(|(_, option)| swatches(option.values.iter().map(String::as_str)).is_some())
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        });
        if colours.is_empty() {
            return None;
        }
        let chosen = self.chosen.get();
        let is_alike = |variant: &&StorefrontVariant| colours.iter().all(|at| variant.option_values.get(*at) == chosen.get(*at));
        self.variants
            .with_value(|all| all.iter().filter(is_alike).find_map(|variant| variant.image_id))
    }

    /// The chosen value of an option.
    pub fn value(&self, option: usize) -> String {
        self.chosen.with(|chosen| chosen.get(option).cloned().unwrap_or_default())
    }

    /// Chooses a value; where the others do not go with it, the nearest variant that has it.
    pub fn choose(&self, option: usize, value: &str) {
        let wanted = self.with(option, value);
        let known = |values: &[String]| {
            self.variants
                .with_value(|all| all.iter().any(|variant| variant.option_values == values))
        };
        let values = if known(&wanted) {
            Some(wanted)
        } else {
            self.nearest(option, value)
        };
        if let Some(values) = values {
            self.chosen.set(values);
            self.name_in_address();
        }
    }

    /// Puts the chosen variant into the address: who sends it to somebody sends what they see.
    fn name_in_address(&self) {
        let chosen = untrack(|| self.variant());
        let (Some(variant), Ok(history), Ok(path)) = (chosen, window().history(), window().location().pathname()) else {
            return;
        };
        let state = history.state().unwrap_or(wasm_bindgen::JsValue::NULL);
        let address = format!("{path}?{VARIANT}={}", variant.id);
        history.replace_state_with_url(&state, "", Some(&address)).ok();
    }

    fn with(&self, option: usize, value: &str) -> Vec<String> {
        let mut values = self.chosen.get_untracked();
        if let Some(place) = values.get_mut(option) {
            value.clone_into(place);
        }
        values
    }

    fn nearest(&self, option: usize, value: &str) -> Option<Vec<String>> {
        let has = |variant: &&StorefrontVariant| variant.option_values.get(option).is_some_and(|own| own == value);
        self.variants.with_value(|all| {
            let found = all.iter().filter(has);
            found
                .max_by_key(|variant| variant.available)
                .map(|variant| variant.option_values.clone())
        })
    }

    /// Whether a value can be bought together with the other chosen ones.
    pub fn can_buy(&self, option: usize, value: &str) -> bool {
        self.chosen.track();
        let values = self.with(option, value);
        let found = self.variants.with_value(|all| {
            all.iter()
                .find(|variant| variant.option_values == values)
                .map(|variant| (variant.id, variant.available))
        });
        found.is_some_and(|(id, available)| self.left(id).map_or(available, |left| left.is_none_or(|left| left > 0)))
    }

    /// How many of a variant are left: `None` while it is not known, `Some(None)` when no stock is kept.
    pub fn left(&self, id: VariantId) -> Option<Option<i32>> {
        self.stock.with(|stock| {
            let found = stock.as_ref()?.variants.iter().find(|variant| variant.variant_id == id)?;
            Some(found.available)
        })
    }
}
