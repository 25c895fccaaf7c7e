//! A product while it is edited: signals that become a request.

use leptos::prelude::*;
use orion_rules::variants::combinations;
use orion_types::catalog::{Product, ProductImage, ProductOption, SaveProduct, SaveVariant, Variant};
use orion_types::{CategoryId, VariantId};

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
    pub price: ArcRwSignal<Option<i64>>,
    pub compare_at: ArcRwSignal<Option<i64>>,
    pub stock: ArcRwSignal<Option<i64>>,
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
    fn new(values: Vec<String>, price: Option<i64>) -> Self {
        Self {
            id: None,
            values,
            sku: ArcRwSignal::new(String::new()),
            price: ArcRwSignal::new(price),
            compare_at: ArcRwSignal::new(None),
            stock: ArcRwSignal::new(Some(0)),
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
            price: ArcRwSignal::new(Some(variant.price.amount_minor)),
            compare_at: ArcRwSignal::new(variant.compare_at.map(|price| price.amount_minor)),
            stock: ArcRwSignal::new(None),
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

    fn save(&self) -> SaveVariant {
        let stock = self.stock.get().and_then(|units| i32::try_from(units).ok());
        SaveVariant {
            id: self.id,
            option_values: self.values.clone(),
            sku: self.sku.get(),
            barcode: self.kept.barcode.clone(),
            price_minor: self.price.get().unwrap_or(0),
            compare_at_minor: self.compare_at.get(),
            weight_grams: self.kept.weight_grams,
            taxable: self.kept.taxable,
            requires_shipping: self.kept.requires_shipping,
            track_inventory: self.kept.track_inventory,
            initial_on_hand: if self.id.is_none() { stock } else { None },
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
            variants: RwSignal::new(vec![VariantDraft::new(Vec::new(), None)]),
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
            categories: RwSignal::new(product.category_ids.clone()),
            seo_title: text(&product.seo_title),
            seo_description: text(&product.seo_description),
        }
    }

    /// The request; tracks everything it reads, so it tells too whether something changed.
    pub fn save(self) -> SaveProduct {
        let slug = self.slug.get();
        SaveProduct {
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
            variants: self.variants.get().iter().map(VariantDraft::save).collect(),
            category_ids: self.categories.get(),
            seo_title: self.seo_title.get(),
            seo_description: self.seo_description.get(),
        }
    }

    fn typed_options(self) -> Vec<ProductOption> {
        let complete = |option: &ProductOption| !option.name.is_empty() && !option.values.is_empty();
        self.options.get().iter().map(OptionDraft::option).filter(complete).collect()
    }

    /// Makes the variants match the options: those that fit stay as they are, missing ones are added with the first one's price.
    pub fn match_variants(self) -> Result<(), String> {
        let wanted = combinations(&untrack(|| self.typed_options())).map_err(|error| error.to_string())?;
        let present = self.variants.get_untracked();
        let price = present.first().and_then(|variant| variant.price.get_untracked());
        let find = |values: &Vec<String>| present.iter().find(|variant| &variant.values == values).cloned();
        self.variants.set(
            wanted
                .into_iter()
                .map(|values| find(&values).unwrap_or_else(|| VariantDraft::new(values, price)))
                .collect(),
        );
        Ok(())
    }
}
