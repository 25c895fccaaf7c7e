use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::role::TeamRole;
use orion_types::team::{Invitation, TeamMember};
use orion_ui::*;

use super::dialogs::{InviteDialog, LeaveDialog};
use super::impersonations::ImpersonationCard;
use super::invitations::InvitationCard;
use super::members::MemberTable;
use super::ownership::{OfferCard, use_offer};
use super::policy::PolicyCard;
use crate::store::may;

/// Members, invitations, and the way to invite somebody.
#[component]
pub fn TeamPage() -> impl IntoView {
    let client = use_client();
    let members = use_load(move || async move { client.get::<Page<TeamMember>>("/team").await });
    let invitations = use_load(move || async move { client.get::<Page<Invitation>>("/invitations").await });
    let roles = use_load(move || async move { client.get::<Page<TeamRole>>("/roles").await });
    let offer = use_offer();
    let writes = may(Permission::TeamWrite);
    let [inviting, leaving] = [(); 2].map(|()| RwSignal::new(false));
    let actions = if writes {
        view! { <Button variant=ButtonVariant::Primary icon=icons::PLUS on_click=move |_| inviting.set(true)>"Invite somebody"</Button> }
            .into_any()
    } else {
        view! { <Button on_click=move |_| leaving.set(true)>"Leave this team"</Button> }.into_any()
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Team" subtitle="Who works for the store, and what each may do">{actions}</PageHeader>
            <OfferCard offer on_accepted=move |()| members.reload()/>
            <Card flush=true>
                <Loaded state=members.state() skeleton=|| view! { <TableSkeleton rows=3 columns=4/> } on_retry=move |()| members.reload() let:value>
                    <MemberTable rows=value.data members offer roles writes/>
                </Loaded>
            </Card>
            <InvitationCard invitations writes/>
            <PolicyCard writes/>
            <ImpersonationCard writes/>
            <InviteDialog open=inviting invitations roles/>
            <LeaveDialog open=leaving/>
        </div>
    }
    .into_any()
}
