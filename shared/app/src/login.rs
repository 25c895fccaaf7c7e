//! The sign-in page of the admin and of the store dashboard.

use leptos::prelude::*;
use orion_client::SessionState;
use orion_types::auth::{LoginRequest, SignInChallenge};
use orion_types::validation::local_path;
use orion_ui::{
    AuthLayout, Button, ButtonKind, ButtonVariant, Field, InputKind, TextInput, app_href, focus_next_frame, use_go, use_query_param,
};

use crate::passkey::{has_passkeys, sign_in_by_passkey};
use crate::{CodeForm, Refused, sign_in, use_session, use_submission};

/// E-mail and password, and a code where the account has a second factor, or a passkey; afterwards to where one wanted to go, when that is a path of this app.
#[component]
pub fn LoginPage(
    /// The page's title.
    #[prop(into)]
    title: Signal<String>,
    /// A line below it.
    #[prop(into)]
    subtitle: Signal<String>,
    /// Where to go when nothing else was wanted.
    home: &'static str,
) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // The router's own map decodes twice: of an address in it that has a query of its own, that would fall apart.
    let next = use_query_param("next");
    let go = use_go();
    orion_ui::watch(move || {
        if session.state().get() == SessionState::SignedIn {
            let next = untrack(|| next.get_opt()).filter(|next| local_path(next).is_ok());
            go(next.as_deref().unwrap_or(home));
        }
    });
    let challenge = RwSignal::new(None::<SignInChallenge>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request = LoginRequest {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        // The frame may stand before the answer is told here.
        focus_next_frame();
        submission.send(sign_in(session, request), move |asked| {
            challenge.try_set(asked);
        });
    };
    let by_passkey = move |_| {
        focus_next_frame();
        submission.send(sign_in_by_passkey(session), |()| {});
    };
    let form = move || {
        view! {
            <form class="ui-stack" on:submit=submit>
                <Refused submission title="Signing in failed"/>
                <Field label="E-mail" error=submission.field("/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="username" name="email" autofocus=true/>
                </Field>
                <Field label="Password" error=submission.field("/password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="password"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Sign in"</Button>
                {has_passkeys().then(|| view! {
                    <Button busy=submission.busy() full_width=true on_click=by_passkey>"Sign in with a passkey"</Button>
                })}
                <p class="ui-field__hint"><a class="ui-link" href=app_href("/password")>"Forgot your password?"</a></p>
            </form>
        }
        .into_any()
    };
    view! {
        <AuthLayout title subtitle>
            {move || match challenge.get() {
                Some(asked) => view! { <CodeForm asked on_entered=|()| {} on_again=move |()| challenge.set(None)/> }.into_any(),
                None => form(),
            }}
        </AuthLayout>
    }
    .into_any()
}
