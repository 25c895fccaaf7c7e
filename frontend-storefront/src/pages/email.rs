//! The address of an account: confirming it by a link, asking for another link, and having another address.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{keep_link_token, use_link_token, use_submission};
use orion_types::auth::{ChangeEmail, ConfirmEmail, CustomerProfile};
use orion_ui::*;

use super::sign_in::{error_at, whole_error};
use crate::account::use_account;
use crate::browser::name_page;
use crate::bundle::use_go;
use crate::text::{Text, t, tf};

/// What the server says of a link that is worth nothing any more.
const ENDED: &str = "people.link_ended";

/// Confirms an address with the token of a link, for the account that is signed in. It takes a tap, since some mailboxes follow links by themselves.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    name_page(|| t(Text::ConfirmEmail).to_owned());
    let account = use_account();
    let submission = use_submission();
    let token = use_link_token();
    let done = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ConfirmEmail {
            token: token.get_untracked(),
        };
        let session = account.session;
        submission.send(
            async move { session.optional().post::<()>("/account/email/confirm", &body).await },
            move |()| {
                done.try_set(true);
                leptos::task::spawn_local(async move { account.refresh().await });
            },
        );
    };
    let refused = whole_error(submission, Text::EmailNotConfirmed);
    let why = move || {
        if token.with(String::is_empty) {
            let title = t(Text::OpenLinkAgain).to_owned();
            return Some(view! { <Callout tone=Tone::Warning title>{t(Text::OpenLinkAgainText)}</Callout> }.into_any());
        }
        if submission.problem(ENDED).is_none() {
            return refused();
        }
        Some(view! { <Callout tone=Tone::Critical title=t(Text::LinkEnded).to_owned()/> }.into_any())
    };
    let why = StoredValue::new(why);
    let go = StoredValue::new(use_go());
    let sign_in = move |_| {
        keep_link_token(token.get_untracked());
        go.with_value(|go| go("/login?next=/email"));
    };
    let body = move || {
        if done.get() {
            return view! { <Callout tone=Tone::Positive title=t(Text::EmailConfirmed).to_owned()>{t(Text::EmailConfirmedText)}</Callout> }
                .into_any();
        }
        if account.signed_in() == Some(false) {
            return view! {
                <Callout tone=Tone::Warning title=t(Text::SignInToConfirm).to_owned()>
                    <div class="ui-stack">
                        <p>{t(Text::SignInToConfirmText)}</p>
                        <div><Button variant=ButtonVariant::Primary on_click=sign_in>{t(Text::SignIn)}</Button></div>
                    </div>
                </Callout>
            }
            .into_any();
        }
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                {move || why.with_value(|why| why())}
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::ConfirmAddress)}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="shop-page shop-page--small">
            <h1 class="shop-title">{t(Text::ConfirmEmail)}</h1>
            <p class="shop-lead">{t(Text::ConfirmEmailText)}</p>
            <div class="mt-8">{body}</div>
            <p class="mt-6"><a class="ui-link" href=app_href("/account")>{t(Text::ToAccount)}</a></p>
        </div>
    }
    .into_any()
}

/// Says that the address is not confirmed, and offers another link.
#[component]
pub fn UnconfirmedEmail(profile: CustomerProfile) -> impl IntoView {
    let session = use_account().session;
    let submission = use_submission();
    let ask = move |_| {
        let call = async move { session.optional().post::<()>("/account/email/link", &()).await };
        submission.send(call, move |()| use_toasts().success(t(Text::EmailLinkSent)));
    };
    let text = tf(Text::EmailUnconfirmedText, &[("email", &profile.email)]);
    view! {
        <Callout tone=Tone::Warning title=t(Text::EmailUnconfirmed).to_owned()>
            <div class="ui-stack">
                <p>{text}</p>
                {whole_error(submission, Text::PasswordLinkFailed)}
                <div><Button size=ButtonSize::Small busy=submission.busy() on_click=ask>{t(Text::SendEmailLink)}</Button></div>
            </div>
        </Callout>
    }
    .into_any()
}

/// Asks for another address.
#[component]
pub fn EmailForm() -> impl IntoView {
    let session = use_account().session;
    let submission = use_submission();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ChangeEmail {
            one_time_code: String::new(),
            email: email.get_untracked(),
            current_password: password.get_untracked(),
        };
        asked.set(false);
        submission.send(
            async move { session.optional().post::<()>("/account/email", &body).await },
            move |()| {
                email.try_set(String::new());
                password.try_set(String::new());
                asked.try_set(true);
            },
        );
    };
    let told = move || {
        asked
            .get()
            .then(|| view! { <Callout tone=Tone::Positive>{t(Text::EmailAsked)}</Callout> })
    };
    view! {
        <form class="ui-stack max-w-form" on:submit=save novalidate=true>
            <h2 class="text-lg">{t(Text::ChangeEmail)}</h2>
            {whole_error(submission, Text::PasswordLinkFailed)}
            {told}
            <Field label=t(Text::NewEmail).to_owned() error=error_at(submission, "/email")>
                <TextInput value=email kind=InputKind::Email autocomplete="email" name="new_email"/>
            </Field>
            <Field label=t(Text::CurrentPassword).to_owned() error=error_at(submission, "/current_password")>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="email_password"/>
            </Field>
            <div><Button kind=ButtonKind::Submit busy=submission.busy()>{t(Text::ChangeEmail)}</Button></div>
        </form>
    }
    .into_any()
}
