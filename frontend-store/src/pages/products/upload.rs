//! Pictures on their way to the server, one after the other, so that one can see how far they have come.

use leptos::prelude::*;
use orion_client::{ApiError, SessionClient};
use orion_types::Page;
use orion_types::catalog::ProductImage;
use orion_ui::*;
use web_sys::{File, FormData};

/// What the browser may offer to choose from.
pub const FORMATS: &str = "image/jpeg,image/png,image/webp,image/gif";
/// The same in words.
pub const FORMATS_HINT: &str = "JPEG, PNG, WebP or GIF, up to 20 MB each";

/// Which of how many pictures is on its way.
pub type Going = RwSignal<Option<(u64, u64)>>;

/// Uploads pictures in their order and says which one is on its way; `added` gets each that has arrived. The first that is refused ends it.
pub async fn upload_each(
    client: SessionClient,
    product: &str,
    files: Vec<File>,
    going: Going,
    added: impl Fn(ProductImage),
) -> Result<(), ApiError> {
    let path = format!("/products/{product}/images");
    let all = files.len() as u64;
    let mut result = Ok(());
    for (at, file) in (0..).zip(files) {
        going.try_set(Some((at, all)));
        let Ok(form) = form_of(&file) else { continue };
        match client.upload::<Page<ProductImage>>(&path, &form).await {
            Ok(images) => images.data.into_iter().for_each(&added),
            Err(error) => {
                result = Err(error);
                break;
            }
        }
    }
    going.try_set(None);
    result
}

fn form_of(file: &File) -> Result<FormData, web_sys::wasm_bindgen::JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}

/// How far pictures have come, while there are any on their way.
#[component]
pub fn Uploading(going: Going) -> impl IntoView {
    move || {
        let (at, all) = going.get()?;
        let caption = format!("{} of {all}", at + 1);
        Some(view! { <ProgressBar value=Signal::stored(at) max=Signal::stored(Some(all)) label="Adding pictures" caption/> })
    }
}
