use leptos::prelude::*;
use orion_types::menu::StorePage;
use orion_types::sidebar::SidebarEntry;
use orion_types::status::MemberRole;
use orion_ui::*;

use super::order;

/// The roles that every store has.
const ROLES: [(MemberRole, &str); 6] = [
    (MemberRole::Owner, "Owner"),
    (MemberRole::Manager, "Manager"),
    (MemberRole::Editor, "Editor"),
    (MemberRole::Fulfilment, "Fulfilment"),
    (MemberRole::Support, "Support"),
    (MemberRole::Viewer, "Viewer"),
];

/// What is left of the entries for somebody with a role, as the server leaves them out.
fn seen(all: &[SidebarEntry], role: MemberRole) -> Vec<SidebarEntry> {
    let holds = |entry: &&SidebarEntry| entry.page.item().permission.is_none_or(|right| role.holds(right));
    let offered = all.iter().filter(|entry| entry.enabled && !entry.hidden);
    offered.filter(holds).cloned().collect()
}

/// The sidebar as somebody with a role sees it, with what is not saved yet.
#[component]
pub fn Preview(entries: RwSignal<Vec<SidebarEntry>>) -> impl IntoView {
    let role = RwSignal::new(MemberRole::Owner.as_str().to_owned());
    let options = ROLES.iter().map(|(role, name)| SelectOption::new(role.as_str(), *name));
    let options = Signal::stored(options.collect::<Vec<_>>());
    let shown = Memo::new(move |_| {
        let role = role.get().parse().unwrap_or(MemberRole::Viewer);
        entries.with(|all| seen(all, role))
    });
    let menu = move || {
        let all = shown.get();
        let section = |(heading, pages): (String, Vec<StorePage>)| {
            let label = |page: StorePage| view! { <li class="py-1">{page.item().label}</li> };
            let labels = pages.into_iter().map(label).collect_view();
            let title = (!heading.is_empty()).then(|| view! { <p class="text-xs text-muted">{heading}</p> });
            view! { <div>{title}<ul class="text-sm">{labels}</ul></div> }
        };
        order::sections(&all).into_iter().map(section).collect_view()
    };
    view! {
        <Card title="Preview" description="What somebody with this role sees, with what is not saved yet">
            <div class="ui-stack">
                <Select value=role options label="Role"/>
                <div class="ui-stack" role="group" aria-label="Preview of the menu">{menu}</div>
            </div>
        </Card>
    }
    .into_any()
}
