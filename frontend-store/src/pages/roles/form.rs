use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, Submission};
use orion_types::RoleRights;
use orion_types::role::{MAX_ROLE_DESCRIPTION, TeamRole, UpdateRole};
use orion_types::validation::MAX_NAME_LENGTH;
use orion_ui::*;

use super::choices::RightChoices;

/// What is typed about a role.
#[derive(Clone, Copy)]
pub struct Draft {
    name: RwSignal<String>,
    description: RwSignal<String>,
    chosen: RwSignal<RoleRights>,
}

impl Draft {
    /// A new role that begins with some rights.
    pub fn with(rights: RoleRights) -> Self {
        Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            chosen: RwSignal::new(rights),
        }
    }

    /// A role as it is.
    pub fn of(role: &TeamRole) -> Self {
        Self {
            name: RwSignal::new(role.name.clone()),
            description: RwSignal::new(role.description.clone()),
            chosen: RwSignal::new(RoleRights::listed(&role.rights)),
        }
    }

    /// What it would send; to be tracked.
    pub fn read(&self) -> Read<UpdateRole> {
        let mut reader = Reader::new();
        let name = self.name.get().trim().to_owned();
        if name.is_empty() {
            reader.refuse("/name", "required", "This is required.");
        }
        let rights = self.chosen.get().names();
        if rights.is_empty() {
            reader.refuse("/rights", "required", "Choose at least one right.");
        }
        reader.finish(UpdateRole {
            name: Some(name),
            description: Some(self.description.get().trim().to_owned()),
            rights: Some(rights),
        })
    }
}

/// The fields of a role.
#[component]
pub fn RoleForm(
    draft: Draft,
    submission: Submission,
    /// What the reader has themselves.
    own: RoleRights,
    /// Nothing can be changed.
    #[prop(optional)]
    readonly: bool,
) -> impl IntoView {
    let wrong = submission.fields_below("/rights");
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Role">
            <div class="ui-stack">
                <Field label="Name" hint="As people of the team know it" required=true error=submission.field("/name")>
                    <TextInput value=draft.name maxlength=MAX_NAME_LENGTH as u32 autocomplete="off" name="name" disabled=readonly/>
                </Field>
                <Field label="Description" hint="Who it is for" error=submission.field("/description")>
                    <TextInput value=draft.description maxlength=MAX_ROLE_DESCRIPTION as u32 autocomplete="off" name="description" disabled=readonly/>
                </Field>
            </div>
        </Card>
        <Card title="What it may do" description="Who may change things may see them as well. A change counts with the next click of everybody who has the role.">
            <div class="ui-stack">
                {move || wrong.get().map(|wrong| view! { <Callout tone=Tone::Critical title=wrong/> })}
                <RightChoices chosen=draft.chosen own readonly/>
            </div>
        </Card>
    }
    .into_any()
}
