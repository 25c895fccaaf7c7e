//! Rights as types: a handler names the right it needs in its signature.

use std::marker::PhantomData;

use orion_types::permission::Permission;

/// A right that a handler can demand.
pub trait StaffRight: 'static {
    /// The right.
    const PERMISSION: Permission;
    /// Whether an administrator who impersonates passes who holds it. Closed unless the module has opened the right to it.
    const IMPERSONATION: bool = Self::PERMISSION.is_open_to_impersonation();
}

/// A right that is open to impersonation, where it leads to something that is not: payout data, files with everybody's data.
pub struct Reserved<R>(PhantomData<R>);

impl<R: StaffRight> StaffRight for Reserved<R> {
    const PERMISSION: Permission = R::PERMISSION;
    const IMPERSONATION: bool = false;
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
