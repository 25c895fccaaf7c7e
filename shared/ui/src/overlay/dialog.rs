use leptos::{ev, html, prelude::*};

use crate::{button::IconButton, dom::unique_id, icon::icons, settings::text_signal};

/// How wide a dialog may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 400 px: a question.
    Small,
    /// 560 px: a short form.
    #[default]
    Medium,
    /// 800 px: something to look at.
    Large,
}

impl DialogSize {
    fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// Keeps a native modal in step with its signal. The element itself traps the focus, closes on Esc and gives the focus back.
pub(super) fn drive_modal(element: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    crate::watch(move || {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only for an element that is not on the page, and then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// Builds the content anew each time the modal opens, and leaves it while the modal fades out.
pub(super) fn fresh_content(open: RwSignal<bool>, children: ChildrenFn) -> impl Fn() -> Option<AnyView> + Send {
    let openings = Memo::new(move |before: Option<&u32>| before.copied().unwrap_or_default() + u32::from(open.get()));
    move || (openings.get() > 0).then(|| children().into_any())
}

/// Whether a press was on the dark page around the modal: there the target is the dialog element itself.
pub(super) fn is_backdrop(event: &ev::PointerEvent) -> bool {
    event.target().is_some() && event.target() == event.current_target()
}

/// A question or a short form above the page. Esc, the cross and the page behind it close it; the focus goes back to where it was.
#[component]
pub fn Dialog(
    /// Shown or not, both ways.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below the title.
    #[prop(optional, into)]
    description: Option<Signal<String>>,
    /// Medium unless said otherwise.
    #[prop(optional)]
    size: DialogSize,
    /// Actions, the primary one last.
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
    let title_id = unique_id("dialog");
    let labelled_by = title_id.clone();
    let content = fresh_content(open, children);
    // The cross comes last in the order of the keyboard, so that a form's first field has the focus.
    view! {
        <dialog
            class=format!("ui-dialog ui-dialog--{}", size.as_str())
            node_ref=element
            aria-labelledby=labelled_by
            on:close=closed
            on:pointerdown=press
        >
            <div class="ui-dialog__frame">
                <header class="ui-dialog__head">
                    <h2 class="ui-dialog__title" id=title_id>{title}</h2>
                    {description.map(|text| view! { <p class="ui-dialog__description">{text}</p> })}
                </header>
                <div class="ui-dialog__body">{content}</div>
                {footer.map(|footer| view! { <footer class="ui-dialog__footer">{move || footer.run()}</footer> })}
                <span class="ui-dialog__close">
                    <IconButton icon=icons::X label=text_signal(|text| &text.close) on_click=move |_| open.set(false)/>
                </span>
            </div>
        </dialog>
    }
    .into_any()
}
