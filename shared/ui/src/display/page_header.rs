use leptos::prelude::*;

use crate::{
    icon::{Icon, IconData, IconSize, icons},
    settings::{app_href, ui_text},
};

/// The head of a page: where it hangs, its title and status, and its actions. Sets the document's title.
#[component]
pub fn PageHeader(
    /// The page's one `h1`.
    #[prop(into)]
    title: Signal<String>,
    /// A line below the title.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// The list this page came from.
    #[prop(optional, into)]
    back_href: Option<Signal<String>>,
    /// What the list is called.
    #[prop(optional, into)]
    back_label: Option<Signal<String>>,
    /// Behind the title: the record's status.
    #[prop(optional, into)]
    badges: Option<ViewFn>,
    /// The record before this one.
    #[prop(optional, into)]
    previous_href: Signal<Option<String>>,
    /// The record after this one.
    #[prop(optional, into)]
    next_href: Signal<Option<String>>,
    /// Shows that something here is not saved yet.
    #[prop(optional, into)]
    unsaved: Signal<bool>,
    /// Actions, the primary one last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    crate::watch(move || document().set_title(&title.get()));
    let back = back_href.map(|href| {
        view! {
            <a class="ui-page-header__back" href=move || app_href(&href.get())>
                <Icon icon=icons::ARROW_LEFT/>
                {back_label}
            </a>
        }
    });
    let unsaved_mark = move || {
        unsaved
            .get()
            .then(|| view! { <span class="ui-page-header__unsaved">{ui_text(|text| &text.unsaved)}</span> })
    };
    let has_neighbours = move || previous_href.with(Option::is_some) || next_href.with(Option::is_some);
    let neighbours = move || {
        has_neighbours().then(|| {
            view! {
                <span class="ui-page-header__neighbours">
                    <Neighbour href=previous_href label=ui_text(|text| &text.previous_record) icon=icons::CHEVRON_UP/>
                    <Neighbour href=next_href label=ui_text(|text| &text.next_record) icon=icons::CHEVRON_DOWN/>
                </span>
            }
        })
    };
    view! {
        <header class="ui-page-header">
            {back}
            <div class="ui-page-header__line">
                <div class="ui-page-header__text">
                    <div class="ui-page-header__titles">
                        <h1 class="ui-page-header__title">{title}</h1>
                        {badges.map(|badges| view! { <span class="ui-page-header__badges">{move || badges.run()}</span> })}
                        {unsaved_mark}
                    </div>
                    {subtitle.map(|subtitle| view! { <p class="ui-page-header__subtitle">{subtitle}</p> })}
                </div>
                <div class="ui-page-header__actions">
                    {children.map(|children| children())} {neighbours}
                </div>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Neighbour(href: Signal<Option<String>>, #[prop(into)] label: String, icon: IconData) -> impl IntoView {
    let class = "ui-button ui-button--icon ui-button--ghost ui-button--medium";
    let content = view! { <Icon icon size=IconSize::Medium/> };
    match href.get() {
        Some(href) => view! { <a class=class href=app_href(&href) aria-label=label.clone() title=label>{content}</a> }.into_any(),
        None => view! { <span class=class aria-hidden="true" data-off="">{content}</span> }.into_any(),
    }
}
