//! A product as somebody wants it: checked, trimmed, sanitised, and not yet compared with what exists.

use std::collections::HashSet;
use std::sync::LazyLock;

use orion_framework::marks::Marks;
use orion_framework::problem::{FieldErrors, ProblemDraft, ProblemKind};
use orion_rules::variants::{MAX_VARIANTS, VariantsError, check_variants};
use orion_types::FieldProblem;
use orion_types::catalog::{ProductOption, SaveProduct, SaveVariant};
use orion_types::measure::{self, Content, MAX_CONTENT_MILLI};
use orion_types::validation::{self, FieldError, MAX_TITLE_LENGTH};
use uuid::Uuid;

use crate::error::{CatalogError, DUPLICATE_VARIANT};

/// Most tags a product may have.
pub(crate) const MAX_TAGS: usize = 250;
/// Longest value of an option, in characters; three of them fit into the title of a variant.
pub(crate) const MAX_OPTION_VALUE: usize = 255;
/// Longest vendor, type, tag and name of an option, in characters.
pub(crate) const MAX_LABEL: usize = 255;
/// Longest barcode.
pub(crate) const MAX_BARCODE: usize = 64;
/// Longest description for search engines.
pub(crate) const MAX_SEO_DESCRIPTION: usize = 500;
/// Most categories a product may be in.
const MAX_CATEGORIES: usize = 50;
/// Heaviest variant, in grams: a thousand tonnes.
const MAX_WEIGHT_GRAMS: i32 = 1_000_000_000;
/// Largest stock of a variant, in units.
pub(crate) const MAX_ON_HAND: i32 = validation::MAX_ON_HAND;

/// A product that may be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProductDraft {
    pub title: String,
    /// `None`: keep the present one, or make one from the title.
    pub slug: Option<String>,
    pub description_html: String,
    pub vendor: String,
    pub product_type: String,
    pub tags: Vec<String>,
    pub featured: bool,
    pub options: Vec<ProductOption>,
    pub variants: Vec<VariantDraft>,
    pub category_ids: Vec<Uuid>,
    pub seo_title: String,
    pub seo_description: String,
    /// The handle under which a file knows a new product.
    pub import_key: Option<String>,
    /// What a new product's address is made of when none is given; the title unless told.
    pub address_of: Option<String>,
    /// Variants that are to go.
    pub removed_variant_ids: Vec<Uuid>,
    pub marks: Marks,
}

/// A variant that may be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VariantDraft {
    pub id: Option<Uuid>,
    pub option_values: Vec<String>,
    pub sku: Option<String>,
    pub barcode: String,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub cost_minor: Option<i64>,
    pub content: Option<Content>,
    pub weight_grams: i32,
    pub taxable: bool,
    pub requires_shipping: bool,
    pub track_inventory: bool,
    pub initial_on_hand: Option<i32>,
    pub marks: Marks,
}

/// What was found so far: fields that are wrong by themselves, and fields that collide with each other.
#[derive(Default)]
struct Findings {
    fields: FieldErrors,
    collisions: Vec<(&'static ProblemKind, FieldProblem)>,
}

/// Checks everything at once, so that a person mends it in one go.
///
/// # Errors
/// 422 with every wrong field; 409 when the only fault is that variants collide with each other.
pub(crate) fn check(save: SaveProduct) -> Result<ProductDraft, CatalogError> {
    let SaveProduct {
        title,
        slug,
        description_html,
        vendor,
        product_type,
        tags,
        featured,
        options,
        variants,
        category_ids,
        seo_title,
        seo_description,
        removed_variant_ids,
    } = save;
    let mut found = Findings::default();
    let fields = &mut found.fields;
    let slug = slug.filter(|slug| !slug.trim().is_empty());
    let category_ids = distinct(category_ids.into_iter().map(|id| id.0));
    if category_ids.len() > MAX_CATEGORIES {
        fields.check("/category_ids", Err::<(), _>(FieldError::TooLong { max: MAX_CATEGORIES }));
    }
    let draft = ProductDraft {
        title: text(fields, "/title", validation::title(&title).map(Some)),
        slug: slug.map(|slug| text(fields, "/slug", validation::slug(&slug).map(Some))),
        description_html: html(fields, &description_html),
        vendor: text(fields, "/vendor", validation::optional(&vendor, MAX_LABEL)),
        product_type: text(fields, "/product_type", validation::optional(&product_type, MAX_LABEL)),
        tags: check_tags(fields, &tags),
        featured,
        options: check_option_texts(fields, &options),
        variants: check_each_variant(fields, &variants),
        category_ids,
        seo_title: text(fields, "/seo_title", validation::optional(&seo_title, MAX_TITLE_LENGTH)),
        seo_description: text(
            fields,
            "/seo_description",
            validation::optional(&seo_description, MAX_SEO_DESCRIPTION),
        ),
        import_key: None,
        address_of: None,
        removed_variant_ids: removed_variant_ids.into_iter().map(|id| id.0).collect(),
        marks: Marks::default(),
    };
    check_matrix(&mut found, &draft.options, &draft.variants);
    found.into_result()?;
    Ok(draft)
}

impl Findings {
    fn collide(&mut self, kind: &'static ProblemKind, pointer: String, code: &str, detail: &str) {
        self.collisions.push((kind, FieldProblem::new(pointer, code, detail)));
    }

