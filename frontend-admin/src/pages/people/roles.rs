use leptos::prelude::*;
use orion_app::{Conflict, Loader, Refused, Submission, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::admin::Platform;
use orion_types::auth::AdminGrant;
use orion_types::people::{PersonDetail, UpdateAdminRoles};
use orion_types::status::AdminRole;
use orion_types::{Page, PlatformId};
use orion_ui::*;

use super::words::platform_name;
use crate::profile::use_is_oneself;

/// What is chosen: everything, or some platforms.
#[derive(Clone)]
pub struct Chosen {
    everything: RwSignal<bool>,
    platforms: Vec<(PlatformId, String, RwSignal<bool>)>,
}

impl Chosen {
    /// What somebody has, among the platforms that there are.
    pub fn of(roles: &[AdminGrant], platforms: &[Platform]) -> Self {
        let has = |id: PlatformId| roles.iter().any(|grant| grant.platform_id == Some(id));
        let row = |platform: &Platform| (platform.id, platform.name.clone(), RwSignal::new(has(platform.id)));
        Self {
            everything: RwSignal::new(roles.iter().any(|grant| grant.role == AdminRole::SuperAdmin)),
            platforms: platforms.iter().map(row).collect(),
        }
    }

    /// Chooses what somebody has again, whatever was chosen meanwhile.
    pub fn reset(&self, roles: &[AdminGrant]) {
        self.everything.set(roles.iter().any(|grant| grant.role == AdminRole::SuperAdmin));
        for (id, _, ticked) in &self.platforms {
            ticked.set(roles.iter().any(|grant| grant.platform_id == Some(*id)));
        }
    }

    /// What it would send.
    pub fn read(&self) -> UpdateAdminRoles {
        let super_admin = self.everything.get_untracked();
        let ticked = self
            .platforms
            .iter()
            .filter(|(_, _, ticked)| !super_admin && ticked.get_untracked());
        UpdateAdminRoles {
            super_admin,
            platform_ids: ticked.map(|(id, _, _)| *id).collect(),
        }
    }
}

/// Everything, or some of the platforms.
#[component]
pub fn RoleChoices(chosen: Chosen, submission: Submission) -> impl IntoView {
    let everything = chosen.everything;
    let wrong = submission.fields_below("/platform_ids");
    let rows = StoredValue::new(chosen.platforms);
    let platforms = move || {
        (!everything.get()).then(|| {
            let row = |(_, name, ticked): (PlatformId, String, RwSignal<bool>)| view! { <Checkbox checked=ticked label=name/> };
            view! {
                <fieldset class="ui-stack">
                    <legend class="text-sm font-medium mb-2">"Platforms"</legend>
                    {rows.get_value().into_iter().map(row).collect_view()}
                </fieldset>
            }
        })
    };
    view! {
        <Switch checked=everything label="Super admin" hint="All platforms, those to come included, and everybody's accounts"/>
        {platforms}
        {move || wrong.get().map(|wrong| view! { <Callout tone=Tone::Critical title=wrong/> })}
    }
    .into_any()
}

/// What somebody administers, and the way to change it.
#[component]
pub fn RolesCard(detail: PersonDetail, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let platforms = use_load(move || async move { client.get::<Page<Platform>>("/platforms").await.map(|page| page.data) });
    let changing = RwSignal::new(false);
    let own = use_is_oneself(detail.person.id);
    let detail = StoredValue::new(detail);
    // The card asks for its actions once: what comes later is a view of its own.
    let button = move || {
        let ready = platforms.get().is_some() && !own.get();
        ready.then(|| view! { <Button size=ButtonSize::Small on_click=move |_| changing.set(true)>"Change" <span class="ui-sr-only">" part in the administration"</span></Button> })
    };
    let actions = move || view! { {button} };
    view! {
        <Card title="Administration" actions>
            <Loaded state=platforms.state() skeleton=|| view! { <TextSkeleton lines=1/> } on_retry=move |()| platforms.reload() let:value>
                {detail.with_value(|detail| held(&detail.person.roles, &value))}
                <RolesDialog open=changing detail=detail.get_value() platforms=value.clone() loader/>
            </Loaded>
        </Card>
    }
    .into_any()
}

fn held(roles: &[AdminGrant], platforms: &[Platform]) -> AnyView {
    if roles.is_empty() {
        return view! { <p class="text-sm text-muted">"They are no administrator."</p> }.into_any();
    }
    let name = |grant: &AdminGrant| {
        let words = grant
            .platform_id
            .map_or_else(|| "All platforms".to_owned(), |id| platform_name(platforms, id));
        view! { <Badge tone=Tone::Accent plain=true>{words}</Badge> }
    };
    view! { <span class="ui-row">{roles.iter().map(name).collect_view()}</span> }.into_any()
}

#[component]
fn RolesDialog(open: RwSignal<bool>, detail: PersonDetail, platforms: Vec<Platform>, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (id, version) = (detail.person.id, detail.person.version);
    let chosen = StoredValue::new(Chosen::of(&detail.person.roles, &platforms));
    let held = StoredValue::new(detail.person.roles.clone());
    // Each time it opens it shows what they have: what was left behind the last time is not given by the way.
    orion_ui::watch(move || {
        if open.get() {
            chosen.with_value(|chosen| held.with_value(|held| chosen.reset(held)));
        }
    });
    let save = move |_| {
        let body = chosen.with_value(Chosen::read);
        let path = format!("/users/{id}/admin-roles");
        let call = async move { client.put::<PersonDetail>(&path, &body, Options::if_match(version)).await };
        submission.send(call, move |detail| {
            open.try_set(false);
            toasts.success("It counts with their next click");
            loader.set(detail);
        });
    };
    let present = move |()| {
        open.set(false);
        submission.clear();
        loader.reload();
        keep_focus();
    };
    view! {
        <Dialog
            open
            title=format!("What {} administers", detail.person.name)
            description="It counts with their next click, and a mail tells them. With nothing chosen they are no administrator."
            footer=move || view! {
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Save"</Button>
            }
        >
            <div class="ui-stack">
                <Conflict
                    submission
                    title="Somebody else has changed this account"
                    text="What you have chosen is not saved. Load the present state to see theirs, and choose again."
                    on_load=present
                />
                <Refused submission title="Not changed"/>
                <RoleChoices chosen=chosen.get_value() submission/>
            </div>
        </Dialog>
    }
    .into_any()
}
