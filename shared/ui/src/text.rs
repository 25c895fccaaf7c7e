//! The kit's own words, English unless the app gives others.

use std::borrow::Cow;

macro_rules! ui_text {
    ($($(#[$doc:meta])* $name:ident = $english:literal,)*) => {
        /// The words the kit says by itself; an app translates them with `UiText { close: …, ..UiText::default() }`.
        #[derive(Clone, Debug, PartialEq)]
        pub struct UiText {
            $($(#[$doc])* pub $name: Cow<'static, str>,)*
        }

        impl Default for UiText {
            fn default() -> Self {
                Self { $($name: Cow::Borrowed($english),)* }
            }
        }
    };
}

ui_text! {
    /// Closes a dialog, a sheet, a toast.
    close = "Close",
    /// Leaves a dialog without doing anything.
    cancel = "Cancel",
    /// Tries a failed request again.
    retry = "Try again",
    /// Next cursor page.
    next = "Next",
    /// Previous cursor page.
    previous = "Previous",
    /// Names the pager for assistive technology.
    pages = "Pages",
    /// Title of the error state.
    error_title = "Something went wrong",
    /// Title where something was asked for that does not exist.
    gone_title = "This no longer exists",
    /// Text below it.
    gone_text = "It was removed, or the address is not quite right.",
    /// Leads to the list that it would be in; `{list}` is the list's name as its address says it, for apps whose language that is.
    back_to_list = "Back to {list}",
    /// Stands before the request id in the error state.
    request_id = "Request",
    /// Announced while a skeleton is shown or a button is busy.
    loading = "Loading",
    /// Marks a field that may stay empty.
    optional = "optional",
    /// Shows the typed password.
    show_password = "Show password",
    /// Hides the typed password.
    hide_password = "Hide password",
    /// Empties a search field.
    clear = "Clear",
    /// Removes every filter.
    clear_all = "Clear all",
    /// Removes one filter; the filter's name follows.
    remove = "Remove",
    /// Names the search field when the app gives no label.
    search = "Search",
    /// Saves the form.
    save = "Save",
    /// Throws the changes away.
    discard = "Discard",
    /// What the save bar and the page header say while something is unsaved.
    unsaved = "Unsaved changes",
    /// Title of the question before leaving.
    leave_title = "Leave without saving?",
    /// Text of the question before leaving.
    leave_text = "Your changes to this page will be lost.",
    /// Leaves the page.
    leave = "Leave page",
    /// Stays on the page.
    stay = "Keep editing",
    /// Names the checkbox that selects every row.
    select_all = "Select all",
    /// Names the checkbox of one row; the row's name follows.
    select_row = "Select",
    /// Follows the number of selected rows.
    selected = "selected",
    /// First stop of the keyboard.
    skip_to_content = "Skip to content",
    /// Opens the navigation on a phone, and names it.
    navigation = "Navigation",
    /// Makes the sidebar narrow.
    collapse_sidebar = "Collapse sidebar",
    /// Makes the sidebar wide again.
    expand_sidebar = "Expand sidebar",
    /// Names the breadcrumb trail.
    breadcrumbs = "Breadcrumbs",
    /// Quantity minus one.
    decrease = "Decrease quantity",
    /// Quantity plus one.
    increase = "Increase quantity",
    /// Opens a file chooser.
    choose_file = "Choose a file",
    /// Follows the chooser's words in the drop area.
    or_drop = "or drop it here",
    /// Said before the old price, for those who do not see the line through it.
    price_before = "Price before",
    /// Said before the price that counts now, beside an old one.
    price_now = "Price now",
    /// Stands before the lowest of several prices.
    price_from = "from",
    /// In place of "now" for what happened less than a minute ago.
    just_now = "just now",
    /// Opens the numbers behind a chart.
    view_as_table = "View as table",
    /// Names the legend entry of the period before.
    previous_period = "Previous period",
    /// Names the first column of a chart's table.
    date = "Date",
    /// Placeholder of the command palette.
    palette_placeholder = "Search or jump to…",
    /// Said when the palette finds nothing.
    palette_empty = "Nothing matches. Try another word.",
    /// Copies a value.
    copy = "Copy",
    /// Said after copying.
    copied = "Copied",
    /// Title of the summary above a form with several errors.
    form_errors = "Please check these fields",
    /// Link to the previous record.
    previous_record = "Previous record",
    /// Link to the next record.
    next_record = "Next record",
    /// Follows the system's light or dark.
    theme_system = "System theme",
    /// Always light.
    theme_light = "Light theme",
    /// Always dark.
    theme_dark = "Dark theme",
}
