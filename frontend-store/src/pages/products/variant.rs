//! A variant while it is edited.

use leptos::prelude::*;
use orion_app::Reader;
use orion_rules::matrix::ValueKey;
use orion_types::VariantId;
use orion_types::catalog::{ProductImage, SaveVariant, Variant};
use orion_types::measure::{Content, MAX_CONTENT_MILLI};
use orion_ui::NumberField;

use crate::store::money_field;

/// Most units that a variant begins with.
pub const MAX_ON_HAND: i64 = 1_000_000;
/// Heaviest variant, in grams: a thousand tonnes.
const MAX_WEIGHT: i64 = 1_000_000_000;

/// A variant as it is edited. Its values are keys: one that gets another name is still the same.
///
/// Variants come and go while the form is open. Their signals are counted, because those of an arena would end with the row of the form in
/// which they were made.
#[derive(Clone, PartialEq)]
pub struct VariantDraft {
    /// Names the row.
    pub key: u32,
    pub id: Option<VariantId>,
    pub values: Vec<ValueKey>,
    pub sku: ArcRwSignal<String>,
    pub price: NumberField,
    pub compare_at: NumberField,
    pub stock: NumberField,
    pub on_hand: Option<i32>,
    /// The picture that shows it, when one does.
    pub image: Option<ProductImage>,
    /// What the merchant pays.
    pub cost: NumberField,
    /// How much is in it, and of which unit; no unit is no content.
    pub content: NumberField,
    pub content_unit: ArcRwSignal<String>,
    pub barcode: ArcRwSignal<String>,
    /// In kilograms.
    pub weight: NumberField,
    pub taxable: ArcRwSignal<bool>,
    pub requires_shipping: ArcRwSignal<bool>,
    pub track_inventory: ArcRwSignal<bool>,
}

impl VariantDraft {
    /// A new one, with the price and nature of another where there is one.
    pub fn new(key: u32, values: Vec<ValueKey>, like: Option<&Self>) -> Self {
        let flag = |of: fn(&Self) -> &ArcRwSignal<bool>| ArcRwSignal::new(like.is_none_or(|like| of(like).get_untracked()));
        let number = |of: fn(&Self) -> &NumberField, empty: fn() -> NumberField| like.map_or_else(empty, |like| of(like).copy());
        Self {
            key,
            id: None,
            values,
            sku: ArcRwSignal::new(String::new()),
            price: number(|like| &like.price, || money_field(None)),
            compare_at: number(|like| &like.compare_at, || money_field(None)),
            stock: NumberField::whole(0, MAX_ON_HAND, Some(0)),
            on_hand: None,
            image: None,
            cost: number(|like| &like.cost, || money_field(None)),
            content: number(|like| &like.content, || content(None)),
            content_unit: ArcRwSignal::new(like.map(|like| like.content_unit.get_untracked()).unwrap_or_default()),
            barcode: ArcRwSignal::new(String::new()),
            weight: number(|like| &like.weight, || weight(0)),
            taxable: flag(|like| &like.taxable),
            requires_shipping: flag(|like| &like.requires_shipping),
            track_inventory: flag(|like| &like.track_inventory),
        }
    }

    /// One that exists.
    pub fn of(key: u32, values: Vec<ValueKey>, variant: &Variant, images: &[ProductImage]) -> Self {
        Self {
            key,
            id: Some(variant.id),
            values,
            sku: ArcRwSignal::new(variant.sku.clone()),
            price: money_field(Some(variant.price.amount_minor)),
            compare_at: money_field(variant.compare_at.map(|price| price.amount_minor)),
            stock: NumberField::whole(0, MAX_ON_HAND, None),
            on_hand: variant.on_hand,
            image: images.iter().find(|image| image.variant_id == Some(variant.id)).cloned(),
            cost: money_field(variant.cost.map(|cost| cost.amount_minor)),
            content: content(variant.content.as_ref()),
            content_unit: ArcRwSignal::new(variant.content.as_ref().map(|content| content.unit.clone()).unwrap_or_default()),
            barcode: ArcRwSignal::new(variant.barcode.clone()),
            weight: weight(variant.weight_grams),
            taxable: ArcRwSignal::new(variant.taxable),
            requires_shipping: ArcRwSignal::new(variant.requires_shipping),
            track_inventory: ArcRwSignal::new(variant.track_inventory),
        }
    }

    /// Whether the price is one that can be read, and nothing; to be tracked.
    pub fn is_free(&self) -> bool {
        self.price.read() == Ok(Some(0))
    }

    /// What it costs per kilogram, litre or metre, once price and content can be read; to be tracked.
    pub fn unit_price(&self) -> Option<(i64, &'static str)> {
        let (Ok(Some(price)), Ok(Some(amount_milli))) = (self.price.read(), self.content.read()) else {
            return None;
        };
        let unit = self.content_unit.get();
        Content { amount_milli, unit }.unit_price(price)
    }

    /// How much is in it. An amount without a unit, or a unit without an amount, is neither.
    fn read_content(&self, place: usize, reader: &mut Reader) -> Option<Content> {
        let pointer = format!("/variants/{place}/content");
        let unit = self.content_unit.get();
        let amount_milli: Option<i64> = reader.optional(format!("{pointer}/amount_milli"), &self.content);
        match (amount_milli, unit.as_str()) {
            (None, "") => None,
            (Some(_), "") => {
                reader.refuse(format!("{pointer}/unit"), "required", "Choose the unit, or empty the content.");
                None
            }
            (None, _) if self.content.text().trim().is_empty() => {
                reader.refuse(
                    format!("{pointer}/amount_milli"),
                    "required",
                    "Say how much, or take the unit away.",
                );
                None
            }
            (None, _) => None,
            (Some(0), _) => {
                reader.refuse(format!("{pointer}/amount_milli"), "out_of_range", "This must be more than 0.");
                None
            }
            (Some(amount_milli), _) => Some(Content { amount_milli, unit }),
        }
    }

    /// What would be sent for it at its place; `values` are the words of its options.
    pub fn read(&self, place: usize, values: Vec<String>, gives_away: bool, reader: &mut Reader) -> SaveVariant {
        let at = |field: &str| format!("/variants/{place}/{field}");
        let price_minor = reader.required(at("price_minor"), &self.price);
        if self.is_free() && !gives_away {
            let detail = "At 0 it is given away. Say below that you mean it, or enter a price.";
            reader.refuse(at("price_minor"), "free", detail);
        }
        let (is_new, tracked) = (self.id.is_none(), self.track_inventory.get());
        let first = if is_new && tracked {
            reader.optional(at("initial_on_hand"), &self.stock)
        } else {
            None
        };
        SaveVariant {
            id: self.id,
            option_values: values,
            sku: self.sku.get(),
            barcode: self.barcode.get(),
            price_minor,
            compare_at_minor: reader.optional(at("compare_at_minor"), &self.compare_at),
            cost_minor: reader.optional(at("cost_minor"), &self.cost),
            content: self.read_content(place, reader),
            weight_grams: reader.optional(at("weight_grams"), &self.weight).unwrap_or_default(),
            taxable: self.taxable.get(),
            requires_shipping: self.requires_shipping.get(),
            track_inventory: tracked,
            initial_on_hand: first,
        }
    }
}

fn content(content: Option<&Content>) -> NumberField {
    NumberField::decimal(3, MAX_CONTENT_MILLI, content.map(|content| content.amount_milli))
}

/// No weight is an empty field.
fn weight(grams: i32) -> NumberField {
    NumberField::decimal(3, MAX_WEIGHT, Some(i64::from(grams)).filter(|grams| *grams != 0))
}
