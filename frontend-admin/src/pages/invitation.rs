//! Accepting an invitation to the administration.

use leptos::prelude::*;
use orion_app::{JoinForm, no_invitation, use_link_token, use_load, use_session};
use orion_types::people::AdminInvitationOffer;
use orion_types::team::InvitationToken;
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
                Load::Failed(error) => no_invitation(error, token),
                Load::Ready(offer) if offer.has_account => known(&offer),
                Load::Ready(offer) => view! { <JoinForm token>{offered(&offer)}</JoinForm> }.into_any(),
            }}
        </AuthLayout>
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
