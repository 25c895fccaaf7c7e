use std::time::Duration;

use leptos::{html, prelude::*};

use crate::{
    button::ButtonSize,
    button::IconButton,
    icon::{Icon, IconSize, icons},
    settings::text_signal,
    tone::Tone,
};

/// A short message about something that was done, with a way back where there is one.
#[derive(Clone)]
pub struct Toast {
    text: String,
    tone: Tone,
    action: Option<(String, Callback<()>)>,
}

impl Toast {
    fn of(tone: Tone, text: String) -> Self {
        Self { text, tone, action: None }
    }

    /// Something was done.
    pub fn success(text: impl Into<String>) -> Self {
        Self::of(Tone::Positive, text.into())
    }

    /// Something could not be done; it stays twice as long.
    pub fn error(text: impl Into<String>) -> Self {
        Self::of(Tone::Critical, text.into())
    }

    /// Something is worth knowing.
    pub fn info(text: impl Into<String>) -> Self {
        Self::of(Tone::Neutral, text.into())
    }

    /// A button in it, usually "Undo".
    pub fn action(mut self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Callback::new(move |()| run())));
        self
    }

    fn lifetime(&self) -> Duration {
        match (self.tone, &self.action) {
            (Tone::Critical, _) => Duration::from_secs(12),
            (_, Some(_)) => Duration::from_secs(8),
            _ => Duration::from_secs(5),
        }
    }
}

#[derive(Clone)]
struct Shown {
    number: u32,
    toast: Toast,
}

#[derive(Clone, Default)]
struct Queue {
    next: u32,
    shown: Vec<Shown>,
}

// One host shows what any page says, and a toast must outlive the page that said it.
thread_local! {
    static QUEUE: ArcRwSignal<Queue> = ArcRwSignal::new(Queue::default());
}

fn queue() -> ArcRwSignal<Queue> {
    QUEUE.with(Clone::clone)
}

/// Shows toasts, from anywhere.
#[derive(Clone, Copy)]
pub struct Toasts;

/// The way to say what was done.
pub fn use_toasts() -> Toasts {
    Toasts
}

impl Toasts {
    /// Says that something was done.
    pub fn success(self, text: impl Into<String>) {
        self.show(Toast::success(text));
    }

    /// Says that something could not be done.
    pub fn error(self, text: impl Into<String>) {
        self.show(Toast::error(text));
    }

    /// Says something worth knowing.
    pub fn info(self, text: impl Into<String>) {
        self.show(Toast::info(text));
    }

    /// Shows a toast; of four the oldest goes.
    pub fn show(self, toast: Toast) {
        queue().update(|queue| {
            queue.next += 1;
            let number = queue.next;
            queue.shown.push(Shown { number, toast });
            let excess = queue.shown.len().saturating_sub(3);
            queue.shown.drain(..excess);
        });
    }
}

fn dismiss(number: u32) {
    queue().update(|queue| queue.shown.retain(|shown| shown.number != number));
}

/// Where toasts appear; once per app.
#[component]
pub fn ToastHost() -> impl IntoView {
    let host: NodeRef<html::Div> = NodeRef::new();
    let is_held = RwSignal::new(false);
    let queue = queue();
    let shown = {
        let queue = queue.clone();
        move || queue.get().shown
    };
    crate::watch(move || {
        let is_empty = queue.with(|queue| queue.shown.is_empty());
        let Some(host) = host.get() else { return };
        // Hiding and showing lifts it above a dialog that opened in the meantime; each fails when it is already so.
        host.hide_popover().ok();
        if !is_empty {
            host.show_popover().ok();
        }
    });
    view! {
        <div
            class="ui-toasts"
            popover="manual"
            node_ref=host
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| is_held.set(true)
            on:pointerleave=move |_| is_held.set(false)
        >
            <For each=shown key=|shown| shown.number let:shown>
                <ToastView shown is_held/>
            </For>
        </div>
    }
}

fn expire(number: u32, is_held: RwSignal<bool>, after: Duration) {
    set_timeout(
        move || {
            if is_held.try_get_untracked().unwrap_or_default() {
                expire(number, is_held, Duration::from_secs(2));
            } else {
                dismiss(number);
            }
        },
        after,
    );
}

#[component]
fn ToastView(shown: Shown, is_held: RwSignal<bool>) -> impl IntoView {
    let Shown { number, toast } = shown;
    expire(number, is_held, toast.lifetime());
    let icon = match toast.tone {
        Tone::Positive => icons::CIRCLE_CHECK,
        Tone::Critical => icons::CIRCLE_ALERT,
        _ => icons::INFO,
    };
    let action = toast.action.map(|(label, run)| {
        let press = move |_| {
            dismiss(number);
            run.run(());
        };
        view! { <button type="button" class="ui-toast__action" on:click=press>{label}</button> }
    });
    view! {
        <div class=format!("ui-toast ui-toast--{}", toast.tone.as_str()) role=(toast.tone == Tone::Critical).then_some("alert")>
            <Icon icon size=IconSize::Medium/>
            <p class="ui-toast__text">{toast.text}</p>
            {action}
            <IconButton icon=icons::X label=text_signal(|text| &text.close) size=ButtonSize::Small on_click=move |_| dismiss(number)/>
        </div>
    }
    .into_any()
}
