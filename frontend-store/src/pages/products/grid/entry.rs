//! A product in the grid: a form of its own, of which prices and stock are shown.

use leptos::prelude::*;
use orion_app::{Read, Reader, Submission, use_submission};
use orion_client::{ApiError, Options, SessionClient, idempotency_key};
use orion_types::catalog::{Product, SaveProduct};
use orion_types::inventory::{AdjustInventory, InventoryLevel};
use orion_types::status::MovementReason;
use orion_types::{ProductId, VariantId};
use orion_ui::NumberField;

use crate::pages::products::draft::ProductDraft;
use crate::pages::products::variant::MAX_ON_HAND;

/// What the ledger of stock says about a change of the grid.
const NOTE: &str = "Changed in the grid";

/// The columns that take something.
pub const COLUMNS: usize = 3;

/// The stock of one variant.
#[derive(Clone, Copy)]
pub struct Stock {
    variant: VariantId,
    /// Units as the server knows them; `None` where none are kept.
    known: RwSignal<Option<i32>>,
    typed: StoredValue<NumberField>,
    /// The last change that was sent, and its key: what is sent again is the same change.
    sent: StoredValue<Option<(i32, String)>>,
}

/// A product in the grid.
#[derive(Clone, Copy)]
pub struct Entry {
    pub id: ProductId,
    pub title: StoredValue<String>,
    pub draft: ProductDraft,
    pub stock: StoredValue<Vec<Stock>>,
    pub submission: Submission,
    version: StoredValue<i32>,
    saved: RwSignal<Read<SaveProduct>>,
}

/// A change of the stock at a place among the variants.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    place: usize,
    delta: i32,
}

impl Entry {
    /// A product as it is now.
    pub fn of(product: &Product) -> Self {
        let draft = ProductDraft::of(product);
        let stock = product.variants.iter().map(|variant| Stock {
            variant: variant.id,
            known: RwSignal::new(variant.on_hand),
            typed: StoredValue::new(NumberField::whole(0, MAX_ON_HAND, variant.on_hand.map(i64::from))),
            sent: StoredValue::new(None),
        });
        Self {
            id: product.id,
            title: StoredValue::new(product.title.clone()),
            draft,
            stock: StoredValue::new(stock.collect()),
            submission: use_submission(),
            version: StoredValue::new(product.version),
            saved: RwSignal::new(untrack(|| draft.read())),
        }
    }

    /// The fields of a variant in the order of the columns; absent where there is nothing to type.
    pub fn fields(self, place: usize, counts: bool) -> [Option<NumberField>; COLUMNS] {
        let variant = self.draft.variants.with_untracked(|variants| variants.get(place).cloned());
        let stock = self.stock.with_value(|stock| stock.get(place).copied());
        let (price, compare_at) = variant.map(|variant| (variant.price, variant.compare_at)).unzip();
        let stock = stock.filter(|stock| counts && stock.known.with_untracked(Option::is_some));
        [price, compare_at, stock.map(|stock| stock.typed.get_value())]
    }

    /// Whether something is not saved; to be tracked.
    pub fn is_dirty(self) -> bool {
        let changes = self.changes();
        let counted = !changes.wrong().is_empty() || changes != Reader::new().finish(Vec::new());
        self.draft.read() != self.saved.get() || counted
    }

    /// Whether something in it cannot be read.
    pub fn is_unreadable(self) -> bool {
        untrack(|| !self.draft.read().wrong().is_empty() || !self.changes().wrong().is_empty())
    }

    /// What is to become of the stock; to be tracked.
    fn changes(self) -> Read<Vec<Change>> {
        let mut reader = Reader::new();
        let mut changes = Vec::new();
        for (place, stock) in self.stock.get_value().into_iter().enumerate() {
            let Some(known) = stock.known.get() else { continue };
            let wanted: i32 = reader.required(format!("/stock/{place}"), &stock.typed.get_value());
            if wanted != known {
                changes.push(Change {
                    place,
                    delta: wanted - known,
                });
            }
        }
        reader.finish(changes)
    }

    /// Sends what has changed: the product when it has, then its stock, a variant at a time. What was taken stays, whatever comes after it.
    pub fn save(self, client: SessionClient, done: impl FnOnce() + 'static) {
        let read = untrack(|| self.draft.read());
        let sent = read.clone();
        let priced = untrack(|| read != self.saved.get());
        let both = read.and(untrack(|| self.changes()));
        let call = move |(body, changes): (SaveProduct, Vec<Change>)| async move {
            if priced {
                let options = Options::if_match(self.version.get_value());
                let product: Product = client.put(&format!("/products/{}", self.id), &body, options).await?;
                self.version.try_set_value(product.version);
                self.saved.try_set(sent);
            }
            for change in changes {
                self.adjust(client, change).await?;
            }
            Ok(())
        };
        self.submission.send_read(both, call, move |()| done());
    }

    async fn adjust(self, client: SessionClient, Change { place, delta }: Change) -> Result<(), ApiError> {
        let Some(stock) = self.stock.try_with_value(|stock| stock.get(place).copied()).flatten() else {
            return Ok(());
        };
        let body = AdjustInventory {
            variant_id: stock.variant,
            delta,
            reason: MovementReason::Correction,
            note: NOTE.to_owned(),
        };
        let known = stock.sent.get_value().filter(|(sent, _)| *sent == delta);
        let (_, key) = known.unwrap_or_else(|| (delta, idempotency_key()));
        stock.sent.set_value(Some((delta, key.clone())));
        let answer = client
            .post_with::<InventoryLevel>("/inventory/adjustments", &body, Options::idempotent(key))
            .await;
        let level = answer.map_err(|error| at_cell(error, place))?;
        stock.sent.set_value(None);
        stock.known.set(Some(level.on_hand));
        stock.typed.get_value().set(Some(level.on_hand.into()));
        Ok(())
    }
}

/// A refusal of a change of stock belongs to the cell that it came from, whichever of its fields the server names.
fn at_cell(error: ApiError, place: usize) -> ApiError {
    match error {
        ApiError::Problem(mut problem) => {
            for field in &mut problem.errors {
                field.pointer = format!("/stock/{place}");
            }
            ApiError::Problem(problem)
        }
        other => other,
    }
}
