use leptos::prelude::*;
use orion_app::Loader;
use orion_types::Page;
use orion_types::webhook::WebhookEvent;
use orion_ui::*;

/// The events to tick, grouped by what they are about.
#[component]
pub fn EventChoices(
    /// Names of the events that are ticked.
    chosen: RwSignal<Vec<String>>,
    events: Loader<Page<WebhookEvent>>,
) -> impl IntoView {
    view! {
        <Loaded state=events.state() skeleton=|| view! { <TextSkeleton lines=6/> } on_retry=move |()| events.reload() let:value>
            <div class="sm:columns-2 gap-5">
                {groups(with_unknown(value.data, &chosen.get_untracked())).into_iter().map(|group| group_view(group, chosen)).collect_view()}
            </div>
        </Loaded>
    }
    .into_any()
}

/// What events are about, and these.
type Group = (String, Vec<WebhookEvent>);

/// What was chosen and is not listed belongs to a module that is off: it stays chosen unless somebody takes it away.
fn with_unknown(mut events: Vec<WebhookEvent>, chosen: &[String]) -> Vec<WebhookEvent> {
    for name in chosen {
        if events.iter().all(|event| event.name != *name) {
            events.push(WebhookEvent {
                name: name.clone(),
                version: 0,
                summary: "Its module is switched off.".to_owned(),
                object: String::new(),
            });
        }
    }
    events
}

/// Grouped by the first part of the name, in the order of the list.
fn groups(events: Vec<WebhookEvent>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for event in events {
        let about = about(&event.name);
        match groups.iter_mut().find(|(known, _)| *known == about) {
            Some((_, members)) => members.push(event),
            None => groups.push((about, vec![event])),
        }
    }
    groups
}

/// `order_item.added` is about an "Order item".
fn about(name: &str) -> String {
    let first = name.split('.').next().unwrap_or(name).replace('_', " ");
    let mut letters = first.chars();
    letters
        .next()
        .map(|letter| letter.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn group_view((about, events): Group, chosen: RwSignal<Vec<String>>) -> AnyView {
    view! {
        <fieldset class="ui-stack-tight min-w-0 break-inside-avoid pb-5">
            <legend class="ui-field__label pb-1">{about}</legend>
            {events.into_iter().map(|event| choice(event, chosen)).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn choice(event: WebhookEvent, chosen: RwSignal<Vec<String>>) -> AnyView {
    let WebhookEvent { name, summary, .. } = event;
    let ticked = RwSignal::new(chosen.with_untracked(|chosen| chosen.contains(&name)));
    let own = name.clone();
    let tick = move |now: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != own);
            if now {
                chosen.push(own.clone());
            }
        });
    };
    view! { <Checkbox checked=ticked label=name hint=summary on_change=tick/> }.into_any()
}

#[cfg(test)]
mod tests {
    use orion_types::webhook::WebhookEvent;

    use super::{groups, with_unknown};

    fn event(name: &str) -> WebhookEvent {
        WebhookEvent {
            name: name.to_owned(),
            version: 1,
            summary: String::new(),
            object: String::new(),
        }
    }

    fn named(events: Vec<WebhookEvent>) -> Vec<(String, Vec<String>)> {
        let names = |events: Vec<WebhookEvent>| events.into_iter().map(|event| event.name).collect();
        groups(events).into_iter().map(|(about, events)| (about, names(events))).collect()
    }

    #[test]
    fn events_stand_with_what_they_are_about() {
        let events = vec![event("order.placed"), event("tax_rate.changed"), event("order.paid")];
        let expected = [
            ("Order".to_owned(), vec!["order.placed".to_owned(), "order.paid".to_owned()]),
            ("Tax rate".to_owned(), vec!["tax_rate.changed".to_owned()]),
        ];
        assert_eq!(named(events), expected);
    }

    #[test]
    fn what_is_chosen_stays_when_its_module_goes() {
        let events = with_unknown(
            vec![event("product.created")],
            &["product.created".to_owned(), "order.paid".to_owned()],
        );
        let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["product.created", "order.paid"]);
    }
}
