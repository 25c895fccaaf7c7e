use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{Loader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::catalog::{CategorySummary, SaveCategory};
use orion_types::permission::Permission;
use orion_types::{CategoryId, Page};
use orion_ui::*;

use crate::store::may;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/categories") view=page_for(Permission::ProductsRead, CategoriesPage)/>
    }
    .into_inner()
}

type Categories = Loader<Page<CategorySummary>>;

/// The categories of the shop.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    let client = use_client();
    let categories = use_load(move || async move { client.get::<Page<CategorySummary>>("/categories").await });
    let editing = RwSignal::new(None::<Option<CategorySummary>>);
    let removing = RwSignal::new(None::<CategorySummary>);
    let writes = may(Permission::ProductsWrite);
    view! {
        <div class="ui-page">
            <PageHeader title="Categories" subtitle="How customers find their way through the shop">
                {writes.then(|| view! { <Button variant=ButtonVariant::Primary icon=icons::PLUS on_click=move |_| editing.set(Some(None))>"Add category"</Button> })}
            </PageHeader>
            <Card flush=true>
                <Loaded state=categories.state() skeleton=|| view! { <TableSkeleton rows=4 columns=3/> } on_retry=move |()| categories.reload() let:value>
                    <Table rows=value.data editing removing writes loader=categories/>
                </Loaded>
            </Card>
            {move || editing.get().map(|category| view! { <Editor category editing loader=categories/> })}
            {move || removing.get().map(|category| view! { <RemoveDialog category removing loader=categories/> })}
        </div>
    }
}

#[component]
fn Table(
    rows: Vec<CategorySummary>,
    editing: RwSignal<Option<Option<CategorySummary>>>,
    removing: RwSignal<Option<CategorySummary>>,
    writes: bool,
    loader: Categories,
) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState icon=icons::LAYERS title="No categories yet" description="Categories become the shop's navigation.">
                {writes.then(|| view! { <Button variant=ButtonVariant::Primary icon=icons::PLUS on_click=move |_| editing.set(Some(None))>"Add the first category"</Button> })}
            </EmptyState>
        }
        .into_any();
    }
    let all = StoredValue::new(rows.clone());
    let mut columns = vec![
        Column::new("name", "Category", |row: &CategorySummary| {
            let (name, text) = (row.name.clone(), row.description.clone());
            view! { <span class="flex flex-col"><span class="font-medium">{name}</span><span class="text-sm font-normal text-muted">{text}</span></span> }.into_any()
        })
        .primary(),
        Column::new("slug", "Address", |row: &CategorySummary| format!("/categories/{}", row.slug).into_any()).wide_only(),
        Column::new("count", "Products", |row: &CategorySummary| row.product_count.to_string().into_any())
            .phone(Phone::Labelled)
            .end(),
    ];
    if writes {
        let actions = move |row: &CategorySummary| {
            let row = row.clone();
            view! { <Actions row all editing removing loader/> }.into_any()
        };
        columns.push(Column::new("actions", "", actions).end());
    }
    view! { <DataTable caption="Categories" rows=Signal::stored(rows) key=|row: &CategorySummary| row.id.to_string() columns row_label=|row: &CategorySummary| row.name.clone()/> }
        .into_any()
}

/// What can be done with a category; it moves among those below the same one.
#[component]
fn Actions(
    row: CategorySummary,
    all: StoredValue<Vec<CategorySummary>>,
    editing: RwSignal<Option<Option<CategorySummary>>>,
    removing: RwSignal<Option<CategorySummary>>,
    loader: Categories,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let id = row.id;
    let moved = move |by: isize| all.with_value(|all| swapped(all, id, by));
    let (up, down) = (moved(-1), moved(1));
    let (no_way_up, no_way_down) = (up.is_none(), down.is_none());
    let go = move |order: Option<Vec<CategorySummary>>, direction: &'static str| {
        let changes: Vec<CategorySummary> = order.unwrap_or_default();
        let call = async move {
            for category in changes {
                let path = format!("/categories/{}", category.id);
                client
                    .put::<CategorySummary>(&path, &saved(&category), Options::if_match(category.version))
                    .await?;
            }
            client.get::<Page<CategorySummary>>("/categories").await
        };
        submission.send(call, move |page| {
            toasts.success("Order saved");
            loader.set(page);
            focus_arrow(format!("category-{id}"), direction);
        });
    };
    orion_ui::watch(move || {
        if submission.failed() {
            loader.reload();
        }
    });
    let (busy, name) = (submission.busy(), row.name.clone());
    let (edited, removed) = (row.clone(), row);
    view! {
        <span class="inline-flex" id=format!("category-{id}")>
            <span data-move="up"><IconButton icon=icons::ARROW_UP label=format!("Move {name} up") busy disabled=no_way_up on_click=move |_| go(up.clone(), "up")/></span>
            <span data-move="down"><IconButton icon=icons::ARROW_DOWN label=format!("Move {name} down") busy disabled=no_way_down on_click=move |_| go(down.clone(), "down")/></span>
            <IconButton icon=icons::PENCIL label=format!("Edit {name}") on_click=move |_| editing.set(Some(Some(edited.clone())))/>
            <IconButton icon=icons::TRASH label=format!("Delete {name}") on_click=move |_| removing.set(Some(removed.clone()))/>
        </span>
    }
}

