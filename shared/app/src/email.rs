//! Confirming an address by a link.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::auth::ConfirmEmail;
use orion_ui::{AuthLayout, Button, ButtonKind, ButtonVariant, Callout, Tone, app_href, focus_next_frame, use_go};

use orion_client::SessionState;

use crate::{Refused, keep_link_token, use_link_token, use_session, use_submission};

/// Confirms an address with the token of a link, for the account that is signed in. It takes a click, since some mailboxes follow links by themselves.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let token = use_link_token();
    let done = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ConfirmEmail {
            token: token.get_untracked(),
        };
        focus_next_frame();
        let call = async move { session.optional().post::<()>("/me/email/confirm", &body).await };
        submission.send(call, move |()| {
            done.try_set(true);
        });
    };
    let go = StoredValue::new(use_go());
    let sign_in = move |_| {
        keep_link_token(token.get_untracked());
        go.with_value(|go| go("/login?next=/email"));
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
    let body = move || {
        if done.get() {
            return view! { <Callout tone=Tone::Positive title="Address confirmed"/> }.into_any();
        }
        if session.state().get() == SessionState::SignedOut {
            return view! {
                <Callout tone=Tone::Warning title="Sign in first">
                    <div class="ui-stack">
                        <p>"An address is confirmed for the account that is signed in."</p>
                        <div><Button variant=ButtonVariant::Primary on_click=sign_in>"Sign in"</Button></div>
                    </div>
                </Callout>
            }
            .into_any();
        }
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                {without}
                <Refused submission title="Not confirmed"/>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Confirm"</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <AuthLayout title="Confirm your e-mail address" subtitle="One click shows that you read its mails">
            <div class="ui-stack">
                {body}
                <p class="ui-field__hint"><a class="ui-link" href=app_href("/account")>"To your account"</a></p>
            </div>
        </AuthLayout>
    }
    .into_any()
}
