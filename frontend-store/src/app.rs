use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::path;
use orion_app::{AccountPage, AskPasswordPage, ConfirmEmailPage, LoginPage, ResetPasswordPage, SessionGate, ToFirstPage};
use orion_client::{Session, page_context};
use orion_ui::{ToastHost, UiSettings, provide_ui};

use crate::declared::DeclaredRoutes;
use crate::impersonation::ImpersonationPage;
use crate::pages::authorize::AuthorizePage;
use crate::pages::chooser::ChooserPage;
use crate::pages::invitation::InvitationPage;
use crate::pages::missing::MissingPage;
use crate::pages::programs::OwnConnections;
use crate::pages::sign_up::{ConfirmSignUpPage, EnterShopPage, SignUpPage};
use crate::pages::team::OwnOffer;
use crate::shell::Shell;

/// The app: session, router, pages. Without a store in the address it is the store chooser.
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
    let name = page.store.as_ref().map_or_else(|| "Orion".to_owned(), |store| store.name.clone());
    let home = if page.store.is_some() { "/dashboard" } else { "/stores" };
    view! {
        <Router base=page.base>
            <Routes fallback=|| view! { <MissingPage/> }>
                <Route path=path!("/login") view=move || view! { <LoginPage title=format!("Sign in to {name}") subtitle="Store dashboard" home/> }/>
                <Route path=path!("/stores") view=|| view! { <SessionGate><ChooserPage/></SessionGate> }/>
                <Route path=path!("/password") view=AskPasswordPage/>
                <Route path=path!("/password/new") view=ResetPasswordPage/>
                <Route path=path!("/email") view=ConfirmEmailPage/>
                <Route path=path!("/invitation") view=InvitationPage/>
                <Route path=path!("/authorize") view=|| view! { <SessionGate><AuthorizePage/></SessionGate> }/>
                <Route path=path!("/impersonation") view=ImpersonationPage/>
                <Route path=path!("/sign-up") view=SignUpPage/>
                <Route path=path!("/sign-up/confirm") view=ConfirmSignUpPage/>
                <Route path=path!("/sign-up/enter") view=EnterShopPage/>
                <Route path=path!("/") view=move || view! { <ToFirstPage home/> }/>
                <ParentRoute path=path!("") view=|| view! { <SessionGate><Shell><Outlet/></Shell></SessionGate> }>
                    <DeclaredRoutes/>
                    <Route path=path!("/account") view=|| view! { <AccountPage><OwnOffer/><OwnConnections/></AccountPage> }/>
                </ParentRoute>
            </Routes>
            <ToastHost/>
        </Router>
    }
}
