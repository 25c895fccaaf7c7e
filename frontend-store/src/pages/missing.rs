use leptos::prelude::*;
use orion_ui::*;

/// There is no such page.
#[component]
pub fn MissingPage() -> impl IntoView {
    view! {
        <AuthLayout title="There is nothing here" subtitle="The address leads to no page of the dashboard.">
            <LinkButton href="/dashboard" variant=ButtonVariant::Primary full_width=true>"Go to the dashboard"</LinkButton>
        </AuthLayout>
    }
}
