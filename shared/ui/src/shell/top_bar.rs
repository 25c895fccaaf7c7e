use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    display::{Avatar, AvatarSize},
    icon::{Icon, icons},
    overlay::{Menu, MenuItem},
    settings::{text_signal, ui_text},
    theme::{ThemeMode, set_theme_mode, theme_mode},
};

/// The store one works in, and the way to another.
#[component]
pub fn StoreSwitcher(
    /// Name of the store.
    #[prop(into)]
    name: Signal<String>,
    /// Where it is reached, or which platform it is on.
    #[prop(optional, into)]
    detail: Option<Signal<String>>,
    /// The other stores.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let trigger = move || {
        view! {
            <Avatar name size=AvatarSize::Medium square=true/>
            <span class="ui-switcher__text">
                <span class="ui-switcher__name">{name}</span>
                {detail.map(|detail| view! { <span class="ui-switcher__detail">{detail}</span> })}
            </span>
            <Icon icon=icons::CHEVRONS_UP_DOWN/>
        }
    };
    view! { <Menu label=name trigger trigger_class="ui-switcher" items/> }
}

/// Who is signed in, with what belongs to them; light and dark are added below.
#[component]
pub fn ProfileMenu(
    /// Who it is.
    #[prop(into)]
    name: Signal<String>,
    /// The address they signed in with.
    #[prop(into)]
    email: Signal<String>,
    /// Account, help, sign out.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let mode = RwSignal::new(theme_mode());
    let lines = Signal::derive(move || {
        let mut lines = vec![MenuItem::heading(name.get()).detail(email.get()), MenuItem::separator()];
        lines.extend(theme_menu_items(mode));
        lines.push(MenuItem::separator());
        lines.extend(items.get());
        lines
    });
    let trigger = move || {
        view! {
            <Avatar name/>
            <span class="ui-sr-only">{name}</span>
        }
    };
    view! { <Menu label=name trigger trigger_class="ui-profile" items=lines/> }
}

/// The three schemes as menu lines; `mode` says which is chosen.
pub fn theme_menu_items(mode: RwSignal<ThemeMode>) -> Vec<MenuItem> {
    let line = |label: std::borrow::Cow<'static, str>, icon, own: ThemeMode| {
        let choose = move || {
            set_theme_mode(own);
            mode.set(own);
        };
        MenuItem::action(label, choose).icon(icon).checked(mode.get() == own)
    };
    vec![
        line(ui_text(|text| &text.theme_system), icons::MONITOR, ThemeMode::System),
        line(ui_text(|text| &text.theme_light), icons::SUN, ThemeMode::Light),
        line(ui_text(|text| &text.theme_dark), icons::MOON, ThemeMode::Dark),
    ]
}

/// Looks like a search field and opens the command palette.
#[component]
pub fn SearchTrigger(
    /// Opens it.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
    /// In place of "Search".
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| text_signal(|text| &text.search));
    let is_mac = window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    view! {
        <button type="button" class="ui-search-trigger" on:click=move |event| on_click.run(event)>
            <Icon icon=icons::SEARCH/>
            <span class="ui-search-trigger__label">{label}</span>
            <kbd class="ui-kbd" aria-hidden="true">{if is_mac { "⌘K" } else { "Ctrl K" }}</kbd>
        </button>
    }
    .into_any()
}
