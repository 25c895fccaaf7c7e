use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;
use orion_app::{AccountPage, LoginPage, SessionGate};
use orion_client::{Session, page_context};
use orion_types::permission::Permission::{
    CustomersRead, DashboardRead, InventoryRead, OrdersRead, ProductsRead, ProductsWrite, SettingsRead,
};
use orion_ui::{ToastHost, UiSettings, app_href, provide_ui};

use crate::pages::categories::CategoriesPage;
use crate::pages::chooser::ChooserPage;
use crate::pages::customers::{CustomerListPage, CustomerPage};
use crate::pages::dashboard::DashboardPage;
use crate::pages::exports::ExportsPage;
use crate::pages::forbidden::page_for;
use crate::pages::imports::{ImportListPage, ImportPage};
use crate::pages::inventory::InventoryPage;
use crate::pages::missing::MissingPage;
use crate::pages::orders::{OrderListPage, OrderPage};
use crate::pages::products::{GridPage, NewProductPage, ProductListPage, ProductPage};
use crate::pages::settings::SettingsPage;
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
                <Route path=path!("/") view=move || view! { <Redirect path=app_href(home)/> }/>
                <ParentRoute path=path!("") view=|| view! { <SessionGate><Shell><Outlet/></Shell></SessionGate> }>
                    <Route path=path!("/dashboard") view=page_for(DashboardRead, DashboardPage)/>
                    <Route path=path!("/products") view=page_for(ProductsRead, ProductListPage)/>
                    <Route path=path!("/products/new") view=page_for(ProductsWrite, NewProductPage)/>
                    <Route path=path!("/products/prices") view=page_for(ProductsWrite, GridPage)/>
                    <Route path=path!("/products/:id") view=page_for(ProductsRead, ProductPage)/>
                    <Route path=path!("/categories") view=page_for(ProductsRead, CategoriesPage)/>
                    <Route path=path!("/exports") view=page_for(DashboardRead, ExportsPage)/>
                    <Route path=path!("/imports") view=page_for(ProductsRead, ImportListPage)/>
                    <Route path=path!("/imports/:id") view=page_for(ProductsRead, ImportPage)/>
                    <Route path=path!("/orders") view=page_for(OrdersRead, OrderListPage)/>
                    <Route path=path!("/orders/:id") view=page_for(OrdersRead, OrderPage)/>
                    <Route path=path!("/customers") view=page_for(CustomersRead, CustomerListPage)/>
                    <Route path=path!("/customers/:id") view=page_for(CustomersRead, CustomerPage)/>
                    <Route path=path!("/inventory") view=page_for(InventoryRead, InventoryPage)/>
                    <Route path=path!("/settings") view=page_for(SettingsRead, SettingsPage)/>
                    <Route path=path!("/account") view=AccountPage/>
                </ParentRoute>
            </Routes>
            <ToastHost/>
        </Router>
    }
}
