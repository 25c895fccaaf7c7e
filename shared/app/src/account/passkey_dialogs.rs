//! What is done to a passkey that somebody has.

use leptos::prelude::*;
use orion_client::Options;
use orion_types::PasskeyId;
use orion_types::passkey::{Passkey, ProvePasskeyOwner, UpdatePasskey};
use orion_ui::*;

use super::code::CodeField;
use crate::{Refused, use_client, use_submission};

/// Another name.
#[component]
pub(super) fn RenameDialog(open: RwSignal<bool>, id: PasskeyId, name: String, done: Callback<()>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let name = RwSignal::new(name);
    let save = move |_| {
        let body = UpdatePasskey {
            name: name.get_untracked(),
        };
        let call = async move {
            client
                .put::<Passkey>(&format!("/me/passkeys/{id}"), &body, Options::default())
                .await
        };
        submission.send(call, move |_| {
            open.try_set(false);
            done.run(());
        });
    };
    view! {
        <Dialog open title="Rename the passkey" footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Save"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not saved"/>
                <Field label="Name" error=submission.field("/name")>
                    <TextInput value=name name="passkey_new_name"/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Removes it, with the password.
#[component]
pub(super) fn RemoveDialog(open: RwSignal<bool>, id: PasskeyId, name: String, done: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let [password, code] = [(); 2].map(|()| RwSignal::new(String::new()));
    let remove = move |_| {
        let body = ProvePasskeyOwner {
            current_password: password.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        let call = async move { client.post::<()>(&format!("/me/passkeys/{id}/delete"), &body).await };
        submission.send(call, move |()| {
            open.try_set(false);
            toasts.success("Passkey removed");
            done.run(());
        });
    };
    let description = "It opens nothing any more. The device keeps its half until you remove it there too.";
    view! {
        <Dialog open title=format!("Remove “{name}”?") description footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=remove>"Remove"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not removed"/>
                <Field label="Your password" error=submission.field("/current_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="passkey_password"/>
                </Field>
                <CodeField submission value=code/>
            </div>
        </Dialog>
    }
    .into_any()
}
