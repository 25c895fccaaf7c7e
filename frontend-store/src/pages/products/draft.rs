//! A product while it is edited: signals that become a request.

use leptos::prelude::*;
use orion_app::{Read, Reader};
use orion_rules::matrix::ValueKey;
use orion_types::catalog::{Product, ProductOption, SaveProduct};
use orion_types::{CategoryId, VariantId};
use orion_ui::{Chip, NumberField};

pub use super::variant::VariantDraft;
use crate::store::money_field;

/// An option as it is typed.
#[derive(Clone, PartialEq)]
pub struct OptionDraft {
    /// Names it.
    pub key: u32,
    pub name: ArcRwSignal<String>,
    pub values: ArcRwSignal<Vec<Chip>>,
}

impl OptionDraft {
    fn keys(&self) -> Vec<ValueKey> {
        self.values.with(|values| values.iter().map(|value| value.key).collect())
    }

    fn text(&self, key: ValueKey) -> Option<String> {
        self.values
            .with(|values| values.iter().find(|value| value.key == key).map(|value| value.text.clone()))
    }

    fn read(&self, place: usize, reader: &mut Reader) -> ProductOption {
        let option = ProductOption {
            name: self.name.get().trim().to_owned(),
            values: self.values.with(|values| values.iter().map(|value| value.text.clone()).collect()),
        };
        if option.name.is_empty() {
            reader.refuse(
                format!("/options/{place}/name"),
                "required",
                "Give it a name, or remove the option.",
            );
        }
        if option.values.is_empty() {
            let detail = "Add at least one value, or remove the option.";
            reader.refuse(format!("/options/{place}/values"), "required", detail);
        }
        option
    }
}

/// A product as it is edited.
#[derive(Clone, Copy)]
pub struct ProductDraft {
    pub title: RwSignal<String>,
    pub slug: RwSignal<String>,
    pub description: RwSignal<String>,
    pub vendor: RwSignal<String>,
    pub product_type: RwSignal<String>,
    pub tags: RwSignal<Vec<Chip>>,
    pub featured: RwSignal<bool>,
    pub options: RwSignal<Vec<OptionDraft>>,
    pub variants: RwSignal<Vec<VariantDraft>>,
    /// A price of nothing is meant.
    pub gives_away: RwSignal<bool>,
    /// A price for all variants that was not applied to them yet.
    pub price_of_all: StoredValue<NumberField>,
    pub categories: RwSignal<Vec<CategoryId>>,
    pub seo_title: RwSignal<String>,
    pub seo_description: RwSignal<String>,
    /// The variants that the product had when it was read.
    known: StoredValue<Vec<VariantId>>,
    /// Those of them whose removal was asked about.
    removed: StoredValue<Vec<VariantId>>,
    last_key: StoredValue<u32>,
}

