use std::time::Duration;

use leptos::{html, prelude::*};
use orion_types::ImageId;
use orion_types::catalog::ProductImage;
use wasm_bindgen::JsCast;
use web_sys::{ScrollBehavior, ScrollToOptions};

use super::zoom::Zoom;
use crate::drawn;
use crate::parts::media::{Photo, address, ground, no_picture};
use crate::text::{Text, t, tf};

/// How wide the large picture is.
const SIZES: &str = "(max-width: 60rem) 100vw, 42rem";

fn picture(image: ProductImage, lazy: bool) -> AnyView {
    drawn::part(&format!("picture-{}", image.id)).unwrap_or_else(|| view! { <Photo image sizes=SIZES lazy/> }.into_any())
}

/// The pictures: swiped on a phone, a stack with the current one on top elsewhere, enlarged on a click; follows the chosen variant.
///
/// Only the current picture takes the focus: on a phone, the others are out of sight and the browser would scroll to them.
#[component]
pub fn Gallery(
    images: Vec<ProductImage>,
    title: String,
    /// The picture of the chosen variant.
    wanted: Signal<Option<ImageId>>,
) -> impl IntoView {
    let images: Vec<ProductImage> = images.into_iter().filter(|image| image.status == "ready").collect();
    if images.is_empty() {
        return view! { <div class="shop-gallery shop-gallery--single shop-gallery--none"><div class="shop-gallery__stage">{no_picture(&title)}</div></div> }.into_any();
    }
    let total = images.len();
    let stage: NodeRef<html::Div> = NodeRef::new();
    let current = RwSignal::new(0_usize);
    let zoomed = RwSignal::new(false);
    let show = move |at: usize, behavior: ScrollBehavior| {
        current.set(at);
        if let Some(stage) = stage.get_untracked() {
            let options = ScrollToOptions::new();
            options.set_left(f64::from(stage.client_width()) * at as f64);
            options.set_behavior(behavior);
            stage.scroll_to_with_scroll_to_options(&options);
        }
    };
    let ids: Vec<ImageId> = images.iter().map(|image| image.id).collect();
    Effect::new(move |before: Option<()>| {
        let at = wanted.get().and_then(|wanted| ids.iter().position(|id| *id == wanted));
        // At once: a choice shows its picture, and an animation that something else interrupts would end on another one.
        if let Some(at) = at.filter(|at| before.is_some() || *at > 0) {
            show(at, ScrollBehavior::Instant);
        }
    });
    // A little later: the event comes before the styles of the new width, and a stack cannot be scrolled.
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        let turn = move || {
            if let Some(at) = current.try_get_untracked() {
                show(at, ScrollBehavior::Instant);
            }
        };
        set_timeout(turn, Duration::from_millis(100));
    });
    on_cleanup(move || resized.remove());
    let swiped = move |_| {
        // A stack has nothing to swipe: it scrolls once, back to its start, when a window becomes wide.
        let Some(stage) = stage.get_untracked().filter(|stage| stage.scroll_width() > stage.client_width()) else {
            return;
        };
        let width = f64::from(stage.client_width()).max(1.0);
        let at = (f64::from(stage.scroll_left()) / width).round() as usize;
        if at != current.get_untracked() && at < total {
            current.set(at);
        }
    };
    let large = StoredValue::new(images.clone());
    let number = move |at: usize| tf(Text::PictureOf, &[("number", &(at + 1).to_string()), ("total", &total.to_string())]);
    let slides = images.clone().into_iter().enumerate().map(|(at, image)| {
        let style = ground(&image);
        view! {
            <button type="button" class="shop-gallery__slide" style=style inert=move || current.get() != at aria-label=format!("{}, {}", t(Text::Zoom), number(at)) on:click=move |_| { current.set(at); zoomed.set(true) }>
                {picture(image, at > 0)}
            </button>
        }
    });
    let thumbs = (total > 1).then(|| {
        let thumb = |(at, image): (usize, ProductImage)| view! {
            <li><button type="button" class="shop-gallery__thumb" aria-label=number(at) aria-current=move || (current.get() == at).then_some("true") on:click=move |_| show(at, ScrollBehavior::Smooth)>
                <img loading="lazy" src=address(&image, 160) alt="" width="160" height="200"/>
            </button></li>
        };
        view! { <ul class="shop-gallery__thumbs">{images.into_iter().enumerate().map(thumb).collect_view()}</ul> }
    });
    // The picture that had the focus may be another one by now, which lies out of sight.
    let closed = move |()| {
        let at = current.get_untracked();
        show(at, ScrollBehavior::Instant);
        request_animation_frame(move || {
            let slides = stage.try_get_untracked().flatten().map(|stage| stage.children());
            let slide = slides.and_then(|slides| slides.item(u32::try_from(at).unwrap_or_default()));
            if let Some(slide) = slide {
                slide.unchecked_into::<web_sys::HtmlElement>().focus().ok();
            }
        });
    };
    view! {
        <div class="shop-gallery" class:shop-gallery--single=total == 1 role="group" aria-label=tf(Text::Gallery, &[("name", &title)])>
            <div class="shop-gallery__stage" node_ref=stage on:scroll=swiped>{slides.collect_view()}</div>
            {thumbs}
        </div>
        <Zoom images=large title open=zoomed current on_close=closed/>
    }
    .into_any()
}
