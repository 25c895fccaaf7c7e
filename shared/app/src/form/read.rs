//! From fields to a request: there is no request as long as one of them cannot be read.

use std::str::FromStr;

use orion_types::FieldProblem;
use orion_ui::{NumberField, Unreadable};

/// A form as it was read. What it would send is inside, and comes out in [`Submission::send_read`](super::Submission::send_read)
/// when nothing stands against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read<T> {
    pub(super) body: Option<T>,
    pub(super) wrong: Vec<FieldProblem>,
}

/// Reads the fields of a form one after the other and notes what is wrong with them.
#[derive(Default)]
pub struct Reader {
    wrong: Vec<FieldProblem>,
}

impl Reader {
    /// A form of which nothing was read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A number that has to be there.
    pub fn required<N: TryFrom<i64> + Default>(&mut self, pointer: impl Into<String>, field: &NumberField) -> N {
        let pointer = pointer.into();
        match field.read() {
            Ok(None) => {
                self.refuse(pointer, "required", "This is required.");
                N::default()
            }
            read => self.taken(pointer, field, read).unwrap_or_default(),
        }
    }

    /// A number that may be left out.
    pub fn optional<N: TryFrom<i64>>(&mut self, pointer: impl Into<String>, field: &NumberField) -> Option<N> {
        self.taken(pointer.into(), field, field.read())
    }

    /// Refuses what a field says, for a reason of the form's own.
    pub fn refuse(&mut self, pointer: impl Into<String>, code: &str, detail: impl Into<String>) {
        self.wrong.push(FieldProblem::new(pointer, code, detail));
    }

    /// Whether nothing was wrong so far.
    pub fn is_fine(&self) -> bool {
        self.wrong.is_empty()
    }

    /// One of several values, as a list of choices holds it.
    pub fn chosen<T: FromStr>(&mut self, pointer: impl Into<String>, value: &str) -> Option<T> {
        let chosen = value.parse().ok();
        if chosen.is_none() {
            self.refuse(pointer, "required", "Choose one of these.");
        }
        chosen
    }

    /// Ends reading; `body` is what will be sent if nothing was wrong, and absent where it could not even be made.
    pub fn finish<T>(self, body: impl Into<Option<T>>) -> Read<T> {
        Read {
            body: body.into(),
            wrong: self.wrong,
        }
    }

    fn taken<N: TryFrom<i64>>(&mut self, pointer: String, field: &NumberField, read: Result<Option<i64>, Unreadable>) -> Option<N> {
        let detail = match read {
            Ok(None) => return None,
            Ok(Some(number)) => match N::try_from(number) {
                Ok(number) => return Some(number),
                Err(_) => format!("“{}” is too large.", field.text()),
            },
            Err(Unreadable(detail)) => detail,
        };
        self.refuse(pointer, "unreadable", detail);
        None
    }
}

impl<T> Read<T> {
    /// This and another part of the same form: there is something to send when nothing stands against either.
    pub fn and<U>(self, other: Read<U>) -> Read<(T, U)> {
        Read {
            body: self.body.zip(other.body),
            wrong: self.wrong.into_iter().chain(other.wrong).collect(),
        }
    }

    /// What is wrong, one entry per field.
    pub fn wrong(&self) -> &[FieldProblem] {
        &self.wrong
    }
}
