//! Accepting an invitation to the administration.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Refused, use_link_token, use_load, use_session, use_submission};
use orion_types::auth::AccessToken;
use orion_types::people::AdminInvitationOffer;
use orion_types::team::{AcceptInvitation, InvitationToken};
use orion_ui::*;

/// What the link offers, and the form that accepts it.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let session = use_session();
    let token = use_link_token();
    let offer = use_load(move || {
        let body = InvitationToken { token: token.get() };
        async move { session.public().post::<AdminInvitationOffer>("/invitations/look-up", &body).await }
    });
    view! {
        <AuthLayout title="Join the administration">
            {move || match offer.state().get() {
                Load::Loading => view! { <TextSkeleton lines=3/> }.into_any(),
                Load::Failed(_) if token.with(String::is_empty) => reopened(),
                Load::Failed(error) => ended(error),
                Load::Ready(offer) if offer.has_account => known(&offer),
                Load::Ready(offer) => view! { <Accept offer token/> }.into_any(),
            }}
        </AuthLayout>
    }
    .into_any()
}

fn reopened() -> AnyView {
    view! {
        <Callout tone=Tone::Warning title="Open the link in the mail again">
            "What it brings along is kept nowhere, and is gone once the page was loaded anew."
        </Callout>
    }
    .into_any()
}

fn ended(error: LoadError) -> AnyView {
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

/// The address has got an account since, by another invitation for instance.
fn known(offer: &AdminInvitationOffer) -> AnyView {
    let words = format!(
        "{} has an account by now. Choose a new password for it first, by “Forgot your password?”; then ask whoever invited you to make it an administrator.",
        offer.email
    );
    view! { <Callout tone=Tone::Warning title="You have an account">{words}</Callout> }.into_any()
}

fn offered(offer: &AdminInvitationOffer) -> AnyView {
    let what = if offer.super_admin {
        "all platforms".to_owned()
    } else {
        offer.platforms.join(", ")
    };
    view! { <p class="text-muted">{format!("{} is invited to administer {what}.", offer.email)}</p> }.into_any()
}

/// Somebody new chooses their name and password.
#[component]
fn Accept(offer: AdminInvitationOffer, token: RwSignal<String>) -> impl IntoView {
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
            {offered(&offer)}
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
