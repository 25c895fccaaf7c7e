use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::Page;
use orion_types::admin::Platform;
use orion_types::people::{AdminInvitation, CreateAdminInvitation};
use orion_ui::*;

use super::roles::{Chosen, RoleChoices};

/// Invites an administrator by e-mail.
#[component]
pub fn InviteDialog(open: RwSignal<bool>, platforms: Vec<Platform>, invitations: Loader<Page<AdminInvitation>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let email = RwSignal::new(String::new());
    let chosen = StoredValue::new(Chosen::of(&[], &platforms));
    // Nobody is offered what the one before was.
    orion_ui::watch(move || {
        if open.get() {
            chosen.with_value(|chosen| chosen.reset(&[]));
        }
    });
    let send = move |_| {
        let roles = chosen.with_value(Chosen::read);
        let body = CreateAdminInvitation {
            email: email.get_untracked(),
            super_admin: roles.super_admin,
            platform_ids: roles.platform_ids,
        };
        let call = async move { client.post::<AdminInvitation>("/invitations", &body).await };
        submission.send(call, move |made| {
            toasts.success(format!("An invitation is on its way to {}", made.email));
            email.try_set(String::new());
            open.try_set(false);
            invitations.reload();
        });
    };
    view! {
        <Dialog
            open
            title="Invite an administrator"
            description="They get a link that works once and for seven days. Who has an account already is made an administrator on their page."
            footer=move || view! {
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary icon=icons::SEND busy=submission.busy() on_click=send>"Send invitation"</Button>
            }
        >
            <div class="ui-stack">
                <Refused submission title="Not invited"/>
                <Field label="E-mail" error=submission.field("/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="off" name="email"/>
                </Field>
                <RoleChoices chosen=chosen.get_value() submission/>
            </div>
        </Dialog>
    }
    .into_any()
}
