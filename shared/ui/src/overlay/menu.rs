use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::popover::Popover;
use crate::{
    dom::rove_focus,
    icon::{Icon, IconData, IconSize, icons},
    settings::app_href,
};

#[derive(Clone)]
enum Target {
    Action(Callback<()>),
    Link { href: String, is_inside: bool },
    Separator,
    Heading,
}

/// One line of a [`Menu`].
#[derive(Clone)]
pub struct MenuItem {
    label: String,
    detail: Option<String>,
    target: Target,
    icon: Option<IconData>,
    is_critical: bool,
    is_disabled: bool,
    checked: Option<bool>,
}

impl MenuItem {
    fn of(label: String, target: Target) -> Self {
        Self {
            label,
            detail: None,
            target,
            icon: None,
            is_critical: false,
            is_disabled: false,
            checked: None,
        }
    }

    /// Does something; the menu closes first.
    pub fn action(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::of(label.into(), Target::Action(Callback::new(move |()| run())))
    }

    /// Goes to a path inside the app.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::of(
            label.into(),
            Target::Link {
                href: href.into(),
                is_inside: true,
            },
        )
    }

    /// Leaves the app: another store's dashboard, the shop. The address is taken as it is, also when it is a path.
    pub fn elsewhere(label: impl Into<String>, address: impl Into<String>) -> Self {
        Self::of(
            label.into(),
            Target::Link {
                href: address.into(),
                is_inside: false,
            },
        )
    }

    /// A line between groups.
    pub fn separator() -> Self {
        Self::of(String::new(), Target::Separator)
    }

    /// Words above a group.
    pub fn heading(label: impl Into<String>) -> Self {
        Self::of(label.into(), Target::Heading)
    }

    /// A second line.
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = Some(text.into());
        self
    }

    /// Before the words.
    pub fn icon(mut self, icon: IconData) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Destroys something.
    pub fn critical(mut self) -> Self {
        self.is_critical = true;
        self
    }

    /// Shown, but not to be used now.
    pub fn disabled(mut self, is_disabled: bool) -> Self {
        self.is_disabled = is_disabled;
        self
    }

    /// One of several choices, with a tick where it is the chosen one.
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.checked = Some(is_checked);
        self
    }
}

/// Actions behind a button. Arrow keys move, Esc closes, the focus goes back to the button.
#[component]
pub fn Menu(
    /// Names the menu; the tooltip where the button is only an icon.
    #[prop(into)]
    label: Signal<String>,
    /// On the button; alone unless there is a text.
    #[prop(default = icons::ELLIPSIS)]
    icon: IconData,
    /// Words on the button, with a small arrow behind them.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// The button's content in place of icon and text.
    #[prop(optional, into)]
    trigger: Option<ViewFn>,
    /// Classes of the button in place of the usual ones, with `trigger`.
    #[prop(optional, into)]
    trigger_class: Option<String>,
    /// The lines.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let panel: NodeRef<html::Div> = NodeRef::new();
    let is_icon = text.is_none() && trigger.is_none();
    let class = trigger_class.unwrap_or_else(|| {
        let shape = if is_icon {
            "ui-button--icon ui-button--ghost"
        } else {
            "ui-button--secondary"
        };
        format!("ui-button ui-button--medium {shape}")
    });
    let trigger = trigger.unwrap_or_else(|| ViewFn::from(move || usual_trigger(icon, text)));
    let close = move || {
        if let Some(panel) = panel.get_untracked() {
            panel.hide_popover().ok();
        }
    };
    let on_open = move |()| {
        if let Some(panel) = panel.get_untracked() {
            rove_focus(&panel, ".ui-menu__item:not(:disabled)", "Home");
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(panel) = panel.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "Tab" => close(),
            key => {
                if rove_focus(&panel, ".ui-menu__item:not(:disabled)", key) {
                    event.prevent_default();
                }
            }
        }
    };
    let lines = move || {
        items
            .get()
            .into_iter()
            .map(|item| item_view(item, Callback::new(move |()| close())))
            .collect_view()
    };
    view! {
        <Popover panel trigger class label is_icon role="menu" on_open>
            <div class="ui-menu" role="presentation" on:keydown=on_key>
                {lines}
            </div>
        </Popover>
    }
    .into_any()
}

fn usual_trigger(icon: IconData, text: Option<Signal<String>>) -> AnyView {
    match text {
        Some(text) => view! {
            <span class="ui-button__content">
                <span class="ui-button__label">{text}</span>
                <Icon icon=icons::CHEVRON_DOWN/>
            </span>
        }
        .into_any(),
        None => view! { <span class="ui-button__content"><Icon icon size=IconSize::Medium/></span> }.into_any(),
    }
}

fn item_view(item: MenuItem, close: Callback<()>) -> AnyView {
    let class = if item.is_critical {
        "ui-menu__item ui-menu__item--critical"
    } else {
        "ui-menu__item"
    };
    let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
    let checked = item.checked.map(|checked| checked.to_string());
    let tick = item
        .checked
        .map(|checked| view! { <span class="ui-menu__tick">{checked.then(|| view! { <Icon icon=icons::CHECK/> })}</span> });
    let content = view! {
        {item.icon.map(|icon| view! { <Icon icon/> })}
        <span class="ui-menu__text">
            <span class="ui-menu__label">{item.label}</span>
            {item.detail.map(|text| view! { <span class="ui-menu__detail">{text}</span> })}
        </span>
        {tick}
    };
    match item.target {
        Target::Action(run) => {
            let press = move |_| {
                close.run(());
                run.run(());
            };
            view! {
                <button type="button" class=class role=role aria-checked=checked tabindex="-1" disabled=item.is_disabled on:click=press>
                    {content}
                </button>
            }
            .into_any()
        }
        Target::Link { href, is_inside } => {
            let address = if is_inside { app_href(&href) } else { href };
            let rel = (!is_inside).then_some("external");
            view! {
                <a class=class role=role aria-checked=checked tabindex="-1" href=address rel=rel on:click=move |_| close.run(())>
                    {content}
                </a>
            }
            .into_any()
        }
        Target::Separator => view! { <div class="ui-menu__separator" role="separator"></div> }.into_any(),
        Target::Heading => view! { <div class="ui-menu__heading" role="presentation">{content}</div> }.into_any(),
    }
}
