use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::inventory::{InventoryLevel, InventoryMovement, MovementQuery};
use orion_types::status::MovementReason;
use orion_ui::*;

/// The ledger of a variant: every change, newest first.
#[component]
pub fn MovementSheet(level: InventoryLevel, looking: RwSignal<Option<InventoryLevel>>) -> impl IntoView {
    let client = use_client();
    let open = RwSignal::new(true);
    orion_ui::watch(move || {
        if !open.get() {
            looking.set(None);
        }
    });
    let variant = level.variant_id;
    let movements = use_load(move || {
        let query = MovementQuery {
            variant_id: Some(variant.to_string()),
            limit: Some(50),
            cursor: None,
        };
        async move { client.get_query::<Page<InventoryMovement>>("/inventory/movements", &query).await }
    });
    view! {
        <Sheet open title=format!("{} {}", level.product_title, level.variant_title)>
            <Loaded state=movements.state() skeleton=|| view! { <TextSkeleton lines=6/> } on_retry=move |()| movements.reload() let:value>
                <Timeline items=Signal::stored(value.data.iter().map(line).collect::<Vec<_>>())/>
            </Loaded>
        </Sheet>
    }
}

/// Why stock has changed, in words.
pub fn reason_words(reason: MovementReason) -> &'static str {
    match reason {
        MovementReason::Initial => "First count",
        MovementReason::Received => "Goods received",
        MovementReason::Correction => "Count corrected",
        MovementReason::Damaged => "Damaged",
        MovementReason::Returned => "Returned by a customer",
        MovementReason::Reserved => "Promised to an order",
        MovementReason::Released => "Promise taken back",
        MovementReason::Sold => "Shipped",
        MovementReason::Import => "Set by an import",
        MovementReason::Removed => "Variant removed",
    }
}

fn line(movement: &InventoryMovement) -> TimelineItem {
    let mut parts = Vec::new();
    if movement.on_hand_delta != 0 {
        parts.push(format!("{:+} on hand", movement.on_hand_delta));
    }
    if movement.reserved_delta != 0 {
        parts.push(format!("{:+} reserved", movement.reserved_delta));
    }
    if !movement.note.is_empty() {
        parts.push(movement.note.clone());
    }
    TimelineItem::new(reason_words(movement.reason), Moment::from(movement.created_at.0.clone()))
        .description(parts.join(" · "))
        .actor(movement.actor.clone())
}
