use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::RoleRights;
use orion_types::permission::Permission;
use orion_types::role::{TeamRole, UpdateRole};
use orion_ui::*;

use super::delete::DeleteDialog;
use super::form::{Draft, RoleForm};
use super::holders;
use super::own::{role_of, use_own_rights};
use crate::store::may;

/// A role of the store's own: what it may do, and what can be done with it.
#[component]
pub fn RolePage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let role = use_load(move || {
        let path = format!("/roles/{}", id.get());
        async move { client.get::<TeamRole>(&path).await }
    });
    let own = use_own_rights();
    view! {
        <div class="ui-page">
            <Loaded state=own.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| own.reload() let:own>
                {
                    let own = role_of(&own);
                    view! {
                        <Loaded state=role.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| role.reload() let:value>
                            <Detail role=value loader=role own/>
                        </Loaded>
                    }
                }
            </Loaded>
        </div>
    }
    .into_any()
}

#[component]
fn Detail(role: TeamRole, loader: Loader<TeamRole>, own: RoleRights) -> impl IntoView {
    let within = own.covers(RoleRights::listed(&role.rights));
    let writes = may(Permission::TeamWrite);
    let actions = writes.then(|| view! { <Actions role=role.clone() deletes=within/> });
    let beyond = (writes && !within).then(|| {
        view! {
            <Callout tone=Tone::Neutral title="You can read this role">
                "It has rights that you do not have yourself; whoever has them can change it."
            </Callout>
        }
    });
    view! {
        <PageHeader title=role.name.clone() subtitle=role.description.clone() back_href="/roles" back_label="Roles">{actions}</PageHeader>
        {beyond}
        <div class="ui-columns">
            <div class="ui-columns__main"><EditRole role=role.clone() loader own readonly=!(writes && within)/></div>
            <div class="ui-columns__side"><Card title="Who has it">{facts(&role)}</Card></div>
        </div>
    }
    .into_any()
}

fn facts(role: &TeamRole) -> AnyView {
    let facts = vec![
        Definition::new("Has it", holders(role.members, role.invitations)),
        Definition::new("Rights", format_count(role.permissions.len() as i64)),
        Definition::new("Changed", view! { <DateTime at=Moment::from(role.updated_at.0.clone())/> }),
    ];
    view! { <DefinitionList items=facts/> }.into_any()
}

#[component]
fn Actions(role: TeamRole, deletes: bool) -> impl IntoView {
    let deleting = RwSignal::new(false);
    let copy = format!("/roles/new?from={}", role.id);
    let delete = deletes.then(|| {
        view! {
            <Button variant=ButtonVariant::QuietCritical icon=icons::TRASH on_click=move |_| deleting.set(true)>"Delete"</Button>
            <DeleteDialog open=deleting role=role.clone()/>
        }
    });
    view! {
        <LinkButton href=copy icon=icons::COPY>"Duplicate"</LinkButton>
        {delete}
    }
    .into_any()
}

#[component]
fn EditRole(role: TeamRole, loader: Loader<TeamRole>, own: RoleRights, readonly: bool) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = Draft::of(&role);
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let (id, version) = (role.id, role.version);
    let save = move |()| {
        let call = move |body: UpdateRole| async move {
            let path = format!("/roles/{id}");
            client.patch::<TeamRole>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |role| {
            toasts.success("Role saved");
            loader.set(role);
        });
    };
    view! {
        <RoleForm draft submission own readonly/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
    .into_any()
}
