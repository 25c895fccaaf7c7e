use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::auth::ChangePassword;
use orion_ui::{Button, ButtonKind, ButtonVariant, Card, Field, InputKind, TextInput, use_toasts};

use super::code::CodeField;
use crate::{Refused, use_client, use_submission};

/// The present password and the next one.
#[component]
pub(super) fn PasswordForm(
    /// Runs when the password is another one.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let [current, new, code] = [(); 3].map(|()| RwSignal::new(String::new()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ChangePassword {
            current_password: current.get_untracked(),
            new_password: new.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        submission.send(async move { client.post::<()>("/me/password", &body).await }, move |()| {
            current.set(String::new());
            new.set(String::new());
            code.set(String::new());
            toasts.success("Password changed; you are signed out everywhere else");
            on_changed.run(());
        });
    };
    view! {
        <Card title="Password" description="Changing it signs you out on every other device.">
            <form class="ui-stack" on:submit=save novalidate=true>
                <Refused submission title="Not changed"/>
                <Field label="Current password" error=submission.field("/current_password")>
                    <TextInput value=current kind=InputKind::Password autocomplete="current-password" name="current_password"/>
                </Field>
                <Field label="New password" hint="At least 10 characters, and not easy to guess" error=submission.field("/new_password")>
                    <TextInput value=new kind=InputKind::Password autocomplete="new-password" name="new_password"/>
                </Field>
                <CodeField submission value=code/>
                <div><Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Change password"</Button></div>
            </form>
        </Card>
    }
}
