use leptos::{ev, html, prelude::*};

use super::dialog::{drive_modal, fresh_content, is_backdrop};
use crate::{button::IconButton, dom::unique_id, icon::icons, settings::text_signal};

/// The edge a sheet slides in from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetSide {
    /// Where reading starts: navigation.
    Start,
    /// Where reading ends: cart, details.
    #[default]
    End,
    /// Below: facets on a phone.
    Bottom,
}

impl SheetSide {
    fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Bottom => "bottom",
        }
    }
}

/// A panel that slides over the page from an edge: the cart, the navigation and the facets on a phone.
#[component]
pub fn Sheet(
    /// Shown or not, both ways.
    open: RwSignal<bool>,
    /// From the end unless said otherwise.
    #[prop(optional)]
    side: SheetSide,
    /// Room for lines that are long, such as code; for those at the start or end.
    #[prop(optional)]
    wide: bool,
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// Stays below the scrolling content.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// Runs when it was closed, by whatever way.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// The content; built anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let element: NodeRef<html::Dialog> = NodeRef::new();
    drive_modal(element, open);
    let closed = move |_| {
        open.set(false);
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let press = move |event: ev::PointerEvent| {
        if is_backdrop(&event) {
            open.set(false);
        }
    };
    let title_id = unique_id("sheet");
    let labelled_by = title_id.clone();
    let content = fresh_content(open, children);
    view! {
        <dialog
            class=format!("ui-sheet ui-sheet--{}", side.as_str())
            class:ui-sheet--wide=wide
            node_ref=element
            aria-labelledby=labelled_by
            on:close=closed
            on:pointerdown=press
        >
            <div class="ui-sheet__frame">
                <header class="ui-sheet__head">
                    <h2 class="ui-sheet__title" id=title_id>{title}</h2>
                    <IconButton icon=icons::X label=text_signal(|text| &text.close) on_click=move |_| open.set(false)/>
                </header>
                <div class="ui-sheet__body">{content}</div>
                {footer.map(|footer| view! { <footer class="ui-sheet__footer">{move || footer.run()}</footer> })}
            </div>
        </dialog>
    }
    .into_any()
}
