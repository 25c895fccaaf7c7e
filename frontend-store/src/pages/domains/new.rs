use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::domain::{CreateDomain, Domain};
use orion_ui::*;

/// What the server says of a domain that another shop has.
const TAKEN: &str = "tenancy.domain_taken";

/// A new domain.
#[component]
pub fn NewDomainPage() -> impl IntoView {
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    let body = move || {
        starts.track();
        view! { <NewDomain on_discard=move |()| starts.update(|starts| *starts += 1)/> }
    };
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Add domain" back_href="/domains" back_label="Domains"/>
            {body}
        </div>
    }
}

/// The host of what was typed or pasted: an address of a browser is one with more around it.
fn host_of(typed: &str) -> String {
    let typed = typed.trim();
    let host = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    host.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}

fn read(host: &str, take_over: bool) -> Read<CreateDomain> {
    let mut reader = Reader::new();
    let host = host_of(host);
    if host.is_empty() {
        reader.refuse("/host", "required", "This is required.");
    }
    reader.finish(CreateDomain { host, take_over })
}

#[component]
fn NewDomain(#[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let host = RwSignal::new(String::new());
    let take_over = RwSignal::new(false);
    let asks = RwSignal::new(false);
    let dirty = Memo::new(move |_| host.with(|host| !host.is_empty()));
    orion_ui::watch(move || {
        if submission.problem(TAKEN).is_some() {
            asks.set(true);
        }
    });
    let save = move |()| {
        let go = go.clone();
        // What is asked for is another thing once it is to be taken over.
        let options = Options::idempotent(idempotency_key());
        let call = move |body: CreateDomain| async move { client.post_with::<Domain>("/domains", &body, options).await };
        submission.send_read(untrack(|| read(&host.get(), take_over.get())), call, move |domain| {
            toasts.success("Domain added");
            host.try_set(String::new());
            go(&format!("/domains/{}", domain.id));
        });
    };
    view! {
        <Refused submission title="Not added"/>
        <Card title="Domain" description="One that you have registered, or a name below it">
            <div class="ui-stack">
                <Field label="Domain" hint="Such as shop.example.com or example.com" required=true error=submission.field("/host")>
                    <TextInput value=host maxlength=300 autocomplete="off" name="host"/>
                </Field>
                {move || asks.get().then(|| view! {
                    <Checkbox
                        checked=take_over
                        label="It is mine, and I can prove it"
                        hint="It moves to your shop once your proof is in its zone and the other shop's is not"
                    />
                })}
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Add domain" on_save=save on_discard/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn a_pasted_address_is_a_host_with_more_around_it() {
        for (typed, host) in [
            (" shop.example.com ", "shop.example.com"),
            ("https://Shop.example.com/products?x=1", "Shop.example.com"),
            ("example.com/#top", "example.com"),
            ("", ""),
        ] {
            assert_eq!(host_of(typed), host, "{typed}");
        }
    }
}
