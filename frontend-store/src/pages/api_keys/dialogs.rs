//! What is asked before something is done with a key.

use leptos::prelude::*;
use orion_app::{use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::api_key::{ApiKey, ApiKeySecret, RotateApiKey};
use orion_ui::*;

/// Gives the key another secret, which the page shows then.
#[component]
pub fn RotateDialog(
    open: RwSignal<bool>,
    /// The key as it is now.
    key: RwSignal<ApiKey>,
    rotated: RwSignal<Option<ApiKeySecret>>,
) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let id = key.with_untracked(|key| key.id);
    // One for all attempts, until there is an answer: a second change would end the secret that the program has.
    let once = StoredValue::new(idempotency_key());
    let rotate = move |()| {
        let (body, once_only) = (RotateApiKey::default(), Options::idempotent(once.get_value()));
        let path = format!("/api-keys/{id}/rotate");
        let call = async move { client.post_with::<ApiKeySecret>(&path, &body, once_only).await };
        submission.send(call, move |made| {
            once.set_value(idempotency_key());
            open.try_set(false);
            // What was typed beside it stays.
            key.try_set(made.api_key.clone());
            rotated.try_set(Some(made));
        });
    };
    let message = Signal::derive(move || {
        let older = if key.with(|key| key.previous_secret_until.is_some()) {
            " The one from before the last change ends now."
        } else {
            ""
        };
        format!(
            "The key gets another secret, which is shown once. The present one stays good for 24 hours, so that the program can change over.{older}"
        )
    });
    view! {
        <ConfirmDialog open title="Change the secret?" message confirm_label="Change it" busy=submission.busy() on_confirm=rotate/>
    }
    .into_any()
}

/// Asks before a key goes.
#[component]
pub fn RevokeDialog(open: RwSignal<bool>, key: ApiKey) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let id = key.id;
    let revoke = move |()| {
        let go = go.clone();
        submission.send(async move { client.delete::<()>(&format!("/api-keys/{id}")).await }, move |()| {
            toasts.success("Key revoked");
            open.try_set(false);
            go("/api-keys");
        });
    };
    let message = format!("The next request with {}… is refused. This cannot be taken back.", key.prefix);
    view! {
        <ConfirmDialog open title="Revoke this key?" message confirm_label="Revoke" tone=Tone::Critical busy=submission.busy() on_confirm=revoke/>
    }
    .into_any()
}
