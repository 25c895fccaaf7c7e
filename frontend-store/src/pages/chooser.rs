use leptos::prelude::*;
use orion_app::{use_client, use_load, use_session};
use orion_types::auth::{StaffProfile, StaffStore};
use orion_ui::*;

use crate::store::{dashboard_href, page_store};

/// The stores that one belongs to; also what somebody sees on the dashboard of a store that is not theirs.
#[component]
pub fn ChooserPage() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let profile = use_load(move || async move { client.get::<StaffProfile>("/me").await });
    let (title, subtitle) = match page_store() {
        Some(_) => (
            "This is not your store",
            "There is nothing here for your account. These stores are yours:",
        ),
        None => ("Choose a store", "You belong to these stores"),
    };
    view! {
        <AuthLayout title subtitle footer=move || view! {
            <Button variant=ButtonVariant::Ghost on_click=move |_| leptos::task::spawn_local(async move { session.logout().await })>"Sign out"</Button>
        }>
            <Loaded state=profile.state() skeleton=|| view! { <TextSkeleton lines=4/> } on_retry=move |()| profile.reload() let:value>
                {if value.stores.is_empty() {
                    view! { <EmptyState compact=true icon=icons::STORE title="No store yet" description="Ask the owner of a store to add you to its team."/> }.into_any()
                } else {
                    view! { <ul class="ui-stack">{value.stores.into_iter().map(|store| view! { <Choice store/> }).collect_view()}</ul> }.into_any()
                }}
            </Loaded>
        </AuthLayout>
    }
}

#[component]
fn Choice(store: StaffStore) -> impl IntoView {
    let href = dashboard_href(&store);
    let role = store.role_name.clone().unwrap_or_else(|| store.role.as_str().to_owned());
    view! {
        <li>
            // A plain link: another store is another document, with its own address and its own context.
            <a href=href rel="external" class="flex items-center gap-3 rounded-md border border-border p-3 hover:bg-sunken">
                <Avatar name=store.name.clone() size=AvatarSize::Medium/>
                <span class="flex-1"><span class="block font-medium">{store.name.clone()}</span><span class="block text-sm text-muted">{role}</span></span>
                {store.suspended.then(|| view! { <Badge tone=Tone::Warning>"Suspended"</Badge> })}
            </a>
        </li>
    }
}
