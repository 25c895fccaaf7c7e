//! What the reader may do here by their own role, rights of modules that are off included.

use orion_app::{Loader, use_client, use_load};
use orion_types::RoleRights;
use orion_types::auth::StaffRights;
use orion_types::status::{MemberRole, RightOriginKind};

/// Asks for it.
pub fn use_own_rights() -> Loader<StaffRights> {
    let client = use_client();
    use_load(move || async move { client.get::<StaffRights>("/me/permissions").await })
}

/// The rights of the reader's role, as a role.
pub fn role_of(own: &StaffRights) -> RoleRights {
    if own.role == MemberRole::Owner {
        return RoleRights::of(MemberRole::Owner);
    }
    let named = own.rights.iter().map(|right| right.right.key().to_owned());
    let origins = own.rights.iter().flat_map(|right| &right.origins);
    let areas = origins
        .filter(|origin| origin.kind == RightOriginKind::Wildcard)
        .filter_map(|origin| origin.via.clone());
    RoleRights::listed(&named.chain(areas).collect::<Vec<_>>())
}
