//! A product while it is edited: signals that become a request.

use leptos::prelude::*;
use orion_app::{Read, Reader};
use orion_rules::variants::combinations;
use orion_types::catalog::{Product, ProductImage, ProductOption, SaveProduct, SaveVariant, Variant};
use orion_types::{CategoryId, VariantId};
use orion_ui::NumberField;

use crate::store::money_field;

/// Most units that a variant begins with.
const MAX_ON_HAND: i64 = 1_000_000;

/// An option as it is typed: values separated by commas.
///
/// Options and variants come and go while the form is open. Their signals are counted, because those of an arena would end with
/// the row of the form in which they were made.
#[derive(Clone, PartialEq)]
pub struct OptionDraft {
    pub name: ArcRwSignal<String>,
    pub values: ArcRwSignal<String>,
}

impl OptionDraft {
    pub fn new(name: &str, values: &[String]) -> Self {
        Self {
            name: ArcRwSignal::new(name.to_owned()),
            values: ArcRwSignal::new(values.join(", ")),
        }
    }

    fn option(&self) -> ProductOption {
        let values = self
            .values
            .get()
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect();
        ProductOption {
            name: self.name.get().trim().to_owned(),
            values,
        }
    }
}

/// A variant as it is edited.
#[derive(Clone, PartialEq)]
pub struct VariantDraft {
    pub id: Option<VariantId>,
    pub values: Vec<String>,
    pub sku: ArcRwSignal<String>,
    pub price: NumberField,
    pub compare_at: NumberField,
    pub stock: NumberField,
    pub on_hand: Option<i32>,
    /// The picture that shows it, when one does.
    pub image: Option<ProductImage>,
    kept: Kept,
}

/// What this form does not show and must not lose.
#[derive(Clone, PartialEq)]
struct Kept {
    barcode: String,
    weight_grams: i32,
    taxable: bool,
    requires_shipping: bool,
    track_inventory: bool,
}

impl VariantDraft {
    fn new(values: Vec<String>, price: NumberField) -> Self {
        Self {
            id: None,
            values,
            sku: ArcRwSignal::new(String::new()),
            price,
            compare_at: money_field(None),
            stock: NumberField::whole(0, MAX_ON_HAND, Some(0)),
            on_hand: None,
            image: None,
            kept: Kept {
                barcode: String::new(),
                weight_grams: 0,
                taxable: true,
                requires_shipping: true,
                track_inventory: true,
            },
        }
    }

    fn of(variant: &Variant, images: &[ProductImage]) -> Self {
        Self {
            id: Some(variant.id),
            values: variant.option_values.clone(),
            sku: ArcRwSignal::new(variant.sku.clone()),
            price: money_field(Some(variant.price.amount_minor)),
            compare_at: money_field(variant.compare_at.map(|price| price.amount_minor)),
            stock: NumberField::whole(0, MAX_ON_HAND, None),
            on_hand: variant.on_hand,
            image: images.iter().find(|image| image.variant_id == Some(variant.id)).cloned(),
            kept: Kept {
                barcode: variant.barcode.clone(),
                weight_grams: variant.weight_grams,
                taxable: variant.taxable,
                requires_shipping: variant.requires_shipping,
                track_inventory: variant.track_inventory,
            },
        }
    }

    /// Whether the price is one that can be read, and nothing; to be tracked.
    pub fn is_free(&self) -> bool {
        self.price.read() == Ok(Some(0))
    }

