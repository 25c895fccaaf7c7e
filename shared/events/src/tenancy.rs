//! What happens to a store as a whole.

use orion_types::status::{MemberRole, StoreStatus};
use orion_types::{JobId, RoleId, StoreId, UserId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::examples::id;

facts! {
    /// A store, as it is after what happened to it.
    StoreFacts {
        /// The store.
        store_id: StoreId = id(1),
        /// Its code.
        code: String = "acme".to_owned(),
        /// Its name.
        name: String = "Atelier Acme".to_owned(),
        /// Whether the platform lets it trade.
        status: StoreStatus = StoreStatus::Active,
    }
}

events! {
    module "tenancy";

    /// A store was made.
    StoreCreated: "store.created", 1, store_id, public, kept (StoreFacts)

    /// A store got another name or address.
    StoreUpdated: "store.updated", 1, store_id, public, kept (StoreFacts)

    /// A shop was opened to everybody.
    StoreOpened: "store.opened", 1, store_id, public, kept (StoreFacts)

    /// A store was closed by its platform until further notice.
    StoreSuspended: "store.suspended", 1, store_id, public, kept (StoreFacts { status: StoreStatus::Suspended })

    /// A store that was suspended trades again.
    StoreReactivated: "store.reactivated", 1, store_id, public, kept (StoreFacts)

    /// A store was closed for good.
    StoreArchived: "store.archived", 1, store_id, public, kept (StoreFacts { status: StoreStatus::Archived })

    /// Settings of a store were changed.
    SettingsUpdated: "settings.updated", 1, store_id, public, kept {
        /// The store.
        store_id: StoreId = id(1),
        /// What was changed, by its name.
        changed: Vec<String> = vec!["name".to_owned(), "timezone".to_owned()],
    }

    /// Somebody joined the team of a store.
    MemberAdded: "member.added", 1, user_id, public, kept {
        /// Who.
        user_id: UserId = id(2),
        /// What they may do.
        role: MemberRole = MemberRole::Editor,
        /// Which role of the store's own it is, where it is `custom`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role_id: Option<RoleId> = None,
    }

    /// An administrator called a job of the store off.
    JobCancelled: "job.cancelled", 1, job_id, internal, kept {
        /// The job.
        job_id: JobId = id(3),
        /// Its kind.
        kind: String = "catalog.import_products".to_owned(),
        /// Its input.
        payload: Value = json!({ "import_id": id::<Uuid>(4) }),
    }
}
