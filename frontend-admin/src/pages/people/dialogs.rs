//! What is asked before an account is changed.

use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::auth::ResetSecondFactor;
use orion_types::people::{DisableUser, MAX_DISABLED_REASON, Person, PersonDetail};
use orion_ui::*;

/// Switches an account off, for a reason.
#[component]
pub fn DisableDialog(open: RwSignal<bool>, person: Person, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let reason = RwSignal::new(String::new());
    let id = person.id;
    let disable = move |_| {
        let body = DisableUser {
            reason: reason.get_untracked(),
        };
        let call = async move { client.post::<PersonDetail>(&format!("/users/{id}/disable"), &body).await };
        submission.send(call, move |detail| {
            open.try_set(false);
            toasts.success("The account is switched off");
            loader.set(detail);
        });
    };
    view! {
        <Dialog
            open
            title=format!("Switch off the account of {}?", person.name)
            description="They are signed out everywhere at once, and a mail says so. The reason stays with the account and in the audit log."
            footer=move || view! {
                <Button on_click=move |_| open.set(false)>"Leave it on"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=disable>"Switch off"</Button>
            }
        >
            <div class="ui-stack">
                <Refused submission title="Not switched off"/>
                <Field label="Reason" error=submission.field("/reason")>
                    <TextInput value=reason maxlength=MAX_DISABLED_REASON as u32 autocomplete="off" name="reason"/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Takes away a second factor and passkeys that somebody has lost.
#[component]
pub fn ResetDialog(open: RwSignal<bool>, person: Person, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let reason = RwSignal::new(String::new());
    let email = StoredValue::new(person.email.clone());
    let reset = move |_| {
        let body = ResetSecondFactor {
            email: email.get_value(),
            reason: reason.get_untracked(),
        };
        let call = async move { client.post::<()>("/second-factor/reset", &body).await };
        submission.send(call, move |()| {
            open.try_set(false);
            toasts.success("They sign in with their password alone now");
            loader.reload();
            keep_focus();
        });
    };
    view! {
        <Dialog
            open
            title=format!("Reset the second factor of {}?", person.name)
            description="Their authenticator app and all passkeys are removed, every device is signed out, and a mail says so. Make sure first that it is them who ask."
            footer=move || view! {
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=reset>"Reset"</Button>
            }
        >
            <div class="ui-stack">
                <Refused submission title="Not reset"/>
                <Field label="Reason" hint="And how you made sure who asks" error=submission.field("/reason")>
                    <TextInput value=reason autocomplete="off" name="reason"/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
