use leptos::prelude::*;
use orion_app::{Refused, use_client, use_submission};
use orion_types::catalog::{Product, ProductImage, UpdateImage};
use orion_types::permission::Permission;
use orion_types::{ImageId, VariantId};
use orion_ui::*;

use super::picture::{AltDialog, RemoveDialog};
use super::upload::{FORMATS, FORMATS_HINT, Going, Uploading, upload_each};
use crate::store::{may, media_src};

/// The pictures of a product as the server has them. They are kept apart from the form: what happens to them leaves what is typed alone.
#[derive(Clone, Copy)]
pub struct Pictures {
    pub product: StoredValue<String>,
    pub all: RwSignal<Vec<ProductImage>>,
    /// The variants of the product by what they are called; none where it has only one.
    variants: StoredValue<Vec<(VariantId, String)>>,
}

impl Pictures {
    /// Where a picture stands, counted from 0.
    fn place(self, id: ImageId) -> usize {
        self.all.with(|all| all.iter().position(|image| image.id == id).unwrap_or_default())
    }

    fn count(self) -> usize {
        self.all.with(Vec::len)
    }

    /// What a picture can be of: the product as a whole, or one of its variants.
    pub fn choices(self) -> Option<Vec<SelectOption>> {
        let variant = |(id, title): &(VariantId, String)| SelectOption::new(id.to_string(), title.clone());
        let choices = self
            .variants
            .with_value(|variants| variants.iter().map(variant).collect::<Vec<_>>());
        (!choices.is_empty()).then(|| {
            std::iter::once(SelectOption::new("", "The product as a whole"))
                .chain(choices)
                .collect()
        })
    }

    /// What the variant is called that a picture is of.
    fn variant_of(self, image: &ProductImage) -> Option<String> {
        let find = |variants: &Vec<(VariantId, String)>| {
            variants
                .iter()
                .find(|(id, _)| Some(*id) == image.variant_id)
                .map(|(_, title)| title.clone())
        };
        self.variants.with_value(find)
    }

    /// The path of one of them in the API.
    pub fn path(self, id: ImageId) -> String {
        self.product.with_value(|product| format!("/products/{product}/images/{id}"))
    }
}

/// The pictures of a product: upload, order, describe, remove.
#[component]
pub fn ImagesCard(product: Product) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let choices = product.variants.iter().filter(|variant| !variant.option_values.is_empty());
    let variants = choices.map(|variant| (variant.id, variant.title.clone())).collect();
    let pictures = Pictures {
        product: StoredValue::new(product.id.to_string()),
        all: RwSignal::new(product.images),
        variants: StoredValue::new(variants),
    };
    let going: Going = RwSignal::new(None);
    let upload = move |files: Vec<web_sys::File>| {
        let count = files.len();
        let product = pictures.product.get_value();
        let added = move |image| {
            pictures.all.try_update(|all| all.push(image));
        };
        submission.send(async move { upload_each(client, &product, files, going, added).await }, move |()| {
            toasts.success(if count == 1 {
                "Picture added".to_owned()
            } else {
                format!("{count} pictures added")
            })
        });
    };
    let (describing, removing) = (RwSignal::new(None), RwSignal::new(None));
    view! {
        <Card title="Pictures" description="The first one stands for the product in the shop">
            <div class="ui-stack">
                <ul class="grid gap-3 grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]" class:hidden=move || pictures.count() == 0>
                    <For each=move || pictures.all.get() key=|image| (image.id, image.alt.clone(), image.variant_id) let:image>
                        <Tile image pictures describing removing/>
                    </For>
                </ul>
                <Uploading going/>
                <Refused submission title="Not added"/>
                {may(Permission::ProductsWrite).then(|| view! {
                    <FileDrop label="Add pictures" hint=FORMATS_HINT accept=FORMATS multiple=true busy=submission.busy() on_files=upload/>
                })}
            </div>
        </Card>
        {move || describing.get().map(|image| view! { <AltDialog image pictures describing/> })}
        {move || removing.get().map(|image| view! { <RemoveDialog image pictures removing/> })}
    }
}

