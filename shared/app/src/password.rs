//! A password that was forgotten: asking for a link, and choosing another one with it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_types::auth::{AskPasswordLink, ResetPassword};
use orion_ui::{
    AuthLayout, Button, ButtonKind, ButtonVariant, Callout, Field, InputKind, LinkButton, TextInput, Tone, app_href, focus_next_frame,
    use_go, use_toasts,
};

use crate::{Refused, use_session, use_submission};

/// What the server says of a link that is worth nothing any more.
const ENDED: &str = "people.link_ended";

/// The token of a link, which stands behind the `#` of the address and is taken out of it: what is in the address is in the browser's history.
fn link_token() -> String {
    let hash = use_location().hash.get_untracked();
    let token = hash.trim_start_matches('#').to_owned();
    let location = window().location();
    if let (false, Ok(path), Ok(history)) = (token.is_empty(), location.pathname(), window().history()) {
        history
            .replace_state_with_url(&leptos::wasm_bindgen::JsValue::NULL, "", Some(&path))
            .ok();
    }
    token
}

thread_local! {
    /// The token of a link while whoever followed it signs in; in no address, and gone when the page is loaded anew.
    static KEPT: std::cell::Cell<String> = const { std::cell::Cell::new(String::new()) };
}

/// Keeps the token of a link for the page that asks for it next, on the way past a page where one signs in.
pub fn keep_link_token(token: String) {
    KEPT.set(token);
}

/// The token of the link behind the page. A second link that is opened in the same tab brings another one, and a page that was loaded anew has none.
pub fn use_link_token() -> RwSignal<String> {
    let (brought, kept) = (link_token(), KEPT.take());
    let token = RwSignal::new(if brought.is_empty() { kept } else { brought });
    let hash = use_location().hash;
    Effect::new(move |_| {
        if hash.get().len() > 1 {
            token.set(link_token());
        }
    });
    token
}

/// Asks where a link may go.
#[component]
pub fn AskPasswordPage() -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = AskPasswordLink {
            email: email.get_untracked(),
        };
        focus_next_frame();
        let call = async move { session.public().post::<()>("/auth/password-link", &body).await };
        submission.send(call, move |()| {
            sent.try_set(true);
        });
    };
    let form = move || {
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                <Refused submission title="Not sent"/>
                <Field label="E-mail" error=submission.field("/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="username" name="email" autofocus=true/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Send a link"</Button>
            </form>
        }
        .into_any()
    };
    let told = move || {
        view! {
            <Callout tone=Tone::Positive title="Look into your mailbox">
                {format!("If {} has an account, a link is on its way. It works once and within an hour.", email.get_untracked())}
            </Callout>
        }
        .into_any()
    };
    view! {
        <AuthLayout title="Forgot your password?" subtitle="You get a link to choose another one">
            <div class="ui-stack">
                {move || if sent.get() { told() } else { form() }}
                <p class="ui-field__hint"><a class="ui-link" href=app_href("/login")>"Back to signing in"</a></p>
            </div>
        </AuthLayout>
    }
    .into_any()
}

/// Chooses another password with the token of a link.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let (toasts, go) = (use_toasts(), use_go());
    let token = use_link_token();
    let password = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ResetPassword {
            token: token.get_untracked(),
            new_password: password.get_untracked(),
        };
        focus_next_frame();
        let call = async move {
            session.public().post::<()>("/auth/password", &body).await?;
            // Every session has ended, that of this browser too.
            session.logout().await;
            Ok(())
        };
        let go = go.clone();
        submission.send(call, move |()| {
            toasts.success("Password changed; sign in with the new one");
            go("/login");
        });
    };
    let again = move || {
        submission
            .problem(ENDED)
            .map(|_| view! { <LinkButton href="/password" full_width=true>"Ask for another link"</LinkButton> })
    };
    let without = move || {
        token.with(String::is_empty).then(|| {
            view! {
                <Callout tone=Tone::Warning title="Open the link in the mail again">
                    "What it brings along is kept nowhere, and is gone once the page was loaded anew."
                </Callout>
            }
        })
    };
    view! {
        <AuthLayout title="Choose a new password" subtitle="You are signed out on every device">
            <form class="ui-stack" on:submit=submit novalidate=true>
                {without}
                <Refused submission title="Not changed"/>
                <Field label="New password" hint="At least 10 characters, and not easy to guess" error=submission.field("/new_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="new-password" name="new_password" autofocus=true/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Change password"</Button>
                {again}
            </form>
        </AuthLayout>
    }
    .into_any()
}
