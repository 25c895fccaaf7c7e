//! The derives that every wire type carries, in one place.

/// Declares a type of the API: serde both ways, comparable in tests, described in OpenAPI on the server.
///
/// Generic types write the derives out: `ToSchema` names a variable of its own there, which hygiene hides from a macro.
macro_rules! wire {
    ($($(#[$meta:meta])* $vis:vis $kind:ident $name:ident { $($body:tt)* })+) => {$(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$meta])*
        $vis $kind $name { $($body)* }
    )+};
}

/// Declares the query string of a list: unknown parameters are refused, not ignored.
macro_rules! query {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident { $($body:tt)* })+) => {$(
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
        #[serde(deny_unknown_fields, default)]
        $(#[$meta])*
        $vis struct $name { $($body)* }
    )+};
}
