use leptos::prelude::*;

/// The edge of an avatar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px.
    Small,
    /// 32 px.
    #[default]
    Medium,
    /// 48 px.
    Large,
}

impl AvatarSize {
    fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A person or a store: a picture, or initials on a colour that follows from the name. Decorative; write the name beside it.
#[component]
pub fn Avatar(
    /// Who it is.
    #[prop(into)]
    name: Signal<String>,
    /// A picture, when there is one.
    #[prop(optional, into)]
    src: Option<String>,
    /// Medium unless said otherwise.
    #[prop(optional)]
    size: AvatarSize,
    /// Rounded square instead of a circle: a store instead of a person.
    #[prop(optional)]
    square: bool,
) -> impl IntoView {
    let class = move || {
        let shape = if square { " ui-avatar--square" } else { "" };
        format!(
            "ui-avatar ui-avatar--{} ui-avatar--hue{}{shape}",
            size.as_str(),
            name.with(|name| hue(name))
        )
    };
    let inside = match src {
        Some(src) => view! { <img class="ui-avatar__image" src=src alt="" width="48" height="48"/> }.into_any(),
        None => view! { {move || name.with(|name| initials(name))} }.into_any(),
    };
    view! { <span class=class aria-hidden="true">{inside}</span> }
}

fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let letters = words.next().into_iter().chain(words.next_back());
    letters.flat_map(char::to_uppercase).collect()
}

fn hue(name: &str) -> u32 {
    name.bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
        % 6
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("acme"), "A");
        assert_eq!(initials("Karl von und zu Söhne"), "KS");
        assert_eq!(initials("  "), "");
    }
}
