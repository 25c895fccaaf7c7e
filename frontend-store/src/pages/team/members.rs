use leptos::prelude::*;
use orion_app::Loader;
use orion_types::Page;
use orion_types::role::TeamRole;
use orion_types::status::MemberRole;
use orion_types::team::{OwnershipState, TeamMember};
use orion_ui::*;

use super::dialogs::{RemoveDialog, RoleDialog, SuspendDialog};
use super::ownership::OfferDialog;
use super::role_name;
use crate::store::owns_store;

/// The members, each with what can be done about them.
#[component]
pub fn MemberTable(
    rows: Vec<TeamMember>,
    members: Loader<Page<TeamMember>>,
    offer: Loader<OwnershipState>,
    roles: Loader<Page<TeamRole>>,
    writes: bool,
) -> impl IntoView {
    let mut columns = vec![
        Column::new("name", "Name", |member: &TeamMember| {
            let (name, email) = (member.name.clone(), member.email.clone());
            let unconfirmed =
                (!member.email_verified).then(|| view! { <span class="text-sm text-muted font-normal">"Address not confirmed"</span> });
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium">{name}</span>
                    <span class="text-sm text-muted font-normal truncate">{email}</span>
                    {unconfirmed}
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("role", "Role", |member: &TeamMember| {
            role_name(member.role, member.role_name.as_deref()).into_any()
        }),
        Column::new("state", "State", state_badge),
        Column::new("factor", "Second factor", |member: &TeamMember| {
            if member.second_factor {
                view! { <Badge tone=Tone::Positive>"On"</Badge> }.into_any()
            } else {
                view! { <span class="text-muted">"off"</span> }.into_any()
            }
        })
        .phone(Phone::Labelled),
        Column::new("seen", "Last seen", |member: &TeamMember| match &member.last_seen_at {
            Some(seen) => view! { <RelativeTime at=Moment::from(seen.0.clone())/> }.into_any(),
            None => view! { <span class="text-muted">"never"</span> }.into_any(),
        })
        .phone(Phone::Labelled),
        Column::new("since", "Since", |member: &TeamMember| {
            view! { <DateTime at=Moment::from(member.joined_at.0.clone())/> }.into_any()
        })
        .phone(Phone::Hidden),
    ];
    if writes {
        let actions = Column::new("actions", "", move |member: &TeamMember| {
            view! { <Actions member=member.clone() members offer roles/> }.into_any()
        });
        columns.push(actions.phone(Phone::Corner).end());
    }
    view! {
        <DataTable
            caption="Members"
            rows=Signal::stored(rows)
            key=|member: &TeamMember| format!("{} {}", member.id, member.version)
            columns
        />
    }
    .into_any()
}

fn state_badge(member: &TeamMember) -> AnyView {
    if member.active {
        view! { <Badge tone=Tone::Positive>"Active"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Warning>"Suspended"</Badge> }.into_any()
    }
}

/// The owner has none: nobody takes the store from them.
#[component]
fn Actions(
    member: TeamMember,
    members: Loader<Page<TeamMember>>,
    offer: Loader<OwnershipState>,
    roles: Loader<Page<TeamRole>>,
) -> impl IntoView {
    if member.role == MemberRole::Owner {
        return ().into_any();
    }
    let [changing, suspending, removing, offering] = [(); 4].map(|()| RwSignal::new(false));
    let switch = if member.active { "Suspend" } else { "Let in again" };
    let mut items = vec![
        MenuItem::action("Change role", move || changing.set(true)).icon(icons::PENCIL),
        MenuItem::action(switch, move || suspending.set(true)),
        MenuItem::separator(),
        MenuItem::action("Remove", move || removing.set(true)).icon(icons::TRASH).critical(),
    ];
    if member.active && owns_store() {
        items.insert(2, MenuItem::action("Hand the store over", move || offering.set(true)));
    }
    let items = Signal::stored(items);
    let label = format!("Actions for {}", member.name);
    let member = StoredValue::new(member);
    view! {
        <Menu label items/>
        <RoleDialog open=changing member members roles/>
        <SuspendDialog open=suspending member members/>
        <RemoveDialog open=removing member members/>
        <OfferDialog open=offering member offer/>
    }
    .into_any()
}
