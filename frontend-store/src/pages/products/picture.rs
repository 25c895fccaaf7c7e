//! The questions about one picture: what it shows, and whether it goes.

use leptos::prelude::*;
use orion_app::{Refused, use_client, use_submission};
use orion_client::Options;
use orion_types::catalog::{ProductImage, UpdateImage};
use orion_ui::*;

use super::images::Pictures;

/// The longest description that the server takes, in characters.
const MAX_ALT: u32 = 500;

/// What a picture shows, for people who do not see it.
#[component]
pub fn AltDialog(image: ProductImage, pictures: Pictures, describing: RwSignal<Option<ProductImage>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    let alt = RwSignal::new(image.alt);
    let id = image.id;
    let save = move || {
        let path = pictures.path(id);
        let body = UpdateImage {
            alt: Some(alt.get_untracked()),
            ..UpdateImage::default()
        };
        submission.send(
            async move { client.patch::<ProductImage>(&path, &body, Options::default()).await },
            move |saved| {
                pictures.all.try_update(|all| {
                    for image in all.iter_mut().filter(|image| image.id == id) {
                        image.alt.clone_from(&saved.alt);
                    }
                });
                toasts.success("Description saved");
                open.try_set(false);
            },
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <Dialog open title="Description of the picture" size=DialogSize::Small on_close=move |()| describing.set(None) footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=move |_| save()>"Save"</Button>
        }>
            <form class="ui-stack" on:submit=submit>
                <Refused submission title="Not saved"/>
                <Field label="What it shows" hint="Read aloud to people who do not see it, and read by search engines" error=submission.field("/alt")>
                    <TextInput value=alt maxlength=MAX_ALT/>
                </Field>
            </form>
        </Dialog>
    }
}

/// Asks before a picture goes: its files go too, and nobody can bring them back.
#[component]
pub fn RemoveDialog(image: ProductImage, pictures: Pictures, removing: RwSignal<Option<ProductImage>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    let id = image.id;
    Effect::new(move |_| {
        if !open.get() {
            removing.set(None);
        }
    });
    let remove = move |()| {
        let path = pictures.path(id);
        submission.send(async move { client.delete::<()>(&path).await }, move |()| {
            pictures.all.try_update(|all| all.retain(|image| image.id != id));
            toasts.success("Picture removed");
            open.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open title="Remove this picture?" message="Customers no longer see it. It cannot be brought back."
            confirm_label="Remove" tone=Tone::Critical busy=submission.busy() on_confirm=remove
        />
    }
}
