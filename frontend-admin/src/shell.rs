//! The frame of every page: menu from the API, command palette, profile.

use leptos::prelude::*;
use orion_app::{Loader, SecondFactorPage, use_client, use_load, use_session};
use orion_types::Page;
use orion_types::auth::AdminProfile;
use orion_types::menu::{AdminPage, MenuSection};
use orion_ui::*;

use crate::declared::icon;
use crate::palette::use_stores;

fn sections(menu: &[MenuSection<AdminPage>]) -> Vec<NavSection> {
    let section = |section: &MenuSection<AdminPage>| {
        let items = section
            .entries
            .iter()
            .map(|entry| NavItem::new(entry.label.clone(), entry.page.path(), icon(entry.page)))
            .collect();
        let nav = NavSection::new(items);
        if section.label.is_empty() {
            nav
        } else {
            nav.heading(section.label.clone())
        }
    };
    menu.iter().map(section).collect()
}

fn commands(menu: &[MenuSection<AdminPage>]) -> Vec<CommandEntry> {
    let entry = |entry: &orion_types::menu::MenuEntry<AdminPage>| {
        CommandEntry::link(entry.label.clone(), entry.page.path())
            .group("Go to")
            .icon(icon(entry.page))
    };
    let mut commands: Vec<CommandEntry> = menu.iter().flat_map(|section| section.entries.iter().map(entry)).collect();
    commands.push(
        CommandEntry::link("New store", "/stores/new")
            .group("Do")
            .icon(icons::PLUS)
            .keywords("create shop"),
    );
    commands.push(
        CommandEntry::link("Invite an administrator", "/people/invitations")
            .group("Do")
            .icon(icons::SEND)
            .keywords("people admin invitation"),
    );
    commands
}

/// The frame; to somebody who lacks the second factor that the administration wants it shows how to turn it on.
#[component]
pub fn Shell(children: ChildrenFn) -> impl IntoView {
    let client = use_client();
    let profile = use_load(move || async move { client.get::<AdminProfile>("/me").await });
    provide_context(profile);
    let needed = Memo::new(move |_| profile.get().is_some_and(|profile| profile.second_factor_needed));
    let children = StoredValue::new(children);
    move || {
        if needed.get() {
            let subtitle = "The administration wants one of everybody";
            view! { <SecondFactorPage subtitle on_done=move |()| profile.reload()/> }.into_any()
        } else {
            view! { <Frame profile>{move || children.with_value(|children| children())}</Frame> }.into_any()
        }
    }
}

#[component]
fn Frame(profile: Loader<AdminProfile>, children: ChildrenFn) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let menu = use_load(move || async move { client.get::<Page<MenuSection<AdminPage>>>("/menu").await.map(|page| page.data) });
    let nav = Signal::derive(move || menu.get().map(|menu| sections(&menu)).unwrap_or_default());
    let entries = Signal::derive(move || menu.get().map(|menu| commands(&menu)).unwrap_or_default());
    let palette = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let (records, searching) = use_stores(words);
    let name = Signal::derive(move || profile.get().map(|profile| profile.name).unwrap_or_default());
    let email = Signal::derive(move || profile.get().map(|profile| profile.email).unwrap_or_default());
    let items = Signal::derive(move || {
        vec![
            MenuItem::link("Your account", "/account").icon(icons::USER),
            MenuItem::action("Sign out", move || leptos::task::spawn_local(async move { session.logout().await })).icon(icons::LOG_OUT),
        ]
    });
    view! {
        <AppShell
            app_name="Orion admin"
            home="/dashboard"
            nav
            search=move || view! { <SearchTrigger on_click=move |_| palette.set(true)/> }
            actions=move || view! { <ProfileMenu name email items/> }
        >
            {children()}
        </AppShell>
        <CommandPalette entries open=palette on_search=move |text: String| words.set(text) records searching/>
    }
}
