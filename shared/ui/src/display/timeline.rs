use leptos::prelude::*;

use crate::{
    format::{Moment, RelativeTime},
    icon::{Icon, IconData},
    tone::Tone,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineItem {
    title: String,
    at: Option<Moment>,
    description: Option<String>,
    actor: Option<String>,
    tone: Tone,
    icon: Option<IconData>,
}

impl TimelineItem {
    /// What happened, and when.
    pub fn new(title: impl Into<String>, at: Moment) -> Self {
        Self {
            title: title.into(),
            at: Some(at),
            description: None,
            actor: None,
            tone: Tone::Neutral,
            icon: None,
        }
    }

    /// What is still to come.
    pub fn upcoming(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            at: None,
            description: None,
            actor: None,
            tone: Tone::Neutral,
            icon: None,
        }
    }

    /// More about it.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Who did it.
    pub fn actor(mut self, name: impl Into<String>) -> Self {
        self.actor = Some(name.into());
        self
    }

    /// What it means.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// In place of the dot.
    pub fn icon(mut self, icon: IconData) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// What happened to one thing, in the order given.
#[component]
pub fn Timeline(
    /// The events, usually newest first.
    #[prop(into)]
    items: Signal<Vec<TimelineItem>>,
) -> impl IntoView {
    view! { <ol class="ui-timeline">{move || items.get().into_iter().map(event_view).collect_view()}</ol> }.into_any()
}

fn event_view(item: TimelineItem) -> AnyView {
    let mark = item.icon.map(|icon| view! { <Icon icon/> });
    let meta = (item.actor.is_some() || item.at.is_some()).then(|| {
        let separator = (item.actor.is_some() && item.at.is_some()).then_some(" · ");
        view! {
            <p class="ui-timeline__meta">
                {item.actor} {separator} {item.at.map(|at| view! { <RelativeTime at/> })}
            </p>
        }
    });
    view! {
        <li class="ui-timeline__item" class:ui-timeline__item--upcoming=item.at.is_none()>
            <span
                class=format!("ui-timeline__mark ui-timeline__mark--{}", item.tone.as_str())
                class:ui-timeline__mark--dot=item.icon.is_none()
            >
                {mark}
            </span>
            <div class="ui-timeline__body">
                <p class="ui-timeline__title">{item.title}</p>
                {item.description.map(|text| view! { <p class="ui-timeline__description">{text}</p> })}
                {meta}
            </div>
        </li>
    }
    .into_any()
}
