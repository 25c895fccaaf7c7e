//! The page that the link of an invitation leads to: what it shows in both dashboards.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::auth::AccessToken;
use orion_types::team::AcceptInvitation;
use orion_ui::{
    Button, ButtonKind, ButtonVariant, Callout, Field, InputKind, LinkButton, LoadError, TextInput, Tone, focus_next_frame, use_go,
};

use crate::{Refused, use_session, use_submission};

/// Why there is no invitation to be seen: the link was used up or taken back, or its token is gone since the page was loaded anew.
pub fn no_invitation(error: LoadError, token: RwSignal<String>) -> AnyView {
    if token.with(String::is_empty) {
        return view! {
            <Callout tone=Tone::Warning title="Open the link in the mail again">
                "What it brings along is kept nowhere, and is gone once the page was loaded anew."
            </Callout>
        }
        .into_any();
    }
    view! {
        <div class="ui-stack">
            <Callout tone=Tone::Critical title="There is nothing to accept">
                {error.message} " Whoever invited you can send the invitation again."
            </Callout>
            <LinkButton href="/login">"Sign in"</LinkButton>
        </div>
    }
    .into_any()
}

/// Somebody new chooses their name and password, and is in.
#[component]
pub fn JoinForm(
    /// What the link has brought along.
    token: RwSignal<String>,
    /// What they are invited to.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let go = use_go();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = AcceptInvitation {
            token: token.get_untracked(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        focus_next_frame();
        let go = go.clone();
        let call = async move { session.public().post::<AccessToken>("/invitations/accept", &body).await };
        submission.send(call, move |entered| {
            session.accept(entered);
            go("/dashboard");
        });
    };
    view! {
        <form class="ui-stack" on:submit=submit novalidate=true>
            {children()}
            <Refused submission title="Not joined"/>
            <Field label="Name" error=submission.field("/name")><TextInput value=name autocomplete="name" name="name" autofocus=true/></Field>
            <Field label="Password" hint="At least 10 characters, and not easy to guess" error=submission.field("/password")>
                <TextInput value=password kind=InputKind::Password autocomplete="new-password" name="password"/>
            </Field>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Join"</Button>
        </form>
    }
    .into_any()
}
