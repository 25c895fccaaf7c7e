use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Submission, use_submission};
use orion_types::auth::{ChangePassword, CustomerProfile};
use orion_types::customer::UpdateAccount;
use orion_ui::*;

use super::AccountFrame;
use super::passkeys::Passkeys;
use crate::account::use_account;
use crate::pages::email::EmailForm;
use crate::text::{Text, field_error, t};

/// Name, address for mails, password, passkeys.
#[component]
pub fn ProfilePage() -> impl IntoView {
    view! { <AccountFrame title=Text::Profile><NameForm/><EmailForm/><PasswordForm/><Passkeys/></AccountFrame> }.into_any()
}

fn error_at(submission: Submission, pointer: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || submission.error().and_then(|error| field_error(&error, pointer)))
}

fn whole_error(submission: Submission) -> impl Fn() -> Option<AnyView> + Send {
    move || {
        submission
            .message()
            .get()
            .map(|message| view! { <Callout tone=Tone::Critical>{message}</Callout> }.into_any())
    }
}

#[component]
fn NameForm() -> impl IntoView {
    let account = use_account();
    let submission = use_submission();
    let name = RwSignal::new(String::new());
    orion_ui::watch(move || {
        if let Some(profile) = account.profile.get() {
            name.set(profile.name);
        }
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = UpdateAccount {
            name: Some(name.get_untracked()),
        };
        let session = account.session;
        submission.send(
            async move {
                session
                    .optional()
                    .patch::<CustomerProfile>("/account", &body, Default::default())
                    .await
            },
            move |profile| {
                account.profile.set(Some(profile));
                use_toasts().success(t(Text::Saved));
            },
        );
    };
    let email = move || account.profile.get().map(|profile| profile.email);
    view! {
        <form class="ui-stack max-w-form" on:submit=save novalidate=true>
            {whole_error(submission)}
            <p class="text-muted">{t(Text::Email)} ": " {email}</p>
            <Field label=t(Text::FullName).to_owned() error=error_at(submission, "/name")><TextInput value=name autocomplete="name"/></Field>
            <div><Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>{t(Text::Save)}</Button></div>
        </form>
    }
    .into_any()
}

#[component]
fn PasswordForm() -> impl IntoView {
    let session = use_account().session;
    let submission = use_submission();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ChangePassword {
            one_time_code: String::new(),
            current_password: current.get_untracked(),
            new_password: new.get_untracked(),
        };
        submission.send(
            async move { session.optional().post::<()>("/account/password", &body).await },
            move |()| {
                current.set(String::new());
                new.set(String::new());
                use_toasts().success(t(Text::PasswordChanged));
            },
        );
    };
    view! {
        <form class="ui-stack max-w-form" on:submit=save novalidate=true>
            <h2 class="text-lg">{t(Text::ChangePassword)}</h2>
            {whole_error(submission)}
            <Field label=t(Text::CurrentPassword).to_owned() error=error_at(submission, "/current_password")>
                <TextInput value=current kind=InputKind::Password autocomplete="current-password"/>
            </Field>
            <Field label=t(Text::NewPassword).to_owned() hint=t(Text::PasswordHint).to_owned() error=error_at(submission, "/new_password")>
                <TextInput value=new kind=InputKind::Password autocomplete="new-password"/>
            </Field>
            <div><Button kind=ButtonKind::Submit busy=submission.busy()>{t(Text::ChangePassword)}</Button></div>
        </form>
    }
    .into_any()
}
