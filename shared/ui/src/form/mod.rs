//! Form controls. Inside a [`Field`] each finds its id, its description and its error by context.

use leptos::prelude::{Callable, Callback};

mod choice;
mod colour_input;
mod field;
mod file_drop;
mod form_errors;
mod money_input;
mod number_input;
mod quantity;
mod radio_cards;
mod rich_text;
mod search_input;
mod select;
mod text_area;
mod text_input;

pub use choice::{Checkbox, Switch};
pub use colour_input::ColourInput;
pub use field::{ErrorsUntilEdited, Field};
pub use file_drop::FileDrop;
pub use form_errors::{FormError, FormErrors};
pub use money_input::MoneyInput;
pub use number_input::NumberInput;
pub use quantity::QuantityStepper;
pub use radio_cards::{RadioCard, RadioCards};
pub use rich_text::RichText;
pub(crate) use search_input::Pause;
pub use search_input::{SearchInput, focus_on_slash};
pub use select::{Select, SelectOption};
pub use text_area::TextArea;
pub use text_input::{InputKind, TextInput};

/// Tells the page about a change, if it asked.
fn notify<T: 'static>(callback: Option<Callback<T>>, value: T) {
    if let Some(callback) = callback {
        callback.run(value);
    }
}
