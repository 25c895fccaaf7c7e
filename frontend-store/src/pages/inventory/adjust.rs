use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::VariantId;
use orion_types::inventory::{AdjustInventory, InventoryLevel};
use orion_types::status::MovementReason;
use orion_ui::*;

use super::movements::reason_words;

/// Most units of one change, either way.
const MAX_DELTA: i64 = 1_000_000;

/// Changes the stock of a variant by hand, with a reason.
#[component]
pub fn AdjustDialog(
    level: InventoryLevel,
    adjusting: RwSignal<Option<InventoryLevel>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    orion_ui::watch(move || {
        if !open.get() {
            adjusting.set(None);
        }
    });
    let delta = StoredValue::new(NumberField::whole(-MAX_DELTA, MAX_DELTA, None));
    let (reason, note) = (RwSignal::new("received".to_owned()), RwSignal::new(String::new()));
    let reasons = Signal::stored(
        [
            MovementReason::Received,
            MovementReason::Correction,
            MovementReason::Damaged,
            MovementReason::Returned,
        ]
        .map(|reason| SelectOption::new(reason.as_str(), reason_words(reason)))
        .to_vec(),
    );
    let (variant_id, on_hand) = (level.variant_id, i64::from(level.on_hand));
    // One for the change, however often it is sent until there is an answer.
    let key = StoredValue::new(idempotency_key());
    let save = move |_| {
        let once = Options::idempotent(key.get_value());
        submission.send_read(
            untrack(|| read(variant_id, &delta.get_value(), reason, note)),
            move |body| async move { client.post_with::<InventoryLevel>("/inventory/adjustments", &body, once).await },
            move |level| {
                toasts.success(format!("{} on hand now", level.on_hand));
                open.set(false);
                on_done.run(());
            },
        );
    };
    let result = move || match delta.get_value().read() {
        Ok(Some(delta)) => format!("{on_hand} on hand now, {} afterwards", on_hand + delta),
        Ok(None) | Err(_) => format!("{on_hand} on hand now"),
    };
    view! {
        <Dialog open title=format!("Adjust {}", level.product_title) description=level.variant_title.clone() footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Adjust"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not adjusted"/>
                <Field label="Units to add" hint="Negative takes away" error=submission.field("/delta")><NumberInput value=delta.get_value()/></Field>
                <p class="text-sm text-muted">{result}</p>
                <Field label="Reason" error=submission.field("/reason")><Select value=reason options=reasons/></Field>
                <Field label="Note" optional_mark=true error=submission.field("/note")><TextInput value=note maxlength=500/></Field>
            </div>
        </Dialog>
    }
}

fn read(variant_id: VariantId, delta: &NumberField, reason: RwSignal<String>, note: RwSignal<String>) -> Read<AdjustInventory> {
    let mut reader = Reader::new();
    let delta: i32 = reader.required("/delta", delta);
    if delta == 0 && reader.is_fine() {
        reader.refuse("/delta", "out_of_range", "0 changes nothing.");
    }
    let reason = reader.chosen("/reason", &reason.get());
    reader.finish(reason.map(|reason| AdjustInventory {
        variant_id,
        delta,
        reason,
        note: note.get(),
    }))
}
