//! The first page: how the shop is doing, and what needs doing.

mod figures;
mod needs;
mod sales;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{use_client, use_load};
use orion_client::{ApiError, SessionClient};
use orion_types::Page;
use orion_types::inventory::InventoryLevel;
use orion_types::order::SalesOverview;
use orion_types::permission::Permission;
use orion_ui::*;

use super::onboarding::{Onboarding, Progress, may_set_up};
use super::opening::{OpeningSection, shows_opening};
use crate::store::{may, module_on};
use figures::Figures;
use needs::NeedsDoing;
use sales::{Revenue, TopProducts};

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/dashboard") view=page_for(Permission::DashboardRead, DashboardPage)/>
    }
    .into_inner()
}

/// How the shop is doing and what needs doing. Each part belongs to a module and is absent while that is off.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let parts = Memo::new(move |_| Parts {
        sales: module_on("orders") && may(Permission::OrdersRead),
        stock: module_on("inventory") && may(Permission::InventoryRead),
        setup: may_set_up(),
    });
    view! {
        <div class="ui-page">
            <PageHeader title="Dashboard"/>
            {move || shows_opening().then(|| view! { <OpeningSection/> })}
            {move || match parts.get() {
                Parts { sales: false, stock: false, .. } => view! { <Catalogue/> }.into_any(),
                parts => view! { <Overview parts/> }.into_any(),
            }}
        </div>
    }
}

/// What of it the member may see.
#[derive(Clone, Copy, PartialEq)]
struct Parts {
    sales: bool,
    stock: bool,
    /// The member could do what the list for a new store asks for.
    setup: bool,
}

#[component]
fn Catalogue() -> impl IntoView {
    view! {
        <Card>
            <EmptyState icon=icons::PACKAGE title="Your catalogue" description="This shop shows its products and sells nothing online.">
                <LinkButton href="/products" variant=ButtonVariant::Primary>"See the products"</LinkButton>
            </EmptyState>
        </Card>
    }
}

/// Everything that the page shows.
#[derive(Clone, PartialEq)]
struct Shown {
    sales: Option<SalesOverview>,
    progress: Option<Progress>,
    low: Option<Page<InventoryLevel>>,
}

impl Shown {
    async fn ask(client: SessionClient, parts: Parts) -> Result<Self, ApiError> {
        let sales = if parts.sales {
            Some(client.get::<SalesOverview>("/dashboard/sales").await?)
        } else {
            None
        };
        let progress = match &sales {
            Some(sales) => Progress::of(client, sales, parts.setup).await,
            None => None,
        };
        let low = if parts.stock {
            Some(client.get("/dashboard/low-stock").await?)
        } else {
            None
        };
        Ok(Self { sales, progress, low })
    }
}

#[component]
fn Overview(parts: Parts) -> impl IntoView {
    let client = use_client();
    // All in one: what came later would push down what is read already.
    let shown = use_load(move || Shown::ask(client, parts));
    let skeleton = || {
        view! {
            <div class="ui-grid-4"><StatSkeleton/><StatSkeleton/><StatSkeleton/><StatSkeleton/></div>
            <Card><TextSkeleton lines=4/></Card>
            <Card><ChartSkeleton/></Card>
        }
    };
    view! {
        <Loaded state=shown.state() skeleton on_retry=move |()| shown.reload() let:value>
            {
                let Shown { sales, progress, low } = value;
                let is_new = progress.is_some();
                view! {
                    {progress.map(|progress| view! { <Onboarding progress/> })}
                    {sales.clone().map(|sales| view! { <Figures sales/> })}
                    <NeedsDoing sales=sales.clone() low is_new/>
                    {sales.map(|sales| view! {
                        <div class="ui-columns">
                            <div class="ui-columns__main"><Revenue sales=sales.clone()/></div>
                            <div class="ui-columns__side"><TopProducts sales/></div>
                        </div>
                    })}
                }
            }
        </Loaded>
    }
}
