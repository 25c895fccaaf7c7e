//! Every part of the kit on pages like those it is for: `trunk serve shared/ui/examples/gallery/index.html --example gallery`.

mod dashboard;
mod forms;
mod orders;
mod parts;
mod products;
mod shop;
mod states;

use leptos::prelude::*;
use leptos_router::{
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};
use orion_ui::*;

fn main() {
    console_error_panic_hook::set_once();
    theme::restore_theme_mode();
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let location = window().location();
    // The apps live below a path when they have no host of their own, and speak other languages.
    let base = if location.pathname().is_ok_and(|path| path.starts_with("/below/here")) {
        "/below/here"
    } else {
        ""
    };
    let locale = location
        .search()
        .ok()
        .and_then(|search| search.strip_prefix("?locale=").map(str::to_owned));
    provide_ui(UiSettings {
        base_path: base.to_owned(),
        locale: locale.into(),
        ..UiSettings::default()
    });
    view! {
        <Router base>
            <Routes fallback=|| view! { <EmptyState icon=icons::SEARCH title="No such page"/> }>
                <Route path=path!("/login") view=forms::Login/>
                <Route path=path!("/shop") view=shop::Shop/>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("/") view=dashboard::Dashboard/>
                    <Route path=path!("/orders") view=orders::OrderList/>
                    <Route path=path!("/orders/1042") view=orders::OrderDetail/>
                    <Route path=path!("/products") view=products::ProductList/>
                    <Route path=path!("/products/new") view=products::ProductForm/>
                    <Route path=path!("/parts") view=parts::Parts/>
                    <Route path=path!("/forms") view=forms::Forms/>
                    <Route path=path!("/states") view=states::States/>
                </ParentRoute>
            </Routes>
            <ToastHost/>
        </Router>
    }
}

fn nav() -> Vec<NavSection> {
    vec![
        NavSection::new(vec![
            NavItem::new("Home", "/", icons::HOUSE),
            NavItem::new("Orders", "/orders", icons::INBOX).badge("12"),
            NavItem::new("Products", "/products", icons::TAG)
                .child("Collections", "/products/collections")
                .child("Import", "/products/import"),
            NavItem::new("Inventory", "/inventory", icons::WAREHOUSE),
            NavItem::new("Customers", "/customers", icons::USERS),
        ]),
        NavSection::new(vec![
            NavItem::new("Parts", "/parts", icons::BLOCKS),
            NavItem::new("Forms", "/forms", icons::PENCIL),
            NavItem::new("States", "/states", icons::LAYERS),
        ])
        .heading("Kit"),
        NavSection::new(vec![NavItem::new("Settings", "/settings", icons::SETTINGS)]),
    ]
}

#[component]
fn Shell() -> impl IntoView {
    let palette = RwSignal::new(false);
    let entries = vec![
        CommandEntry::link("Orders", "/orders")
            .group("Go to")
            .icon(icons::INBOX)
            .keywords("sales"),
        CommandEntry::link("Products", "/products").group("Go to").icon(icons::TAG),
        CommandEntry::link("Forms", "/forms").group("Go to").icon(icons::PENCIL),
        CommandEntry::link("New product", "/products/new")
            .group("Create")
            .icon(icons::PLUS)
            .detail("Catalogue"),
        CommandEntry::action("Say hello", || use_toasts().success("Hello"))
            .group("Create")
            .icon(icons::SEND),
    ];
    let stores = vec![
        MenuItem::heading("Your stores"),
        MenuItem::action("Kiln & Clay", || {}).detail("kiln.orion.localhost").checked(true),
        MenuItem::action("Globex", || {}).detail("globex.orion.localhost").checked(false),
        MenuItem::separator(),
        MenuItem::link("Open the shop", "/shop").icon(icons::EXTERNAL_LINK),
    ];
    let stores = StoredValue::new(stores);
    let switcher = move || view! { <StoreSwitcher name="Kiln & Clay" detail="kiln.orion.localhost" items=stores.get_value()/> };
    let actions = move || {
        let items = vec![
            MenuItem::link("Your account", "/forms").icon(icons::USER),
            MenuItem::link("Sign out", "/login").icon(icons::LOG_OUT),
        ];
        view! {
            <IconButton icon=icons::BELL label="Notifications"/>
            <ProfileMenu name="Ada Lovelace" email="owner@acme.test" items/>
        }
    };
    view! {
        <AppShell
            app_name="Orion"
            nav=nav()
            switcher
            search=move || view! { <SearchTrigger on_click=move |_| palette.set(true)/> }
            actions
        >
            <Outlet/>
        </AppShell>
        <CommandPalette entries open=palette/>
    }
}

/// A drawn picture, so that the gallery needs no files.
pub fn drawing(ground: &str, ink: &str, width: u32, height: u32) -> String {
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 80 100' preserveAspectRatio='xMidYMid slice'%3E%3Crect width='80' height='100' fill='%23{ground}'/%3E%3Cellipse cx='40' cy='82' rx='24' ry='4' fill='%23000' opacity='.12'/%3E%3Cpath d='M22 38h36l-5 40a4 4 0 0 1-4 4H31a4 4 0 0 1-4-4z' fill='%23{ink}'/%3E%3Cellipse cx='40' cy='38' rx='18' ry='4.5' fill='%23fff' opacity='.35'/%3E%3C/svg%3E"
    )
}