/// The categories that have to be saved so that one changes places with its neighbour; `None` where there is no neighbour.
fn swapped(all: &[CategorySummary], id: CategoryId, by: isize) -> Option<Vec<CategorySummary>> {
    let parent = all.iter().find(|row| row.id == id)?.parent_id;
    let mut siblings: Vec<CategorySummary> = all.iter().filter(|row| row.parent_id == parent).cloned().collect();
    let from = siblings.iter().position(|row| row.id == id)?;
    let to = from.checked_add_signed(by).filter(|to| *to < siblings.len())?;
    siblings.swap(from, to);
    // Several may share a position, as new ones do: then all behind them are numbered too.
    let numbered = (0..).zip(siblings).filter(|(position, row)| row.position != *position);
    Some(numbered.map(|(position, row)| CategorySummary { position, ..row }).collect())
}

fn saved(category: &CategorySummary) -> SaveCategory {
    SaveCategory {
        name: category.name.clone(),
        slug: Some(category.slug.clone()),
        description: category.description.clone(),
        parent_id: category.parent_id,
        position: category.position,
    }
}

/// Asks before a category goes, and says what becomes of what is in it.
#[component]
fn RemoveDialog(category: CategorySummary, removing: RwSignal<Option<CategorySummary>>, loader: Categories) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    orion_ui::watch(move || {
        if !open.get() {
            removing.set(None);
        }
    });
    let path = format!("/categories/{}", category.id);
    let remove = move |()| {
        let path = path.clone();
        submission.send(async move { client.delete::<()>(&path).await }, move |()| {
            toasts.success("Category deleted");
            open.try_set(false);
            loader.reload();
        });
    };
    view! {
        <ConfirmDialog
            open title=format!("Delete {}?", category.name) message="Its products stay in the shop, and categories below it move up."
            confirm_label="Delete" tone=Tone::Critical busy=submission.busy() on_confirm=remove
        />
    }
}

#[component]
fn Editor(category: Option<CategorySummary>, editing: RwSignal<Option<Option<CategorySummary>>>, loader: Categories) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    orion_ui::watch(move || {
        if !open.get() {
            editing.set(None);
        }
    });
    let name = RwSignal::new(category.as_ref().map(|category| category.name.clone()).unwrap_or_default());
    let text = RwSignal::new(category.as_ref().map(|category| category.description.clone()).unwrap_or_default());
    let last = loader
        .state()
        .with_untracked(|state| state.ready().and_then(|page| page.data.iter().map(|other| other.position).max()))
        .map_or(0, |position| position.saturating_add(1));
    let title = if category.is_some() { "Edit category" } else { "Add category" };
    let save = move |_| {
        let body = SaveCategory {
            name: name.get_untracked(),
            slug: category.as_ref().map(|category| category.slug.clone()),
            description: text.get_untracked(),
            parent_id: category.as_ref().and_then(|category| category.parent_id),
            // A new one comes last.
            position: category.as_ref().map_or(last, |category| category.position),
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
            toasts.success("Category saved");
            open.try_set(false);
            loader.reload();
        });
    };
    view! {
        <Dialog open title footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save.clone()>"Save"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not saved"/>
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 name="name"/></Field>
                <Field label="Description" optional_mark=true error=submission.field("/description")><TextArea value=text rows=3/></Field>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use orion_types::CategoryId;
    use orion_types::catalog::CategorySummary;

    use super::swapped;

    fn category(id: u128, position: i32) -> CategorySummary {
        CategorySummary {
            id: format!("{id:032x}").parse().expect("an id is hexadecimal"),
            slug: String::new(),
            name: String::new(),
            description: String::new(),
            parent_id: None,
            position,
            version: 1,
            product_count: 0,
            updated_at: None,
            image_id: None,
        }
    }

    fn saved(all: &[CategorySummary], id: CategoryId, by: isize) -> Option<Vec<(CategoryId, i32)>> {
        Some(swapped(all, id, by)?.into_iter().map(|row| (row.id, row.position)).collect())
    }

    #[test]
    fn neighbours_change_places_and_only_they_are_saved() {
        let all = [category(1, 0), category(2, 1), category(3, 2)];
        assert_eq!(saved(&all, all[2].id, -1), Some(vec![(all[2].id, 1), (all[1].id, 2)]));
        assert_eq!(saved(&all, all[0].id, -1), None);
        assert_eq!(saved(&all, all[2].id, 1), None);
    }

    #[test]
    fn those_that_share_a_position_are_numbered() {
        let all = [category(1, 0), category(2, 0)];
        assert_eq!(saved(&all, all[0].id, 1), Some(vec![(all[0].id, 1)]));
    }
}
