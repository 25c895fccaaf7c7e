//! What the server has drawn and the app goes on with: the nodes themselves, moved. What is seen stays as it is, no picture is decoded
//! twice, and the start does not make again what is there.

use std::time::Duration;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// An element of the server's as a view.
struct Drawn(SendWrapper<Element>);

/// A part of the server's page by its name, once; there until the app's first page is, and that shows the same data.
pub fn part(name: &str) -> Option<AnyView> {
    let selector = format!("#orion-content [data-part=\"{name}\"]");
    let element = document().query_selector(&selector).ok().flatten()?;
    // It has another place now: nobody else shall find it.
    element.remove_attribute("data-part").ok();
    Some(Drawn(SendWrapper::new(element)).into_any())
}

impl Render for Drawn {
    type State = Element;

    fn build(self) -> Element {
        self.0.take()
    }

    fn rebuild(self, state: &mut Element) {
        let next = self.0.take();
        // Refused only where the new one contains the old one, which no part does.
        state.replace_with_with_node_1(&next).ok();
        *state = next;
    }
}

no_attrs!(Drawn);

impl RenderHtml for Drawn {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Element {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Makes in a task of its own what nobody sees at first: the start of the app is not one long task then, in which a page answers nobody.
pub fn later(view: impl Fn() -> AnyView + Send + 'static) -> impl Fn() -> Option<AnyView> + Send + 'static {
    let due = RwSignal::new(false);
    let come = move || {
        due.try_set(true);
    };
    set_timeout(come, Duration::ZERO);
    move || due.get().then(&view)
}

/// Where the app is.
pub fn place() -> Option<HtmlElement> {
    document().get_element_by_id("app").map(JsCast::unchecked_into)
}

/// Whether the page is to be made, which is so in the next task; at the end of that the app takes the place of what the server has drawn.
pub fn take_over_next() -> RwSignal<bool> {
    let due = RwSignal::new(false);
    let come = move || {
        due.try_set(true);
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            take_over();
        });
    };
    set_timeout(come, Duration::ZERO);
    due
}

/// Shows the app. What the server wrote was there to be read until this moment.
pub fn take_over() {
    let typing = Typing::seen();
    if let Some(content) = document().get_element_by_id("orion-content") {
        content.remove();
    }
    if let Some(place) = place() {
        place.set_hidden(false);
    }
    if let Some(typing) = typing {
        typing.go_on();
    }
    // Whoever starts the program waits for it.
    if let Ok(event) = Event::new("orion-shown") {
        window().dispatch_event(&event).ok();
    }
}

/// What somebody was typing into a search field of the server's.
pub struct Typing {
    on_page: bool,
    text: String,
}

impl Typing {
    /// Looks where the keyboard is.
    pub fn seen() -> Option<Self> {
        let field: HtmlInputElement = document().active_element()?.dyn_into().ok()?;
        field.closest("#orion-content").ok()??;
        let on_page = field.closest(".shop-search--page").ok()?.is_some();
        Some(Self {
            on_page,
            text: field.value(),
        })
    }

    /// Goes on in the app's field.
    pub fn go_on(self) {
        let form = if self.on_page {
            ".shop-search--page"
        } else {
            ".shop-header .shop-search"
        };
        // A frame later: the field takes its first value from the address before.
        request_animation_frame(move || {
            let field = document().query_selector(&format!("#app {form} input")).ok().flatten();
            let Some(field) = field.map(|field| field.unchecked_into::<HtmlInputElement>()) else {
                return;
            };
            field.set_value(&self.text);
            field.focus().ok();
            if let Ok(event) = Event::new("input") {
                field.dispatch_event(&event).ok();
            }
        });
    }
}
