use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::path;
use orion_app::{AccountPage, AskPasswordPage, ConfirmEmailPage, LoginPage, ResetPasswordPage, SessionGate, ToFirstPage};
use orion_client::{Session, page_context};
use orion_ui::{ToastHost, UiSettings, provide_ui};

use crate::declared::DeclaredRoutes;
use crate::pages::invitation::InvitationPage;
use crate::pages::missing::MissingPage;
use crate::shell::Shell;

/// The app: session, router, pages. Everything but the sign-in page is behind the gate.
#[component]
pub fn App() -> impl IntoView {
    let page = page_context();
    provide_ui(UiSettings {
        base_path: page.base.clone(),
        ..UiSettings::default()
    });
    let session = Session::new(page.api);
    provide_context(session);
    leptos::task::spawn_local(async move { session.restore().await });
    view! {
        <Router base=page.base>
            <Routes fallback=|| view! { <MissingPage/> }>
                <Route path=path!("/login") view=|| view! { <LoginPage title="Sign in to Orion" subtitle="Platform administration" home="/dashboard"/> }/>
                <Route path=path!("/password") view=AskPasswordPage/>
                <Route path=path!("/password/new") view=ResetPasswordPage/>
                <Route path=path!("/email") view=ConfirmEmailPage/>
                <Route path=path!("/invitation") view=InvitationPage/>
                <Route path=path!("/") view=|| view! { <ToFirstPage home="/dashboard"/> }/>
                <ParentRoute path=path!("") view=|| view! { <SessionGate><Shell><Outlet/></Shell></SessionGate> }>
                    <DeclaredRoutes/>
                    <Route path=path!("/account") view=|| view! { <AccountPage/> }/>
                </ParentRoute>
            </Routes>
            <ToastHost/>
        </Router>
    }
}
