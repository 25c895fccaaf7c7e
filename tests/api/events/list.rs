//! The list of events.

use std::collections::BTreeSet;

use orion_events::ALL;
use uuid::Uuid;

#[test]
fn each_event_is_published_by_the_module_that_it_names_and_by_no_other() {
    let registry = orion::modules::registry().expect("the modules fit together");
    let published: Vec<(&str, &str)> = registry
        .all()
        .iter()
        .flat_map(|module| module.emits.iter().map(|event| (*event, module.id)))
        .collect();
    let listed: BTreeSet<(&str, &str)> = ALL.iter().map(|event| (event.name, event.module)).collect();
    assert_eq!(published.iter().copied().collect::<BTreeSet<_>>(), listed);
    assert_eq!(published.len(), ALL.len(), "an event is there twice");
}

#[test]
fn an_event_is_named_after_what_it_is_about_and_what_happened() {
    for event in ALL {
        let (resource, happened) = event.name.split_once('.').unwrap_or_default();
        let plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(plain(resource) && plain(happened), "{}", event.name);
        assert!(event.version > 0, "{}", event.name);
        assert!(event.summary.ends_with('.'), "{}", event.name);
    }
}

#[test]
fn an_event_says_which_object_it_is_about() {
    for event in ALL {
        let example = (event.example)();
        let id = example[event.object].as_str().and_then(|id| id.parse::<Uuid>().ok());
        assert!(id.is_some(), "{} has no {} in {example}", event.name, event.object);
    }
}
