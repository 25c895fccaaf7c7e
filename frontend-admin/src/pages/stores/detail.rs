use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load};
use orion_types::admin::{AdminStore, StoreDomain};
use orion_ui::*;

use super::danger::DangerZone;
use super::history::History;
use super::impersonation::ImpersonationCard;
use super::table::status_badge;

/// One store: where it is, whose it is, and whether it is open.
#[component]
pub fn StorePage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let store = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<AdminStore>(&format!("/stores/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=store.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| store.reload() let:value>
                <StoreDetail store=value loader=store/>
            </Loaded>
        </div>
    }
}

#[component]
fn StoreDetail(store: AdminStore, loader: Loader<AdminStore>) -> impl IntoView {
    let status = store.status;
    let definitions = vec![
        Definition::new("Code", view! { <CopyText value=store.code.clone()/> }),
        Definition::new("Shop", outside(&store.storefront_url)),
        Definition::new("Dashboard", outside(&store.dashboard_url)),
        Definition::new("Platform", store.platform_code.clone()),
        Definition::new("Currency", store.currency.to_string()),
        Definition::new("Created", view! { <DateTime at=Moment::from(store.created_at.0.clone())/> }),
    ];
    let owner = vec![
        Definition::new("Name", store.owner_name.clone()),
        Definition::new("E-mail", view! { <CopyText value=store.owner_email.clone()/> }),
    ];
    let reason = store.suspended_reason.clone();
    let (storefront_url, dashboard_url) = (store.storefront_url.clone(), store.dashboard_url.clone());
    view! {
        <PageHeader title=store.name.clone() back_href="/stores" back_label="Stores" badges=move || status_badge(status)>
            <LinkButton href=storefront_url.clone() icon=icons::EXTERNAL_LINK external=true>"Open shop"</LinkButton>
            <LinkButton href=dashboard_url.clone() icon=icons::EXTERNAL_LINK external=true>"Open dashboard"</LinkButton>
        </PageHeader>
        {reason.map(|reason| view! { <Callout tone=Tone::Warning title="This store is suspended">{reason}</Callout> })}
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Card title="Store"><DefinitionList items=definitions/></Card>
                <Domains store=store.clone()/>
                <History store=store.id.to_string()/>
            </div>
            <div class="ui-columns__side">
                <Card title="Owner"><DefinitionList items=owner/></Card>
                <ImpersonationCard store=store.clone()/>
                <DangerZone store loader/>
            </div>
        </div>
    }
}

/// A link to another part of the installation, which reads as its address.
fn outside(url: &str) -> AnyView {
    let (href, shown) = (url.to_owned(), url.split_once("://").map_or(url, |(_, rest)| rest).to_owned());
    view! { <a class="ui-link break-all" href=href target="_blank" rel="noopener external">{shown}</a> }.into_any()
}

#[component]
fn Domains(store: AdminStore) -> impl IntoView {
    let shop = store.storefront_url.clone();
    let rows = store
        .domains
        .into_iter()
        .map(|domain| domain_row(domain, &shop))
        .collect::<Vec<_>>();
    let none = rows.is_empty();
    view! {
        <Card title="Domains" description="Of its own, beside the address below the platform's domain" flush=true>
            {none.then(|| view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"No domain of its own yet."</p> })}
            <ul class="divide-y divide-border">{rows}</ul>
        </Card>
    }
}

fn domain_row(domain: StoreDomain, shop: &str) -> AnyView {
    let active = domain.status == "active";
    let host = if active {
        outside(&on_host(shop, &domain.host))
    } else {
        domain.host.into_any()
    };
    view! {
        <li class="ui-row justify-between px-4 sm:px-5 py-3">
            <span>{host}</span>
            <span class="ui-row">
                {domain.is_primary.then(|| view! { <Badge tone=Tone::Accent>"Primary"</Badge> })}
                {if active { view! { <Badge tone=Tone::Positive>"Active"</Badge> } } else { view! { <Badge tone=Tone::Warning>"Not verified"</Badge> } }}
            </span>
        </li>
    }
    .into_any()
}

/// An address like another on a host: with its scheme and its port, which differ from one installation to the next.
fn on_host(url: &str, host: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or_default();
    let port = authority.rsplit_once(':').map(|(_, port)| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}")
}

#[cfg(test)]
mod tests {
    use super::on_host;

    #[test]
    fn a_domain_is_reached_the_way_the_shop_is() {
        assert_eq!(on_host("http://acme.orion.localhost:8080/", "acme.test"), "http://acme.test:8080");
        assert_eq!(on_host("https://acme.example", "www.acme.example"), "https://www.acme.example");
    }
}
