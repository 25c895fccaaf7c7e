use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    icon::{Icon, IconData, IconSize},
    settings::{app_href, app_path},
};

/// One page in the navigation.
#[derive(Clone, Debug, PartialEq)]
pub struct NavItem {
    label: String,
    href: String,
    icon: IconData,
    badge: Option<String>,
    children: Vec<(String, String)>,
}

impl NavItem {
    /// A page with its name, its path and its icon.
    pub fn new(label: impl Into<String>, href: impl Into<String>, icon: IconData) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            icon,
            badge: None,
            children: Vec::new(),
        }
    }

    /// A count at the end of the line: open orders.
    pub fn badge(mut self, text: impl Into<String>) -> Self {
        self.badge = Some(text.into());
        self
    }

    /// A page below it; shown while the reader is in this part.
    pub fn child(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.children.push((label.into(), href.into()));
        self
    }
}

/// Pages that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct NavSection {
    heading: Option<String>,
    items: Vec<NavItem>,
}

impl NavSection {
    /// A group of pages.
    pub fn new(items: Vec<NavItem>) -> Self {
        Self { heading: None, items }
    }

    /// Words above the group.
    pub fn heading(mut self, text: impl Into<String>) -> Self {
        self.heading = Some(text.into());
        self
    }
}

/// The list of pages, the one the reader is on marked.
#[component]
pub(super) fn NavList(sections: Signal<Vec<NavSection>>, #[prop(optional, into)] on_go: Option<Callback<()>>) -> impl IntoView {
    let pathname = use_location().pathname;
    let here = Memo::new(move |_| app_path(&pathname.get()));
    let group = move |section: NavSection| {
        let items = section.items.into_iter().map(|item| item_view(item, here, on_go)).collect_view();
        view! {
            {section.heading.map(|heading| view! { <p class="ui-nav__heading">{heading}</p> })}
            <ul class="ui-nav__group">{items}</ul>
        }
    };
    view! { <div class="ui-nav">{move || sections.get().into_iter().map(group).collect_view()}</div> }.into_any()
}

fn is_within(path: &str, href: &str) -> bool {
    let below = path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if href == "/" { path == "/" } else { below }
}

fn item_view(item: NavItem, here: Memo<String>, on_go: Option<Callback<()>>) -> AnyView {
    let go = move |_| {
        if let Some(on_go) = on_go {
            on_go.run(());
        }
    };
    let own = item.href.clone();
    let is_current = Memo::new(move |_| here.with(|path| is_within(path, &own)));
    let (title, children) = (item.label.clone(), StoredValue::new(item.children));
    let child_view = move |(label, href): (String, String)| {
        let own = href.clone();
        let current = move || here.with(|path| is_within(path, &own)).then_some("page");
        view! { <li><a class="ui-nav__child" href=app_href(&href) aria-current=current on:click=go>{label}</a></li> }
    };
    let children_view = move || {
        let children = children.get_value();
        (is_current.get() && !children.is_empty())
            .then(|| view! { <ul class="ui-nav__children">{children.into_iter().map(child_view).collect_view()}</ul> })
    };
    view! {
        <li>
            <a
                class="ui-nav__item"
                href=app_href(&item.href)
                title=title
                aria-current=move || is_current.get().then_some("page")
                on:click=go
            >
                <Icon icon=item.icon size=IconSize::Medium/>
                <span class="ui-nav__label">{item.label}</span>
                {item.badge.map(|badge| view! { <span class="ui-nav__badge">{badge}</span> })}
            </a>
            {children_view}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_page_is_within_its_part_of_the_app() {
        assert!(is_within("/orders", "/orders"));
        assert!(is_within("/orders/42", "/orders"));
        assert!(!is_within("/orders-archive", "/orders"));
        assert!(is_within("/", "/"));
        assert!(!is_within("/orders", "/"));
    }
}
