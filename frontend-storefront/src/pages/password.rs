//! A password that was forgotten: asking for a link, and choosing another one with it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{use_link_token, use_submission};
use orion_types::auth::{AskPasswordLink, ResetPassword};
use orion_ui::*;

use super::sign_in::{error_at, whole_error};
use crate::account::use_account;
use crate::browser::{kept_email, name_page};
use crate::text::{Text, t};

/// What the server says of a link that is worth nothing any more.
const ENDED: &str = "people.link_ended";

/// Asks where a link may go.
#[component]
pub fn AskPasswordPage() -> impl IntoView {
    name_page(|| t(Text::ForgotPassword).to_owned());
    let account = use_account();
    let submission = use_submission();
    let email = RwSignal::new(kept_email());
    let sent = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = AskPasswordLink {
            email: email.get_untracked(),
        };
        let call = async move { account.session.public().post::<()>("/auth/password-link", &body).await };
        submission.send(call, move |()| {
            sent.try_set(true);
        });
    };
    let body = move || {
        if sent.get() {
            return view! { <Callout tone=Tone::Positive title=t(Text::PasswordLinkSent).to_owned()>{t(Text::PasswordLinkSentText)}</Callout> }.into_any();
        }
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                {whole_error(submission, Text::PasswordLinkFailed)}
                <Field label=t(Text::Email).to_owned() error=error_at(submission, "/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="username" name="email"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::SendPasswordLink)}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="shop-page shop-page--small">
            <h1 class="shop-title">{t(Text::ForgotPassword)}</h1>
            <p class="shop-lead">{t(Text::ForgotPasswordText)}</p>
            <div class="mt-8">{body}</div>
            <p class="mt-6"><a class="ui-link" href=app_href("/login")>{t(Text::SignIn)}</a></p>
        </div>
    }
    .into_any()
}

/// Chooses another password with the token of a link.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    name_page(|| t(Text::ChoosePassword).to_owned());
    let account = use_account();
    let submission = use_submission();
    let token = use_link_token();
    let password = RwSignal::new(String::new());
    let done = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ResetPassword {
            token: token.get_untracked(),
            new_password: password.get_untracked(),
        };
        let session = account.session;
        let call = async move {
            session.public().post::<()>("/auth/password", &body).await?;
            // Every session has ended, that of this browser too.
            session.logout().await;
            Ok(())
        };
        submission.send(call, move |()| {
            done.try_set(true);
        });
    };
    let refused = whole_error(submission, Text::PasswordNotChosen);
    let why = move || {
        if token.with(String::is_empty) {
            let title = t(Text::OpenLinkAgain).to_owned();
            return Some(view! { <Callout tone=Tone::Warning title>{t(Text::OpenLinkAgainText)}</Callout> }.into_any());
        }
        if submission.problem(ENDED).is_none() {
            return refused();
        }
        let again = view! { <a class="ui-link" href=app_href("/password")>{t(Text::AskAgain)}</a> };
        Some(view! { <Callout tone=Tone::Critical title=t(Text::LinkEnded).to_owned()>{again}</Callout> }.into_any())
    };
    let why = StoredValue::new(why);
    let body = move || {
        if done.get() {
            return view! { <Callout tone=Tone::Positive title=t(Text::PasswordChosen).to_owned()>{t(Text::PasswordChosenText)}</Callout> }
                .into_any();
        }
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                {move || why.with_value(|why| why())}
                <Field label=t(Text::NewPassword).to_owned() hint=t(Text::PasswordHint).to_owned() error=error_at(submission, "/new_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="new-password" name="new_password"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::ChangePassword)}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="shop-page shop-page--small">
            <h1 class="shop-title">{t(Text::ChoosePassword)}</h1>
            <div class="mt-8">{body}</div>
            <p class="mt-6"><a class="ui-link" href=app_href("/login")>{t(Text::SignIn)}</a></p>
        </div>
    }
    .into_any()
}
