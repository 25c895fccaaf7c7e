//! What the server has written into the document.

use orion_types::json::{FromJson, from_str};
use orion_types::store::PageContext;

/// The page's context: base, API prefix and store.
pub fn page_context() -> PageContext {
    read("orion-context").unwrap_or_else(|| PageContext {
        base: String::new(),
        api: String::new(),
        store: None,
        environment: "production".to_owned(),
        ahead: Vec::new(),
    })
}

/// The first data of the page, when the server sent some; it belongs to the path that was loaded.
pub fn first_data<T: FromJson>() -> Option<T> {
    read("orion-data")
}

fn read<T: FromJson>(id: &str) -> Option<T> {
    let text = web_sys::window()?.document()?.get_element_by_id(id)?.text_content()?;
    let read = from_str(&text).ok();
    if read.is_none() {
        // The page goes on without, and asks the API: nobody would see that server and app disagree, but for the journeys, which read the console.
        leptos::logging::error!("The page brought data along that this app does not understand.");
    }
    read
}