#[component]
fn Tile(
    image: ProductImage,
    pictures: Pictures,
    describing: RwSignal<Option<ProductImage>>,
    removing: RwSignal<Option<ProductImage>>,
) -> impl IntoView {
    let id = image.id;
    let first = move || pictures.place(id) == 0;
    let removed = image.clone();
    view! {
        <li id=format!("picture-{id}") class="flex flex-col min-w-0 overflow-hidden rounded-md border border-border">
            <div class="relative bg-sunken aspect-[4/5]">
                {content(&image)}
                {pictures.variant_of(&image).map(|title| view! { <span class="absolute bottom-1 left-1 max-w-[90%] rounded-full bg-raised truncate"><Badge>{title}</Badge></span> })}
                {move || first().then(|| view! { <span class="absolute top-1 left-1 rounded-full bg-raised"><Badge tone=Tone::Accent>"Main"</Badge></span> })}
                {may(Permission::ProductsWrite).then(|| view! {
                    <span class="absolute top-1 right-1 rounded-md bg-raised">
                        <IconButton icon=icons::TRASH label="Remove picture" size=ButtonSize::Small on_click=move |_| removing.set(Some(removed.clone()))/>
                    </span>
                })}
            </div>
            {may(Permission::ProductsWrite).then(|| view! { <TileBar image pictures describing/> })}
        </li>
    }
}

fn content(image: &ProductImage) -> AnyView {
    match media_src(image, 320) {
        Some(src) => {
            view! { <Picture src alt=image.alt.clone() width=320 height=400 placeholder=image.placeholder.clone().unwrap_or_default()/> }
                .into_any()
        }
        None if image.status == "failed" => {
            let why = image.fetch_error.clone().unwrap_or_default();
            view! { <div class="p-2 text-xs text-critical" title=why>"Could not be fetched"</div> }.into_any()
        }
        None => view! { <div class="p-2 text-xs text-muted">"Being fetched …"</div> }.into_any(),
    }
}

/// Moves a picture among its neighbours, and opens its description.
#[component]
fn TileBar(image: ProductImage, pictures: Pictures, describing: RwSignal<Option<ProductImage>>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let id = image.id;
    let last = move || pictures.place(id) + 1 >= pictures.count();
    let step = move |to: usize, button: &'static str| {
        let path = pictures.path(id);
        let body = UpdateImage {
            position: i32::try_from(to).ok(),
            ..UpdateImage::default()
        };
        submission.send(
            async move { client.patch::<ProductImage>(&path, &body, orion_client::Options::default()).await },
            move |_| {
                pictures.all.try_update(|all| put(all, id, to));
                // Moving an element takes the focus from it.
                focus_arrow(format!("picture-{id}"), button);
            },
        );
    };
    let busy = submission.busy();
    let described = if image.alt.is_empty() {
        "Describe picture"
    } else {
        "Change description"
    };
    view! {
        <div class="flex items-center justify-between">
            <span data-move="left">
                <IconButton
                    icon=icons::ARROW_LEFT label="Move left" size=ButtonSize::Small busy disabled=Signal::derive(move || pictures.place(id) == 0)
                    on_click=move |_| step(untrack(|| pictures.place(id)).saturating_sub(1), "left")
                />
            </span>
            <IconButton icon=icons::PENCIL label=described size=ButtonSize::Small on_click=move |_| describing.set(Some(image.clone()))/>
            <span data-move="right">
                <IconButton
                    icon=icons::ARROW_RIGHT label="Move right" size=ButtonSize::Small busy disabled=Signal::derive(last)
                    on_click=move |_| step(untrack(|| pictures.place(id)) + 1, "right")
                />
            </span>
        </div>
    }
}

fn put(all: &mut Vec<ProductImage>, id: ImageId, to: usize) {
    if let Some(from) = all.iter().position(|image| image.id == id) {
        let image = all.remove(from);
        all.insert(to.min(all.len()), image);
    }
}
