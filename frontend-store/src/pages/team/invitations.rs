use leptos::prelude::*;
use orion_app::{Loader, use_client, use_submission};
use orion_types::Page;
use orion_types::team::Invitation;
use orion_ui::*;

use super::role_name;

/// Who is invited and has not come yet; nothing while there is nobody.
#[component]
pub fn InvitationCard(invitations: Loader<Page<Invitation>>, writes: bool) -> impl IntoView {
    move || match invitations.state().get() {
        Load::Ready(page) if page.data.is_empty() => ().into_any(),
        Load::Ready(page) => {
            let rows = page.data.into_iter();
            let rows = rows.map(|row| view! { <Row row invitations writes/> }).collect_view();
            view! { <Card title="Invitations" flush=true><ul class="divide-y divide-border">{rows}</ul></Card> }.into_any()
        }
        Load::Loading => view! { <TextSkeleton lines=2/> }.into_any(),
        Load::Failed(error) => {
            let again = move |()| invitations.reload();
            view! { <ErrorState message=error.message request_id=Signal::stored(error.request_id) on_retry=again/> }.into_any()
        }
    }
}

#[component]
fn Row(row: Invitation, invitations: Loader<Page<Invitation>>, writes: bool) -> impl IntoView {
    let actions = writes.then(|| view! { <Actions id=row.id.to_string() email=row.email.clone() invitations/> });
    view! {
        <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="block font-medium break-all">{row.email}</span>
                <span class="block text-sm text-muted">
                    {role_name(row.role, row.role_name.as_deref())} ", sent " <RelativeTime at=Moment::from(row.sent_at.0)/> ", good until " <DateTime at=Moment::from(row.expires_at.0)/>
                </span>
            </span>
            {actions}
        </li>
    }
    .into_any()
}

#[component]
fn Actions(id: String, email: String, invitations: Loader<Page<Invitation>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let [sending, revoking] = [(); 2].map(|()| use_submission());
    let path = StoredValue::new(format!("/invitations/{id}"));
    let (again, back) = (email.clone(), email);
    let resend = move |_| {
        let path = format!("{}/resend", path.get_value());
        sending.send(async move { client.post::<Invitation>(&path, &()).await }, move |_| {
            toasts.success("Sent again; the link before is worth nothing now");
            invitations.reload();
        });
    };
    let revoke = move |_| {
        revoking.send(async move { client.delete::<()>(&path.get_value()).await }, move |()| {
            toasts.success("Invitation taken back");
            invitations.reload();
            keep_focus();
        });
    };
    view! {
        <span class="flex gap-2">
            <Button size=ButtonSize::Small busy=sending.busy() on_click=resend>"Send again" <span class="ui-sr-only">{again}</span></Button>
            <Button size=ButtonSize::Small busy=revoking.busy() on_click=revoke>"Take back" <span class="ui-sr-only">{back}</span></Button>
        </span>
    }
    .into_any()
}
