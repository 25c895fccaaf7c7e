use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::admin::AdminOverview;
use orion_ui::*;

use super::stores::StoreTable;

/// The figures of the platform and its newest stores.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let client = use_client();
    let overview = use_load(move || async move { client.get::<AdminOverview>("/overview").await });
    view! {
        <div class="ui-page">
            <PageHeader title="Dashboard" subtitle="Everything that runs on this installation">
                <LinkButton href="/stores/new" variant=ButtonVariant::Primary icon=icons::PLUS>"New store"</LinkButton>
            </PageHeader>
            <Loaded
                state=overview.state()
                skeleton=|| view! { <div class="ui-grid-4"><StatSkeleton/><StatSkeleton/><StatSkeleton/><StatSkeleton/></div> }
                on_retry=move |()| overview.reload()
                let:value
            >
                <Figures overview=value.clone()/>
                <Card title="Newest stores" flush=true actions=|| view! { <LinkButton href="/stores" variant=ButtonVariant::Ghost size=ButtonSize::Small>"All stores"</LinkButton> }>
                    <StoreTable stores=value.newest_stores/>
                </Card>
            </Loaded>
        </div>
    }
}

#[component]
fn Figures(overview: AdminOverview) -> impl IntoView {
    let jobs = format!("{} waiting", overview.jobs_queued);
    let suspended = format!("{} suspended", overview.suspended_stores);
    view! {
        <div class="ui-grid-4">
            <StatCard label="Stores" value=overview.stores.to_string() href="/stores"/>
            <StatCard label="Active stores" value=overview.active_stores.to_string() comparison=suspended href="/stores?status=active"/>
            <StatCard label="Platforms" value=overview.platforms.to_string() href="/platforms"/>
            <StatCard label="Failed jobs" value=overview.jobs_dead.to_string() comparison=jobs href="/jobs?status=dead"/>
        </div>
    }
}
