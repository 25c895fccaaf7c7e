//! Addresses of pictures.

use leptos::prelude::*;
use orion_i18n::initial;
use orion_types::catalog::ProductImage;
use orion_types::store::media_path;
use orion_ui::app_href;

/// The widths a picture comes in.
const WIDTHS: [u32; 4] = [160, 320, 640, 1280];

/// The address of a picture in one width.
pub fn address(image: &ProductImage, width: u32) -> String {
    app_href(&media_path(image.id, width))
}

/// All widths, for the browser's choice.
pub fn address_set(image: &ProductImage) -> String {
    let widths = WIDTHS.map(|width| format!("{} {width}w", address(image, width)));
    widths.join(", ")
}

/// The colour shown until the picture is there.
pub fn ground(image: &ProductImage) -> Option<String> {
    image.placeholder.as_ref().map(|colour| format!("background-color:{colour}"))
}

/// Stands in for the picture of a thing that has none: its first letter on the shop's pattern. Fills the frame around it.
pub fn no_picture(name: &str) -> AnyView {
    view! { <span class="shop-nopicture" aria-hidden="true"><span>{initial(name)}</span></span> }.into_any()
}

/// A picture in the shop: the frame around it decides the shape.
#[component]
pub fn Photo(
    /// The picture.
    image: ProductImage,
    /// How wide it will be shown, for the choice among its widths.
    sizes: &'static str,
    /// Classes of the element.
    #[prop(optional)]
    class: &'static str,
    /// False for what is seen first.
    #[prop(default = true)]
    lazy: bool,
    /// Decoration beside a text that says the same.
    #[prop(optional)]
    silent: bool,
) -> impl IntoView {
    let (width, height) = (image.width.unwrap_or(1000), image.height.unwrap_or(1250));
    view! {
        <img
            class=class
            // Before the addresses, which begin to load with what is known then.
            loading=if lazy { "lazy" } else { "eager" }
            fetchpriority=(!lazy).then_some("high")
            decoding="async"
            sizes=sizes
            srcset=address_set(&image)
            src=address(&image, 640)
            width=width.to_string()
            height=height.to_string()
            alt=if silent { String::new() } else { image.alt }
        />
    }
    .into_any()
}
