use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::customer::{CustomerQuery, CustomerSummary};
use orion_ui::*;

/// Everybody who has an account or has bought as a guest, newest first.
#[component]
pub fn CustomerListPage() -> impl IntoView {
    let client = use_client();
    let (q, paging) = (use_query_param("q"), use_paging());
    let text = RwSignal::new(q.get());
    let customers = use_load(move || {
        let query = CustomerQuery {
            q: q.get_opt(),
            cursor: paging.cursor(),
            limit: None,
        };
        async move { client.get_query::<Page<CustomerSummary>>("/customers", &query).await }
    });
    let set = use_set_query();
    view! {
        <div class="ui-page">
            <PageHeader title="Customers"/>
            <Card flush=true>
                <div class="ui-toolbar px-4 py-3">
                    <SearchInput value=text label="Search customers" placeholder="Name or e-mail" on_search=move |value: String| set(&[("q", Some(value.as_str()).filter(|text| !text.is_empty())), ("after", None)])/>
                </div>
                <Loaded state=customers.state() skeleton=|| view! { <TableSkeleton rows=10 columns=4/> } on_retry=move |()| customers.reload() let:value>
                    {
                        let summary = value.total.map(|total| if total == 1 { "1 customer".to_owned() } else { format!("{total} customers") }).unwrap_or_default();
                        if value.data.is_empty() {
                            nobody(q.get_opt().is_some())
                        } else {
                            view! {
                                <CustomerTable rows=value.data/>
                                <Pager paging next=value.next_cursor summary/>
                            }.into_any()
                        }
                    }
                </Loaded>
            </Card>
        </div>
    }
}

fn nobody(searched: bool) -> AnyView {
    if searched {
        view! { <EmptyState compact=true icon=icons::SEARCH title="Nobody matches" description="No customer has these letters in the name or the e-mail address."/> }.into_any()
    } else {
        view! { <EmptyState icon=icons::USERS title="No customers yet" description="They appear with their first order, or when they make an account."/> }.into_any()
    }
}

#[component]
fn CustomerTable(rows: Vec<CustomerSummary>) -> impl IntoView {
    let columns = vec![
        Column::new("name", "Customer", |customer: &CustomerSummary| {
            let (name, email) = (called(&customer.name, &customer.email), customer.email.clone());
            view! { <span class="flex flex-col min-w-0"><span class="font-medium truncate">{name}</span><span class="text-sm text-muted truncate">{email}</span></span> }.into_any()
        })
        .primary(),
        Column::new("kind", "Account", |customer: &CustomerSummary| account_badge(customer.registered)),
        Column::new("since", "Since", |customer: &CustomerSummary| {
            view! { <RelativeTime at=Moment::from(customer.created_at.0.clone())/> }.into_any()
        })
        .wide_only()
        .end(),
    ];
    view! {
        <DataTable
            caption="Customers"
            rows=Signal::stored(rows)
            key=|customer: &CustomerSummary| customer.id.to_string()
            columns
            href=|customer: &CustomerSummary| format!("/customers/{}", customer.id)
            row_label=|customer: &CustomerSummary| called(&customer.name, &customer.email)
        />
    }
}

/// Whether somebody has an account.
pub fn account_badge(registered: bool) -> AnyView {
    if registered {
        view! { <Badge tone=Tone::Positive>"Account"</Badge> }.into_any()
    } else {
        view! { <Badge hollow=true>"Guest"</Badge> }.into_any()
    }
}

/// What somebody is called; a guest may have left no name.
pub fn called(name: &str, email: &str) -> String {
    if name.is_empty() { email.to_owned() } else { name.to_owned() }
}
