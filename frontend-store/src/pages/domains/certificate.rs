use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::certificates::Certificate;
use orion_types::status::CertificateStatus;
use orion_types::{Page, Timestamp};
use orion_ui::*;

/// How it stands with the certificate of a domain; nothing where the server does not ask for it itself.
#[component]
pub fn CertificateCard(host: String) -> impl IntoView {
    let client = use_client();
    let certificates = use_load(move || async move { client.get::<Page<Certificate>>("/certificates").await });
    view! {
        <Loaded state=certificates.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| certificates.reload() let:value>
            {value.data.into_iter().find(|certificate| certificate.host == host).map(card)}
        </Loaded>
    }
}

fn card(certificate: Certificate) -> AnyView {
    let (tone, word, hollow) = match certificate.status {
        CertificateStatus::Pending => (Tone::Warning, "Being issued", true),
        CertificateStatus::Valid => (Tone::Positive, "Valid", false),
        CertificateStatus::Failed => (Tone::Critical, "Failed", false),
    };
    let time = |at: &Timestamp| {
        let at = Moment::from(at.0.clone());
        view! { <RelativeTime at/> }
    };
    let mut facts = vec![Definition::new("State", view! { <Badge tone hollow>{word}</Badge> })];
    facts.extend(certificate.valid_until.as_ref().map(|at| Definition::new("Valid until", time(at))));
    facts.extend(certificate.issuer.clone().map(|issuer| Definition::new("Given by", issuer)));
    let next = if certificate.status == CertificateStatus::Valid {
        "Renewed"
    } else {
        "Next try"
    };
    facts.push(Definition::new(next, time(&certificate.next_try_at)));
    let trouble = certificate.failure.clone().map(|failure| trouble(certificate.status, failure));
    view! {
        <Card title="Certificate" description="By which browsers know that they are at your shop">
            <div class="ui-stack">
                {trouble}
                <DefinitionList items=facts/>
            </div>
        </Card>
    }
    .into_any()
}

fn trouble(status: CertificateStatus, failure: String) -> AnyView {
    let (tone, title) = if status == CertificateStatus::Valid {
        (Tone::Warning, "It could not be renewed")
    } else {
        (Tone::Critical, "No certificate was given")
    };
    view! { <Callout tone title>{failure}</Callout> }.into_any()
}
