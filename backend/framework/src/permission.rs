//! Rights as types: a handler names the right it needs in its signature.

use orion_types::permission::Permission;

/// A right that a handler can demand.
pub trait StaffRight: 'static {
    /// The right.
    const PERMISSION: Permission;
}

/// A module, as a type that handlers of shoppers name.
pub trait ModuleMarker: 'static {
    /// The module's id.
    const ID: &'static str;
}

/// One type per right.
pub mod rights {
    use super::{Permission, StaffRight};

    macro_rules! rights {
        ($($name:ident)+) => {$(
            #[doc = concat!("The right [`Permission::", stringify!($name), "`].")]
            pub struct $name;

            impl StaffRight for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+};
    }

    orion_types::with_every_right!(rights);
}
