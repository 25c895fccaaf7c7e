use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;
use orion_app::{AccountPage, LoginPage, SessionGate};
use orion_client::{Session, page_context};
use orion_ui::{ToastHost, UiSettings, app_href, provide_ui};

use crate::pages::audit::AuditPage;
use crate::pages::dashboard::DashboardPage;
use crate::pages::jobs::JobsPage;
use crate::pages::missing::MissingPage;
use crate::pages::modules::ModulesPage;
use crate::pages::platforms::PlatformsPage;
use crate::pages::stores::{NewStorePage, StoreListPage, StorePage};
use crate::pages::tools::ToolsPage;
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
                <Route path=path!("/") view=|| view! { <Redirect path=app_href("/dashboard")/> }/>
                <ParentRoute path=path!("") view=|| view! { <SessionGate><Shell><Outlet/></Shell></SessionGate> }>
                    <Route path=path!("/dashboard") view=DashboardPage/>
                    <Route path=path!("/platforms") view=PlatformsPage/>
                    <Route path=path!("/modules") view=ModulesPage/>
                    <Route path=path!("/stores") view=StoreListPage/>
                    <Route path=path!("/stores/new") view=NewStorePage/>
                    <Route path=path!("/stores/:id") view=StorePage/>
                    <Route path=path!("/jobs") view=JobsPage/>
                    <Route path=path!("/audit") view=AuditPage/>
                    <Route path=path!("/tools") view=ToolsPage/>
                    <Route path=path!("/account") view=AccountPage/>
                </ParentRoute>
            </Routes>
            <ToastHost/>
        </Router>
    }
}
