use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Conflict, Loader, Submission, sentences, use_client, use_load, use_submission};
use orion_client::{ApiError, Options, SessionClient};
use orion_types::catalog::{Product, SaveProduct};
use orion_types::permission::Permission;
use orion_types::status::ProductStatus;
use orion_ui::*;

use super::draft::ProductDraft;
use super::form::ProductForm;
use super::images::ImagesCard;
use super::list::status_badge;
use crate::store::{may, page_store};

/// A product that exists.
#[component]
pub fn ProductPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let product = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<Product>(&format!("/products/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=product.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| product.reload() let:value>
                <Editor product=value loader=product/>
            </Loaded>
        </div>
    }
}

#[component]
fn Editor(product: Product, loader: Loader<Product>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = ProductDraft::of(&product);
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let (id, version, status) = (product.id, product.version, product.status);
    let asking = RwSignal::new(false);
    let save = move |()| {
        let call = move |body: SaveProduct| async move {
            client
                .put::<Product>(&format!("/products/{id}"), &body, Options::if_match(version))
                .await
        };
        submission.send_read(untrack(|| draft.read()), call, move |product| {
            asking.try_set(false);
            toasts.success("Saved");
            loader.set(product);
        });
    };
    // The server knows how much goes with the variants that are no longer here; without an answer nothing goes.
    let lost = RwSignal::new(String::new());
    orion_ui::watch(move || {
        if let Some(problem) = submission.problem("catalog.variants_unnamed") {
            lost.set(
                problem
                    .errors
                    .iter()
                    .map(|error| error.detail.as_str())
                    .collect::<Vec<_>>()
                    .join("\n"),
            );
            submission.clear();
            asking.set(true);
        }
    });
    let remove = move |()| {
        draft.agree_to_removals();
        save(());
    };
    orion_ui::watch(move || {
        if !asking.get() {
            draft.forget_removals();
        }
    });
    let shop = page_store()
        .map(|store| store.storefront_url.trim_end_matches('/').to_owned())
        .unwrap_or_default();
    let view_href = format!("{shop}/products/{}", product.slug);
    let pictured = StoredValue::new(product.clone());
    view! {
        <PageHeader title=product.title.clone() back_href="/products" back_label="Products" badges=move || status_badge(status) unsaved=Signal::from(dirty)>
            // Not a `LinkButton`: the shop is outside this app, whose base path that would put in front.
            {(status == ProductStatus::Active).then(|| view! {
                <a class="ui-button ui-button--secondary ui-button--medium" href=view_href.clone() rel="external" target="_blank">
                    <span class="ui-button__content"><Icon icon=icons::EXTERNAL_LINK/><span class="ui-button__label">"View in shop"</span></span>
                </a>
            })}
        </PageHeader>
        <Conflict
            submission
            title="Somebody else has changed this product"
            text="Your changes are still here. Load the present state to see theirs; it replaces yours."
            on_load=move |()| loader.reload()
        />
        <ProductForm
            draft
            submission
            pictures=move || view! { <ImagesCard product=pictured.get_value()/> }
            side=move || view! { <StatusCard id=id.to_string() status loader submission unsaved=Signal::from(dirty)/> }
        />
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
        <ConfirmDialog
            open=asking title="Take these variants out of the product?" message=lost confirm_label="Take them out" tone=Tone::Critical
            busy=submission.busy() on_confirm=remove
        />
    }
}

#[component]
fn StatusCard(id: String, status: ProductStatus, loader: Loader<Product>, submission: Submission, unsaved: Signal<bool>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let id = StoredValue::new(id);
    let change = move |verb: &'static str, done: fn(SessionClient, String, Loader<Product>) -> Toast| {
        let id = id.get_value();
        let path = format!("/products/{id}/{verb}");
        submission.send(async move { client.post::<Product>(&path, &()).await }, move |product| {
            toasts.show(done(client, id, loader));
            loader.set(product);
        });
    };
    let busy = submission.busy();
    let (text, action) = match status {
        ProductStatus::Draft => (
            "Customers do not see it yet.",
            view! { <Button variant=ButtonVariant::Primary full_width=true busy disabled=unsaved on_click=move |_| change("publish", |_, _, _| Toast::success("Published"))>"Publish"</Button> }.into_any(),
        ),
        ProductStatus::Active => (
            "It is in the shop.",
            view! { <Button full_width=true busy disabled=unsaved on_click=move |_| change("archive", archived)>"Archive"</Button> }.into_any(),
        ),
        ProductStatus::Archived => (
            "It is out of the shop and kept for its orders.",
            view! { <Button full_width=true busy disabled=unsaved on_click=move |_| change("unarchive", |_, _, _| Toast::success("It is a draft again"))>"Bring back as a draft"</Button> }.into_any(),
        ),
    };
    let writes = may(Permission::ProductsWrite);
    view! {
        <Card title="Status">
            <div class="ui-stack">
                <div class="ui-row">{status_badge(status)}<span class="text-sm text-muted">{text}</span></div>
                {writes.then_some(action)}
                // The answer brings the product as it is saved, in place of what is typed.
                {move || unsaved.get().then(|| view! { <p class="text-sm text-muted">"Save your changes first."</p> })}
            </div>
        </Card>
    }
}

/// Says so, and offers to put the product back into the shop. The page may be another one by then, so nothing of it is needed.
fn archived(client: SessionClient, id: String, loader: Loader<Product>) -> Toast {
    let undo = move || {
        let id = id.clone();
        leptos::task::spawn_local(async move {
            match back_into_the_shop(client, &id).await {
                Ok(()) => use_toasts().success("It is in the shop again"),
                Err(error) => use_toasts().error(sentences(&error)),
            }
            loader.reload();
        });
    };
    Toast::success("Archived").action("Undo", undo)
}

async fn back_into_the_shop(client: SessionClient, id: &str) -> Result<(), ApiError> {
    client.post::<Product>(&format!("/products/{id}/unarchive"), &()).await?;
    client.post::<Product>(&format!("/products/{id}/publish"), &()).await?;
    Ok(())
}
