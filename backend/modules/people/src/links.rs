//! Where links lead: to hosts that are configured, whatever host a request came to. The token stands behind the `#`, which browsers keep to
//! themselves, so it is in nobody's log; in the texts of a mail it is not there before the mail leaves.

use orion_framework::auth::UserArea;
use orion_framework::config::PublicOrigin;
use orion_framework::mail::PLACE;
use orion_framework::tenancy::StoreContext;

/// Where a user chooses a new password; `domain` is that of their platform.
pub(crate) fn user_password(origin: &PublicOrigin, area: UserArea, domain: &str) -> String {
    format!("{}/password/new#{PLACE}", user_page(origin, area, domain))
}

/// Where a user proves an address.
pub(crate) fn user_email(origin: &PublicOrigin, area: UserArea, domain: &str) -> String {
    format!("{}/email#{PLACE}", user_page(origin, area, domain))
}

/// Likewise in the dashboard of a store, where they are signed in.
pub(crate) fn user_email_in(store: &StoreContext) -> String {
    format!("{}/store/email#{PLACE}", store.origin_of(&store.subdomain_host()))
}

/// Where an invitation to the administration is accepted; `domain` is that of a platform.
pub(crate) fn admin_invitation(origin: &PublicOrigin, domain: &str) -> String {
    format!("{}/invitation#{PLACE}", user_page(origin, UserArea::Admin, domain))
}

/// Where somebody opens a store of their own; `domain` is that of the platform.
pub(crate) fn sign_up(origin: &PublicOrigin, domain: &str) -> String {
    format!("{}/sign-up", user_page(origin, UserArea::Store, domain))
}

/// Where whoever asked for it confirms their address, and the store is made.
pub(crate) fn sign_up_confirm(origin: &PublicOrigin, domain: &str) -> String {
    format!("{}/confirm#{PLACE}", sign_up(origin, domain))
}

/// The way into the dashboard of a store that has just been opened. It is shown to its owner and in no mail.
pub(crate) fn opened_store(store: &StoreContext, secret: &str) -> String {
    format!("{}/store/sign-up/enter#{secret}", store.origin_of(&store.subdomain_host()))
}

/// Where a customer does, in the shop.
pub(crate) fn customer_email(store: &StoreContext) -> String {
    format!("{}/email#{PLACE}", store.visit_url())
}

fn user_page(origin: &PublicOrigin, area: UserArea, domain: &str) -> String {
    match area {
        UserArea::Admin => origin.of(&format!("admin.{domain}")),
        UserArea::Store => format!("{}/store", origin.of(domain)),
    }
}

/// Where a customer chooses a new password, in the shop.
pub(crate) fn customer_password(store: &StoreContext) -> String {
    format!("{}/password/new#{PLACE}", store.visit_url())
}

/// Where a member finds their own account, in the store's dashboard.
pub(crate) fn account(store: &StoreContext) -> String {
    format!("{}/store/account", store.origin_of(&store.subdomain_host()))
}

/// Where the owner sees who works for the store, and who of the platform has been in its dashboard.
pub(crate) fn team(store: &StoreContext) -> String {
    format!("{}/store/team", store.origin_of(&store.subdomain_host()))
}

/// Where an administrator enters the store's dashboard. It is shown to them and in no mail.
pub(crate) fn impersonation(store: &StoreContext, secret: &str) -> String {
    format!("{}/store/impersonation#{secret}", store.origin_of(&store.subdomain_host()))
}

/// Where an invitation is accepted, in the store's dashboard.
pub(crate) fn invitation(store: &StoreContext) -> String {
    format!("{}/store/invitation#{PLACE}", store.origin_of(&store.subdomain_host()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_area_on_the_platforms_own_host() {
        let origin = PublicOrigin {
            scheme: "https://".to_owned(),
            port: ":8443".to_owned(),
            domains_resolve: true,
        };
        assert_eq!(
            user_password(&origin, UserArea::Admin, "shops.example"),
            "https://admin.shops.example:8443/password/new#{secret}"
        );
        assert_eq!(
            user_password(&origin, UserArea::Store, "shops.example"),
            "https://shops.example:8443/store/password/new#{secret}"
        );
        assert_eq!(
            user_email(&origin, UserArea::Store, "shops.example"),
            "https://shops.example:8443/store/email#{secret}"
        );
        assert_eq!(
            sign_up_confirm(&origin, "shops.example"),
            "https://shops.example:8443/store/sign-up/confirm#{secret}"
        );
    }
}
