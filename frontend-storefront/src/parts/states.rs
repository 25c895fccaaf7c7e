use leptos::prelude::*;
use orion_ui::{ErrorState, LoadError};

use crate::memory::{Kept, PageData, Shown};
use crate::pages::missing::MissingPage;

/// A page that did not come.
#[component]
pub fn PageFailed(
    /// Why.
    error: LoadError,
    /// Asks again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! { <div class="shop-page"><ErrorState message=error.message request_id=Signal::stored(error.request_id) on_retry/></div> }
        .into_any()
}

/// The page, its skeleton, its error, or that it is not there.
pub fn shown<T: Kept>(
    data: PageData<T>,
    skeleton: fn() -> AnyView,
    view: impl Fn(T) -> AnyView + Send + 'static,
) -> impl Fn() -> AnyView + Send + 'static {
    move || match data.state.get() {
        Shown::Waiting => skeleton(),
        Shown::Missing(_) => view! { <MissingPage/> }.into_any(),
        Shown::Failed(error) => view! { <PageFailed error on_retry=move |()| data.retry()/> }.into_any(),
        Shown::Ready(value) => view(value),
    }
}