    fn into_result(mut self) -> Result<(), ProblemDraft> {
        if self.fields.is_empty() {
            let Some((kind, _)) = self.collisions.first() else { return Ok(()) };
            let mut draft = ProblemDraft::new(kind);
            draft.errors = self.collisions.into_iter().map(|(_, field)| field).collect();
            return Err(draft);
        }
        for (_, FieldProblem { pointer, code, detail, .. }) in self.collisions {
            self.fields.add(pointer, code, detail);
        }
        self.fields.into_result()
    }
}

fn text(fields: &mut FieldErrors, pointer: impl Into<String>, result: Result<Option<&str>, FieldError>) -> String {
    fields.check(pointer, result).flatten().unwrap_or_default().to_owned()
}

/// What shoppers may be shown: no scripts, styles or forms, and no pictures from elsewhere, which would tell others who reads the page.
static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    builder.rm_tags(["img", "map", "area"]);
    builder
});

fn html(fields: &mut FieldErrors, typed: &str) -> String {
    let checked = fields
        .check("/description_html", validation::description(typed))
        .unwrap_or_default();
    SANITISER.clean(checked).to_string()
}

fn check_tags(fields: &mut FieldErrors, tags: &[String]) -> Vec<String> {
    if tags.len() > MAX_TAGS {
        fields.check("/tags", Err::<(), _>(FieldError::TooLong { max: MAX_TAGS }));
        return Vec::new();
    }
    let checked = tags.iter().enumerate().filter_map(|(index, tag)| {
        fields
            .check(format!("/tags/{index}"), validation::optional(tag, MAX_LABEL))
            .flatten()
            .map(str::to_owned)
    });
    distinct(checked)
}

/// The first of each, in their order.
fn distinct<T: Clone + Eq + std::hash::Hash>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

fn check_option_texts(fields: &mut FieldErrors, options: &[ProductOption]) -> Vec<ProductOption> {
    let mut check = |(index, option): (usize, &ProductOption)| {
        let name = text(
            fields,
            format!("/options/{index}/name"),
            validation::optional(&option.name, MAX_LABEL),
        );
        if option.values.len() > MAX_VARIANTS {
            fields.check(
                format!("/options/{index}/values"),
                Err::<(), _>(FieldError::TooLong { max: MAX_VARIANTS }),
            );
        }
        let value = |(place, value): (usize, &String)| {
            text(
                fields,
                format!("/options/{index}/values/{place}"),
                validation::optional(value, MAX_OPTION_VALUE),
            )
        };
        let values = option.values.iter().take(MAX_VARIANTS).enumerate().map(value).collect();
        ProductOption { name, values }
    };
    options.iter().enumerate().map(&mut check).collect()
}

fn check_each_variant(fields: &mut FieldErrors, variants: &[SaveVariant]) -> Vec<VariantDraft> {
    if variants.is_empty() {
        fields.add("/variants", "required", "a product has at least one variant");
    }
    let mut ids = HashSet::new();
    let mut check = |(index, variant): (usize, &SaveVariant)| {
        if variant.id.is_some_and(|id| !ids.insert(id)) {
            fields.add(format!("/variants/{index}/id"), "duplicate", "is named twice");
        }
        check_variant(fields, index, variant)
    };
    // One more than allowed is enough to be told so; a request of a million variants is not read to its end.
    variants.iter().take(MAX_VARIANTS + 1).enumerate().map(&mut check).collect()
}

