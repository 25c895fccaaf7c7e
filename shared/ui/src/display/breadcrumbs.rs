use leptos::prelude::*;

use crate::{
    icon::{Icon, icons},
    settings::{app_href, ui_text},
};

/// One step of a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    label: String,
    href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
        }
    }

    /// This page, last in the trail.
    pub fn here(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: None,
        }
    }
}

/// The way from the start to this page.
#[component]
pub fn Breadcrumbs(
    /// From the outermost page to this one.
    #[prop(into)]
    items: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let step = |crumb: Crumb| match crumb.href {
        Some(href) => view! {
            <li class="ui-breadcrumbs__step">
                <a class="ui-breadcrumbs__link" href=app_href(&href)>{crumb.label}</a>
                <Icon icon=icons::CHEVRON_RIGHT/>
            </li>
        }
        .into_any(),
        None => view! {
            <li class="ui-breadcrumbs__step">
                <span class="ui-breadcrumbs__here" aria-current="page">{crumb.label}</span>
            </li>
        }
        .into_any(),
    };
    view! {
        <nav class="ui-breadcrumbs" aria-label=move || ui_text(|text| &text.breadcrumbs)>
            <ol class="ui-breadcrumbs__list">{move || items.get().into_iter().map(step).collect_view()}</ol>
        </nav>
    }
    .into_any()
}
