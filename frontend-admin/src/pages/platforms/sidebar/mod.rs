//! The sidebar of the dashboards of a platform's stores: its order, what it leaves out, and how each role sees it.

mod list;
mod order;
mod preview;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, Read, Reader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::admin::Platform;
use orion_types::sidebar::{Sidebar, SidebarEntry, UpdateSidebar};
use orion_ui::*;

use list::SidebarList;
use preview::Preview;

/// Arranges the sidebar of a platform's dashboards.
#[component]
pub fn SidebarPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let platform = use_load(move || {
        let path = format!("/platforms/{}", id.get());
        async move { client.get::<Platform>(&path).await }
    });
    let sidebar = use_load(move || {
        let path = format!("/platforms/{}/sidebar", id.get());
        async move { client.get::<Sidebar>(&path).await }
    });
    let back = Signal::derive(move || format!("/platforms/{}", id.get()));
    let name = Signal::derive(move || platform.get().map_or_else(|| "Platform".to_owned(), |platform| platform.name));
    view! {
        <div class="ui-page">
            <PageHeader title="Menu" subtitle="The sidebar of the dashboards of this platform's stores" back_href=back back_label=name/>
            <Callout title="Hidden is hidden and nothing more">
                "Rights are as they were, and the page of an entry that is hidden still answers at its address. To take something away, change a role or switch a module off."
            </Callout>
            <Loaded state=sidebar.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| sidebar.reload() let:value>
                <Editor sidebar=value loader=sidebar id/>
            </Loaded>
        </div>
    }
    .into_any()
}

/// What would be sent; to be tracked.
fn read(entries: RwSignal<Vec<SidebarEntry>>) -> Read<UpdateSidebar> {
    let names = |entries: &[SidebarEntry], hidden: bool| -> Vec<String> {
        let wanted = entries.iter().filter(|entry| !hidden || entry.hidden);
        wanted.map(|entry| entry.page.key()).collect()
    };
    let body = entries.with(|entries| UpdateSidebar {
        order: names(entries, false),
        hidden: names(entries, true),
    });
    Reader::new().finish(body)
}

#[component]
fn Editor(sidebar: Sidebar, loader: Loader<Sidebar>, id: Memo<String>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let Sidebar {
        entries: saved,
        arranged,
        version,
    } = sidebar;
    let saved = order::grouped(&saved);
    let entries = RwSignal::new(saved.clone());
    let dirty = Memo::new(move |_| entries.with(|entries| *entries != saved));
    let save = move |()| {
        let call = move |body: UpdateSidebar| async move {
            let path = format!("/platforms/{}/sidebar", id.get_untracked());
            client.put::<Sidebar>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(untrack(|| read(entries)), call, move |sidebar| {
            toasts.success("Menu saved");
            loader.set(sidebar);
        });
    };
    let reset = arranged.then(|| view! { <Reset loader id/> });
    view! {
        <Refused submission title="Not saved"/>
        <div class="ui-columns">
            <div class="ui-columns__main"><SidebarList entries/></div>
            <div class="ui-columns__side">
                <Preview entries/>
                {reset}
            </div>
        </div>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
    .into_any()
}

/// The way back to what the modules declare.
#[component]
fn Reset(loader: Loader<Sidebar>, id: Memo<String>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let asking = RwSignal::new(false);
    let reset = move |()| {
        asking.set(false);
        let path = format!("/platforms/{}/sidebar/reset", id.get_untracked());
        let call = async move { client.post::<Sidebar>(&path, &()).await };
        submission.send(call, move |sidebar| {
            toasts.success("The menu is as the modules declare it");
            loader.set(sidebar);
        });
    };
    view! {
        <Card title="Declared order">
            <div class="ui-stack">
                <p class="text-sm text-muted">"Each entry where its module declares it, and everything shown."</p>
                <Refused submission title="Not put back"/>
                <Button icon=icons::ROTATE_CCW busy=submission.busy() on_click=move |_| asking.set(true)>"Put it back"</Button>
            </div>
        </Card>
        <ConfirmDialog
            open=asking
            title="Put the menu back?"
            message="The order and what is hidden are forgotten, on every store of the platform."
            confirm_label="Put it back"
            busy=submission.busy()
            on_confirm=reset
        />
    }
    .into_any()
}
