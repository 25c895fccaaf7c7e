use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::oauth::{Connection, ConnectionQuery, Program};
use orion_types::permission::Permission;
use orion_ui::*;

use super::connections::{connection_rows, no_connections};
use super::registered::ProgramTable;
use crate::store::may;

/// What people of the store let programs do, and the programs that the store has registered.
#[component]
pub fn ProgramsPage() -> impl IntoView {
    let client = use_client();
    let paging = use_paging();
    let connections = use_load(move || {
        let query = ConnectionQuery {
            cursor: paging.cursor(),
            ..ConnectionQuery::default()
        };
        async move { client.get_query::<Page<Connection>>("/connections", &query).await }
    });
    let programs = use_load(move || async move { client.get::<Page<Program>>("/programs").await });
    let writes = may(Permission::ProgramsWrite);
    let register = writes.then(|| {
        view! { <LinkButton href="/programs/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Register program"</LinkButton> }
    });
    view! {
        <div class="ui-page">
            <PageHeader title="Programs" subtitle="Outside programs and assistants that act for people of the store">{register}</PageHeader>
            <Card title="Connected" description="Each may do a part of what its person may, and no more." flush=true>
                <Loaded state=connections.state() skeleton=|| view! { <TableSkeleton rows=2 columns=2/> } on_retry=move |()| connections.reload() let:value>
                    {if value.data.is_empty() { no_connections() } else { connection_rows(value.data, connections, writes) }}
                    <Pager paging next=value.next_cursor/>
                </Loaded>
            </Card>
            <Card
                title="Registered"
                description="A program that says in a document at its own address who it is needs no registration."
                flush=true
            >
                <Loaded state=programs.state() skeleton=|| view! { <TableSkeleton rows=2 columns=2/> } on_retry=move |()| programs.reload() let:value>
                    <ProgramTable rows=value.data/>
                </Loaded>
            </Card>
        </div>
    }
    .into_any()
}
