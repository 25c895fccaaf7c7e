use leptos::prelude::*;
use orion_types::Page;
use orion_types::auth::Session;
use orion_ui::{AuthLayout, Button, ButtonVariant, PageHeader};

use super::email::EmailCard;
use super::passkeys::PasskeysCard;
use super::password::PasswordForm;
use super::second_factor::SecondFactorCard;
use super::sessions::SessionList;
use crate::{use_client, use_load, use_session};

/// The address and the password of whoever is signed in, their second factor and passkeys, and the devices on which they are.
#[component]
pub fn AccountPage(
    /// What is to be seen before all of it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let client = use_client();
    let sessions = use_load(move || async move { client.get::<Page<Session>>("/me/sessions").await.map(|page| page.data) });
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Your account" subtitle="The same in every store and in the administration"/>
            {children.map(|children| children())}
            <EmailCard/>
            // A new password ends the other sessions, and so does a second factor: their list is asked for again.
            <PasswordForm on_changed=move |()| sessions.reload()/>
            <SecondFactorCard on_changed=move |()| sessions.reload()/>
            <PasskeysCard on_changed=|()| {}/>
            <SessionList sessions/>
        </div>
    }
}

/// In the place of everything else, for somebody who needs a second factor and has none.
#[component]
pub fn SecondFactorPage(
    /// Who wants it.
    #[prop(into)]
    subtitle: Signal<String>,
    /// Runs when it is on.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    view! {
        <AuthLayout title="Turn on a second factor, or use a passkey" subtitle footer=move || view! {
            <Button variant=ButtonVariant::Ghost on_click=move |_| leptos::task::spawn_local(async move { session.logout().await })>"Sign out"</Button>
        }>
            <SecondFactorCard on_changed=move |()| on_done.run(())/>
            <PasskeysCard on_changed=move |()| on_done.run(())/>
        </AuthLayout>
    }
    .into_any()
}
