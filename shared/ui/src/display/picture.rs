use leptos::{html, prelude::*};

use crate::icon::{Icon, IconSize, icons};

/// How a picture fills its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Fills it and is cut at the edges.
    #[default]
    Cover,
    /// Is whole and leaves room.
    Contain,
}

/// A picture that keeps its place while it loads: the box comes from width and height, the placeholder fills it.
#[component]
pub fn Picture(
    /// The address.
    #[prop(into)]
    src: Signal<String>,
    /// What it shows; empty when the text beside it says so.
    #[prop(into)]
    alt: Signal<String>,
    /// Pixels of the original, for the ratio.
    width: u32,
    /// Pixels of the original, for the ratio.
    height: u32,
    /// A colour (`#d9cfc4`) or a tiny picture (`data:…`), shown blurred until the real one is there.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Other widths of the same picture.
    #[prop(optional, into)]
    srcset: Option<String>,
    /// How wide it will be shown, for the choice among them.
    #[prop(optional, into)]
    sizes: Option<String>,
    /// False for what is seen first.
    #[prop(default = true)]
    lazy: bool,
    /// Cover unless said otherwise.
    #[prop(optional)]
    fit: Fit,
) -> impl IntoView {
    let loaded = RwSignal::new(false);
    let image: NodeRef<html::Img> = NodeRef::new();
    // A cached picture may be complete before the listener is there.
    crate::watch(move || {
        src.track();
        if image.get().is_some_and(|image| image.complete()) {
            loaded.set(true);
        }
    });
    let is_picture = placeholder.as_ref().is_some_and(|placeholder| placeholder.starts_with("data:"));
    let (picture, colour) = if is_picture { (placeholder, None) } else { (None, placeholder) };
    let picture = picture.map(|picture| format!("url(\"{picture}\")"));
    view! {
        <span
            class="ui-picture"
            class:ui-picture--loaded=loaded
            class:ui-picture--contain=fit == Fit::Contain
            style:background-image=picture
            style:background-color=colour
        >
            <img
                class="ui-picture__image"
                node_ref=image
                src=src
                alt=alt
                width=width.to_string()
                height=height.to_string()
                srcset=srcset
                sizes=sizes
                loading=if lazy { "lazy" } else { "eager" }
                decoding="async"
                fetchpriority=(!lazy).then_some("high")
                on:load=move |_| loaded.set(true)
                on:error=move |_| loaded.set(true)
            />
        </span>
    }
    .into_any()
}

/// A small square picture in a row; an outline stands in where there is none.
#[component]
pub fn Thumbnail(
    /// The address, when there is one.
    #[prop(optional, into)]
    src: Signal<Option<String>>,
    /// What it shows; empty when the text beside it says so.
    #[prop(optional, into)]
    alt: Signal<String>,
    /// Edge in pixels.
    #[prop(default = 40)]
    size: u32,
) -> impl IntoView {
    let inside = move || match src.get() {
        Some(src) => view! {
            <img src=src alt=alt width=size.to_string() height=size.to_string() loading="lazy" decoding="async"/>
        }
        .into_any(),
        None => view! { <Icon icon=icons::IMAGE size=IconSize::Small/> }.into_any(),
    };
    let edge = format!("{size}px");
    view! { <span class="ui-thumbnail" style:width=edge.clone() style:height=edge>{inside}</span> }.into_any()
}
