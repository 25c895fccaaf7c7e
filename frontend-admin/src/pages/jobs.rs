use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{Loader, use_client, use_load, use_submission, with_code};
use orion_types::Page;
use orion_types::admin::{AdminJob, JobProgress, JobQuery};
use orion_types::status::JobStatus;
use orion_ui::*;

use crate::words::job_words;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/jobs") view=JobsPage/>
    }
    .into_inner()
}

type Jobs = Loader<Page<AdminJob>>;

/// What the workers have to do, are doing and could not do; narrowed by the URL.
#[component]
pub fn JobsPage() -> impl IntoView {
    let client = use_client();
    let (status, kind) = (use_query_param("status"), use_query_param("kind"));
    let (store, paging) = (use_query_param("store"), use_paging());
    let (kind_text, store_text) = (RwSignal::new(kind.get()), RwSignal::new(store.get()));
    let jobs: Jobs = use_load(move || {
        let query = JobQuery {
            status: status.get_opt(),
            kind: kind.get_opt(),
            store: store.get_opt(),
            cursor: paging.cursor(),
            limit: None,
        };
        async move { client.get_query::<Page<AdminJob>>("/jobs", &query).await }
    });
    let tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("queued", "Waiting"),
        TabItem::new("running", "Running"),
        TabItem::new("dead", "Failed"),
        TabItem::new("cancelled", "Called off"),
        TabItem::new("done", "Done"),
    ];
    let set = use_set_query();
    let (set_status, set_kind, set_store) = (set, set, set);
    let narrowed = move || [status.get_opt(), kind.get_opt(), store.get_opt()].iter().any(Option::is_some);
    let clear = move || {
        kind_text.set(String::new());
        store_text.set(String::new());
        set(&[("status", None), ("kind", None), ("store", None), ("after", None)]);
    };
    let narrow = |value: &str| Some(value.trim().to_owned()).filter(|text| !text.is_empty());
    view! {
        <div class="ui-page">
            <PageHeader title="Jobs" subtitle="Work in the background: mails, pictures, imports, refunds. What is done is kept for a week.">
                <Button icon=icons::REFRESH_CW busy=jobs.refreshing() on_click=move |_| jobs.reload()>"Refresh"</Button>
            </PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                <Tabs label="State" items=tabs active=status.signal() on_select=move |value: String| set_status(&[("status", narrow(&value).as_deref()), ("after", None)])/>
                <div class="ui-toolbar">
                    <SearchInput value=kind_text label="Kind of job" placeholder="Kind, such as orders.send_mail" on_search=move |value: String| set_kind(&[("kind", narrow(&value).as_deref()), ("after", None)])/>
                    <SearchInput value=store_text label="Store" placeholder="Code of a store" hotkey=false on_search=move |value: String| set_store(&[("store", narrow(&value).as_deref()), ("after", None)])/>
                </div>
                </div>
                <Loaded state=jobs.state() skeleton=|| view! { <TableSkeleton rows=10 columns=5/> } on_retry=move |()| jobs.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), clear)
                    } else {
                        view! {
                            <JobTable rows=value.data jobs/>
                            <Pager paging next=value.next_cursor/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

fn nothing(narrowed: bool, clear: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if narrowed {
        view! {
            <EmptyState compact=true icon=icons::SEARCH title="No jobs here" description="Nothing is in this state, of this kind and of this store.">
                <Button on_click=move |_| clear()>"Clear filters"</Button>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <EmptyState icon=icons::CIRCLE_CHECK title="No jobs" description="What is done in the background shows up here, and is kept for a week."/> }.into_any()
    }
}

#[component]
fn JobTable(rows: Vec<AdminJob>, jobs: Jobs) -> impl IntoView {
    let asked = RwSignal::new(None::<AdminJob>);
    let columns = vec![
        Column::new("kind", "Job", what).primary(),
        Column::new("status", "State", |job: &AdminJob| status_badge(job.status)),
        Column::new("store", "Store", |job: &AdminJob| {
            job.store.clone().unwrap_or_else(|| "–".to_owned()).into_any()
        }),
        Column::new("attempts", "Attempts", |job: &AdminJob| match &job.retry_until {
            Some(until) => format!("{}, until {}", job.attempts, format_date_time(Moment::from(until.0.as_str()), None)).into_any(),
            None => format!("{} of {}", job.attempts, job.max_attempts).into_any(),
        })
        .wide_only(),
        Column::new("when", "When", when).wide_only(),
        Column::new("actions", "", move |job: &AdminJob| {
            view! { <Actions job=job.clone() jobs asked/> }.into_any()
        })
        .end(),
    ];
    view! {
        <DataTable caption="Jobs" rows=Signal::stored(rows) key=|job: &AdminJob| job.id.to_string() columns row_label=|job: &AdminJob| job_words(&job.kind)/>
        <CancelDialog asked jobs/>
    }
}

fn what(job: &AdminJob) -> AnyView {
    let error = job.last_error.clone();
    let tone = if job.status == JobStatus::Dead {
        "text-critical"
    } else {
        "text-muted"
    };
    view! {
        <span class="flex flex-col min-w-0 max-w-md">
            {with_code(job_words(&job.kind), &job.kind)}
            {progress(job)}
            {error.map(|error| view! { <span class=format!("text-sm line-clamp-3 break-words {tone}") title=error.clone()>{error.clone()}</span> })}
        </span>
    }
    .into_any()
}

/// A bar where the job has begun and says how far it has come; of one that is done nobody needs it.
fn progress(job: &AdminJob) -> Option<AnyView> {
    let shown = matches!(job.status, JobStatus::Running | JobStatus::Dead | JobStatus::Cancelled);
    let JobProgress { done, total } = job.progress.clone().filter(|_| shown)?;
    let count = |number: i32| u64::try_from(number).unwrap_or_default();
    let caption = format!("{done} of {total}");
    Some(
        view! { <ProgressBar value=Signal::stored(count(done)) max=Signal::stored(Some(count(total))) label=Signal::stored("Progress".to_owned()) caption=Signal::stored(caption)/> }
            .into_any(),
    )
}

fn status_badge(status: JobStatus) -> AnyView {
    let (tone, hollow, word) = match status {
        JobStatus::Queued => (Tone::Neutral, true, "Waiting"),
        JobStatus::Running => (Tone::Accent, false, "Running"),
        JobStatus::Done => (Tone::Positive, false, "Done"),
        JobStatus::Dead => (Tone::Critical, false, "Failed"),
        JobStatus::Cancelled => (Tone::Neutral, false, "Called off"),
    };
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

/// When it ended, or when it is due.
fn when(job: &AdminJob) -> AnyView {
    let at = job.finished_at.clone().unwrap_or_else(|| job.run_at.clone());
    view! { <RelativeTime at=Moment::from(at.0)/> }.into_any()
}

#[component]
fn Actions(job: AdminJob, jobs: Jobs, asked: RwSignal<Option<AdminJob>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let retries = matches!(job.status, JobStatus::Dead | JobStatus::Cancelled | JobStatus::Queued);
    let cancels = matches!(job.status, JobStatus::Queued | JobStatus::Running | JobStatus::Dead);
    let (id, word) = (job.id, if job.status == JobStatus::Queued { "Run now" } else { "Retry" });
    let retry = move |_| {
        let call = async move { client.post::<AdminJob>(&format!("/jobs/{id}/retry"), &()).await };
        submission.send(call, move |job| {
            toasts.success(format!("Queued: {}", job_words(&job.kind)));
            jobs.reload();
        });
    };
    view! {
        <span class="flex flex-wrap justify-end gap-2">
            {retries.then(|| view! { <Button size=ButtonSize::Small busy=submission.busy() on_click=retry>{word}</Button> })}
            {cancels.then(|| view! { <Button size=ButtonSize::Small variant=ButtonVariant::Ghost on_click=move |_| asked.set(Some(job.clone()))>"Call off"</Button> })}
        </span>
    }
}

#[component]
fn CancelDialog(asked: RwSignal<Option<AdminJob>>, jobs: Jobs) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(false);
    orion_ui::watch(move || {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || {
        asked.with(|job| {
            job.as_ref()
                .map(|job| format!("Call off “{}”?", job_words(&job.kind)))
                .unwrap_or_default()
        })
    });
    let cancel = move |()| {
        let Some(id) = asked.with_untracked(|job| job.as_ref().map(|job| job.id)) else {
            return;
        };
        let call = async move { client.post::<AdminJob>(&format!("/jobs/{id}/cancel"), &()).await };
        submission.send(call, move |job| {
            toasts.success(format!("Called off: {}", job_words(&job.kind)));
            open.set(false);
            jobs.reload();
        });
    };
    view! {
        <ConfirmDialog
            open title message="What it has not finished does not happen; what it has already done outside, such as a mail, stays. It can be queued again."
            confirm_label="Call off" cancel_label="Keep it" tone=Tone::Critical busy=submission.busy() on_confirm=cancel
        />
    }
}
