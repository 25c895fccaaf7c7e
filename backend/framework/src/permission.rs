//! Rights as types: a handler names the right it needs in its signature.

use std::marker::PhantomData;

use orion_types::permission::Permission;

/// A right that a handler can demand.
pub trait StaffRight: 'static {
    /// The right.
    const PERMISSION: Permission;
    /// Whether an administrator who impersonates passes who holds it. Closed unless the module has opened the right to it.
    const IMPERSONATION: bool = Self::PERMISSION.is_open_to_impersonation();
    /// Whether it may be used to change something in a store that is suspended or archived.
    const IN_ANY_STATE: bool = false;
}

/// A right that is open to impersonation, where it leads to something that is not: payout data, files with everybody's data, what cannot be
/// taken back.
pub struct Reserved<R>(PhantomData<R>);

impl<R: StaffRight> StaffRight for Reserved<R> {
    const PERMISSION: Permission = R::PERMISSION;
    const IMPERSONATION: bool = false;
    const IN_ANY_STATE: bool = R::IN_ANY_STATE;
}

/// A right in whatever state the store is: for what whoever suspends a store must not be able to take away from its owner.
pub struct Always<R>(PhantomData<R>);

impl<R: StaffRight> StaffRight for Always<R> {
    const PERMISSION: Permission = R::PERMISSION;
    const IMPERSONATION: bool = R::IMPERSONATION;
    const IN_ANY_STATE: bool = true;
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
