use leptos::prelude::*;
use orion_app::{use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::Timestamp;
use orion_types::api_key::{ApiKeySecret, CreateApiKey, UpdateApiKey};
use orion_ui::*;

use super::form::{Draft, KeyForm};
use super::secret::SecretCard;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// When a key ends: the choice, its words, and in how many days.
const ENDS: [(&str, &str, Option<i64>); 4] = [
    ("never", "Never", None),
    ("month", "In 30 days", Some(30)),
    ("quarter", "In 90 days", Some(90)),
    ("year", "In a year", Some(365)),
];

/// A new key; when it is there, its secret in place of the form.
#[component]
pub fn NewKeyPage() -> impl IntoView {
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    let made = RwSignal::new(None::<ApiKeySecret>);
    let body = move || {
        starts.track();
        match made.get() {
            Some(made) => secret_view(made),
            None => view! { <NewKey made on_discard=move |()| starts.update(|starts| *starts += 1)/> }.into_any(),
        }
    };
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="New API key" back_href="/api-keys" back_label="API keys"/>
            {body}
        </div>
    }
}

fn secret_view(made: ApiKeySecret) -> AnyView {
    let href = format!("/api-keys/{}", made.id);
    view! {
        <SecretCard secret=made.secret>
            <LinkButton href=href.clone() variant=ButtonVariant::Primary>"Copied: go to the key"</LinkButton>
        </SecretCard>
    }
    .into_any()
}

/// When a key ends that is made now; `None` for one that does not.
fn end_of(chosen: &str) -> Option<Timestamp> {
    let (.., days) = ENDS.into_iter().find(|(value, ..)| *value == chosen)?;
    let days = days?;
    let end = Moment::from_ms(Moment::now().as_ms() + days * DAY_MS);
    let iso = js_sys::Date::new(&(end.as_ms() as f64).into()).to_iso_string();
    Some(Timestamp(iso.into()))
}

#[component]
fn NewKey(made: RwSignal<Option<ApiKeySecret>>, #[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = Draft::empty();
    let ending = RwSignal::new("never".to_owned());
    let blank = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != blank);
    let ends = Signal::stored(ENDS.map(|(value, words, _)| SelectOption::new(value, words)).to_vec());
    // It is part of what is sent, and stays the same until another is chosen.
    let end = Memo::new(move |_| end_of(&ending.get()));
    // One for the key, however often it is sent until there is an answer.
    let once = StoredValue::new(idempotency_key());
    let save = move |()| {
        let options = Options::idempotent(once.get_value());
        let expires_at = end.get_untracked();
        let call = move |asked: UpdateApiKey| async move {
            let body = CreateApiKey {
                name: asked.name.unwrap_or_default(),
                scopes: asked.scopes.unwrap_or_default(),
                expires_at,
            };
            client.post_with::<ApiKeySecret>("/api-keys", &body, options).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |secret| {
            toasts.success("Key created");
            made.try_set(Some(secret));
            keep_focus();
        });
    };
    view! {
        <KeyForm draft submission>
            <Field label="Expires" hint="From then on it opens nothing" error=submission.field("/expires_at")>
                <Select value=ending options=ends/>
            </Field>
        </KeyForm>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Create key" on_save=save on_discard/>
    }
    .into_any()
}
