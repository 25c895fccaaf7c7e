use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::passkey::ProvePasskeyOwner;
use orion_types::validation;
use orion_ui::*;

use super::code::CodeField;
use crate::passkey::add_passkey;
use crate::{Reader, Refused, use_client, use_submission};

/// Asks for a name and the password, and then the device for its owner.
#[component]
pub(super) fn NewPasskey(adding: RwSignal<bool>, done: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let [name, password, code] = [(); 3].map(|()| RwSignal::new(String::new()));
    focus_input("passkey_name");
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked();
        let mut reader = Reader::new();
        // Before the device keeps a passkey that the server does not take.
        if let Err(error) = validation::name(&name) {
            reader.refuse("/name", error.code(), error.to_string());
        }
        let proof = ProvePasskeyOwner {
            current_password: password.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        submission.send_read(
            reader.finish((name, proof)),
            move |(name, proof)| add_passkey(client, "/me/passkeys", name, proof),
            move |_| {
                toasts.success("Passkey added");
                done.run(());
            },
        );
    };
    view! {
        <form class="ui-stack" on:submit=add novalidate=true>
            <Refused submission title="Not added"/>
            <Field label="Name" hint="What you will know it by, such as “Work laptop”" error=submission.field("/name")>
                <TextInput value=name name="passkey_name"/>
            </Field>
            <Field label="Your password" error=submission.field("/current_password")>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="passkey_password"/>
            </Field>
            <CodeField submission value=code/>
            <div class="ui-row">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Add"</Button>
                <Button on_click=move |_| adding.set(false)>"Cancel"</Button>
            </div>
        </form>
    }
    .into_any()
}
