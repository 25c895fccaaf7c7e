use leptos::prelude::*;
use orion_app::{sentences, use_client, use_submission};
use orion_types::catalog::{Product, SaveProduct};
use orion_types::permission::Permission;
use orion_ui::*;
use web_sys::{File, Url};

use super::draft::ProductDraft;
use super::form::ProductForm;
use super::upload::{FORMATS, FORMATS_HINT, Going, Uploading, upload_each};
use crate::store::may;

/// A picture that waits for its product; the address shows it in this browser.
#[derive(Clone, PartialEq)]
struct Waiting {
    file: File,
    preview: String,
}

/// What waits for the draft to be saved. Files belong to the browser's one thread.
type WaitingList = RwSignal<Vec<Waiting>, LocalStorage>;

/// A new product; it starts as a draft.
#[component]
pub fn NewProductPage() -> impl IntoView {
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    view! {
        <div class="ui-page">
            <PageHeader title="New product" back_href="/products" back_label="Products"/>
            {move || {
                starts.track();
                view! { <NewProduct on_discard=move |()| starts.update(|starts| *starts += 1)/> }
            }}
        </div>
    }
}

#[component]
fn NewProduct(#[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let draft = ProductDraft::empty();
    let blank = untrack(|| draft.read());
    let waiting: WaitingList = RwSignal::new_local(Vec::new());
    let going: Going = RwSignal::new(None);
    let dirty = Memo::new(move |_| draft.read() != blank || !waiting.with(Vec::is_empty));
    let save = move |()| {
        let files: Vec<File> = waiting.with_untracked(|waiting| waiting.iter().map(|picture| picture.file.clone()).collect());
        let go = go.clone();
        let call = move |body: SaveProduct| async move {
            let product = client.post::<Product>("/products", &body).await?;
            // The product is there whatever becomes of its pictures, so their failure is not its own.
            let pictures = upload_each(client, &product.id.to_string(), files, going, |_| ()).await;
            Ok((product, pictures))
        };
        submission.send_read(untrack(|| draft.read()), call, move |(product, pictures)| {
            match pictures {
                Ok(()) => toasts.success("Saved as a draft"),
                Err(error) => toasts.error(format!(
                    "The draft is saved, but not all of its pictures were added. {}",
                    sentences(&error)
                )),
            }
            go(&format!("/products/{}", product.id));
        });
    };
    view! {
        <ProductForm draft submission pictures=move || view! { <WaitingCard waiting going/> }/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Save draft" on_save=save on_discard/>
    }
}

/// Pictures of a product that does not exist yet: they are shown here and added with the draft.
#[component]
fn WaitingCard(waiting: WaitingList, going: Going) -> impl IntoView {
    let take = move |files: Vec<File>| {
        waiting.update(|waiting| waiting.extend(files.into_iter().map(with_preview)));
    };
    on_cleanup(move || {
        waiting.try_with_untracked(|waiting| waiting.iter().for_each(forget));
    });
    view! {
        <Card title="Pictures" description="The first one stands for the product in the shop. They are added when the draft is saved.">
            <div class="ui-stack">
                <ul class="grid gap-3 grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]" class:hidden=move || waiting.with(Vec::is_empty)>
                    <For each=move || waiting.get() key=|picture| picture.preview.clone() let:picture>
                        <WaitingTile picture waiting/>
                    </For>
                </ul>
                <Uploading going/>
                {may(Permission::ProductsWrite).then(|| view! { <FileDrop label="Add pictures" hint=FORMATS_HINT accept=FORMATS multiple=true on_files=take/> })}
            </div>
        </Card>
    }
}

#[component]
fn WaitingTile(picture: Waiting, waiting: WaitingList) -> impl IntoView {
    let (src, name) = (picture.preview.clone(), picture.file.name());
    let label = format!("Remove {name}");
    let remove = move |_| {
        forget(&picture);
        waiting.update(|waiting| waiting.retain(|other| *other != picture));
    };
    view! {
        <li class="relative overflow-hidden rounded-md border border-border bg-sunken aspect-[4/5]">
            <Picture src alt=name width=320 height=400/>
            <span class="absolute top-1 right-1 rounded-md bg-raised">
                <IconButton icon=icons::TRASH label size=ButtonSize::Small on_click=remove/>
            </span>
        </li>
    }
}

fn with_preview(file: File) -> Waiting {
    // Without an address there is an empty frame with the file's name.
    let preview = Url::create_object_url_with_blob(&file).unwrap_or_default();
    Waiting { file, preview }
}

fn forget(picture: &Waiting) {
    Url::revoke_object_url(&picture.preview).ok();
}
