use leptos::prelude::*;

use super::state::{EmptyState, ErrorState};
use crate::{
    button::{ButtonVariant, LinkButton},
    icon::icons,
    settings::{app_path, text_signal, ui_text},
};

/// Data on its way: what a page that loads something is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load<T> {
    /// Asked for, not here yet.
    #[default]
    Loading,
    /// Did not come.
    Failed(LoadError),
    /// Here.
    Ready(T),
}

impl<T> Load<T> {
    /// The data, once it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// Why data did not come, in words for the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadError {
    /// A sentence.
    pub message: String,
    /// What support asks for.
    pub request_id: Option<String>,
    /// It does not exist, so asking again brings nothing.
    pub missing: bool,
    /// The reader may not see it, so asking again brings nothing either.
    pub forbidden: bool,
}

impl<T, E: Into<LoadError>> From<Result<T, E>> for Load<T> {
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error.into()),
        }
    }
}

/// Shows the skeleton, the error or the data, whichever the state is.
#[component]
pub fn Loaded<T, V>(
    /// The data on its way.
    #[prop(into)]
    state: Signal<Load<T>>,
    /// The final shape without data.
    #[prop(into)]
    skeleton: ViewFn,
    /// Asks again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// The data's view: `let:value`.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match state.get() {
        Load::Loading => skeleton.run(),
        Load::Failed(error) => failed(error, on_retry),
        Load::Ready(value) => children(value).into_any(),
    }
}

fn failed(error: LoadError, on_retry: Option<Callback<()>>) -> AnyView {
    if error.missing
        && let Some(list) = list_above()
    {
        return gone(list);
    }
    let request_id = Signal::stored(error.request_id);
    if error.forbidden {
        return view! { <EmptyState icon=icons::LOCK title=error.message/> }.into_any();
    }
    match on_retry {
        Some(on_retry) => view! { <ErrorState message=error.message request_id on_retry/> }.into_any(),
        None => view! { <ErrorState message=error.message request_id/> }.into_any(),
    }
}

/// The list that a page such as `/products/0198…` is about one of; `None` on a page that is no detail.
fn list_above() -> Option<String> {
    let path = app_path(&window().location().pathname().ok()?);
    let (list, _) = path.trim_end_matches('/').rsplit_once('/')?;
    (!list.is_empty()).then(|| list.to_owned())
}

fn gone(list: String) -> AnyView {
    let name = list.rsplit('/').next().unwrap_or_default().replace('-', " ");
    let back = move || ui_text(|text| &text.back_to_list).replace("{list}", &name);
    view! {
        <EmptyState icon=icons::SEARCH title=text_signal(|text| &text.gone_title) description=text_signal(|text| &text.gone_text)>
            <LinkButton href=list variant=ButtonVariant::Primary>{back}</LinkButton>
        </EmptyState>
    }
    .into_any()
}
