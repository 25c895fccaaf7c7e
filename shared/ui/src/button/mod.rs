//! Things to press.

mod icon_button;
mod link_button;

pub use icon_button::IconButton;
pub use link_button::LinkButton;

use leptos::{ev::MouseEvent, prelude::*};

use crate::{icon::Icon, icon::IconData, settings::ui_text};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing this view is for.
    Primary,
    /// Everything beside it.
    #[default]
    Secondary,
    /// In toolbars and rows, without an outline.
    Ghost,
    /// Destroys something.
    Critical,
    /// Leads to something that destroys, and does not ask to be pressed.
    QuietCritical,
}

impl ButtonVariant {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Critical => "critical",
            Self::QuietCritical => "quiet-critical",
        }
    }
}

/// How tall a button is; on touch each is at least 44 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 28 px, inside rows and bars.
    Small,
    /// 36 px.
    #[default]
    Medium,
    /// 44 px, for the one button of a checkout step or a sign-in.
    Large,
}

impl ButtonSize {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// What pressing does in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing by itself.
    #[default]
    Button,
    /// Submits the form around it.
    Submit,
}

pub(crate) fn button_class(variant: ButtonVariant, size: ButtonSize, full_width: bool) -> String {
    let width = if full_width { " ui-button--full" } else { "" };
    format!("ui-button ui-button--{} ui-button--{}{width}", variant.as_str(), size.as_str())
}

/// A button. While busy it keeps its width, cannot be pressed again and says so to assistive technology.
#[component]
pub fn Button(
    /// Secondary unless said otherwise.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Medium unless said otherwise.
    #[prop(optional)]
    size: ButtonSize,
    /// `Submit` inside a form's last row.
    #[prop(optional)]
    kind: ButtonKind,
    /// Before the text.
    #[prop(optional)]
    icon: Option<IconData>,
    /// Behind the text.
    #[prop(optional)]
    icon_end: Option<IconData>,
    /// As wide as its container.
    #[prop(optional)]
    full_width: bool,
    /// An action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Runs on a press, never while busy.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if busy.get_untracked() {
            // A submit button would send the form a second time.
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    let kind = if kind == ButtonKind::Submit { "submit" } else { "button" };
    view! {
        <button
            type=kind
            class=button_class(variant, size, full_width)
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            <span class="ui-button__content">
                {icon.map(|icon| view! { <Icon icon/> })} <span class="ui-button__label">{children()}</span>
                {icon_end.map(|icon| view! { <Icon icon/> })}
            </span>
            <Spinner busy/>
        </button>
    }
    .into_any()
}

/// The ring a busy button shows in place of its text.
#[component]
pub(crate) fn Spinner(busy: Signal<bool>) -> impl IntoView {
    move || {
        busy.get().then(|| {
            view! {
                <span class="ui-spinner">
                    <span class="ui-sr-only">{ui_text(|text| &text.loading)}</span>
                </span>
            }
        })
    }
}
