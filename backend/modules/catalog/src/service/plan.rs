//! What has to happen to the variants of a product so that they are as a draft wants them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use orion_framework::db::SavedVariant;
use orion_rules::variants::variant_title;
use uuid::Uuid;

use super::draft::VariantDraft;
use crate::model::VariantRow;

/// The title of the only variant of a product without options; shoppers never see it.
const DEFAULT_TITLE: &str = "Default";

/// The changes, in the order in which they are written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct VariantPlan {
    /// Variants that nobody wants any more.
    pub removed: Vec<Uuid>,
    /// Variants whose SKU or values change: others may get what they had.
    pub parked: Vec<Uuid>,
    /// Variants that are new or changed.
    pub upserts: Vec<VariantRow>,
    /// New variants and their first stock.
    pub created: Vec<(Uuid, Option<i32>)>,
    /// All variants afterwards, in the order of the draft.
    pub ids: Vec<Uuid>,
    /// Lowest and highest price afterwards, in minor units.
    pub prices: (i64, i64),
}

/// What every row of the plan shares.
pub(crate) struct PlanContext {
    pub store_id: Uuid,
    pub product_id: Uuid,
    pub now: DateTime<Utc>,
}

/// Compares the present variants with the wanted ones. Ids in `wanted` must be ids of `present`.
pub(crate) fn plan(
    context: &PlanContext,
    present: &[VariantRow],
    wanted: &[VariantDraft],
    mut new_id: impl FnMut() -> Uuid,
) -> VariantPlan {
    let by_id: HashMap<Uuid, &VariantRow> = present.iter().map(|row| (row.id, row)).collect();
    let mut plan = VariantPlan {
        prices: price_range(wanted),
        ..VariantPlan::default()
    };
    for (position, draft) in wanted.iter().enumerate() {
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        let before = draft.id.and_then(|id| by_id.get(&id).copied());
        let id = before.map_or_else(&mut new_id, |row| row.id);
        plan.ids.push(id);
        let row = row_of(context, id, draft, position, before);
        match before {
            Some(before) if *before == row => continue,
            Some(before) if before.sku != row.sku || before.option_values != row.option_values => plan.parked.push(id),
            Some(_) => {}
            None => plan.created.push((id, draft.initial_on_hand)),
        }
        plan.upserts.push(touched(context, row, before));
    }
    plan.removed = present.iter().map(|row| row.id).filter(|id| !plan.ids.contains(id)).collect();
    plan
}

impl VariantPlan {
    /// Whether anything changes.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.upserts.is_empty()
    }

    /// What the module that keeps stock is told.
    pub fn saved(&self) -> Vec<SavedVariant> {
        let saved = |(id, units): &(Uuid, Option<i32>)| SavedVariant {
            id: *id,
            initial_on_hand: *units,
            ..SavedVariant::default()
        };
        let removed = self.removed.iter().map(|id| SavedVariant::removed(*id));
        self.created.iter().map(saved).chain(removed).collect()
    }
}

/// The row that the draft describes, with the times and version of the present one.
fn row_of(context: &PlanContext, id: Uuid, draft: &VariantDraft, position: i32, before: Option<&VariantRow>) -> VariantRow {
    let title = variant_title(&draft.option_values);
    VariantRow {
        store_id: context.store_id,
        id,
        product_id: context.product_id,
        title: if title.is_empty() { DEFAULT_TITLE.to_owned() } else { title },
        option_values: draft.option_values.clone(),
        sku: draft.sku.clone(),
        barcode: draft.barcode.clone(),
        price_minor: draft.price_minor,
        compare_at_minor: draft.compare_at_minor,
        weight_grams: draft.weight_grams,
        taxable: draft.taxable,
        requires_shipping: draft.requires_shipping,
        track_inventory: draft.track_inventory,
        position,
        created_at: before.map_or(context.now, |row| row.created_at),
        updated_at: before.map_or(context.now, |row| row.updated_at),
        version: before.map_or(1, |row| row.version),
        deleted_at: None,
        external_id: draft.marks.external_id(before.and_then(|row| row.external_id.as_ref())),
        metadata: draft.marks.metadata(before.map(|row| &row.metadata)),
        cost_minor: draft.cost_minor,
        content_milli: draft.content.as_ref().map(|content| content.amount_milli),
        content_unit: draft.content.as_ref().map(|content| content.unit.clone()),
    }
}

