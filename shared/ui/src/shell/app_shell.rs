use leptos::prelude::*;

use super::{
    brand::BrandMark,
    nav::{NavList, NavSection},
    route_focus::focus_new_pages,
};
use crate::{
    button::IconButton,
    dom,
    icon::{Icon, IconSize, icons},
    overlay::{Sheet, SheetSide},
    settings::{app_href, text_signal, ui_text},
};

const STORAGE_KEY: &str = "orion.sidebar";
/// The id of the element that holds the page.
pub(super) const CONTENT_ID: &str = "content";

/// Navigation at the side, a bar on top, the page between. The sidebar folds to icons, is folded on tablets, and a sheet on phones. Needs a router around it.
#[component]
pub fn AppShell(
    /// Beside the mark.
    #[prop(into)]
    app_name: Signal<String>,
    /// Where the mark leads.
    #[prop(default = "/".to_owned(), into)]
    home: String,
    /// The pages, in groups.
    #[prop(into)]
    nav: Signal<Vec<NavSection>>,
    /// First in the bar: the store one works in. Without it the mark stands there on a phone, where the sidebar is hidden.
    #[prop(optional, into)]
    switcher: Option<ViewFn>,
    /// In the middle of the bar.
    #[prop(optional, into)]
    search: Option<ViewFn>,
    /// Last in the bar: notifications, profile.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let is_narrow = RwSignal::new(dom::stored(STORAGE_KEY).as_deref() == Some("narrow"));
    let is_menu_open = RwSignal::new(false);
    focus_new_pages(CONTENT_ID);
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        dom::focus_id(CONTENT_ID);
    };
    let first = match switcher {
        Some(slot) => slot.run(),
        None => view! {
            <a class="ui-top-bar__brand" href=app_href(&home)>
                <BrandMark size=24/>
                <span class="ui-sidebar__name">{app_name}</span>
            </a>
        }
        .into_any(),
    };
    let close_menu = Callback::new(move |()| is_menu_open.set(false));
    view! {
        <a class="ui-skip" href=format!("#{CONTENT_ID}") on:click=skip>
            {move || ui_text(|text| &text.skip_to_content)}
        </a>
        <div class="ui-shell" class:ui-shell--narrow=is_narrow>
            <aside class="ui-sidebar">
                <div class="ui-sidebar__column">
                    <a class="ui-sidebar__brand" href=app_href(&home)>
                        <BrandMark/>
                        <span class="ui-sidebar__name">{app_name}</span>
                    </a>
                    <nav class="ui-sidebar__nav" aria-label=move || ui_text(|text| &text.navigation)>
                        <NavList sections=nav/>
                    </nav>
                    <Fold is_narrow/>
                    <button type="button" class="ui-nav__item ui-sidebar__unfold" title=move || ui_text(|text| &text.navigation) on:click=move |_| is_menu_open.set(true)>
                        <Icon icon=icons::PANEL_LEFT size=IconSize::Medium/>
                        <span class="ui-nav__label">{move || ui_text(|text| &text.navigation)}</span>
                    </button>
                </div>
            </aside>
            <header class="ui-top-bar">
                <span class="ui-top-bar__menu">
                    <IconButton icon=icons::MENU label=text_signal(|text| &text.navigation) on_click=move |_| is_menu_open.set(true)/>
                </span>
                <div class="ui-top-bar__switcher">{first}</div>
                <div class="ui-top-bar__search">{search.map(|slot| slot.run())}</div>
                <div class="ui-top-bar__actions">{actions.map(|slot| slot.run())}</div>
            </header>
            <main class="ui-main" id=CONTENT_ID tabindex="-1">
                {children()}
            </main>
        </div>
        <Sheet open=is_menu_open side=SheetSide::Start title=app_name>
            <nav aria-label=move || ui_text(|text| &text.navigation)>
                <NavList sections=nav on_go=close_menu/>
            </nav>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Fold(is_narrow: RwSignal<bool>) -> impl IntoView {
    let label = move || {
        let narrow = is_narrow.get();
        if narrow {
            ui_text(|text| &text.expand_sidebar)
        } else {
            ui_text(|text| &text.collapse_sidebar)
        }
    };
    let toggle = move |_| {
        let narrow = !is_narrow.get_untracked();
        dom::store(STORAGE_KEY, if narrow { "narrow" } else { "wide" });
        is_narrow.set(narrow);
    };
    view! {
        <button type="button" class="ui-nav__item ui-sidebar__fold" title=label aria-expanded=move || (!is_narrow.get()).to_string() on:click=toggle>
            <Icon icon=icons::PANEL_LEFT size=IconSize::Medium/>
            <span class="ui-nav__label">{label}</span>
        </button>
    }
}
