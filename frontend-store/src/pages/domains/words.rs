//! States of domains, and what name servers have said, in words.

use leptos::prelude::*;
use orion_types::domain::{Domain, DomainCheck};
use orion_types::status::{DomainProof, DomainStatus};
use orion_ui::*;

/// The state of a domain.
pub fn status_badge(domain: &Domain) -> AnyView {
    let (tone, word, hollow) = match domain.status {
        DomainStatus::Pending => (Tone::Warning, "Not proved yet", true),
        DomainStatus::Active if domain.lost_since.is_some() => (Tone::Warning, "Proof is gone", false),
        DomainStatus::Active => (Tone::Positive, "Active", false),
        DomainStatus::Failed => (Tone::Critical, "Switched off", false),
    };
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

/// What a look has said, with its tone.
pub fn verdict(check: &DomainCheck) -> (Tone, &'static str) {
    match check.proof {
        DomainProof::Found if check.leads_here => (Tone::Positive, "The proof is there, and the domain leads here"),
        DomainProof::Found => (Tone::Warning, "The proof is there, but the domain leads elsewhere"),
        DomainProof::Held => (Tone::Warning, "The proof is there, and another shop has the domain"),
        DomainProof::Platform => (Tone::Warning, "The proof is there, and the domain is a platform's"),
        DomainProof::Wrong => (Tone::Warning, "Something else is in the place of the proof"),
        DomainProof::Missing => (Tone::Warning, "The proof is not there yet"),
        DomainProof::Unanswered => (Tone::Warning, "The name servers of the domain did not answer"),
    }
}

/// What to do about it.
pub fn advice(check: &DomainCheck) -> &'static str {
    match check.proof {
        DomainProof::Found if check.leads_here => "Leave both records where they are: the proof is looked for every day.",
        DomainProof::Found => {
            "Your shop is ready for visitors there. They come once the record that leads here is in place of the present one."
        }
        DomainProof::Held => {
            "It moves here as soon as the other shop's record is gone from the zone: remove every other text at that name, and check again."
        }
        DomainProof::Platform => {
            "Whoever runs the platforms has made one at this domain or above it since you added it, and what lies there is that platform's. Choose another domain, or ask them."
        }
        DomainProof::Wrong => {
            "Compare the name and every character of the text with what is expected. A text of your own may stand beside it."
        }
        DomainProof::Missing => "Most providers publish a new record within minutes, some within a day. It is looked for by itself, too.",
        DomainProof::Unanswered => "That says nothing about your record. Try again in a while; should it go on, ask your provider.",
    }
}