fn check_variant(fields: &mut FieldErrors, index: usize, variant: &SaveVariant) -> VariantDraft {
    let at = |field: &str| format!("/variants/{index}/{field}");
    let sku = (!variant.sku.trim().is_empty()).then(|| text(fields, at("sku"), validation::sku(&variant.sku).map(Some)));
    fields.check(at("price_minor"), validation::price_minor(variant.price_minor));
    if let Some(compare_at) = variant.compare_at_minor {
        fields.check(at("compare_at_minor"), validation::price_minor(compare_at));
    }
    if let Some(cost) = variant.cost_minor {
        fields.check(at("cost_minor"), validation::price_minor(cost));
    }
    check_content(fields, index, variant.content.as_ref());
    within(fields, at("weight_grams"), variant.weight_grams, MAX_WEIGHT_GRAMS);
    if let Some(units) = variant.initial_on_hand {
        within(fields, at("initial_on_hand"), units, MAX_ON_HAND);
    }
    VariantDraft {
        id: variant.id.map(|id| id.0),
        option_values: variant.option_values.iter().map(|value| value.trim().to_owned()).collect(),
        sku,
        barcode: text(fields, at("barcode"), validation::optional(&variant.barcode, MAX_BARCODE)),
        price_minor: variant.price_minor,
        compare_at_minor: variant.compare_at_minor,
        cost_minor: variant.cost_minor,
        content: variant.content.clone(),
        weight_grams: variant.weight_grams,
        taxable: variant.taxable,
        requires_shipping: variant.requires_shipping,
        track_inventory: variant.track_inventory,
        initial_on_hand: variant.initial_on_hand,
        marks: Marks::default(),
    }
}

fn check_content(fields: &mut FieldErrors, index: usize, content: Option<&Content>) {
    let Some(Content { amount_milli, unit }) = content else { return };
    if !(1..=MAX_CONTENT_MILLI).contains(amount_milli) {
        let detail = format!("must be between 1 and {MAX_CONTENT_MILLI}");
        fields.add(format!("/variants/{index}/content/amount_milli"), "out_of_range", detail);
    }
    if measure::find(unit).is_none() {
        let known: Vec<&str> = measure::UNITS.iter().map(|unit| unit.sign).collect();
        let detail = format!("is one of {}", known.join(", "));
        fields.add(format!("/variants/{index}/content/unit"), "unknown_value", detail);
    }
}

fn within(fields: &mut FieldErrors, pointer: String, value: i32, max: i32) {
    let out_of_range = FieldError::OutOfRange { min: 0, max: max.into() };
    fields.check(pointer, if (0..=max).contains(&value) { Ok(()) } else { Err(out_of_range) });
}

fn check_matrix(found: &mut Findings, options: &[ProductOption], variants: &[VariantDraft]) {
    let values: Vec<&[String]> = variants.iter().map(|variant| variant.option_values.as_slice()).collect();
    let Err(error) = check_variants(options, &values) else { return };
    let (pointer, code) = match error {
        VariantsError::TooManyOptions => ("/options".to_owned(), "too_long"),
        VariantsError::TooManyVariants => ("/variants".to_owned(), "too_long"),
        VariantsError::UnnamedOption { option } => (format!("/options/{option}/name"), "required"),
        VariantsError::MissingValue { option } => (format!("/options/{option}/values"), "required"),
        VariantsError::DuplicateOption { option } => (format!("/options/{option}/name"), "duplicate"),
        VariantsError::DuplicateValue { option } => (format!("/options/{option}/values"), "duplicate"),
        VariantsError::UnknownValue { variant } => (format!("/variants/{variant}/option_values"), "unknown_value"),
        VariantsError::DuplicateVariant { variant, .. } => {
            let pointer = format!("/variants/{variant}/option_values");
            return found.collide(&DUPLICATE_VARIANT, pointer, "duplicate", &error.to_string());
        }
    };
    found.fields.add(pointer, code, error.to_string());
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
