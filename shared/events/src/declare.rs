//! How events are declared: the type, what is to be said about it and an example are one piece of text.

use crate::EventInfo;

/// Declares the events of one module: `Type: "name", version, object, visibility { field: type = example }`. The first line of a type's
/// documentation is its sentence in the list.
macro_rules! events {
    (
        module $module:literal;
        $(
            #[doc = $summary:literal]
            $(#[$meta:meta])*
            $event:ident: $name:literal, $version:literal, $object:ident, $visibility:ident {
                $($(#[$field_meta:meta])* $field:ident: $type:ty = $example:expr,)+
            }
        )+
    ) => {
        $(
            #[doc = $summary]
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            pub struct $event {
                $($(#[$field_meta])* pub $field: $type,)+
            }

            impl crate::Event for $event {
                const NAME: &'static str = $name;
                const VERSION: u16 = $version;
            }

            impl $event {
                fn example() -> serde_json::Value {
                    serde_json::json!(Self { $($field: $example,)+ })
                }

                const INFO: crate::EventInfo = crate::EventInfo {
                    name: $name,
                    version: $version,
                    module: $module,
                    summary: $summary.trim_ascii(),
                    object: stringify!($object),
                    public: crate::declare::$visibility,
                    example: Self::example,
                    #[cfg(feature = "openapi")]
                    schema: <Self as utoipa::PartialSchema>::schema,
                    #[cfg(feature = "openapi")]
                    schemas: <Self as utoipa::ToSchema>::schemas,
                };
            }
        )+

        /// What this module publishes.
        pub(crate) const EVENTS: &[crate::EventInfo] = &[$($event::INFO),+];
    };
}

/// May leave the program.
#[expect(non_upper_case_globals, reason = "a word of the declarations")]
pub(crate) const public: bool = true;
/// Stays inside of it.
#[expect(non_upper_case_globals, reason = "a word of the declarations")]
pub(crate) const internal: bool = false;

/// How many events some lists hold.
pub(crate) const fn count(lists: &[&[EventInfo]]) -> usize {
    let (mut list, mut all) = (0, 0);
    while list < lists.len() {
        all += lists[list].len();
        list += 1;
    }
    all
}

/// The lists as one.
pub(crate) const fn join<const ALL: usize>(lists: &[&[EventInfo]]) -> [EventInfo; ALL] {
    let mut joined = [lists[0][0]; ALL];
    let (mut list, mut filled) = (0, 0);
    while list < lists.len() {
        let mut event = 0;
        while event < lists[list].len() {
            joined[filled] = lists[list][event];
            filled += 1;
            event += 1;
        }
        list += 1;
    }
    joined
}