fn touched(context: &PlanContext, row: VariantRow, before: Option<&VariantRow>) -> VariantRow {
    match before {
        Some(before) => VariantRow {
            updated_at: context.now,
            version: before.version + 1,
            ..row
        },
        None => row,
    }
}

fn price_range(wanted: &[VariantDraft]) -> (i64, i64) {
    let prices = || wanted.iter().map(|variant| variant.price_minor);
    (prices().min().unwrap_or(0), prices().max().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_framework::marks::Marks;

    fn draft(id: Option<Uuid>, value: &str, sku: &str) -> VariantDraft {
        VariantDraft {
            id,
            option_values: vec![value.to_owned()],
            sku: Some(sku.to_owned()),
            barcode: String::new(),
            price_minor: 1000,
            compare_at_minor: None,
            cost_minor: None,
            content: None,
            weight_grams: 0,
            taxable: true,
            requires_shipping: true,
            track_inventory: true,
            initial_on_hand: Some(5),
            marks: Marks::default(),
        }
    }

    fn context(second: i64) -> PlanContext {
        let now = DateTime::from_timestamp(second, 0).unwrap();
        PlanContext {
            store_id: Uuid::from_u128(1),
            product_id: Uuid::from_u128(2),
            now,
        }
    }

    fn ids() -> impl FnMut() -> Uuid {
        let mut next = 100;
        move || {
            next += 1;
            Uuid::from_u128(next)
        }
    }

    fn present() -> Vec<VariantRow> {
        plan(&context(1), &[], &[draft(None, "S", "A"), draft(None, "M", "B")], ids()).upserts
    }

    fn wanted(rows: &[VariantRow]) -> Vec<VariantDraft> {
        rows.iter()
            .map(|row| draft(Some(row.id), &row.option_values[0], row.sku.as_deref().unwrap()))
            .collect()
    }

    #[test]
    fn new_variants_bring_their_stock() {
        let plan = plan(&context(1), &[], &[draft(None, "S", "A")], ids());
        assert_eq!(
            plan.saved()
                .iter()
                .map(|saved| (saved.id, saved.initial_on_hand))
                .collect::<Vec<_>>(),
            [(plan.ids[0], Some(5))]
        );
        assert_eq!(plan.upserts[0].title, "S");
        assert_eq!(plan.prices, (1000, 1000));
    }

    #[test]
    fn the_same_variants_change_nothing() {
        let rows = present();
        assert!(plan(&context(2), &rows, &wanted(&rows), ids()).is_empty());
    }

    #[test]
    fn variants_that_are_not_named_are_removed_and_the_rest_stays() {
        let rows = present();
        let plan = plan(&context(2), &rows, &wanted(&rows[..1]), ids());
        assert_eq!(plan.removed, [rows[1].id]);
        assert!(plan.upserts.is_empty());
    }

    #[test]
    fn variants_that_swap_their_skus_are_parked_first() {
        let rows = present();
        let mut swapped = wanted(&rows);
        swapped[0].sku = Some("B".to_owned());
        swapped[1].sku = Some("A".to_owned());
        let plan = plan(&context(2), &rows, &swapped, ids());
        assert_eq!(plan.parked, [rows[0].id, rows[1].id]);
        assert_eq!(plan.upserts.iter().map(|row| row.version).collect::<Vec<_>>(), [2, 2]);
        assert!(plan.created.is_empty());
    }

    #[test]
    fn a_product_without_options_has_a_default_variant() {
        let mut only = draft(None, "", "A");
        only.option_values.clear();
        assert_eq!(plan(&context(1), &[], &[only], ids()).upserts[0].title, "Default");
    }
}
