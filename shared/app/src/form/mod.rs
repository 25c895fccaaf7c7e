//! Sending a form: read whole or not sent, busy while it is on its way, every refusal said, never twice at once.

mod conflict;
mod read;
mod refusal;

use leptos::prelude::*;
use orion_client::ApiError;
use orion_types::Problem;
use orion_ui::{focus_refusal, use_toasts};

pub use conflict::Conflict;
pub use read::{Read, Reader};
pub use refusal::{Refused, sentences};
use refusal::{Shown, beside, sentence};

/// A form's way to the server.
#[derive(Clone, Copy)]
pub struct Submission {
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    /// What the fields on the page show.
    shown: RwSignal<Vec<Shown>>,
    /// How many places there are that say the rest.
    places: StoredValue<u32>,
    /// How many of them say that somebody else was faster, and nothing else.
    conflicts: StoredValue<u32>,
}

/// A form that was not sent yet.
pub fn use_submission() -> Submission {
    Submission {
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        shown: RwSignal::new(Vec::new()),
        places: StoredValue::new(0),
        conflicts: StoredValue::new(0),
    }
}

impl Submission {
    /// Whether it is on its way.
    pub fn busy(&self) -> Signal<bool> {
        self.busy.into()
    }

    /// What is wrong with the field at a JSON pointer such as `/title`, to be shown there as long as the caller is on the page.
    pub fn field(&self, pointer: impl Into<String>) -> Signal<Option<String>> {
        self.shows(Shown::At(pointer.into()))
    }

    /// The same for a pointer and everything below it, such as the tags one by one.
    pub fn fields_below(&self, pointer: impl Into<String>) -> Signal<Option<String>> {
        self.shows(Shown::Below(pointer.into()))
    }

    fn shows(&self, shown: Shown) -> Signal<Option<String>> {
        let Self { error, shown: all, .. } = *self;
        all.update(|all| all.push(shown.clone()));
        let gone = shown.clone();
        on_cleanup(move || {
            all.try_update(|all| all.iter().position(|one| *one == gone).map(|at| all.swap_remove(at)));
        });
        Signal::derive(move || {
            error.with(|error| {
                let fields = &error.as_ref()?.problem()?.errors;
                let field = fields.iter().find(|field| shown.covers(&field.pointer))?;
                Some(sentence(&field.detail))
            })
        })
    }

    /// Whether the last error is about the field at a JSON pointer, for a page that has the field only then; to be tracked.
    pub fn asks_for(&self, pointer: &'static str) -> Signal<bool> {
        let error = self.error;
        Signal::derive(move || {
            error.with(|error| {
                let problem = error.as_ref().and_then(ApiError::problem);
                problem.is_some_and(|problem| problem.errors.iter().any(|field| field.pointer == pointer))
            })
        })
    }

    /// There is a place on the page for what no field shows, as long as the caller is there.
    fn has_a_place(&self) {
        let places = self.places;
        places.update_value(|places| *places += 1);
        on_cleanup(move || {
            places.try_update_value(|places| *places -= 1);
        });
    }

    /// There is a place on the page for a change that came too late, as long as the caller is there; [`Refused`] leaves that to it.
    fn says_conflicts(&self) {
        self.has_a_place();
        let conflicts = self.conflicts;
        conflicts.update_value(|places| *places += 1);
        on_cleanup(move || {
            conflicts.try_update_value(|places| *places -= 1);
        });
    }

    /// What no field shows of the last error, and no [`Conflict`] says; to be tracked.
    fn beside(&self) -> Option<Vec<String>> {
        if self.is_stale() && self.conflicts.get_value() > 0 {
            return None;
        }
        self.error
            .with(|error| error.as_ref().map(|error| self.shown.with(|shown| beside(error, shown))))
    }

    /// The problem of a kind, for a form that asks because of it; to be tracked.
    pub fn problem(&self, code: &str) -> Option<Problem> {
        self.error.with(|error| {
            let problem = error.as_ref()?.problem()?;
            (problem.code == code).then(|| problem.clone())
        })
    }

    /// Whether the last answer was a refusal; to be tracked.
    pub fn failed(&self) -> bool {
        self.error.with(Option::is_some)
    }

    /// Whether somebody else was faster; to be tracked.
    pub fn is_stale(&self) -> bool {
        self.error.with(|error| error.as_ref().and_then(ApiError::status)) == Some(412)
    }

    /// The whole error, to be tracked, for pages that say all of it in their own way.
    pub fn error(&self) -> Option<ApiError> {
        self.places.update_value(|places| *places = (*places).max(1));
        self.error.get()
    }

    /// What is wrong as a whole, when no field is; for pages that say it in their own way.
    pub fn message(&self) -> Signal<Option<String>> {
        let submission = *self;
        Signal::derive(move || {
            let error = submission.error()?;
            let at_fields = error.problem().is_some_and(|problem| !problem.errors.is_empty());
            (!at_fields).then(|| error.message())
        })
    }

    /// Forgets the last error.
    pub fn clear(&self) {
        self.error.set(None);
    }

    /// Sends what was read, unless a field could not be read: then the fields say so, and nothing is sent.
    pub fn send_read<B, T, F>(&self, read: Read<B>, call: impl FnOnce(B) -> F, done: impl FnOnce(T) + 'static)
    where
        T: 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let Read { body, wrong } = read;
        match body.filter(|_| wrong.is_empty()) {
            Some(body) => self.send(call(body), done),
            None => self.refuse(ApiError::Problem(Problem {
                type_url: String::new(),
                title: "Not everything could be read".to_owned(),
                status: 422,
                detail: None,
                instance: None,
                code: "form.unreadable".to_owned(),
                request_id: None,
                errors: wrong,
                modules: Vec::new(),
                challenge: None,
            })),
        }
    }

    /// Sends, unless it is on its way already; `done` gets the answer.
    pub fn send<T: 'static>(&self, call: impl Future<Output = Result<T, ApiError>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let submission = *self;
        submission.busy.set(true);
        submission.error.set(None);
        // Not cancelled with the page: what was sent has its effect, and its answer is waited for.
        leptos::task::spawn_local(async move {
            let answer = call.await;
            submission.busy.try_set(false);
            match answer {
                Ok(value) => done(value),
                Err(problem) => submission.refuse(problem),
            }
        });
    }

    /// Says why not: on the page, or in a toast where the page has no place for it or is gone.
    fn refuse(&self, problem: ApiError) {
        let has_a_place = self.places.try_get_value().is_some_and(|places| places > 0);
        let said = has_a_place || self.shown.try_with_untracked(|shown| beside(&problem, shown).is_empty()) == Some(true);
        if !said {
            use_toasts().error(sentences(&problem));
        }
        if self.error.try_set(Some(problem)).is_none() && said {
            focus_refusal();
        }
    }
}
