use leptos::{html, prelude::*};

use crate::{
    dom::unique_id,
    form::SelectOption,
    icon::{Icon, icons},
    overlay::Popover,
    settings::ui_text,
};

/// One filter that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterChip {
    key: String,
    label: String,
}

impl FilterChip {
    /// A filter with its parameter's key and its words: `FilterChip::new("status", "Status: Active")`.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
        }
    }
}

/// The filters that are on, each with a way off; nothing when none is.
#[component]
pub fn FilterChips(
    /// The filters that are on.
    #[prop(into)]
    chips: Signal<Vec<FilterChip>>,
    /// Runs with the key of the one to take off.
    #[prop(into)]
    on_remove: Callback<String>,
    /// Takes all off.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let one = move |chip: FilterChip| {
        let label = format!("{} {}", ui_text(|text| &text.remove), chip.label);
        view! {
            <li class="ui-chip">
                <span class="ui-chip__label">{chip.label}</span>
                <button type="button" class="ui-chip__remove" aria-label=label on:click=move |_| on_remove.run(chip.key.clone())>
                    <Icon icon=icons::X/>
                </button>
            </li>
        }
    };
    move || {
        let chips = chips.get();
        (!chips.is_empty()).then(|| {
            view! {
                <ul class="ui-chips">
                    {chips.into_iter().map(one).collect_view()}
                    <li>
                        <button type="button" class="ui-link ui-chips__clear" on:click=move |_| on_clear.run(())>
                            {ui_text(|text| &text.clear_all)}
                        </button>
                    </li>
                </ul>
            }
            .into_any()
        })
    }
}

/// One filter: a button that opens its choices.
#[component]
pub fn FilterMenu(
    /// What is filtered.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The chosen values.
    #[prop(into)]
    selected: Signal<Vec<String>>,
    /// Runs with the values after a change.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// At most one value; choosing closes the list.
    #[prop(optional)]
    single: bool,
) -> impl IntoView {
    let panel: NodeRef<html::Div> = NodeRef::new();
    let name = unique_id("filter");
    let toggle = Callback::new(move |(value, now): (String, bool)| {
        let mut values = if single { Vec::new() } else { selected.get_untracked() };
        values.retain(|known| *known != value);
        if now {
            values.push(value);
        }
        on_change.run(values);
        if let Some(panel) = panel.get_untracked().filter(|_| single) {
            panel.hide_popover().ok();
        }
    });
    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|option| choice(option, name.clone(), single, selected, toggle))
            .collect_view()
    };
    let count = move || Some(selected.with(Vec::len)).filter(|count| *count > 0 && !single);
    let trigger = move || {
        view! {
            <span class="ui-button__content">
                <span class="ui-button__label">{label}</span>
                {move || count().map(|count| view! { <span class="ui-tab__count">{count}</span> })}
                <Icon icon=icons::CHEVRON_DOWN/>
            </span>
        }
    };
    view! {
        <Popover panel trigger class="ui-button ui-button--secondary ui-button--medium ui-filter" label role="group">
            <div class="ui-filter__choices">{choices}</div>
        </Popover>
    }
    .into_any()
}

fn choice(option: SelectOption, name: String, single: bool, selected: Signal<Vec<String>>, toggle: Callback<(String, bool)>) -> AnyView {
    let SelectOption { value, label } = option;
    let own = value.clone();
    let (kind, class) = if single {
        ("radio", "ui-choice__box ui-choice__box--round")
    } else {
        ("checkbox", "ui-choice__box")
    };
    view! {
        <label class="ui-choice ui-filter__choice">
            <input
                class=class
                type=kind
                name=name
                prop:checked=move || selected.with(|values| values.contains(&own))
                on:change:target=move |event| toggle.run((value.clone(), event.target().checked()))
            />
            <span class="ui-choice__text">{label}</span>
        </label>
    }
    .into_any()
}
