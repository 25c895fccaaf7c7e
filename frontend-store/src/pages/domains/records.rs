use leptos::prelude::*;
use orion_types::domain::{DnsRecord, Domain, DomainCheck};
use orion_ui::*;

use super::words::{advice, verdict};

/// What has to stand in the domain's zone.
#[component]
pub fn Records(domain: Domain) -> impl IntoView {
    let (proof, leading): (Vec<DnsRecord>, Vec<DnsRecord>) = domain.records.into_iter().partition(|record| record.proof);
    let alias = leading.iter().any(|record| record.kind == "CNAME");
    view! {
        <Card title="1. Prove that it is yours" description="Add this record where you manage the domain">
            {proof.into_iter().map(record_view).collect_view()}
        </Card>
        <Card title="2. Lead visitors here" description="Replace what the domain led to before">
            <div class="ui-stack">
                {leading.into_iter().map(record_view).collect_view()}
                {alias.then(|| view! {
                    <p class="text-sm text-muted">
                        "At the top of a domain, where no CNAME can stand, providers call it ALIAS, ANAME or a flattened CNAME."
                    </p>
                })}
            </div>
        </Card>
    }
    .into_any()
}

fn record_view(record: DnsRecord) -> AnyView {
    let items = vec![
        Definition::new("Type", record.kind),
        Definition::new("Name", view! { <CopyText value=record.name whole=true/> }),
        Definition::new("Value", view! { <CopyText value=record.value whole=true/> }),
    ];
    view! { <DefinitionList items/> }.into_any()
}

/// What the last look has found beside what was expected.
#[component]
pub fn LastCheck(check: DomainCheck, expected: Vec<DnsRecord>) -> impl IntoView {
    let (tone, words) = verdict(&check);
    let advice = advice(&check);
    let of = |proof: bool| {
        let values = expected
            .iter()
            .filter(move |record| record.proof == proof)
            .map(|record| record.value.clone());
        values.collect::<Vec<_>>()
    };
    let items = vec![
        Definition::new("Proof expected", texts(of(true))),
        Definition::new("Proof found", texts(check.found)),
        Definition::new("Should lead to", texts(of(false))),
        Definition::new("Leads to", texts(check.leads_to)),
    ];
    view! {
        <Card title="What the name servers say">
            <div class="ui-stack">
                <Callout tone title=words>{advice}</Callout>
                <DefinitionList items/>
            </div>
        </Card>
    }
    .into_any()
}

fn texts(texts: Vec<String>) -> AnyView {
    if texts.is_empty() {
        return view! { <span class="text-muted">"nothing"</span> }.into_any();
    }
    let lines = texts
        .into_iter()
        .map(|text| view! { <span class="block font-mono text-sm break-all">{text}</span> });
    view! { <span>{lines.collect_view()}</span> }.into_any()
}
