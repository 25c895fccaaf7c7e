//! The first page: how the shop is doing, and what needs doing.

mod figures;
mod needs;
mod sales;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::{Redirect, Route};
use leptos_router::{MatchNestedRoutes, NavigateOptions, path};
use orion_app::{use_client, use_load};
use orion_client::{ApiError, SessionClient};
use orion_types::Page;
use orion_types::auth::StaffAccess;
use orion_types::inventory::InventoryLevel;
use orion_types::menu::StorePage;
use orion_types::order::SalesOverview;
use orion_types::permission::Permission;
use orion_ui::*;

use super::onboarding::{Onboarding, Progress, may_set_up};
use super::opening::{OpeningSection, shows_opening};
use crate::store::{may, module_on, use_profile};
use figures::Figures;
use needs::NeedsDoing;
use sales::{Revenue, TopProducts};

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/dashboard") view=first_page/>
    }
    .into_inner()
}

/// The dashboard; where that is closed to a role the first page of its menu, since signing in leads here and should lead to no closed door.
fn first_page() -> AnyView {
    let access = untrack(|| use_profile().get()).and_then(|profile| profile.current);
    match access.and_then(|access| first_of(&access)) {
        Some(page) if page != StorePage::Dashboard => {
            // The way back leads to where they were, and not here again; the path has the app's base already.
            let options = NavigateOptions {
                resolve: false,
                replace: true,
                ..NavigateOptions::default()
            };
            view! { <Redirect path=app_href(page.path()) options/> }.into_any()
        }
        _ => page_for(Permission::DashboardRead, DashboardPage)(),
    }
}

/// What is declared first of what a member's menu can hold; a platform may show it elsewhere or hide it, which opens and closes nothing.
fn first_of(access: &StaffAccess) -> Option<StorePage> {
    let is_on = |module: &str| access.modules.iter().any(|on| on == module);
    let opens = |page: &StorePage| {
        let item = page.item();
        is_on(item.module) && item.permission.is_none_or(|right| access.permissions.contains(&right))
    };
    StorePage::ALL.iter().copied().filter(opens).min_by_key(|page| page.item().order)
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

#[cfg(test)]
mod tests {
    use orion_types::status::MemberRole;

    use super::*;

    fn first(role: MemberRole, modules: &[&str]) -> Option<StorePage> {
        first_of(&StaffAccess {
            store_id: "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a".parse().unwrap(),
            role,
            role_id: None,
            role_name: None,
            permissions: role.permissions().filter(|right| modules.contains(&right.module())).collect(),
            modules: modules.iter().map(|module| (*module).to_owned()).collect(),
            impersonation: None,
        })
    }

    #[test]
    fn who_may_not_see_the_dashboard_begins_with_the_first_page_of_their_menu() {
        let all = ["core", "tenancy", "catalog", "customers", "inventory", "orders"];
        assert_eq!(first(MemberRole::Viewer, &all), Some(StorePage::Dashboard));
        for role in [MemberRole::Fulfilment, MemberRole::Support] {
            assert_eq!(first(role, &all), Some(StorePage::Orders));
        }
        assert_eq!(first(MemberRole::Fulfilment, &["core", "inventory"]), Some(StorePage::Inventory));
        assert_eq!(first(MemberRole::Custom, &all), None);
    }
}
