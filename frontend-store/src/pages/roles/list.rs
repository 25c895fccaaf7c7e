use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::role::{PresetRole, TeamRole};
use orion_ui::*;

use super::holders;
use crate::pages::team::{role_hint, role_name};
use crate::store::may;

/// The roles of the store: its own, and those that every store has.
#[component]
pub fn RoleListPage() -> impl IntoView {
    let client = use_client();
    let own = use_load(move || async move { client.get::<Page<TeamRole>>("/roles").await });
    let presets = use_load(move || async move { client.get::<Page<PresetRole>>("/preset-roles").await });
    let writes = may(Permission::TeamWrite);
    // An empty list has a button of its own.
    let adds = move || {
        let there = own.get().is_some_and(|page| !page.data.is_empty());
        (writes && there).then(create_button)
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Roles" subtitle="What people of the team may do">{adds}</PageHeader>
            <Card title="Roles of this store" flush=true>
                <Loaded state=own.state() skeleton=|| view! { <TableSkeleton rows=2 columns=3/> } on_retry=move |()| own.reload() let:value>
                    {if value.data.is_empty() { nothing(writes) } else { view! { <OwnRoles rows=value.data/> }.into_any() }}
                </Loaded>
            </Card>
            <Card title="Roles of every store" description="They stay as they are; what is in one can be the beginning of another." flush=true>
                <Loaded state=presets.state() skeleton=|| view! { <TableSkeleton rows=6 columns=3/> } on_retry=move |()| presets.reload() let:value>
                    <Presets rows=value.data writes/>
                </Loaded>
            </Card>
        </div>
    }
    .into_any()
}

fn create_button() -> impl IntoView {
    view! { <LinkButton href="/roles/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Create role"</LinkButton> }
}

fn nothing(writes: bool) -> AnyView {
    view! {
        <EmptyState
            icon=icons::SHIELD_CHECK
            title="No roles of your own yet"
            description="A role is a list of rights under a name, for people whom none of the roles below fits."
        >
            {writes.then(create_button)}
        </EmptyState>
    }
    .into_any()
}

fn named(name: String, more: String) -> AnyView {
    view! {
        <span class="flex flex-col min-w-0">
            <span class="font-medium break-words">{name}</span>
            <span class="text-sm text-muted font-normal break-words">{more}</span>
        </span>
    }
    .into_any()
}

#[component]
fn OwnRoles(rows: Vec<TeamRole>) -> impl IntoView {
    let columns = vec![
        Column::new("name", "Role", |role: &TeamRole| named(role.name.clone(), role.description.clone())).primary(),
        Column::new("rights", "Rights", |role: &TeamRole| {
            format_count(role.permissions.len() as i64).into_any()
        })
        .phone(Phone::Labelled),
        Column::new("holders", "Who has it", |role: &TeamRole| {
            holders(role.members, role.invitations).into_any()
        })
        .phone(Phone::Labelled),
    ];
    view! {
        <DataTable
            caption="Roles of this store"
            rows=Signal::stored(rows)
            key=|role: &TeamRole| role.id.to_string()
            columns
            href=|role: &TeamRole| format!("/roles/{}", role.id)
            row_label=|role: &TeamRole| role.name.clone()
        />
    }
    .into_any()
}

#[component]
fn Presets(rows: Vec<PresetRole>, writes: bool) -> impl IntoView {
    let mut columns = vec![
        Column::new("name", "Role", |preset: &PresetRole| {
            named(role_name(preset.role, None), role_hint(preset.role).to_owned())
        })
        .primary(),
        Column::new("rights", "Rights", |preset: &PresetRole| {
            format_count(preset.permissions.len() as i64).into_any()
        })
        .phone(Phone::Labelled),
        Column::new("holders", "Who has it", |preset: &PresetRole| {
            holders(preset.members, preset.invitations).into_any()
        })
        .phone(Phone::Labelled),
    ];
    if writes {
        let duplicate = Column::new("duplicate", "", |preset: &PresetRole| {
            let (href, name) = (format!("/roles/new?from={}", preset.role), role_name(preset.role, None));
            view! {
                <LinkButton href size=ButtonSize::Small icon=icons::COPY>"Duplicate" <span class="ui-sr-only">{name}</span></LinkButton>
            }
            .into_any()
        });
        columns.push(duplicate.phone(Phone::Corner).end());
    }
    view! {
        <DataTable
            caption="Roles of every store"
            rows=Signal::stored(rows)
            key=|preset: &PresetRole| preset.role.to_string()
            columns
        />
    }
    .into_any()
}
