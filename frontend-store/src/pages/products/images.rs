use leptos::prelude::*;
use orion_app::{Loader, use_client, use_submission};
use orion_types::Page;
use orion_types::catalog::{Product, ProductImage};
use orion_types::permission::Permission;
use orion_ui::*;
use web_sys::FormData;

use crate::store::{may, media_src};

/// The pictures of a product: upload, see, remove.
#[component]
pub fn ImagesCard(product: Product, loader: Loader<Product>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let id = product.id;
    let upload = move |files: Vec<web_sys::File>| {
        let Ok(form) = FormData::new() else { return };
        for file in files {
            if form.append_with_blob_and_filename("file", &file, &file.name()).is_err() {
                return;
            }
        }
        submission.send(
            async move { client.upload::<Page<ProductImage>>(&format!("/products/{id}/images"), &form).await },
            move |images| {
                toasts.success(format!("{} pictures added", images.data.len()));
                loader.reload();
            },
        );
    };
    let tiles = product
        .images
        .into_iter()
        .map(|image| view! { <Tile image loader product=id.to_string()/> })
        .collect_view();
    view! {
        <Card title="Pictures" description="The first one stands for the product in the shop">
            <div class="ui-stack">
                <ul class="grid gap-3 grid-cols-3 md:grid-cols-5">{tiles}</ul>
                {move || submission.error().map(|error| view! { <Callout tone=Tone::Critical title="Not added">{error.message()}</Callout> })}
                {may(Permission::ProductsWrite).then(|| view! {
                    <FileDrop label="Add pictures" hint="JPEG, PNG, WebP or GIF, up to 20 MB each" accept="image/jpeg,image/png,image/webp,image/gif" multiple=true busy=submission.busy() on_files=upload/>
                })}
            </div>
        </Card>
    }
}

#[component]
fn Tile(image: ProductImage, loader: Loader<Product>, product: String) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let id = image.id;
    let remove = move |_| {
        let path = format!("/products/{product}/images/{id}");
        submission.send(async move { client.delete::<()>(&path).await }, move |()| loader.reload());
    };
    let content = match media_src(&image, 320) {
        Some(src) => {
            view! { <Picture src alt=image.alt.clone() width=320 height=400 placeholder=image.placeholder.clone().unwrap_or_default()/> }
                .into_any()
        }
        None if image.status == "failed" => {
            let why = image.fetch_error.clone().unwrap_or_default();
            view! { <div class="p-2 text-xs text-critical" title=why>"Could not be fetched"</div> }.into_any()
        }
        None => view! { <div class="p-2 text-xs text-muted">"Being fetched …"</div> }.into_any(),
    };
    view! {
        <li class="relative overflow-hidden rounded-md border border-border bg-sunken aspect-[4/5]">
            {content}
            {may(Permission::ProductsWrite).then(|| view! {
                <span class="absolute top-1 right-1 rounded-md bg-raised">
                    <IconButton icon=icons::TRASH label="Remove picture" size=ButtonSize::Small busy=submission.busy() on_click=remove/>
                </span>
            })}
        </li>
    }
}
