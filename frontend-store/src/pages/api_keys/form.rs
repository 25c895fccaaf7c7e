use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, Submission};
use orion_types::RightSet;
use orion_types::api_key::{ApiKey, UpdateApiKey};
use orion_types::validation::MAX_NAME_LENGTH;
use orion_ui::*;

use super::scopes::ScopeChoices;

/// What is typed about a key.
#[derive(Clone, Copy)]
pub struct Draft {
    name: RwSignal<String>,
    chosen: RwSignal<RightSet>,
}

impl Draft {
    /// A new key, which may do nothing yet.
    pub fn empty() -> Self {
        Self {
            name: RwSignal::default(),
            chosen: RwSignal::default(),
        }
    }

    /// A key as it is.
    pub fn of(key: &ApiKey) -> Self {
        Self {
            name: RwSignal::new(key.name.clone()),
            chosen: RwSignal::new(key.scopes.iter().copied().collect()),
        }
    }

    /// What it would send; to be tracked.
    pub fn read(&self) -> Read<UpdateApiKey> {
        let mut reader = Reader::new();
        let name = self.name.get().trim().to_owned();
        if name.is_empty() {
            reader.refuse("/name", "required", "This is required.");
        }
        let rights = self.chosen.get().with_implied();
        if rights.is_empty() {
            reader.refuse("/scopes", "required", "Choose at least one right.");
        }
        reader.finish(UpdateApiKey {
            name: Some(name),
            scopes: Some(rights.iter().collect()),
        })
    }
}

/// The fields of a key.
#[component]
pub fn KeyForm(
    draft: Draft,
    submission: Submission,
    /// What else there is to fill in about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let wrong = submission.fields_below("/scopes");
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Key">
            <div class="ui-stack">
                <Field label="Name" hint="For people: which program has it" required=true error=submission.field("/name")>
                    <TextInput value=draft.name maxlength=MAX_NAME_LENGTH as u32 autocomplete="off" name="name"/>
                </Field>
                {children.map(|children| children())}
            </div>
        </Card>
        <Card title="What it may do" description="Who may change things may see them as well. A key never holds more than you do, and makes no keys.">
            <div class="ui-stack">
                {move || wrong.get().map(|wrong| view! { <Callout tone=Tone::Critical title=wrong/> })}
                <ScopeChoices chosen=draft.chosen/>
            </div>
        </Card>
    }
    .into_any()
}
