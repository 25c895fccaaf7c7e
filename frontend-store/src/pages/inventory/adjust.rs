use leptos::prelude::*;
use orion_app::{use_client, use_submission};
use orion_types::inventory::{AdjustInventory, InventoryLevel};
use orion_types::status::MovementReason;
use orion_ui::*;

use super::movements::reason_words;

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
    Effect::new(move |_| {
        if !open.get() {
            adjusting.set(None);
        }
    });
    let (delta, reason, note) = (
        RwSignal::new(None::<i64>),
        RwSignal::new("received".to_owned()),
        RwSignal::new(String::new()),
    );
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
    let save = move |_| {
        let Ok(reason) = reason.get_untracked().parse() else { return };
        let delta = i32::try_from(delta.get_untracked().unwrap_or(0)).unwrap_or(0);
        let body = AdjustInventory {
            variant_id,
            delta,
            reason,
            note: note.get_untracked(),
        };
        submission.send(
            async move { client.post::<InventoryLevel>("/inventory/adjustments", &body).await },
            move |level| {
                toasts.success(format!("{} on hand now", level.on_hand));
                open.set(false);
                on_done.run(());
            },
        );
    };
    let result = move || {
        delta
            .get()
            .map(|delta| format!("{on_hand} on hand now, {} afterwards", on_hand + delta))
            .unwrap_or_else(|| format!("{on_hand} on hand now"))
    };
    view! {
        <Dialog open title=format!("Adjust {}", level.product_title) description=level.variant_title.clone() footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Adjust"</Button>
        }>
            <div class="ui-stack">
                {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="Not adjusted">{message}</Callout> })}
                <Field label="Units to add" hint="Negative takes away" error=submission.field("/delta")><NumberInput value=delta/></Field>
                <p class="text-sm text-muted">{result}</p>
                <Field label="Reason" error=submission.field("/reason")><Select value=reason options=reasons/></Field>
                <Field label="Note" optional_mark=true><TextInput value=note maxlength=500/></Field>
            </div>
        </Dialog>
    }
}
