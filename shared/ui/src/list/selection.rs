use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    button::ButtonSize,
    button::IconButton,
    form::Checkbox,
    format::format_number,
    icon::icons,
    settings::{text_signal, ui_text},
};

pub(super) type Selected = RwSignal<BTreeSet<String>>;

/// The box that stands for all rows of the page.
#[component]
pub(super) fn SelectAll(selected: Selected, keys: Memo<Vec<String>>) -> impl IntoView {
    let count = Memo::new(move |_| keys.with(|keys| selected.with(|set| keys.iter().filter(|key| set.contains(*key)).count())));
    let all = Memo::new(move |_| count.get() > 0 && count.get() == keys.with(Vec::len));
    let some = Signal::derive(move || count.get() > 0 && !all.get());
    let checked = RwSignal::new(false);
    crate::watch(move || checked.set(all.get()));
    let toggle = move |now: bool| {
        selected.update(|set| {
            let keys = keys.get_untracked();
            if now {
                set.extend(keys);
            } else {
                set.retain(|key| !keys.contains(key));
            }
        });
    };
    view! { <Checkbox checked label=text_signal(|text| &text.select_all) hide_label=true indeterminate=some on_change=toggle/> }
}

/// The box of one row.
#[component]
pub(super) fn SelectRow(selected: Selected, key: String, label: String) -> impl IntoView {
    let key = StoredValue::new(key);
    let checked = RwSignal::new(false);
    crate::watch(move || checked.set(selected.with(|set| key.with_value(|key| set.contains(key)))));
    let toggle = move |now: bool| {
        selected.update(|set| {
            if now {
                set.insert(key.get_value());
            } else {
                key.with_value(|key| set.remove(key));
            }
        });
    };
    let label = move || format!("{} {label}", ui_text(|text| &text.select_row));
    view! { <Checkbox checked label=label hide_label=true on_change=toggle/> }
}

/// What can be done with the selected rows; floats above the list while there are any.
#[component]
pub(super) fn BulkBar(selected: Selected, actions: ViewFn) -> impl IntoView {
    let is_open = Memo::new(move |_| selected.with(|set| !set.is_empty()));
    let count = move || format_number(selected.with(BTreeSet::len) as f64, None);
    move || {
        is_open.get().then(|| {
            view! {
                <div class="ui-bulk-bar" role="toolbar" aria-label=move || ui_text(|text| &text.selected)>
                    <span class="ui-bulk-bar__count" aria-live="polite">
                        {count}
                        " "
                        {move || ui_text(|text| &text.selected)}
                    </span>
                    <span class="ui-bulk-bar__actions">{actions.run()}</span>
                    <IconButton
                        icon=icons::X
                        label=text_signal(|text| &text.clear)
                        size=ButtonSize::Small
                        on_click=move |_| selected.update(BTreeSet::clear)
                    />
                </div>
            }
            .into_any()
        })
    }
}
