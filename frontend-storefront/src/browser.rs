//! The few things the shop asks of the browser beside what the framework offers.

use leptos::prelude::*;
use web_sys::Storage;

/// What this tab remembers; gone when it is closed.
pub fn tab_memory() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What this browser remembers.
pub fn browser_memory() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Names the page in the tab and in the history.
pub fn name_page(title: impl Fn() -> String + 'static) {
    Effect::new(move |_| {
        let (title, shop) = (title(), &crate::shop::shop().info.name);
        document().set_title(&if title.is_empty() {
            shop.clone()
        } else {
            format!("{title} · {shop}")
        });
    });
}
