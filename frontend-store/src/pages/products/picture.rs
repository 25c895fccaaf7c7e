//! The questions about one picture: what it shows, and whether it goes.

use leptos::prelude::*;
use orion_app::{Reader, Refused, use_client, use_submission};
use orion_client::Options;
use orion_types::Change;
use orion_types::catalog::{ProductImage, UpdateImage};
use orion_ui::*;

use super::images::Pictures;

/// The longest description that the server takes, in characters.
const MAX_ALT: u32 = 500;

/// What a picture shows, for people who do not see it, and of which variant it is.
#[component]
pub fn AltDialog(image: ProductImage, pictures: Pictures, describing: RwSignal<Option<ProductImage>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    let alt = RwSignal::new(image.alt);
    let variant = RwSignal::new(image.variant_id.map(|variant| variant.to_string()).unwrap_or_default());
    let id = image.id;
    let of = StoredValue::new(variant.get_untracked());
    let save = move || {
        let path = pictures.path(id);
        let mut reader = Reader::new();
        let wanted = variant.get_untracked();
        let moved = of.with_value(|of| *of != wanted);
        let variant_id = match wanted.as_str() {
            "" => Some(Change::Clear),
            wanted => reader.chosen("/variant_id", wanted).map(Change::Set),
        };
        let body = variant_id.map(|variant_id| UpdateImage {
            alt: Some(alt.get_untracked()),
            variant_id,
            ..UpdateImage::default()
        });
        submission.send_read(
            reader.finish(body),
            move |body: UpdateImage| async move { client.patch::<ProductImage>(&path, &body, Options::default()).await },
            move |saved| {
                pictures.all.try_update(|all| {
                    for image in all.iter_mut().filter(|image| image.id == id) {
                        image.alt.clone_from(&saved.alt);
                        image.variant_id = saved.variant_id;
                    }
                });
                toasts.success(if moved { "Picture saved" } else { "Description saved" });
                open.try_set(false);
            },
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let choices = StoredValue::new(pictures.choices());
    view! {
        <Dialog open title="About the picture" size=DialogSize::Small on_close=move |()| describing.set(None) footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=move |_| save()>"Save"</Button>
        }>
            <form class="ui-stack" on:submit=submit>
                <Refused submission title="Not saved"/>
                <Field label="What it shows" hint="Read aloud to people who do not see it, and read by search engines" error=submission.field("/alt")>
                    <TextInput value=alt maxlength=MAX_ALT/>
                </Field>
                {choices.get_value().map(|options| view! {
                    <Field label="Of" hint="Shown when a customer chooses that variant" error=submission.field("/variant_id")>
                        <Select value=variant options=Signal::stored(options)/>
                    </Field>
                })}
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
    orion_ui::watch(move || {
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