impl ProductDraft {
    /// An empty product with its one variant.
    pub fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        let last_key = StoredValue::new(0);
        Self {
            title: text(),
            slug: text(),
            description: text(),
            vendor: text(),
            product_type: text(),
            tags: RwSignal::new(Vec::new()),
            featured: RwSignal::new(false),
            options: RwSignal::new(Vec::new()),
            variants: RwSignal::new(vec![VariantDraft::new(next(last_key), Vec::new(), None)]),
            gives_away: RwSignal::new(false),
            price_of_all: StoredValue::new(money_field(None)),
            categories: RwSignal::new(Vec::new()),
            seo_title: text(),
            seo_description: text(),
            known: StoredValue::new(Vec::new()),
            removed: StoredValue::new(Vec::new()),
            last_key,
        }
    }

    /// A product that exists.
    pub fn of(product: &Product) -> Self {
        let draft = Self::empty();
        draft.title.set(product.title.clone());
        draft.slug.set(product.slug.clone());
        draft.description.set(product.description_html.clone());
        draft.vendor.set(product.vendor.clone());
        draft.product_type.set(product.product_type.clone());
        draft.tags.set(draft.chips(&product.tags));
        draft.featured.set(product.featured);
        // What was free before was meant before.
        draft
            .gives_away
            .set(product.variants.iter().any(|variant| variant.price.amount_minor == 0));
        draft.categories.set(product.category_ids.clone());
        draft.seo_title.set(product.seo_title.clone());
        draft.seo_description.set(product.seo_description.clone());
        draft.known.set_value(product.variants.iter().map(|variant| variant.id).collect());
        draft.take_options(product);
        draft
    }

    fn take_options(self, product: &Product) {
        let option = |option: &ProductOption| OptionDraft {
            key: self.new_key(),
            name: ArcRwSignal::new(option.name.clone()),
            values: ArcRwSignal::new(self.chips(&option.values)),
        };
        let options: Vec<OptionDraft> = product.options.iter().map(option).collect();
        let key = |option: &OptionDraft, text: &String| {
            let find = |values: &Vec<Chip>| values.iter().find(|value| value.text == *text).map(|value| value.key);
            option.values.with_untracked(find)
        };
        let variant = |variant: &orion_types::catalog::Variant| {
            let values = options.iter().zip(&variant.option_values);
            let values = values.filter_map(|(option, text)| key(option, text)).collect();
            VariantDraft::of(self.new_key(), values, variant, &product.images)
        };
        self.variants.set(product.variants.iter().map(variant).collect());
        self.options.set(options);
    }

    fn chips(self, texts: &[String]) -> Vec<Chip> {
        let chip = |text: &String| Chip {
            key: self.new_key(),
            text: text.clone(),
        };
        texts.iter().map(chip).collect()
    }

    /// A key that nothing of this product has.
    pub fn new_key(self) -> u32 {
        next(self.last_key)
    }

    /// The request, as far as it can be read; tracks everything it reads, so it tells too whether something changed.
    pub fn read(self) -> Read<SaveProduct> {
        let mut reader = Reader::new();
        let (slug, gives_away) = (self.slug.get(), self.gives_away.get());
        let options = self.options.get();
        let typed = options.iter().enumerate();
        let options = typed.map(|(place, option)| option.read(place, &mut reader)).collect();
        let variants = self.variants.get();
        let variants = variants.iter().enumerate();
        let variants = variants.map(|(place, variant)| variant.read(place, self.words(variant), gives_away, &mut reader));
        let variants = variants.collect();
        if !self.price_of_all.get_value().text().trim().is_empty() {
            reader.refuse("/price_of_all", "unapplied", "Apply it to all variants, or empty it.");
        }
        reader.finish(SaveProduct {
            title: self.title.get(),
            slug: (!slug.is_empty()).then_some(slug),
            description_html: self.description.get(),
            vendor: self.vendor.get(),
            product_type: self.product_type.get(),
            tags: self.tags.with(|tags| tags.iter().map(|tag| tag.text.clone()).collect()),
            featured: self.featured.get(),
            options,
            variants,
            category_ids: self.categories.get(),
            seo_title: self.seo_title.get(),
            seo_description: self.seo_description.get(),
            removed_variant_ids: self.removed.get_value(),
        })
    }

    /// The words of a variant's values; to be tracked.
    pub fn words(self, variant: &VariantDraft) -> Vec<String> {
        self.words_of(&variant.values)
    }

    /// The words of values, one of each option that has any; to be tracked.
    pub fn words_of(self, values: &[ValueKey]) -> Vec<String> {
        self.options.with(|options| {
            let options = options.iter().filter(|option| !option.keys().is_empty());
            options.zip(values).filter_map(|(option, key)| option.text(*key)).collect()
        })
    }

    /// The values of the options that have any; to be tracked.
    pub fn value_keys(self) -> Vec<Vec<ValueKey>> {
        let keys = |options: &Vec<OptionDraft>| options.iter().map(OptionDraft::keys).filter(|keys| !keys.is_empty()).collect();
        self.options.with(keys)
    }

    /// Removes the variants that are no longer here from the product as well, when it is saved next.
    pub fn agree_to_removals(self) {
        let kept: Vec<VariantId> = self
            .variants
            .with_untracked(|variants| variants.iter().filter_map(|variant| variant.id).collect());
        let gone = |id: &VariantId| !kept.contains(id);
        self.removed.set_value(self.known.get_value().into_iter().filter(gone).collect());
    }

    /// Takes that back: what is changed after the question was not asked about.
    pub fn forget_removals(self) {
        self.removed.set_value(Vec::new());
    }
}

fn next(last_key: StoredValue<u32>) -> u32 {
    last_key.update_value(|key| *key += 1);
    last_key.get_value()
}
