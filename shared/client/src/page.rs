//! What the server has written into the document.

use orion_types::store::PageContext;
use serde::de::DeserializeOwned;

/// The page's context: base, API prefix and store.
pub fn page_context() -> PageContext {
    read("orion-context").unwrap_or_else(|| PageContext {
        base: String::new(),
        api: String::new(),
        store: None,
        environment: "production".to_owned(),
    })
}

/// The first data of the page, when the server sent some; it belongs to the path that was loaded.
pub fn first_data<T: DeserializeOwned>() -> Option<T> {
    read("orion-data")
}

fn read<T: DeserializeOwned>(id: &str) -> Option<T> {
    let text = web_sys::window()?.document()?.get_element_by_id(id)?.text_content()?;
    serde_json::from_str(&text).ok()
}
