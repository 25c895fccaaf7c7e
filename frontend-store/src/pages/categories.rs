use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::Page;
use orion_types::catalog::{CategorySummary, SaveCategory};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::may;

/// The categories of the shop.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    let client = use_client();
    let categories = use_load(move || async move { client.get::<Page<CategorySummary>>("/categories").await });
    let editing = RwSignal::new(None::<Option<CategorySummary>>);
    let writes = may(Permission::ProductsWrite);
    view! {
        <div class="ui-page">
            <PageHeader title="Categories" subtitle="How customers find their way through the shop">
                {writes.then(|| view! { <Button variant=ButtonVariant::Primary icon=icons::PLUS on_click=move |_| editing.set(Some(None))>"Add category"</Button> })}
            </PageHeader>
            <Card flush=true>
                <Loaded state=categories.state() skeleton=|| view! { <TableSkeleton rows=4 columns=3/> } on_retry=move |()| categories.reload() let:value>
                    <Table rows=value.data editing writes/>
                </Loaded>
            </Card>
            {move || editing.get().map(|category| view! { <Editor category editing loader=categories/> })}
        </div>
    }
}

#[component]
fn Table(rows: Vec<CategorySummary>, editing: RwSignal<Option<Option<CategorySummary>>>, writes: bool) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState icon=icons::LAYERS title="No categories yet" description="Categories become the shop's navigation."/> }
            .into_any();
    }
    let mut columns = vec![
        Column::new("name", "Category", |row: &CategorySummary| {
            let (name, text) = (row.name.clone(), row.description.clone());
            view! { <span class="flex flex-col"><span class="font-medium">{name}</span><span class="text-sm text-muted">{text}</span></span> }.into_any()
        })
        .primary(),
        Column::new("slug", "Address", |row: &CategorySummary| format!("/categories/{}", row.slug).into_any()).wide_only(),
        Column::new("count", "Products", |row: &CategorySummary| row.product_count.to_string().into_any()).end(),
    ];
    if writes {
        columns.push(
            Column::new("edit", "", move |row: &CategorySummary| {
                let row = row.clone();
                view! { <IconButton icon=icons::PENCIL label=format!("Edit {}", row.name) on_click=move |_| editing.set(Some(Some(row.clone())))/> }.into_any()
            })
            .end(),
        );
    }
    view! { <DataTable caption="Categories" rows=Signal::stored(rows) key=|row: &CategorySummary| row.id.to_string() columns row_label=|row: &CategorySummary| row.name.clone()/> }
        .into_any()
}

#[component]
fn Editor(
    category: Option<CategorySummary>,
    editing: RwSignal<Option<Option<CategorySummary>>>,
    loader: Loader<Page<CategorySummary>>,
) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            editing.set(None);
        }
    });
    let name = RwSignal::new(category.as_ref().map(|category| category.name.clone()).unwrap_or_default());
    let text = RwSignal::new(category.as_ref().map(|category| category.description.clone()).unwrap_or_default());
    let title = if category.is_some() { "Edit category" } else { "Add category" };
    let save = move |_| {
        let body = SaveCategory {
            name: name.get_untracked(),
            slug: category.as_ref().map(|category| category.slug.clone()),
            description: text.get_untracked(),
            parent_id: category.as_ref().and_then(|category| category.parent_id),
            position: category.as_ref().map_or(0, |category| category.position),
        };
        let known = category.as_ref().map(|category| (category.id, category.version));
        let call = async move {
            match known {
                Some((id, version)) => {
                    client
                        .put::<CategorySummary>(&format!("/categories/{id}"), &body, Options::if_match(version))
                        .await
                }
                None => client.post::<CategorySummary>("/categories", &body).await,
            }
        };
        submission.send(call, move |_| {
            open.set(false);
            loader.reload();
        });
    };
    view! {
        <Dialog open title footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save.clone()>"Save"</Button>
        }>
            <div class="ui-stack">
                {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="Not saved">{message}</Callout> })}
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 name="name"/></Field>
                <Field label="Description" optional_mark=true><TextArea value=text rows=3/></Field>
            </div>
        </Dialog>
    }
}
