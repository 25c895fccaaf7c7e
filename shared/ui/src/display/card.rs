use leptos::prelude::*;

/// A raised surface that holds what belongs together.
#[component]
pub fn Card(
    /// Names what is inside.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// A sentence below the title.
    #[prop(optional, into)]
    description: Option<Signal<String>>,
    /// At the end of the title's line.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// No padding around the content, for tables and lists.
    #[prop(optional)]
    flush: bool,
    /// Below the content, behind a line.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let has_head = title.is_some() || actions.is_some();
    let head = has_head.then(|| {
        view! {
            <div class="ui-card__head">
                <div class="ui-card__titles">
                    {title.map(|title| view! { <h2 class="ui-card__title">{title}</h2> })}
                    {description.map(|text| view! { <p class="ui-card__description">{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="ui-card__actions">{move || actions.run()}</div> })}
            </div>
        }
    });
    view! {
        <section class="ui-card" class:ui-card--flush=flush>
            {head}
            <div class="ui-card__body">{children()}</div>
            {footer.map(|footer| view! { <div class="ui-card__footer">{move || footer.run()}</div> })}
        </section>
    }
    .into_any()
}
