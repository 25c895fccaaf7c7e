use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::Tool;
use orion_ui::*;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/tools") view=ToolsPage/>
    }
    .into_inner()
}

/// What runs beside the server, and whether it answers.
#[component]
pub fn ToolsPage() -> impl IntoView {
    let client = use_client();
    let tools = use_load(move || async move { client.get::<Page<Tool>>("/tools").await.map(|page| page.data) });
    view! {
        <div class="ui-page">
            <PageHeader title="Tools" subtitle="What runs beside the server, asked just now">
                <Button icon=icons::REFRESH_CW busy=tools.refreshing() on_click=move |_| tools.reload()>"Ask again"</Button>
            </PageHeader>
            <Card flush=true>
                <Loaded state=tools.state() skeleton=|| view! { <TableSkeleton rows=3 columns=3/> } on_retry=move |()| tools.reload() let:value>
                    <ToolTable rows=value/>
                </Loaded>
            </Card>
        </div>
    }
}

#[component]
fn ToolTable(rows: Vec<Tool>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState
                compact=true icon=icons::EXTERNAL_LINK title="No tools are configured"
                description="Name them in the setting ORION_TOOLS, such as grafana=https://grafana.example, and their links stand here."
            />
        }
        .into_any();
    }
    let columns = vec![
        Column::new("name", "Tool", |tool: &Tool| {
            let (name, url) = (tool.name.clone(), tool.url.clone());
            view! {
                <span class="flex flex-col min-w-0">
                    <a class="ui-link font-medium" href=url.clone() target="_blank" rel="noopener noreferrer">{name}</a>
                    <span class="text-sm text-muted break-all">{url}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("state", "State", state),
        Column::new("took", "Answered in", |tool: &Tool| {
            if tool.reachable {
                format!("{} ms", tool.latency_ms)
            } else {
                "–".to_owned()
            }
            .into_any()
        })
        .end(),
    ];
    view! { <DataTable caption="Tools" rows=Signal::stored(rows) key=|tool: &Tool| tool.name.clone() columns row_label=|tool: &Tool| tool.name.clone()/> }
        .into_any()
}

fn state(tool: &Tool) -> AnyView {
    let told = tool
        .error
        .clone()
        .or_else(|| tool.status.map(|status| format!("HTTP {status}")))
        .unwrap_or_default();
    let badge = if tool.reachable {
        view! { <Badge tone=Tone::Positive>"Reachable"</Badge> }
    } else {
        view! { <Badge tone=Tone::Critical>"Not reachable"</Badge> }
    };
    view! { <span class="flex flex-col items-start gap-1">{badge}<span class="text-sm text-muted break-words">{told}</span></span> }
        .into_any()
}
