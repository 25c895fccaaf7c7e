//! Accepting an invitation: with a new account, or by signing in with the one that there is.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{CodeForm, JoinForm, Refused, no_invitation, sign_in, use_link_token, use_load, use_session, use_submission};
use orion_types::auth::{LoginRequest, SignInChallenge};
use orion_types::team::{InvitationOffer, InvitationToken};
use orion_ui::*;

use super::team::role_name;

/// What the link offers, and the form that accepts it.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let session = use_session();
    let token = use_link_token();
    let offer = use_load(move || {
        let body = InvitationToken { token: token.get() };
        async move { session.public().post::<InvitationOffer>("/invitations/look-up", &body).await }
    });
    let title = Signal::derive(move || match offer.state().get() {
        Load::Ready(offer) => format!("Join {}", offer.store),
        _ => "An invitation".to_owned(),
    });
    view! {
        <AuthLayout title>
            {move || match offer.state().get() {
                Load::Loading => view! { <TextSkeleton lines=3/> }.into_any(),
                Load::Failed(error) => no_invitation(error, token),
                Load::Ready(offer) if offer.has_account => view! { <Join offer token/> }.into_any(),
                Load::Ready(offer) => view! { <JoinForm token>{offered(&offer)}</JoinForm> }.into_any(),
            }}
        </AuthLayout>
    }
    .into_any()
}

fn offered(offer: &InvitationOffer) -> AnyView {
    let role = role_name(offer.role, offer.role_name.as_deref());
    view! { <p class="text-muted">{format!("{} is invited to work for {} as {role}.", offer.email, offer.store)}</p> }.into_any()
}

/// Somebody who has an account signs in with it, and joins.
#[component]
fn Join(offer: InvitationOffer, token: RwSignal<String>) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let go = StoredValue::new_local(use_go());
    let password = RwSignal::new(String::new());
    let challenge = RwSignal::new(None::<SignInChallenge>);
    let offer = StoredValue::new(offer);
    let join = move |()| {
        let body = InvitationToken {
            token: token.get_untracked(),
        };
        let call = async move { session.optional().post::<()>("/invitations/join", &body).await };
        submission.send(call, move |()| {
            go.try_with_value(|go| go("/dashboard"));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = LoginRequest {
            email: offer.with_value(|offer| offer.email.clone()),
            password: password.get_untracked(),
        };
        focus_next_frame();
        submission.send(sign_in(session, request), move |asked| {
            if asked.is_none() {
                join(());
            } else {
                challenge.try_set(asked);
            }
        });
    };
    let form = move || {
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                <Field label="Password" hint="That of the account you have already" error=submission.field("/password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="password" autofocus=true/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Sign in and join"</Button>
                <p class="ui-field__hint"><a class="ui-link" href=app_href("/password")>"Forgot your password?"</a></p>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="ui-stack">
            {offer.with_value(offered)}
            <Refused submission title="Not joined"/>
            {move || match challenge.get() {
                Some(asked) => view! { <CodeForm asked on_entered=join on_again=move |()| challenge.set(None)/> }.into_any(),
                None => form(),
            }}
        </div>
    }
    .into_any()
}
