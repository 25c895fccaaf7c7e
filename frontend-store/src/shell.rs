//! The frame of every page: the member's menu, store switcher, palette, profile.

use leptos::prelude::*;
use orion_app::{SecondFactorPage, use_client, use_load, use_session};
use orion_types::Page;
use orion_types::auth::StaffProfile;
use orion_types::menu::{MenuEntry, MenuSection, StorePage};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::declared::icon;
use crate::impersonation::ImpersonationBanner;
use crate::pages::chooser::ChooserPage;
use crate::palette::use_records;
use crate::store::{dashboard_href, may, page_store};

fn sections(menu: &[MenuSection<StorePage>]) -> Vec<NavSection> {
    let section = |section: &MenuSection<StorePage>| {
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

fn commands(menu: &[MenuSection<StorePage>], writes_products: bool) -> Vec<CommandEntry> {
    let entry = |entry: &MenuEntry<StorePage>| {
        CommandEntry::link(entry.label.clone(), entry.page.path())
            .group("Go to")
            .icon(icon(entry.page))
    };
    let mut commands: Vec<CommandEntry> = menu.iter().flat_map(|section| section.entries.iter().map(entry)).collect();
    if writes_products {
        commands.push(CommandEntry::link("New product", "/products/new").group("Do").icon(icons::PLUS));
    }
    commands
}

/// The frame; to somebody who does not belong to the store it shows where they do belong, and to somebody who lacks the second factor that the
/// store wants, how to turn it on.
#[component]
pub fn Shell(children: ChildrenFn) -> impl IntoView {
    let client = use_client();
    let profile = use_load(move || async move { client.get::<StaffProfile>("/me").await });
    provide_context(profile);
    let children = StoredValue::new(children);
    view! {
        <Loaded state=profile.state() skeleton=|| view! { <div class="ui-page"><DetailSkeleton/></div> } on_retry=move |()| profile.reload() let:value>
            {if value.second_factor_needed {
                view! { <SecondFactorPage subtitle="This store wants one of everybody who works for it" on_done=move |()| profile.reload()/> }.into_any()
            } else if value.current.is_some() {
                view! { <Frame profile=value>{move || children.with_value(|children| children())}</Frame> }.into_any()
            } else {
                view! { <ChooserPage/> }.into_any()
            }}
        </Loaded>
    }
}

#[component]
fn Frame(profile: StaffProfile, children: ChildrenFn) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let menu = use_load(move || async move { client.get::<Page<MenuSection<StorePage>>>("/menu").await.map(|page| page.data) });
    let nav = Signal::derive(move || menu.get().map(|menu| sections(&menu)).unwrap_or_default());
    let writes_products = may(Permission::ProductsWrite);
    let entries = Signal::derive(move || menu.get().map(|menu| commands(&menu, writes_products)).unwrap_or_default());
    let palette = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let (records, searching) = use_records(words);
    let store = page_store();
    let (store_name, shop) = store
        .as_ref()
        .map(|store| (store.name.clone(), store.storefront_url.clone()))
        .unwrap_or_default();
    let suspended = store.is_some_and(|store| store.suspended);
    let code = page_store().map(|store| store.code).unwrap_or_default();
    let switch = profile
        .stores
        .iter()
        .map(|store| MenuItem::elsewhere(store.name.clone(), dashboard_href(store)).checked(store.code == code))
        .collect::<Vec<_>>();
    let running = profile.current.as_ref().and_then(|access| access.impersonation.clone());
    let is_own = running.is_none();
    let items = {
        let shop = shop.clone();
        Signal::derive(move || {
            let mut items = vec![MenuItem::elsewhere("Open the shop", shop.clone()).icon(icons::EXTERNAL_LINK)];
            // Who impersonates has no account here, and leaves by the banner.
            if is_own {
                let sign_out = move || leptos::task::spawn_local(async move { session.logout().await });
                items.extend([
                    MenuItem::separator(),
                    MenuItem::link("Your account", "/account").icon(icons::USER),
                    MenuItem::action("Sign out", sign_out).icon(icons::LOG_OUT),
                ]);
            }
            items
        })
    };
    let name = profile.name.clone();
    let banner = running.map(|running| view! { <ImpersonationBanner running name/> });
    let switch = Signal::stored(switch);
    view! {
        <AppShell
            app_name="Orion"
            home="/dashboard"
            nav
            switcher=move || view! { <StoreSwitcher name=store_name.clone() detail=code.clone() items=switch/> }
            search=move || view! { <SearchTrigger on_click=move |_| palette.set(true)/> }
            actions=move || view! { <ProfileMenu name=profile.name.clone() email=profile.email.clone() items/> }
        >
            {banner}
            {suspended.then(|| view! {
                <div class="ui-page"><Callout tone=Tone::Warning title="This store is suspended">"Customers see that the shop is closed. You can read everything and change nothing."</Callout></div>
            })}
            {children()}
        </AppShell>
        <CommandPalette entries open=palette on_search=move |text: String| words.set(text) records searching/>
    }
}
