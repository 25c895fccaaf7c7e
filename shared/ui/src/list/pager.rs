use leptos::prelude::*;

use super::paging::Paging;
use crate::{
    icon::{Icon, IconData, icons},
    query::use_query_href,
    settings::{app_href, ui_text},
};

/// Next and previous page of a list, as links that can be opened and shared. Nothing when there is only one page and nothing to say about it.
#[component]
pub fn Pager(
    /// Where the list is.
    paging: Paging,
    /// The cursor of the page after this; `None` on the last.
    #[prop(into)]
    next: Signal<Option<String>>,
    /// Where this page is: "1–20 of 340".
    #[prop(optional, into)]
    summary: Option<Signal<String>>,
) -> impl IntoView {
    let href = use_query_href();
    let address = move |(key, trail): (&'static str, Option<String>)| href(&[(key, trail.as_deref())]);
    let back = address.clone();
    let previous = Memo::new(move |_| paging.before().map(&back));
    let next = Memo::new(move |_| next.get().map(|cursor| address(paging.after(&cursor))));
    let has_pages = move || previous.with(Option::is_some) || next.with(Option::is_some);
    let links = move || {
        has_pages().then(|| {
            view! {
                <span class="ui-pager__links">
                    {step(previous.get(), "prev", ui_text(|text| &text.previous).into_owned(), Some(icons::CHEVRON_LEFT), None)}
                    {step(next.get(), "next", ui_text(|text| &text.next).into_owned(), None, Some(icons::CHEVRON_RIGHT))}
                </span>
            }
        })
    };
    let says_something = move || summary.is_some_and(|summary| summary.with(|text| !text.is_empty()));
    let nav = move || {
        (has_pages() || says_something()).then(|| {
            view! {
                <nav class="ui-pager" aria-label=move || ui_text(|text| &text.pages)>
                    <span class="ui-pager__summary">{summary}</span>
                    {links}
                </nav>
            }
        })
    };
    view! { {nav} }.into_any()
}

fn step(href: Option<String>, rel: &'static str, label: String, before: Option<IconData>, after: Option<IconData>) -> AnyView {
    let class = "ui-button ui-button--secondary ui-button--medium";
    let content = view! {
        <span class="ui-button__content">
            {before.map(|icon| view! { <Icon icon/> })} <span class="ui-button__label">{label}</span>
            {after.map(|icon| view! { <Icon icon/> })}
        </span>
    };
    match href {
        Some(href) => view! { <a class=class href=app_href(&href) rel=rel>{content}</a> }.into_any(),
        None => view! { <span class=class aria-disabled="true" role="link" data-off="">{content}</span> }.into_any(),
    }
}
