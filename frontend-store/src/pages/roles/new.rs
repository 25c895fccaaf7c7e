use leptos::prelude::*;
use orion_app::{use_client, use_load, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::role::{CreateRole, TeamRole, UpdateRole};
use orion_types::status::MemberRole;
use orion_types::{Grant, RoleId, RoleRights};
use orion_ui::*;

use super::form::{Draft, RoleForm};
use super::own::{role_of, use_own_rights};

/// What a new role begins with: nothing, a role of every store, or one of the store's own.
#[derive(Clone, Copy, PartialEq)]
enum Beginning {
    Rights(RoleRights),
    Own(RoleId),
}

fn beginning(from: Option<&str>) -> Beginning {
    let Some(from) = from else {
        return Beginning::Rights(RoleRights::NONE);
    };
    match (from.parse(), from.parse::<MemberRole>()) {
        (Ok(id), _) => Beginning::Own(id),
        // Named one by one: who begins with everything of today has not chosen everything of tomorrow.
        (_, Ok(role)) => {
            let names: Vec<&str> = role.permissions().map(|right| right.key()).collect();
            Beginning::Rights(RoleRights::listed(&names))
        }
        (Err(_), Err(_)) => Beginning::Rights(RoleRights::NONE),
    }
}

/// A new role.
#[component]
pub fn NewRolePage() -> impl IntoView {
    let client = use_client();
    let own = use_own_rights();
    let from = use_query_param("from");
    let begins = use_load(move || {
        let begins = beginning(from.get_opt().as_deref());
        async move {
            match begins {
                Beginning::Rights(rights) => Ok(rights.names()),
                Beginning::Own(id) => client.get::<TeamRole>(&format!("/roles/{id}")).await.map(|role| role.rights),
            }
        }
    });
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="New role" back_href="/roles" back_label="Roles"/>
            <Loaded state=own.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| own.reload() let:own>
                <Loaded state=begins.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| begins.reload() let:names>
                    {
                        let own = role_of(&own);
                        let (rights, left_out) = givable(own, &names);
                        move || {
                            starts.track();
                            view! { <NewRole own rights left_out=left_out.clone() on_discard=move |()| starts.update(|starts| *starts += 1)/> }
                        }
                    }
                </Loaded>
            </Loaded>
        </div>
    }
    .into_any()
}

/// What of a list the reader may give, and the names of what they may not.
fn givable(own: RoleRights, names: &[String]) -> (RoleRights, Vec<String>) {
    let may = |name: &String| Grant::named(name).is_some_and(|grant| own.may_give(grant));
    let (given, left_out): (Vec<String>, Vec<String>) = names.iter().cloned().partition(may);
    (RoleRights::listed(&given), left_out)
}

#[component]
fn NewRole(own: RoleRights, rights: RoleRights, left_out: Vec<String>, #[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let draft = Draft::with(rights);
    let blank = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != blank);
    // One for the role, however often it is sent until there is an answer.
    let once = StoredValue::new(idempotency_key());
    let save = move |()| {
        let options = Options::idempotent(once.get_value());
        let go = go.clone();
        let call = move |asked: UpdateRole| async move {
            let body = CreateRole {
                name: asked.name.unwrap_or_default(),
                description: asked.description.unwrap_or_default(),
                rights: asked.rights.unwrap_or_default(),
            };
            client.post_with::<TeamRole>("/roles", &body, options).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |_| {
            toasts.success("Role created");
            go("/roles");
        });
    };
    let lacks = (!left_out.is_empty()).then(|| {
        view! {
            <Callout tone=Tone::Neutral title="Not all of it is yours to give">
                {format!("Left out, since you do not have it yourself: {}.", left_out.join(", "))}
            </Callout>
        }
    });
    view! {
        {lacks}
        <RoleForm draft submission own/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Create role" on_save=save on_discard/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_everything_names_it_one_by_one() {
        let Beginning::Rights(rights) = beginning(Some("owner")) else {
            panic!("a role of every store");
        };
        assert_eq!(rights.rights(), RoleRights::of(MemberRole::Owner).rights());
        assert!(rights.names().iter().all(|name| !name.ends_with('*')));
        assert!(beginning(None) == Beginning::Rights(RoleRights::NONE));
    }

    #[test]
    fn what_one_lacks_is_left_out_of_a_copy() {
        let own = RoleRights::of(MemberRole::Viewer);
        let names = ["orders.read", "orders.write", "orders.*"].map(str::to_owned);
        let (rights, left_out) = givable(own, &names);
        assert_eq!((rights.names(), left_out), (vec!["orders.read".to_owned()], names[1..].to_vec()));
    }
}
