use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_types::admin::{AdminStore, SuspendStore};
use orion_types::status::StoreStatus;
use orion_ui::*;

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
            </div>
            <div class="ui-columns__side">
                <Card title="Owner"><DefinitionList items=owner/></Card>
                <Status store loader/>
            </div>
        </div>
    }
}

#[component]
fn Domains(store: AdminStore) -> impl IntoView {
    let rows = store
        .domains
        .iter()
        .map(|domain| {
            let (host, primary, status) = (domain.host.clone(), domain.is_primary, domain.status.clone());
            view! {
                <li class="ui-row justify-between px-4 sm:px-5 py-3">
                    <span>{host}</span>
                    <span class="ui-row">
                        {primary.then(|| view! { <Badge tone=Tone::Accent>"Primary"</Badge> })}
                        {if status == "active" { view! { <Badge tone=Tone::Positive>"Active"</Badge> } } else { view! { <Badge tone=Tone::Warning>"Not verified"</Badge> } }}
                    </span>
                </li>
            }
        })
        .collect_view();
    let (subdomain, none) = (store.subdomain.clone(), store.domains.is_empty());
    view! {
        <Card title="Addresses" description=format!("{subdomain} below the platform's domain, and domains of its own") flush=true>
            {none.then(|| view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"No domain of its own yet."</p> })}
            <ul class="divide-y divide-border">{rows}</ul>
        </Card>
    }
}

#[component]
fn Status(store: AdminStore, loader: Loader<AdminStore>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (asking, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (id, active) = (store.id, store.status == StoreStatus::Active);
    let changed = move |store: AdminStore| {
        asking.set(false);
        toasts.success(if store.status == StoreStatus::Active {
            "The store is open again"
        } else {
            "The store is suspended"
        });
        loader.set(store);
    };
    let suspend = move |_| {
        let request = SuspendStore {
            reason: reason.get_untracked(),
        };
        submission.send(
            async move { client.post::<AdminStore>(&format!("/stores/{id}/suspend"), &request).await },
            changed,
        );
    };
    let reactivate = move |_| {
        submission.send(
            async move { client.post::<AdminStore>(&format!("/stores/{id}/reactivate"), &()).await },
            changed,
        );
    };
    let action = if active {
        view! { <Button variant=ButtonVariant::Critical on_click=move |_| asking.set(true)>"Suspend store"</Button> }.into_any()
    } else {
        view! { <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=reactivate>"Reactivate store"</Button> }.into_any()
    };
    view! {
        <Card title="Status">
            <div class="ui-stack">
                <p class="text-sm text-muted">
                    {if active { "The shop is open. Suspending it shows visitors that it is closed for a moment; staff can still read." }
                     else { "Visitors see that the shop is closed for a moment. Nothing was deleted." }}
                </p>
                {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="That did not work">{message}</Callout> })}
                {action}
            </div>
        </Card>
        <Dialog
            open=asking
            title="Suspend this store?"
            description="The shop closes at once. The reason is kept in the audit log and shown to the staff."
            footer=move || view! {
                <Button on_click=move |_| asking.set(false)>"Keep it open"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=suspend>"Suspend"</Button>
            }
        >
            <Field label="Reason" error=submission.field("/reason")><TextInput value=reason maxlength=500 name="reason"/></Field>
        </Dialog>
    }
}
