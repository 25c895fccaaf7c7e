use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::domain::{Domain, UpdateDomain};
use orion_types::permission::Permission;
use orion_types::status::DomainStatus;
use orion_ui::*;

use super::certificate::CertificateCard;
use super::dialogs::RemoveDialog;
use super::records::{LastCheck, Records};
use super::words::status_badge;
use crate::store::may;

/// One domain: what has to stand in its zone, what was found there, and what can be done with it.
#[component]
pub fn DomainPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let domain = use_load(move || {
        let path = format!("/domains/{}", id.get());
        async move { client.get::<Domain>(&path).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=domain.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| domain.reload() let:value>
                <Detail domain=value loader=domain/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(domain: Domain, loader: Loader<Domain>) -> impl IntoView {
    let submission = use_submission();
    let actions = may(Permission::DomainsWrite).then(|| view! { <Actions domain=domain.clone() loader submission/> });
    // Names that read alike may be others: both forms are told.
    let subtitle = if domain.name == domain.host {
        "A domain of your shop"
    } else {
        domain.host.as_str()
    }
    .to_owned();
    let certificate = (domain.status == DomainStatus::Active).then(|| {
        let host = domain.host.clone();
        view! { <CertificateCard host/> }
    });
    let lost = domain.off_at.clone().map(|at| {
        let until = format_date_time(Moment::from(at.0), None);
        format!("Your shop goes on answering there until {until}. Put the record back until then.")
    });
    let check = domain.last_check.clone().map(|check| {
        let expected = domain.records.clone();
        view! { <LastCheck check expected/> }
    });
    view! {
        <PageHeader title=domain.name.clone() subtitle back_href="/domains" back_label="Domains">{actions}</PageHeader>
        <Refused submission title="Not done"/>
        {lost.map(|words| view! { <Callout tone=Tone::Critical title="The proof is gone">{words}</Callout> })}
        <div class="ui-columns">
            <div class="ui-columns__main">
                {check}
                <Records domain=domain.clone()/>
            </div>
            <div class="ui-columns__side">
                <Card title="Domain">{facts(&domain)}</Card>
                {certificate}
            </div>
        </div>
    }
    .into_any()
}

fn facts(domain: &Domain) -> AnyView {
    let time = |at: &orion_types::Timestamp| {
        let at = Moment::from(at.0.clone());
        view! { <RelativeTime at/> }
    };
    let primary = if domain.primary { "Yes: customers are sent here" } else { "No" };
    let mut facts = vec![Definition::new("State", status_badge(domain)), Definition::new("Primary", primary)];
    facts.extend(domain.proven_at.as_ref().map(|at| Definition::new("Proved", time(at))));
    facts.extend(domain.last_checked_at.as_ref().map(|at| Definition::new("Last check", time(at))));
    facts.extend(domain.next_check_at.as_ref().map(|at| Definition::new("Next check", time(at))));
    facts.push(Definition::new("Added", time(&domain.created_at)));
    view! { <DefinitionList items=facts/> }.into_any()
}

#[component]
fn Actions(domain: Domain, loader: Loader<Domain>, submission: orion_app::Submission) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let removing = RwSignal::new(false);
    let (id, version, primary) = (domain.id, domain.version, domain.primary);
    let active = domain.status == DomainStatus::Active;
    let check = move |_| {
        let call = async move { client.post::<Domain>(&format!("/domains/{id}/check"), &()).await };
        submission.send(call, move |domain| {
            loader.set(domain);
            keep_focus();
        });
    };
    let choose = move |_| {
        let body = UpdateDomain { primary: Some(!primary) };
        let call = async move {
            client
                .patch::<Domain>(&format!("/domains/{id}"), &body, Options::if_match(version))
                .await
        };
        submission.send(call, move |domain: Domain| {
            toasts.success(if domain.primary {
                "Customers are sent here now"
            } else {
                "No longer the primary domain"
            });
            loader.set(domain);
            keep_focus();
        });
    };
    let choice = if primary { "No longer primary" } else { "Make primary" };
    view! {
        <Button variant=ButtonVariant::QuietCritical icon=icons::TRASH on_click=move |_| removing.set(true)>"Remove"</Button>
        {active.then(|| view! { <Button busy=submission.busy() on_click=choose>{choice}</Button> })}
        <Button variant=ButtonVariant::Primary icon=icons::REFRESH_CW busy=submission.busy() on_click=check>"Check now"</Button>
        <RemoveDialog open=removing domain/>
    }
    .into_any()
}