    fn read(&self, place: usize, gives_away: bool, reader: &mut Reader) -> SaveVariant {
        let at = |field: &str| format!("/variants/{place}/{field}");
        let price_minor = reader.required(at("price_minor"), &self.price);
        if self.is_free() && !gives_away {
            reader.refuse(
                at("price_minor"),
                "free",
                "At 0 it is given away. Say below that you mean it, or enter a price.",
            );
        }
        let stock = if self.id.is_none() {
            reader.optional(at("initial_on_hand"), &self.stock)
        } else {
            None
        };
        SaveVariant {
            id: self.id,
            option_values: self.values.clone(),
            sku: self.sku.get(),
            barcode: self.kept.barcode.clone(),
            price_minor,
            compare_at_minor: reader.optional(at("compare_at_minor"), &self.compare_at),
            weight_grams: self.kept.weight_grams,
            taxable: self.kept.taxable,
            requires_shipping: self.kept.requires_shipping,
            track_inventory: self.kept.track_inventory,
            initial_on_hand: stock,
        }
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
    pub tags: RwSignal<String>,
    pub featured: RwSignal<bool>,
    pub options: RwSignal<Vec<OptionDraft>>,
    pub variants: RwSignal<Vec<VariantDraft>>,
    /// A price of nothing is meant.
    pub gives_away: RwSignal<bool>,
    pub categories: RwSignal<Vec<CategoryId>>,
    pub seo_title: RwSignal<String>,
    pub seo_description: RwSignal<String>,
}

impl ProductDraft {
    /// An empty product with its one variant.
    pub fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            title: text(),
            slug: text(),
            description: text(),
            vendor: text(),
            product_type: text(),
            tags: text(),
            featured: RwSignal::new(false),
            options: RwSignal::new(Vec::new()),
            variants: RwSignal::new(vec![VariantDraft::new(Vec::new(), money_field(None))]),
            gives_away: RwSignal::new(false),
            categories: RwSignal::new(Vec::new()),
            seo_title: text(),
            seo_description: text(),
        }
    }

    /// A product that exists.
    pub fn of(product: &Product) -> Self {
        let text = |value: &str| RwSignal::new(value.to_owned());
        Self {
            title: text(&product.title),
            slug: text(&product.slug),
            description: text(&product.description_html),
            vendor: text(&product.vendor),
            product_type: text(&product.product_type),
            tags: RwSignal::new(product.tags.join(", ")),
            featured: RwSignal::new(product.featured),
            options: RwSignal::new(
                product
                    .options
                    .iter()
                    .map(|option| OptionDraft::new(&option.name, &option.values))
                    .collect(),
            ),
            variants: RwSignal::new(
                product
                    .variants
                    .iter()
                    .map(|variant| VariantDraft::of(variant, &product.images))
                    .collect(),
            ),
            // What was free before was meant before.
            gives_away: RwSignal::new(product.variants.iter().any(|variant| variant.price.amount_minor == 0)),
            categories: RwSignal::new(product.category_ids.clone()),
            seo_title: text(&product.seo_title),
            seo_description: text(&product.seo_description),
        }
    }

    /// The request, as far as it can be read; tracks everything it reads, so it tells too whether something changed.
    pub fn read(self) -> Read<SaveProduct> {
        let mut reader = Reader::new();
        let (slug, gives_away) = (self.slug.get(), self.gives_away.get());
        let variants = self.variants.get();
        let variants = variants.iter().enumerate();
        let variants = variants
            .map(|(place, variant)| variant.read(place, gives_away, &mut reader))
            .collect();
        let body = SaveProduct {
            title: self.title.get(),
            slug: (!slug.is_empty()).then_some(slug),
            description_html: self.description.get(),
            vendor: self.vendor.get(),
            product_type: self.product_type.get(),
            tags: self
                .tags
                .get()
                .split(',')
                .map(str::trim)
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            featured: self.featured.get(),
            options: self.typed_options(),
            variants,
            category_ids: self.categories.get(),
            seo_title: self.seo_title.get(),
            seo_description: self.seo_description.get(),
        };
        reader.finish(body)
    }

    fn typed_options(self) -> Vec<ProductOption> {
        let complete = |option: &ProductOption| !option.name.is_empty() && !option.values.is_empty();
        self.options.get().iter().map(OptionDraft::option).filter(complete).collect()
    }

    /// Makes the variants match the options: those that fit stay as they are, missing ones are added with the first one's price.
    pub fn match_variants(self) -> Result<(), String> {
        let wanted = combinations(&untrack(|| self.typed_options())).map_err(|error| error.to_string())?;
        let present = self.variants.get_untracked();
        // The text as it is typed, whatever it says.
        let price = || present.first().map_or_else(|| money_field(None), |variant| variant.price.copy());
        let find = |values: &Vec<String>| present.iter().find(|variant| &variant.values == values).cloned();
        self.variants.set(
            wanted
                .into_iter()
                .map(|values| find(&values).unwrap_or_else(|| VariantDraft::new(values, price())))
                .collect(),
        );
        Ok(())
    }
}
