use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::admin::{AdminStore, SuspendStore};
use orion_types::status::StoreStatus;
use orion_ui::*;

/// Closes the shop, and opens it again.
#[component]
pub fn DangerZone(store: AdminStore, loader: Loader<AdminStore>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (asking, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (id, active) = (store.id, store.status == StoreStatus::Active);
    let changed = move |store: AdminStore| {
        asking.set(false);
        toasts.success(if store.status == StoreStatus::Active {
            "The store is open again"
        } else {
            "The store is suspended"
        });
        loader.set(store);
    };
    let suspend = move |_| {
        let request = SuspendStore {
            reason: reason.get_untracked(),
        };
        submission.send(
            async move { client.post::<AdminStore>(&format!("/stores/{id}/suspend"), &request).await },
            changed,
        );
    };
    let reactivate = move |_| {
        submission.send(
            async move { client.post::<AdminStore>(&format!("/stores/{id}/reactivate"), &()).await },
            changed,
        );
    };
    let action = if active {
        view! { <Button variant=ButtonVariant::QuietCritical on_click=move |_| asking.set(true)>"Suspend store"</Button> }.into_any()
    } else {
        view! { <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=reactivate>"Reactivate store"</Button> }.into_any()
    };
    view! {
        <Card title=if active { "Danger zone" } else { "Status" }>
            <div class="ui-stack">
                <p class="text-sm text-muted">
                    {if active { "The shop is open. Suspending it shows visitors that it is closed for a moment; staff can still read." }
                     else { "Visitors see that the shop is closed for a moment. Nothing was deleted." }}
                </p>
                <Refused submission title="That did not work"/>
                {action}
            </div>
        </Card>
        <Dialog
            open=asking
            title="Suspend this store?"
            description="The shop closes at once. The reason is kept in the audit log and shown to the staff."
            footer=move || view! {
                <Button on_click=move |_| asking.set(false)>"Keep it open"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=suspend>"Suspend"</Button>
            }
        >
            <Field label="Reason" error=submission.field("/reason")><TextInput value=reason maxlength=500 name="reason"/></Field>
        </Dialog>
    }
}
