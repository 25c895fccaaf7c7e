use std::time::Duration;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{html, prelude::*};
use orion_client::Client;
use orion_types::Page;
use orion_types::catalog::{Suggestion, SuggestionQuery};
use orion_ui::{Icon, Price, Thumbnail, app_href, focus_on_slash, icons, use_go};
use wasm_bindgen::JsCast;

use crate::parts::media;
use crate::shop::shop;
use crate::text::{Text, t};

/// How long the typing must rest before suggestions are asked for.
const PAUSE: Duration = Duration::from_millis(180);
/// Fewer letters suggest everything.
const SHORTEST: usize = 2;

/// The search field with suggestions; without the app it is a plain form.
#[component]
pub fn SearchBox(
    /// Stands on the search page itself, as wide as the page.
    #[prop(optional)]
    on_page: bool,
    /// What was searched for.
    #[prop(optional, into)]
    value: Signal<String>,
) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked());
    orion_ui::watch(move || typed.set(value.get()));
    let found = RwSignal::new(Vec::<Suggestion>::new());
    let chosen = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let field: NodeRef<html::Input> = NodeRef::new();
    focus_on_slash(field);
    let id = if on_page { "search-page-list" } else { "search-list" };
    let go = use_go();
    let follow = {
        let go = go.clone();
        move |path: &str| {
            open.set(false);
            if let Some(field) = field.get_untracked() {
                field.blur().ok();
            }
            go(path);
        }
    };
    let search = {
        let follow = follow.clone();
        move |text: &str| follow(&search_path(text))
    };
    let submit = {
        let search = search.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if !typed.get_untracked().trim().is_empty() {
                search(typed.get_untracked().trim());
            }
        }
    };
    let suggest = suggester(typed, found, chosen, open);
    let keys = move |event: KeyboardEvent| {
        let last = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "Escape" => open.set(false),
            "ArrowDown" if last > 0 => {
                event.prevent_default();
                open.set(true);
                chosen.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % last)));
            }
            "ArrowUp" if last > 0 => {
                event.prevent_default();
                chosen.update(|at| *at = Some(at.map_or(last - 1, |at| (at + last - 1) % last)));
            }
            "Enter" => {
                let slug = chosen
                    .get_untracked()
                    .and_then(|at| found.with_untracked(|found| found.get(at).map(|one| one.slug.clone())));
                if let Some(slug) = slug.filter(|_| open.get_untracked()) {
                    event.prevent_default();
                    follow(&format!("/products/{slug}"));
                }
            }
            _ => {}
        }
    };
    let expanded = move || open.get() && found.with(|found| !found.is_empty());
    let leave = move |event: leptos::ev::FocusEvent| {
        let inside = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|to| to.closest(".shop-search").is_ok_and(|at| at.is_some()));
        if !inside {
            open.set(false);
        }
    };
    view! {
        <form class="shop-search" class:shop-search--page=on_page role="search" action=app_href("/search") on:submit=submit on:focusout=leave>
            <label class="shop-search__field">
                <Icon icon=icons::SEARCH/>
                <input
                    class="shop-search__input" node_ref=field type="search" name="q" autocomplete="off" spellcheck="false" enterkeyhint="search"
                    placeholder=t(Text::SearchPlaceholder) aria-label=t(Text::SearchPlaceholder) role="combobox" aria-autocomplete="list"
                    aria-controls=id aria-expanded=move || expanded().to_string()
                    aria-activedescendant=move || chosen.get().filter(|_| expanded()).map(|at| format!("{id}-{at}"))
                    prop:value=typed
                    on:input:target=move |event| suggest(event.target().value())
                    on:keydown=keys
                />
            </label>
            {move || expanded().then(|| view! { <Suggestions id found chosen typed on_follow=move |()| open.set(false)/> })}
        </form>
    }
    .into_any()
}

/// The address of a search.
pub fn search_path(text: &str) -> String {
    format!("/search?q={}", String::from(js_sys::encode_uri_component(text)))
}

/// Asks for suggestions when the typing rests, and forgets answers to what was typed before.
fn suggester(
    typed: RwSignal<String>,
    found: RwSignal<Vec<Suggestion>>,
    chosen: RwSignal<Option<usize>>,
    open: RwSignal<bool>,
) -> impl Fn(String) {
    let pending: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let ask = move || {
        let query = SuggestionQuery {
            q: typed.get_untracked().trim().to_owned(),
        };
        if query.q.chars().count() < SHORTEST {
            return found.set(Vec::new());
        }
        leptos::task::spawn_local(async move {
            let answer = Client::new(shop().api.as_str())
                .get_query::<Page<Suggestion>>("/search/suggestions", &query)
                .await;
            let current = typed.try_get_untracked().is_some_and(|now| now.trim() == query.q);
            if let Some(page) = answer.ok().filter(|_| current) {
                chosen.set(None);
                found.set(page.data);
                open.set(true);
            }
        });
    };
    move |text| {
        typed.set(text);
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        pending.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    }
}

#[component]
fn Suggestions(
    id: &'static str,
    found: RwSignal<Vec<Suggestion>>,
    chosen: RwSignal<Option<usize>>,
    typed: RwSignal<String>,
    /// Runs when one was followed.
    #[prop(into)]
    on_follow: Callback<()>,
) -> impl IntoView {
    let option = move |(at, one): (usize, Suggestion)| {
        let picture = one.image.as_ref().map(|image| media::address(image, 160));
        view! {
            <a
                class="shop-search__option" role="option" tabindex="-1" id=format!("{id}-{at}")
                href=app_href(&format!("/products/{}", one.slug))
                aria-selected=move || (chosen.get() == Some(at)).to_string()
                on:click=move |_| on_follow.run(())
            >
                <Thumbnail src=Signal::stored(picture)/>
                <span>{one.title}</span>
                <Price amount=one.price.amount_minor currency=one.price.currency.to_string() from=one.price_varies/>
            </a>
        }
    };
    view! {
        <div class="shop-search__list">
            <div role="listbox" id=id aria-label=t(Text::Search)>
                {move || found.get().into_iter().enumerate().map(option).collect_view()}
            </div>
            <a class="shop-search__option shop-search__all" href=move || app_href(&search_path(typed.get().trim())) on:click=move |_| on_follow.run(())>
                {t(Text::ShowAllResults)}
            </a>
        </div>
    }
    .into_any()
}
