use leptos::prelude::*;

use super::brand::BrandMark;

/// The frame of a sign-in page: the mark, a title, a card with the form.
#[component]
pub fn AuthLayout(
    /// The page's one `h1`.
    #[prop(into)]
    title: Signal<String>,
    /// A line below the title.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// Below the card: another way in.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The form.
    children: Children,
) -> impl IntoView {
    crate::watch(move || document().set_title(&title.get()));
    view! {
        <main class="ui-auth">
            <div class="ui-auth__sky" aria-hidden="true"></div>
            <div class="ui-auth__column">
                <BrandMark size=40/>
                <div class="ui-auth__titles">
                    <h1 class="ui-auth__title">{title}</h1>
                    {subtitle.map(|subtitle| view! { <p class="ui-auth__subtitle">{subtitle}</p> })}
                </div>
                <div class="ui-card ui-auth__card">
                    <div class="ui-card__body">{children()}</div>
                </div>
                {footer.map(|footer| view! { <div class="ui-auth__footer">{move || footer.run()}</div> })}
            </div>
        </main>
    }
    .into_any()
}
