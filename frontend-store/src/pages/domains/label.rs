use leptos::prelude::*;
use orion_app::{Refused, use_client, use_submission};
use orion_client::Options;
use orion_types::domain::{StoreLabel, UpdateStoreLabel};
use orion_ui::*;

/// The address below the platform's domain, and what becomes of the shop there.
#[component]
pub fn LabelCard(label: StoreLabel, writes: bool) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let on = RwSignal::new(label.redirects);
    let change = move |redirects: bool| {
        let body = UpdateStoreLabel { redirects };
        let call = async move { client.put::<StoreLabel>("/label", &body, Options::default()).await };
        submission.send(call, move |label: StoreLabel| {
            on.try_set(label.redirects);
            toasts.success("Saved");
        });
    };
    // What was refused is as it was.
    orion_ui::watch(move || {
        if submission.failed() {
            on.set(label.redirects);
        }
    });
    view! {
        <Card title="Address below the platform" description="It is always yours, and your dashboard stays there">
            <div class="ui-stack">
                <Refused submission title="Not saved"/>
                <CopyText value=label.host/>
                <Switch
                    checked=on
                    label="Send customers on to the primary domain"
                    hint="Pages of the shop at this address lead to the same page there. Without a primary domain nothing changes."
                    busy=submission.busy()
                    disabled=!writes
                    on_change=change
                />
            </div>
        </Card>
    }
    .into_any()
}
