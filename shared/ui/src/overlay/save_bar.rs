use leptos::{ev, prelude::*};

use super::{
    confirm::ConfirmDialog,
    leave_guard::{guard_leaving, use_leave},
};
use crate::{
    button::{Button, ButtonVariant},
    settings::{text_signal, ui_text},
    tone::Tone,
};

/// Appears when something changed, saves with a press or ⌘S / Ctrl-S, and asks before one leaves. Needs a router around it.
#[component]
pub fn SaveBar(
    /// Something is not saved.
    #[prop(into)]
    dirty: Signal<bool>,
    /// Saving is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// In place of "Unsaved changes".
    #[prop(optional, into)]
    message: Option<Signal<String>>,
    /// In place of "Save".
    #[prop(optional, into)]
    save_label: Option<Signal<String>>,
    /// Saves.
    #[prop(into)]
    on_save: Callback<()>,
    /// Puts everything back.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let left = RwSignal::new(false);
    let guarded = Signal::derive(move || dirty.get() && !left.get());
    let wanted = guard_leaving(guarded);
    let asking = RwSignal::new(false);
    crate::watch(move || {
        if wanted.with(Option::is_some) {
            asking.set(true);
        }
    });
    crate::watch(move || {
        // Only when there is something to forget: the two effects would wake each other for ever.
        if !asking.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    let leave = use_leave();
    let go = move |()| {
        if let Some(destination) = wanted.get_untracked() {
            left.set(true);
            asking.set(false);
            leave(destination);
        }
    };
    save_by_key(move || {
        let is_dirty = dirty.get_untracked();
        if is_dirty && !busy.get_untracked() {
            on_save.run(());
        }
        is_dirty
    });
    let message = message.unwrap_or_else(|| text_signal(|text| &text.unsaved));
    let save_label = save_label.unwrap_or_else(|| text_signal(|text| &text.save));
    let bar = move || {
        dirty.get().then(|| {
            view! {
                <div class="ui-save-bar" role="region" aria-label=message>
                    <span class="ui-save-bar__text" role="status">{message}</span>
                    <Button variant=ButtonVariant::Ghost disabled=busy on_click=move |_| on_discard.run(())>
                        {move || ui_text(|text| &text.discard)}
                    </Button>
                    <Button variant=ButtonVariant::Primary busy on_click=move |_| on_save.run(())>
                        {save_label}
                    </Button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        {bar}
        <ConfirmDialog
            open=asking
            title=text_signal(|text| &text.leave_title)
            message=text_signal(|text| &text.leave_text)
            confirm_label=text_signal(|text| &text.leave)
            cancel_label=text_signal(|text| &text.stay)
            tone=Tone::Critical
            on_confirm=go
        />
    }
    .into_any()
}

// ⌘S or Ctrl-S; the browser's own "save page" only stays away when there was something to save here.
fn save_by_key(save: impl Fn() -> bool + 'static) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_save = event.key() == "s" && (event.meta_key() || event.ctrl_key()) && !event.shift_key() && !event.alt_key();
        if is_save && save() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
