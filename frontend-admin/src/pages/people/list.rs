use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::people::{Person, PersonQuery};
use orion_ui::*;

use super::words::{factor_words, role_words, state_badge};
use crate::profile::use_is_super;

/// Everybody with an account, searched and narrowed by the URL.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let client = use_client();
    let (q, shown, paging) = (use_query_param("q"), use_query_param("view"), use_paging());
    let text = RwSignal::new(q.get());
    let people = use_load(move || {
        let query = PersonQuery {
            q: q.get_opt(),
            cursor: paging.cursor(),
            ..narrowing(&shown.get())
        };
        async move { client.get_query::<Page<Person>>("/users", &query).await }
    });
    let set = use_set_query();
    let clear = move || {
        text.set(String::new());
        set(&[("q", None), ("view", None), ("after", None)]);
    };
    let narrowed = move || q.get_opt().is_some() || shown.get_opt().is_some();
    let is_super = use_is_super();
    let invitations = move || {
        is_super
            .get()
            .then(|| view! { <LinkButton href="/people/invitations" variant=ButtonVariant::Primary icon=icons::SEND>"Administrators' invitations"</LinkButton> })
    };
    view! {
        <div class="ui-page">
            <PageHeader title="People" subtitle="Everybody who signs in here or to the dashboard of a store">{invitations}</PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="View" items=Signal::derive(move || tabs(is_super.get())) active=shown.signal() on_select=move |value: String| shown.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search people" placeholder="Begin of a name or an e-mail address" on_search=move |value: String| q.set(&value)/>
                    </div>
                </div>
                <Loaded state=people.state() skeleton=|| view! { <TableSkeleton rows=8 columns=5/> } on_retry=move |()| people.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), clear)
                    } else {
                        let summary = value.total.map(|total| total_of(total, value.total_capped, "person", "people")).unwrap_or_default();
                        let (people, next) = (value.data, value.next_cursor);
                        view! {
                            {move || view! { <PeopleTable people=people.clone() whole=is_super.get()/> }}
                            <Pager paging next summary/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
    .into_any()
}

/// The views; how somebody signs in is told to whoever runs all platforms.
fn tabs(whole: bool) -> Vec<TabItem> {
    let mut tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("administrators", "Administrators"),
        TabItem::new("staff", "Staff"),
        TabItem::new("disabled", "Switched off"),
    ];
    tabs.extend(whole.then(|| TabItem::new("no-factor", "Password alone")));
    tabs
}

/// What a view of the list asks for.
fn narrowing(view: &str) -> PersonQuery {
    let some = |text: &str| Some(text.to_owned());
    match view {
        "administrators" => PersonQuery {
            kind: some("administrator"),
            ..PersonQuery::default()
        },
        "staff" => PersonQuery {
            kind: some("staff"),
            ..PersonQuery::default()
        },
        "disabled" => PersonQuery {
            status: some("disabled"),
            ..PersonQuery::default()
        },
        "no-factor" => PersonQuery {
            second_factor: some("off"),
            ..PersonQuery::default()
        },
        _ => PersonQuery::default(),
    }
}

fn nothing(narrowed: bool, clear: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if narrowed {
        return view! {
            <EmptyState compact=true icon=icons::SEARCH title="Nobody matches" description="Nobody's address, name or last name begins like this in this view.">
                <Button on_click=move |_| clear()>"Clear filters"</Button>
            </EmptyState>
        }
        .into_any();
    }
    view! { <EmptyState icon=icons::USERS title="Nobody yet" description="Who owns a store or works for one is shown here, and so are administrators."/> }
        .into_any()
}

#[component]
fn PeopleTable(
    people: Vec<Person>,
    /// Whether how and when somebody signs in is told to the reader.
    whole: bool,
) -> impl IntoView {
    let mut columns = vec![
        Column::new("name", "Person", |person: &Person| {
            let (name, email) = (person.name.clone(), person.email.clone());
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium">{name}</span>
                    <span class="text-sm text-muted font-normal break-all">{email}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("state", "State", state_badge),
        Column::new("role", "Administration", |person: &Person| match role_words(&person.roles) {
            Some(words) => view! { <Badge tone=Tone::Accent plain=true>{words}</Badge> }.into_any(),
            None => ().into_any(),
        }),
        Column::new("stores", "Stores", |person: &Person| format_count(person.store_count).into_any())
            .end()
            .phone(Phone::Labelled),
    ];
    if whole {
        let factor = Column::new("factor", "Second factor", |person: &Person| {
            view! { <span class="text-muted">{factor_words(person)}</span> }.into_any()
        });
        columns.insert(3, factor.roomy().phone(Phone::Labelled));
        let seen = Column::new("seen", "Last seen", |person: &Person| match &person.last_seen_at {
            Some(seen) => view! { <RelativeTime at=Moment::from(seen.0.clone())/> }.into_any(),
            None => view! { <span class="text-muted">"never"</span> }.into_any(),
        });
        columns.push(seen.end().phone(Phone::Labelled));
    }
    view! {
        <DataTable
            caption="People"
            rows=Signal::stored(people)
            key=|person: &Person| person.id.to_string()
            columns
            href=|person: &Person| format!("/people/{}", person.id)
            row_label=|person: &Person| person.name.clone()
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_view_asks_for_what_it_is_called() {
        let asked = tabs(true).len();
        let views = ["administrators", "staff", "disabled", "no-factor"].map(narrowing);
        assert_eq!(asked, views.len() + 1);
        assert!(views.iter().all(|query| *query != PersonQuery::default()));
        assert_eq!(narrowing("nonsense"), PersonQuery::default());
        assert_eq!(tabs(false).len(), asked - 1, "what would be refused is not offered");
    }
}
