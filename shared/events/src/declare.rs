//! How events are declared: the type, what is to be said about it and an example are one piece of text.

use crate::EventInfo;

/// Declares facts that several events tell, each with an example.
macro_rules! facts {
    ($(
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty = $example:expr,)+ }
    )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
        }

        impl $name {
            fn example() -> Self {
                Self { $($field: $example,)+ }
            }
        }
    )+};
}

/// Declares the events of one module: `Type: "name", version, object, visibility, keeping`, then either its own facts in braces, each with an
/// example, or in parentheses those that it shares with others, with what is different in its example. The first line of a type's documentation
/// is its sentence in the list.
macro_rules! events {
    (
        module $module:literal;
        $(
            #[doc = $summary:literal]
            $(#[$meta:meta])*
            $event:ident: $name:literal, $version:literal, $object:ident, $visibility:ident, $keeping:ident $facts:tt
        )+
    ) => {
        $(
            event_type! { #[doc = $summary] $(#[$meta])* $event $facts }

            impl crate::Event for $event {
                const NAME: &'static str = $name;
                const VERSION: u16 = $version;
                const KEPT: bool = crate::declare::$keeping;
            }

            impl $event {
                const INFO: crate::EventInfo = crate::EventInfo {
                    name: $name,
                    version: $version,
                    module: $module,
                    summary: $summary.trim_ascii(),
                    object: stringify!($object),
                    public: crate::declare::$visibility,
                    kept: crate::declare::$keeping,
                    example: || serde_json::json!(Self::example()),
                    #[cfg(feature = "openapi")]
                    schema: <Self as utoipa::PartialSchema>::schema,
                    #[cfg(feature = "openapi")]
                    schemas: <Self as utoipa::ToSchema>::schemas,
                };
            }
        )+

        /// What this module publishes.
        pub(crate) const EVENTS: &[crate::EventInfo] = &[$($event::INFO),+];
        /// The names of it.
        pub(crate) const NAMES: &[&str] = &[$($name),+];
    };
}

macro_rules! event_type {
    ($(#[$meta:meta])* $event:ident { $($facts:tt)+ }) => {
        facts! { $(#[$meta])* $event { $($facts)+ } }
    };
    ($(#[$meta:meta])* $event:ident ($facts:ident $({ $($field:ident: $example:expr),+ $(,)? })?)) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $event(pub $facts);

        impl $event {
            fn example() -> Self {
                Self($facts { $($($field: $example,)+)? ..$facts::example() })
            }
        }
    };
}

/// The words of the declarations.
mod words {
    #![expect(non_upper_case_globals, reason = "they are words of the declarations")]

    /// May leave the program.
    pub(crate) const public: bool = true;
    /// Stays inside of it.
    pub(crate) const internal: bool = false;
    /// Written down whether anybody hears it or not.
    pub(crate) const kept: bool = true;
    /// Comes in numbers, and is only written down for somebody.
    pub(crate) const fleeting: bool = false;
}

pub(crate) use words::{fleeting, internal, kept, public};

/// How many events some lists hold.
pub(crate) const fn count(lists: &[&[EventInfo]]) -> usize {
    let (mut list, mut all) = (0, 0);
    while list < lists.len() {
        all += lists[list].len();
        list += 1;
    }
    all
}

/// The lists as one: some, of which the first is not empty, and then others.
pub(crate) const fn join<const ALL: usize>(first: &[&[EventInfo]], then: &[&[EventInfo]]) -> [EventInfo; ALL] {
    let mut joined = [first[0][0]; ALL];
    let (mut list, mut filled) = (0, 0);
    while list < first.len() + then.len() {
        let events = if list < first.len() {
            first[list]
        } else {
            then[list - first.len()]
        };
        let mut event = 0;
        while event < events.len() {
            joined[filled] = events[event];
            filled += 1;
            event += 1;
        }
        list += 1;
    }
    joined
}
