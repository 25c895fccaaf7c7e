use leptos::prelude::*;
use orion_app::{use_client, use_submission};
use orion_types::domain::Domain;
use orion_ui::*;

/// Asks before a domain goes.
#[component]
pub fn RemoveDialog(open: RwSignal<bool>, domain: Domain) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let id = domain.id;
    let remove = move |()| {
        let go = go.clone();
        submission.send(async move { client.delete::<()>(&format!("/domains/{id}")).await }, move |()| {
            toasts.success("Domain removed");
            open.try_set(false);
            go("/domains");
        });
    };
    let message = if domain.primary {
        format!(
            "Your shop no longer answers at {}, and customers are sent to the address below the platform until you choose another primary domain.",
            domain.name
        )
    } else {
        format!("Your shop no longer answers at {}. To have it back you prove it anew.", domain.name)
    };
    view! {
        <ConfirmDialog open title="Remove this domain?" message confirm_label="Remove" tone=Tone::Critical busy=submission.busy() on_confirm=remove/>
    }
    .into_any()
}
