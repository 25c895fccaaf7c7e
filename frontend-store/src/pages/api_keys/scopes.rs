use leptos::prelude::*;
use orion_types::RightSet;
use orion_types::permission::Permission;
use orion_types::status::MemberRole;
use orion_ui::*;

use crate::rights::{capitalised, groups};
use crate::store::use_profile;

/// What roles may do, as a way to begin.
const PRESETS: [(MemberRole, &str); 6] = [
    (MemberRole::Viewer, "Looking only"),
    (MemberRole::Editor, "Catalogue"),
    (MemberRole::Fulfilment, "Fulfilment"),
    (MemberRole::Support, "Support"),
    (MemberRole::Manager, "Day-to-day business"),
    (MemberRole::Owner, "Everything"),
];

/// The rights that the reader can give to a key: their own, but for those that people alone can have.
pub fn givable() -> RightSet {
    let access = use_profile().get().and_then(|profile| profile.current);
    let own: RightSet = access.map(|access| access.permissions).unwrap_or_default().into_iter().collect();
    own.for_keys()
}

/// The rights to tick, grouped by what they are about.
#[component]
pub fn ScopeChoices(
    /// Those that are ticked; what comes along with them is not among them.
    chosen: RwSignal<RightSet>,
) -> impl IntoView {
    let givable = givable();
    // What the key holds and the reader could not give stays to be seen, and to be taken away.
    let shown: RightSet = givable.iter().chain(chosen.get_untracked().iter()).collect();
    let presets = PRESETS.map(|(role, label)| {
        let rights: RightSet = RightSet::of(role).iter().filter(|right| givable.holds(*right)).collect();
        view! { <Button size=ButtonSize::Small on_click=move |_| chosen.set(rights)>{label}</Button> }
    });
    view! {
        <div class="ui-stack">
            <div class="ui-row" role="group" aria-label="Begin with the rights of a role">{presets.collect_view()}</div>
            <div class="sm:columns-2 gap-5">{groups(shown).into_iter().map(|group| group_view(group, chosen)).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn group_view((about, rights): (String, Vec<Permission>), chosen: RwSignal<RightSet>) -> AnyView {
    view! {
        <fieldset class="ui-stack-tight min-w-0 break-inside-avoid pb-5">
            <legend class="ui-field__label pb-1">{about}</legend>
            {rights.into_iter().map(|right| choice(right, chosen)).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn choice(right: Permission, chosen: RwSignal<RightSet>) -> AnyView {
    let ticked = RwSignal::new(false);
    let comes_along = Memo::new(move |_| chosen.get().iter().any(|other| other.implied() == Some(right)));
    orion_ui::watch(move || ticked.set(chosen.get().with_implied().holds(right)));
    let tick = move |now: bool| {
        chosen.update(|chosen| *chosen = if now { chosen.with(right) } else { chosen.without(right) });
    };
    view! { <Checkbox checked=ticked label=right.key() hint=capitalised(right.words()) disabled=Signal::from(comes_along) on_change=tick/> }
        .into_any()
}
