//! Pages that need somebody to be signed in.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_client::{Session, SessionClient, SessionState};
use orion_ui::{DetailSkeleton, app_path, use_go};

/// The session of the app, which its root component has put into the context.
pub fn use_session() -> Session {
    expect_context::<Session>()
}

/// The client of the session. Pages inside a [`SessionGate`] have somebody signed in; a call without gets 401 and the gate closes.
pub fn use_client() -> SessionClient {
    use_session().optional()
}

/// Shows its children to somebody who is signed in; leads everybody else to `/login` and back afterwards.
#[component]
pub fn SessionGate(
    /// The pages.
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_session();
    let location = use_location();
    let go = use_go();
    orion_ui::watch(move || {
        if session.state().get() == SessionState::SignedOut {
            // The router keeps the query without its question mark.
            let query = location.search.get_untracked();
            let mark = if query.is_empty() { "" } else { "?" };
            let here = format!("{}{mark}{query}", app_path(&location.pathname.get_untracked()));
            let next = String::from(js_sys::encode_uri_component(&here));
            go(&format!("/login?next={next}"));
        }
    });
    move || match session.state().get() {
        SessionState::SignedIn => children().into_any(),
        SessionState::Restoring | SessionState::SignedOut => view! { <div class="ui-page"><DetailSkeleton/></div> }.into_any(),
    }
}
