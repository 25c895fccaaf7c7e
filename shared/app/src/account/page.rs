use leptos::prelude::*;
use orion_types::Page;
use orion_types::auth::Session;
use orion_ui::PageHeader;

use super::email::EmailCard;
use super::password::PasswordForm;
use super::sessions::SessionList;
use crate::{use_client, use_load};

/// The address and the password of whoever is signed in, and the devices on which they are.
#[component]
pub fn AccountPage() -> impl IntoView {
    let client = use_client();
    let sessions = use_load(move || async move { client.get::<Page<Session>>("/me/sessions").await.map(|page| page.data) });
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Your account" subtitle="The same in every store and in the administration"/>
            <EmailCard/>
            // A new password ends the other sessions, so their list is asked for again.
            <PasswordForm on_changed=move |()| sessions.reload()/>
            <SessionList sessions/>
        </div>
    }
}
