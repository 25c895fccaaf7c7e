use leptos::{ev, prelude::*};

use super::{surface::Surface, write::escape};
use crate::{
    button::{Button, ButtonVariant},
    form::{Field, InputKind, TextInput},
    overlay::{Dialog, DialogSize},
};

/// Asks where a link leads. An empty address takes the link away.
#[component]
pub(super) fn LinkDialog(open: RwSignal<bool>, surface: Surface) -> impl IntoView {
    let address = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let had_link = RwSignal::new(false);
    crate::watch(move || {
        if open.get() {
            let present = surface.link().and_then(|link| link.get_attribute("href"));
            had_link.set(present.is_some());
            address.set(present.unwrap_or_default());
            refused.set(None);
        }
    });
    let wanted = StoredValue::new(None::<String>);
    let finish = move |address: String| {
        wanted.set_value(Some(address));
        open.set(false);
    };
    // Once it is closed: until then nothing outside the dialog can have the caret.
    let apply = move |()| {
        surface.return_to_caret();
        let Some(wanted) = wanted.try_update_value(Option::take).flatten() else {
            return;
        };
        if had_link.get_untracked() {
            surface.select_link();
        }
        if wanted.is_empty() {
            surface.run("unlink", "");
        } else if surface.is_collapsed() {
            let safe = escape(&wanted);
            surface.run("insertHTML", &format!("<a href=\"{safe}\">{safe}</a>"));
        } else {
            surface.run("createLink", &wanted);
        }
    };
    let save = move || match whole_address(&address.get_untracked()) {
        Some(address) => finish(address),
        None => refused.set(Some("An address such as https://example.com or /products/mug".to_owned())),
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // The dialog may stand inside a form of the page, which is not meant.
        event.stop_propagation();
        save();
    };
    let footer = move || {
        view! {
            {move || had_link.get().then(|| view! { <Button variant=ButtonVariant::Ghost on_click=move |_| finish(String::new())>"Remove link"</Button> })}
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary on_click=move |_| save()>"Set link"</Button>
        }
    };
    view! {
        <Dialog open title="Link" size=DialogSize::Small footer on_close=apply>
            <form novalidate on:submit=submit>
                <Field label="Address" error=refused><TextInput value=address kind=InputKind::Url placeholder="https://"/></Field>
            </form>
        </Dialog>
    }
}

/// What was typed as an address that a browser understands; empty stays empty, and only what leads to a page, a mailbox or a telephone is taken.
fn whole_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let known = ["https://", "http://", "mailto:", "tel:", "/"];
    if typed.is_empty() || known.iter().any(|start| typed.starts_with(start)) {
        return Some(typed.to_owned());
    }
    let bare = typed.contains('.') && !typed.contains([' ', ':']);
    bare.then(|| format!("https://{typed}"))
}

#[cfg(test)]
mod tests {
    use super::whole_address;

    #[test]
    fn an_address_is_completed_or_refused() {
        assert_eq!(whole_address(" example.com/a "), Some("https://example.com/a".to_owned()));
        assert_eq!(whole_address("/products/mug"), Some("/products/mug".to_owned()));
        assert_eq!(whole_address(""), Some(String::new()));
        assert_eq!(whole_address("javascript:alert(1)"), None);
        assert_eq!(whole_address("a mug"), None);
    }
}
