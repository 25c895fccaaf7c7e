//! Sending a form: busy while it is on its way, errors at the fields, never twice at once.

use leptos::prelude::*;
use orion_client::ApiError;

/// A form's way to the server.
#[derive(Clone, Copy)]
pub struct Submission {
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

/// A form that was not sent yet.
pub fn use_submission() -> Submission {
    Submission {
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    }
}

impl Submission {
    /// Whether it is on its way.
    pub fn busy(&self) -> Signal<bool> {
        self.busy.into()
    }

    /// What is wrong with the field at a JSON pointer such as `/title`.
    pub fn field(&self, pointer: &'static str) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| field_error(error, pointer))))
    }

    /// What is wrong as a whole, when no field is.
    pub fn message(&self) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || {
            error.with(|error| {
                let error = error.as_ref()?;
                let at_fields = error.problem().is_some_and(|problem| !problem.errors.is_empty());
                (!at_fields).then(|| error.message())
            })
        })
    }

    /// The whole error, to be tracked.
    pub fn error(&self) -> Option<ApiError> {
        self.error.get()
    }

    /// Forgets the last error.
    pub fn clear(&self) {
        self.error.set(None);
    }

    /// Sends, unless it is on its way already; `done` gets the answer.
    pub fn send<T: 'static>(&self, call: impl Future<Output = Result<T, ApiError>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let Self { busy, error } = *self;
        busy.set(true);
        error.set(None);
        // Not cancelled with the page: what was sent has its effect, and its answer is waited for.
        leptos::task::spawn_local(async move {
            let answer = call.await;
            busy.try_set(false);
            match answer {
                Ok(value) => done(value),
                Err(problem) => {
                    error.try_set(Some(problem));
                }
            }
        });
    }
}

/// What is wrong with a field, as a sentence: the server says "is required" and leaves out of what.
pub fn field_error(error: &ApiError, pointer: &str) -> Option<String> {
    error.field(pointer).map(|detail| sentence(&detail))
}

fn sentence(detail: &str) -> String {
    let subject = if detail.starts_with(char::is_lowercase) { "This " } else { "" };
    let end = if detail.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{subject}{detail}{end}")
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn half_sentences_become_whole_ones() {
        assert_eq!(sentence("is required"), "This is required.");
        assert_eq!(sentence("No product has it."), "No product has it.");
    }
}
