use leptos::prelude::*;
use orion_app::{Loader, Refused, Submission, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::import::{Import, ImportUndo, ImportUndoLine, ImportUndoPlan};
use orion_types::permission::Permission;
use orion_types::status::ImportStatus;
use orion_ui::*;

use crate::store::may;

/// Whether an undo is on its way.
pub fn is_being_undone(import: &Import) -> bool {
    import.undo.as_ref().is_some_and(is_open)
}

fn is_open(undo: &ImportUndo) -> bool {
    matches!(undo.status, ImportStatus::Queued | ImportStatus::Running)
}

/// Takes an import back: what that would do, how it comes along, and what became of it.
#[component]
pub fn UndoCard(import: Import, loader: Loader<Import>) -> impl IntoView {
    let offered = import.undo_until.clone().filter(|_| may(Permission::ProductsImport));
    if offered.is_none() && import.undo.is_none() {
        return ().into_any();
    }
    let id = import.id.to_string();
    let again = import.undo.is_some();
    let told = import.undo.map(|undo| view! { <Told id=id.clone() undo/> });
    let offer = offered.map(|until| view! { <Offer id until=Moment::from(until.0) again loader/> });
    view! {
        <Card title="Undo">
            <div class="ui-stack">{told}{offer}</div>
        </Card>
    }
    .into_any()
}

/// How an undo comes along, or what became of it.
#[component]
fn Told(id: String, undo: ImportUndo) -> impl IntoView {
    if is_open(&undo) {
        let done = u64::try_from(undo.processed_count).unwrap_or(0);
        let all = u64::try_from(undo.total_count).ok().filter(|products| *products > 0);
        let caption = all.map(|all| format!("{done} of {all} products")).unwrap_or_default();
        return view! { <ProgressBar value=Signal::stored(done) max=Signal::stored(all) label="Undoing the import" caption/> }.into_any();
    }
    let end = undo
        .finished_at
        .clone()
        .map(|at| view! { ", finished " <RelativeTime at=Moment::from(at.0)/> });
    let actor = undo.actor.clone();
    let left = (undo.left_count > 0).then(|| view! { <Left id/> });
    view! {
        {undo.failure.clone().map(|failure| view! { <Callout tone=Tone::Critical title="The undo has stopped on its way">{failure}</Callout> })}
        <p class="text-sm text-muted">"Undone by "{actor}{end}</p>
        <div class="ui-grid-4">
            <StatCard label="Removed" value=undo.removed_count.to_string()/>
            <StatCard label="As before" value=undo.restored_count.to_string()/>
            <StatCard label="Left as they are" value=undo.left_count.to_string()/>
            {(undo.category_count > 0).then(|| view! { <StatCard label="Categories removed" value=undo.category_count.to_string()/> })}
        </div>
        {left}
    }
    .into_any()
}

/// What an undo has let be, and why; a hundred at a time.
#[component]
fn Left(id: String) -> impl IntoView {
    let client = use_client();
    let cursor = RwSignal::new(None::<String>);
    let lines = use_load(move || {
        let from = cursor.get().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/imports/{id}/undo/left?limit=100{from}");
        async move { client.get::<Page<ImportUndoLine>>(&path).await }
    });
    view! {
        <Loaded state=lines.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| lines.reload() let:value>
            <Lines lines=value.data/>
            {value.next_cursor.map(|next| view! { <div class="ui-row"><Button on_click=move |_| cursor.set(Some(next.clone()))>"Next ones"</Button></div> })}
        </Loaded>
    }
}

#[component]
fn Lines(lines: Vec<ImportUndoLine>) -> impl IntoView {
    let line = |line: ImportUndoLine| {
        let name = match line.product_id {
            Some(id) => view! { <a class="ui-link" href=app_href(&format!("/products/{id}"))>{line.title}</a> }.into_any(),
            None => view! { <span class="font-medium">{line.title}</span> }.into_any(),
        };
        view! { <li class="py-2">{name}<span class="block text-sm text-muted">{line.detail}</span></li> }
    };
    view! { <ul class="divide-y divide-border">{lines.into_iter().map(line).collect_view()}</ul> }
}

/// The way to it: what would happen is asked for first.
#[component]
fn Offer(id: String, until: Moment, again: bool, loader: Loader<Import>) -> impl IntoView {
    let client = use_client();
    let asking = use_submission();
    let plan = RwSignal::new(None::<ImportUndoPlan>);
    let open = RwSignal::new(false);
    let path = StoredValue::new(format!("/imports/{id}/undo"));
    let ask = move |_| {
        let path = path.get_value();
        asking.send(async move { client.get::<ImportUndoPlan>(&path).await }, move |planned| {
            plan.set(Some(planned));
            open.set(true);
        });
    };
    let (label, text) = if again {
        ("Undo the rest", "What was left as it is can be tried again until ")
    } else {
        (
            "Undo this import",
            "Products that it made go, and those that it changed become what they were. That can be done while nothing of it was sold, until ",
        )
    };
    view! {
        <p class="text-sm text-muted">{text}<DateTime at=until/>"."</p>
        <Refused submission=asking title="The import cannot be undone"/>
        <div class="ui-row"><Button icon=icons::UNDO_2 busy=asking.busy() on_click=ask>{label}</Button></div>
        {move || plan.get().map(|plan| view! { <UndoDialog path=path.get_value() plan open loader/> })}
    }
}

/// Says what will happen, and does it; or why it will not.
#[component]
fn UndoDialog(path: String, plan: ImportUndoPlan, open: RwSignal<bool>, loader: Loader<Import>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let undo = move |_| {
        let path = path.clone();
        submission.send(async move { client.post::<Import>(&path, &()).await }, move |import| {
            toasts.success("The import is being undone");
            open.set(false);
            loader.set(import);
        });
    };
    let possible = plan.sold_count == 0 && plan.removed_count + plan.restored_count + plan.category_count > 0;
    let (title, stay) = if possible {
        ("Undo this import?", "Keep it")
    } else {
        ("This import cannot be undone", "Close")
    };
    view! {
        <Dialog open title footer=move || view! {
            <Button on_click=move |_| open.set(false)>{stay}</Button>
            {possible.then(|| view! { <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=undo.clone()>"Undo import"</Button> })}
        }>
            <Planned plan=plan.clone() submission/>
        </Dialog>
    }
}

#[component]
fn Planned(plan: ImportUndoPlan, submission: Submission) -> impl IntoView {
    let sold = (plan.sold_count > 0).then(|| {
        let told = count_of(
            plan.sold_count.into(),
            "product of it was ordered since",
            "products of it were ordered since",
        );
        view! { <Callout tone=Tone::Warning title="Something of it was sold">{told}"."</Callout> }
    });
    let done = sold.is_none().then(|| {
        let lines = sentences(&plan);
        view! { <ul class="ui-stack-tight">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
    });
    let examples = (!plan.examples.is_empty()).then(|| view! { <Lines lines=plan.examples/> });
    view! {
        <div class="ui-stack">
            <Refused submission title="Not undone"/>
            {sold}
            {done}
            {examples}
        </div>
    }
}

/// What would happen, a sentence for each kind of thing.
fn sentences(plan: &ImportUndoPlan) -> Vec<String> {
    let kinds = [
        (plan.removed_count, "product that it made goes.", "products that it made go."),
        (
            plan.restored_count,
            "product that it changed becomes what it was; its stock changes back by what the import had changed.",
            "products that it changed become what they were; their stock changes back by what the import had changed.",
        ),
        (plan.category_count, "category that it made goes.", "categories that it made go."),
        (plan.left_count, "product stays as it is:", "products stay as they are:"),
    ];
    let there = kinds.into_iter().filter(|(count, _, _)| *count > 0);
    there.map(|(count, one, many)| count_of(count.into(), one, many)).collect()
}
