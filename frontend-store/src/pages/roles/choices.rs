use leptos::prelude::*;
use orion_types::permission::Permission;
use orion_types::{Grant, RoleRights};
use orion_ui::*;

use crate::rights::{capitalised, groups};
use crate::store::module_on;

/// The rights of a role to tick, grouped by what they are about. What the reader cannot change is grey, with the reason.
#[component]
pub fn RightChoices(
    /// What is ticked; what comes along is not in it.
    chosen: RwSignal<RoleRights>,
    /// What the reader has, and may give therefore.
    own: RoleRights,
    /// Everything is grey.
    readonly: bool,
) -> impl IntoView {
    let choices = Choices { chosen, own, readonly };
    let all = Permission::ALL.iter().copied().collect();
    view! {
        <div class="sm:columns-2 gap-5">
            {groups(all).into_iter().map(|(about, rights)| choices.area(about, rights)).collect_view()}
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Choices {
    chosen: RwSignal<RoleRights>,
    own: RoleRights,
    readonly: bool,
}

impl Choices {
    /// An area: all of it, and its rights one by one.
    fn area(self, about: String, rights: Vec<Permission>) -> AnyView {
        let whole = rights.first().map(|right| self.whole(&about, *right));
        let single = rights.into_iter().map(|right| self.single(right)).collect_view();
        view! {
            <fieldset class="ui-stack-tight min-w-0 break-inside-avoid pb-5">
                <legend class="ui-field__label pb-1">{about}</legend>
                {whole}
                {single}
            </fieldset>
        }
        .into_any()
    }

    fn whole(self, about: &str, right: Permission) -> AnyView {
        let area = Grant::Area(right.area());
        let reason = self.reason(area, right.module());
        let hint = match reason {
            Some(reason) => format!("All of {about}, later rights included. {reason}"),
            None => format!("All of {about}, and what later versions bring there"),
        };
        let ticked = RwSignal::new(false);
        let chosen = self.chosen;
        orion_ui::watch(move || ticked.set(chosen.get().lists(area)));
        let tick = move |now: bool| self.tick(area, now);
        let disabled = self.readonly || reason.is_some();
        view! { <Checkbox checked=ticked label=area.to_string() hint disabled on_change=tick/> }.into_any()
    }

    fn single(self, right: Permission) -> AnyView {
        let grant = Grant::Right(right);
        let reason = self.reason(grant, right.module());
        let words = capitalised(right.words());
        let hint = reason.map_or_else(|| words.clone(), |reason| format!("{words}. {reason}"));
        let ticked = RwSignal::new(false);
        let chosen = self.chosen;
        orion_ui::watch(move || ticked.set(chosen.get().rights().holds(right)));
        let fixed = self.readonly || reason.is_some();
        // What another right or the whole area brings along is ticked and not to be taken away by itself.
        let brought = move || chosen.get().without(grant).rights().holds(right);
        let disabled = Memo::new(move |_| fixed || brought());
        let tick = move |now: bool| self.tick(grant, now);
        view! { <Checkbox checked=ticked label=right.key() hint disabled=Signal::from(disabled) on_change=tick/> }.into_any()
    }

    fn tick(self, grant: Grant, now: bool) {
        self.chosen
            .update(|chosen| *chosen = if now { chosen.with(grant) } else { chosen.without(grant) });
    }

    /// Why the reader cannot change it.
    fn reason(self, grant: Grant, module: &str) -> Option<&'static str> {
        if !untrack(|| module_on(module)) {
            Some("Its module is switched off here: it counts for nothing until it is on.")
        } else if self.own.may_give(grant) {
            None
        } else {
            Some("You do not have it yourself.")
        }
    }
}
