//! Signing in and creating an account.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use orion_app::{Submission, has_passkeys, sign_in_by_passkey, use_submission};
use orion_types::auth::{AccessToken, LoginRequest, RegisterRequest};
use orion_types::validation::local_path;
use orion_ui::*;

use crate::account::{Account, use_account};
use crate::basket::use_basket;
use crate::browser::{kept_email, name_page};
use crate::bundle::use_go;
use crate::shop::shop;
use crate::text::{Text, field_error, passkey_error, t};

/// Goes on once somebody is signed in: to where they wanted to go, else to the account.
fn go_on(account: Account) {
    let basket = use_basket();
    let query = use_query_map();
    let go = use_go();
    orion_ui::watch(move || {
        if account.signed_in() == Some(true) {
            if shop().sells() {
                // Signing in has put the guest's cart and the customer's together.
                basket.load();
            }
            let next = query.read_untracked().get("next").filter(|next| local_path(next).is_ok());
            go(next.as_deref().unwrap_or("/account"));
        }
    });
}

pub(super) fn error_at(submission: Submission, pointer: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || submission.error().and_then(|error| field_error(&error, pointer)))
}

pub(super) fn whole_error(submission: Submission, title: Text) -> impl Fn() -> Option<AnyView> + Send {
    move || {
        let message = submission.message().get()?;
        let passkey = submission.error().and_then(|error| passkey_error(&error));
        let message = passkey.map_or(message, str::to_owned);
        Some(view! { <Callout tone=Tone::Critical title=t(title).to_owned()>{message}</Callout> }.into_any())
    }
}

/// Keeps where the customer wanted to go when they change between signing in and registering.
fn with_next(path: &str) -> String {
    let next = use_query_map().read_untracked().get("next");
    next.map_or_else(
        || path.to_owned(),
        |next| format!("{path}?next={}", String::from(js_sys::encode_uri_component(&next))),
    )
}

/// Signs in.
#[component]
pub fn LoginPage() -> impl IntoView {
    name_page(|| t(Text::SignInTitle).to_owned());
    let account = use_account();
    go_on(account);
    let submission = use_submission();
    let (email, password) = (RwSignal::new(kept_email()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = LoginRequest {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        submission.send(async move { account.session.login(&request).await }, |()| {});
    };
    let by_passkey = move |_| submission.send(sign_in_by_passkey(account.session), |()| {});
    view! {
        <div class="shop-page shop-page--small">
            <h1 class="shop-title">{t(Text::SignInTitle)}</h1>
            <p class="shop-lead">{t(Text::SignInText)}</p>
            <form class="ui-stack mt-8" on:submit=submit novalidate=true>
                {whole_error(submission, Text::SignInFailed)}
                <Field label=t(Text::Email).to_owned() error=error_at(submission, "/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="username" name="email"/>
                </Field>
                <Field label=t(Text::Password).to_owned() error=error_at(submission, "/password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="password"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::SignIn)}</Button>
                {has_passkeys().then(|| view! {
                    <Button size=ButtonSize::Large full_width=true busy=submission.busy() on_click=by_passkey>{t(Text::SignInWithPasskey)}</Button>
                })}
            </form>
            <p class="mt-6"><a class="ui-link" href=app_href("/password")>{t(Text::ForgotPassword)}</a></p>
            <p class="mt-6 text-muted">{t(Text::NewHere)} " " <a class="ui-link" href=app_href(&with_next("/register"))>{t(Text::Register)}</a></p>
        </div>
    }
    .into_any()
}

/// Creates an account.
#[component]
pub fn RegisterPage() -> impl IntoView {
    name_page(|| t(Text::Register).to_owned());
    let account = use_account();
    go_on(account);
    let submission = use_submission();
    let (email, name, password) = (
        RwSignal::new(kept_email()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = RegisterRequest {
            email: email.get_untracked(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        let session = account.session;
        submission.send(
            async move { session.optional().post::<AccessToken>("/auth/register", &request).await },
            move |token| session.accept(token),
        );
    };
    view! {
        <div class="shop-page shop-page--small">
            <h1 class="shop-title">{t(Text::Register)}</h1>
            <p class="shop-lead">{t(Text::RegisterText)}</p>
            <form class="ui-stack mt-8" on:submit=submit novalidate=true>
                {whole_error(submission, Text::RegisterFailed)}
                <Field label=t(Text::FullName).to_owned() error=error_at(submission, "/name")>
                    <TextInput value=name autocomplete="name" name="name"/>
                </Field>
                <Field label=t(Text::Email).to_owned() error=error_at(submission, "/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="username" name="email"/>
                </Field>
                <Field label=t(Text::Password).to_owned() hint=t(Text::PasswordHint).to_owned() error=error_at(submission, "/password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="new-password" name="password"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::Register)}</Button>
            </form>
            <p class="mt-6 text-muted"><a class="ui-link" href=app_href(&with_next("/login"))>{t(Text::HaveAccount)}</a></p>
        </div>
    }
    .into_any()
}
