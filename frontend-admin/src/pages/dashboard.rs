use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{use_client, use_load};
use orion_types::admin::AdminOverview;
use orion_ui::*;

use super::stores::StoreTable;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/dashboard") view=DashboardPage/>
    }
    .into_inner()
}

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
    let jobs = format!("{} waiting", format_count(overview.jobs_queued));
    let suspended = format!("{} suspended", format_count(overview.suspended_stores));
    view! {
        <div class="ui-grid-4">
            <StatCard label="Stores" value=format_count(overview.stores) href="/stores"/>
            <StatCard label="Active stores" value=format_count(overview.active_stores) comparison=suspended href="/stores?status=active"/>
            <StatCard label="Platforms" value=format_count(overview.platforms) href="/platforms"/>
            <StatCard label="Failed jobs" value=format_count(overview.jobs_dead) comparison=jobs href="/jobs?status=dead"/>
        </div>
    }
}
