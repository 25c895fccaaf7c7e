use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, Submission};
use orion_types::oauth::{CreateProgram, Program};
use orion_types::validation::MAX_NAME_LENGTH;
use orion_ui::*;

/// What is typed about a program.
#[derive(Clone, Copy)]
pub struct Draft {
    name: RwSignal<String>,
    /// An address in each line.
    redirects: RwSignal<String>,
}

/// The addresses of a text, one in each line.
fn addresses(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Draft {
    /// A new program.
    pub fn empty() -> Self {
        Self {
            name: RwSignal::default(),
            redirects: RwSignal::default(),
        }
    }

    /// A program as it is.
    pub fn of(program: &Program) -> Self {
        Self {
            name: RwSignal::new(program.name.clone()),
            redirects: RwSignal::new(program.redirect_uris.join("\n")),
        }
    }

    /// What it would send; to be tracked.
    pub fn read(&self) -> Read<CreateProgram> {
        let mut reader = Reader::new();
        let (name, redirect_uris) = (self.name.get().trim().to_owned(), addresses(&self.redirects.get()));
        if name.is_empty() {
            reader.refuse("/name", "required", "This is required.");
        }
        if redirect_uris.is_empty() {
            reader.refuse("/redirect_uris", "required", "This is required.");
        }
        reader.finish(CreateProgram { name, redirect_uris })
    }
}

/// The fields of a program.
#[component]
pub fn ProgramForm(draft: Draft, submission: Submission) -> impl IntoView {
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Program" description="It has no secret: what it gets is bound to its own machine by PKCE.">
            <div class="ui-stack">
                <Field label="Name" hint="People see it when they are asked" required=true error=submission.field("/name")>
                    <TextInput value=draft.name maxlength=MAX_NAME_LENGTH as u32 autocomplete="off" name="name"/>
                </Field>
                <Field
                    label="Where answers may go to"
                    hint="One address in each line: https://…, or http://127.0.0.1/… for a program on somebody's own machine, where any port will do"
                    required=true
                    error=submission.fields_below("/redirect_uris")
                >
                    <TextArea value=draft.redirects rows=3/>
                </Field>
            </div>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn each_line_is_an_address() {
        let typed = " https://assistant.example/callback \n\nhttp://127.0.0.1/callback\n";
        assert_eq!(
            addresses(typed),
            ["https://assistant.example/callback", "http://127.0.0.1/callback"]
        );
        assert!(addresses(" \n ").is_empty());
    }
}
