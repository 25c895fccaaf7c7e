//! No variant goes because somebody did not know of it.

use std::collections::{HashMap, HashSet};

use orion_framework::db::StoreTx;
use orion_framework::problem::{INVALID, ProblemDraft};
use uuid::Uuid;

use super::draft::ProductDraft;
use crate::error::{CatalogError, VARIANTS_UNNAMED};
use crate::model::StockedVariant;

/// Checks that each variant that is there is kept or removed by name.
///
/// # Errors
/// 422 where a removal names no variant of the product, or one that stays; 409 with one entry for each variant that is not spoken of.
pub(super) fn check_removals(tx: &mut StoreTx, present: &[StockedVariant], draft: &ProductDraft) -> Result<(), CatalogError> {
    let kept: HashSet<Uuid> = draft.variants.iter().filter_map(|variant| variant.id).collect();
    let known: HashSet<Uuid> = present.iter().map(|stocked| stocked.variant.id).collect();
    let mut wrong = ProblemDraft::new(&INVALID);
    for (place, id) in draft.removed_variant_ids.iter().enumerate() {
        let pointer = format!("/removed_variant_ids/{place}");
        if kept.contains(id) {
            wrong = wrong.field(pointer, "contradiction", "is among the variants that stay");
        } else if !known.contains(id) {
            wrong = wrong.field(pointer, "not_found", "this product has no such variant");
        }
    }
    if !wrong.errors.is_empty() {
        return Err(wrong.into());
    }
    let unnamed: Vec<&StockedVariant> = present
        .iter()
        .filter(|stocked| !kept.contains(&stocked.variant.id) && !draft.removed_variant_ids.contains(&stocked.variant.id))
        .collect();
    if unnamed.is_empty() { Ok(()) } else { Err(refusal(tx, &unnamed)?) }
}

fn refusal(tx: &mut StoreTx, unnamed: &[&StockedVariant]) -> Result<CatalogError, CatalogError> {
    let ids: Vec<Uuid> = unnamed.iter().map(|stocked| stocked.variant.id).collect();
    let carts = match tx.offered(|module| module.in_carts) {
        Some(in_carts) => in_carts(tx, &ids)?,
        None => HashMap::new(),
    };
    let mut problem = ProblemDraft::new(&VARIANTS_UNNAMED).detail("Send them along, or name them in removed_variant_ids.");
    for stocked in unnamed {
        let in_carts = carts.get(&stocked.variant.id).copied().unwrap_or_default();
        problem = problem.field("/removed_variant_ids", "unnamed", lost(stocked, in_carts));
    }
    Ok(problem.into())
}

/// What goes with a variant: `Small (TEE-S): 7 units on hand, 2 of them promised to orders, in 1 open cart`.
fn lost(stocked: &StockedVariant, carts: i64) -> String {
    let variant = &stocked.variant;
    let sku = variant.sku.as_ref().map(|sku| format!(" ({sku})")).unwrap_or_default();
    let mut parts = Vec::new();
    let on_hand = stocked.on_hand.unwrap_or_default();
    if on_hand != 0 {
        parts.push(counted(on_hand, "unit on hand", "units on hand"));
    }
    let reserved = stocked.reserved.unwrap_or_default();
    if reserved != 0 {
        parts.push(format!("{reserved} of them promised to orders"));
    }
    if carts != 0 {
        parts.push(format!("in {}", counted(carts, "open cart", "open carts")));
    }
    if parts.is_empty() {
        parts.push("no units on hand".to_owned());
    }
    format!("{}{sku}: {}", variant.title, parts.join(", "))
}

fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
