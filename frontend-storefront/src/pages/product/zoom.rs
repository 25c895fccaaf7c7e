use leptos::{ev, html, prelude::*};
use orion_types::catalog::ProductImage;
use orion_ui::{IconButton, icons};
use web_sys::{ScrollBehavior, ScrollToOptions};

use crate::parts::media::{Photo, ground};
use crate::text::{Text, t, tf};

/// The pictures as large as the screen: swiped or turned by arrows, twice as large at a click or with plus, closed with Esc. Two fingers
/// enlarge whatever the browser shows.
#[component]
pub fn Zoom(
    images: StoredValue<Vec<ProductImage>>,
    title: String,
    /// Shown or not, both ways.
    open: RwSignal<bool>,
    /// The picture, by its place; both ways.
    current: RwSignal<usize>,
    /// Runs when it was closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (element, strip): (NodeRef<html::Dialog>, NodeRef<html::Div>) = (NodeRef::new(), NodeRef::new());
    let large = RwSignal::new(false);
    let total = images.with_value(Vec::len);
    let show = move |at: usize| {
        large.set(false);
        current.set(at);
        if let Some(strip) = strip.get_untracked() {
            let options = ScrollToOptions::new();
            options.set_left(f64::from(strip.client_width()) * at as f64);
            options.set_behavior(ScrollBehavior::Instant);
            strip.scroll_to_with_scroll_to_options(&options);
        }
    };
    let turn = move |by: isize| {
        if let Some(at) = current.get_untracked().checked_add_signed(by).filter(|at| *at < total) {
            show(at);
        }
    };
    orion_ui::watch(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only for an element that is not on the page, and then there is nothing to show.
            dialog.show_modal().ok();
            // Only what is shown can be scrolled, and what it shows is made by then.
            request_animation_frame(move || show(current.get_untracked()));
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let press = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => turn(-1),
            "ArrowRight" => turn(1),
            "+" => large.set(true),
            "-" => large.set(false),
            _ => return,
        }
        // The browser would scroll the strip as well.
        event.prevent_default();
    };
    let swiped = move |_| {
        let Some(strip) = strip.get_untracked() else { return };
        let at = (f64::from(strip.scroll_left()) / f64::from(strip.client_width()).max(1.0)).round() as usize;
        if open.get_untracked() && at < total && at != current.get_untracked() {
            large.set(false);
            current.set(at);
        }
    };
    let closed = move |_| {
        open.set(false);
        large.set(false);
        on_close.run(());
    };
    let was_open = Memo::new(move |before: Option<&bool>| open.get() || before.copied().unwrap_or_default());
    let slides = move || {
        let slide = |(at, image): (usize, ProductImage)| {
            let style = ground(&image);
            view! {
                <div class="shop-zoom__slide" class:shop-zoom__slide--large=move || large.get() && current.get() == at on:click=move |_| large.update(|large| *large = !*large)>
                    <span style=style><Photo image sizes="100vw" lazy=at != current.get_untracked()/></span>
                </div>
            }
        };
        was_open
            .get()
            .then(|| images.get_value().into_iter().enumerate().map(slide).collect_view())
    };
    let place = move || {
        tf(
            Text::PictureOf,
            &[("number", &(current.get() + 1).to_string()), ("total", &total.to_string())],
        )
    };
    let turning = (total > 1).then(|| {
        view! {
            <IconButton icon=icons::CHEVRON_LEFT label=t(Text::Previous).to_owned() disabled=Signal::derive(move || current.get() == 0) on_click=move |_| turn(-1)/>
            <span class="shop-zoom__place" role="status">{place}</span>
            <IconButton icon=icons::CHEVRON_RIGHT label=t(Text::Next).to_owned() disabled=Signal::derive(move || current.get() + 1 >= total) on_click=move |_| turn(1)/>
        }
    });
    view! {
        <dialog class="shop-zoom" node_ref=element aria-label=title on:close=closed on:keydown=press>
            <div class="shop-zoom__strip" node_ref=strip on:scroll=swiped>{slides}</div>
            <div class="shop-zoom__bar">
                {turning}
                <IconButton icon=icons::ZOOM_IN label=t(Text::Zoom).to_owned() on_click=move |_| large.update(|large| *large = !*large)/>
                <IconButton icon=icons::X label=t(Text::Close).to_owned() on_click=move |_| open.set(false)/>
            </div>
        </dialog>
    }
    .into_any()
}
