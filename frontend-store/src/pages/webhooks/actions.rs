use leptos::prelude::*;
use orion_app::{Loader, use_client, use_submission};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::webhook::{UpdateWebhookEndpoint, WebhookEndpoint, WebhookEvent, WebhookSecret};
use orion_types::{Page, WebhookDeliveryId};
use orion_ui::*;

use super::dialogs::{DeleteDialog, RotateDialog, TestDialog};
use super::live::Live;
use super::replay::ReplayDialog;
use crate::store::may;

/// What can be done with an endpoint.
#[component]
pub fn Actions(
    endpoint: Memo<WebhookEndpoint>,
    live: Live<WebhookEndpoint>,
    events: Loader<Page<WebhookEvent>>,
    /// The delivery that is open; a test opens its own.
    looking: RwSignal<Option<WebhookDeliveryId>>,
    /// A secret that was just made.
    rotated: RwSignal<Option<WebhookSecret>>,
) -> impl IntoView {
    if !may(Permission::WebhooksWrite) {
        return ().into_any();
    }
    let [testing, replaying, rotating, stopping, deleting] = [(); 5].map(|()| RwSignal::new(false));
    let switch = use_switch(endpoint, live, stopping);
    let enabled = Memo::new(move |_| endpoint.with(|endpoint| endpoint.enabled));
    let id = endpoint.with_untracked(|endpoint| endpoint.id);
    let items = Signal::derive(move || {
        let on_off = if enabled.get() {
            MenuItem::action("Switch off", move || stopping.set(true)).icon(icons::CIRCLE_X)
        } else {
            MenuItem::action("Switch on", move || switch.set_enabled(true)).icon(icons::CIRCLE_CHECK)
        };
        vec![
            MenuItem::link("Edit", format!("/webhooks/{id}/edit")).icon(icons::PENCIL),
            MenuItem::action("Replay from a number", move || replaying.set(true))
                .icon(icons::ROTATE_CCW)
                .disabled(!enabled.get()),
            MenuItem::action("Rotate the secret", move || rotating.set(true)).icon(icons::KEY_ROUND),
            on_off,
            MenuItem::separator(),
            MenuItem::action("Delete", move || deleting.set(true)).icon(icons::TRASH).critical(),
        ]
    });
    let primary = move || {
        if enabled.get() {
            view! { <Button variant=ButtonVariant::Primary icon=icons::SEND on_click=move |_| testing.set(true)>"Send a test"</Button> }
                .into_any()
        } else {
            view! { <Button variant=ButtonVariant::Primary busy=switch.submission.busy() on_click=move |_| switch.set_enabled(true)>"Switch on"</Button> }.into_any()
        }
    };
    view! {
        <Menu label="More actions" items/>
        {primary}
        <TestDialog open=testing endpoint events looking/>
        <ReplayDialog open=replaying endpoint/>
        <RotateDialog open=rotating endpoint rotated live/>
        <DeleteDialog open=deleting endpoint/>
        <ConfirmDialog
            open=stopping title="Switch this endpoint off?"
            message="What waits stays and is sent when it is on again. What happens meanwhile is counted and not sent later."
            confirm_label="Switch off" busy=switch.submission.busy() on_confirm=move |()| switch.set_enabled(false)
        />
    }
    .into_any()
}

/// Switches an endpoint on and off.
#[derive(Clone, Copy)]
struct SwitchWay {
    submission: orion_app::Submission,
    run: Callback<bool>,
}

impl SwitchWay {
    fn set_enabled(self, enabled: bool) {
        self.run.run(enabled);
    }
}

fn use_switch(endpoint: Memo<WebhookEndpoint>, live: Live<WebhookEndpoint>, stopping: RwSignal<bool>) -> SwitchWay {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let run = move |enabled: bool| {
        let (id, version) = endpoint.with_untracked(|endpoint| (endpoint.id, endpoint.version));
        let body = UpdateWebhookEndpoint {
            enabled: Some(enabled),
            ..UpdateWebhookEndpoint::default()
        };
        let call = async move {
            let path = format!("/webhook-endpoints/{id}");
            client.patch::<WebhookEndpoint>(&path, &body, Options::if_match(version)).await
        };
        submission.send(call, move |endpoint| {
            toasts.success(if enabled { "The endpoint is on" } else { "The endpoint is off" });
            stopping.try_set(false);
            live.loader.follow(endpoint);
            keep_focus();
        });
    };
    SwitchWay {
        submission,
        run: Callback::new(run),
    }
}
