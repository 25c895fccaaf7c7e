//! Accounts of customers in one store.

use orion_events::{CustomerCreated, CustomerFacts, CustomerRegistered, CustomerUpdated};
use orion_framework::auth::flow::{self, Signed};
use orion_framework::auth::{AuthError, check_new_password};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::gate::Anonymous;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_types::auth::{CustomerProfile, RegisterRequest};
use orion_types::customer::UpdateAccount;
use orion_types::{CustomerId, validation};

use crate::error::CustomersError;
use crate::model::CustomerRow;
use crate::queries::customers::{self, InsertCustomer};

/// A customer to be made; the password is hashed already, outside of any transaction.
#[derive(Clone)]
pub struct NewCustomer {
    /// The e-mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What the framework's `Passwords` made of the password; `None` for a guest.
    pub password_hash: Option<String>,
    /// `en`, `fr` or `de`.
    pub locale: String,
}

/// Makes a customer; [`CustomersError::EmailTaken`] when the address has an account.
///
/// A guest of the same address goes out of sight and keeps their orders until the address is verified: an account that swallowed the guest
/// at once would show those orders to whoever registers it.
pub fn create_customer(tx: &mut StoreTx, new: &NewCustomer) -> Result<CustomerId, CustomersError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&new.email)).unwrap_or_default();
    let name = errors.check("/name", validation::name(&new.name)).unwrap_or_default();
    errors.into_result()?;
    let known = customers::find_by_email(tx, &email)?;
    let guest = known.filter(|customer| customer.password_hash.is_none() && new.password_hash.is_some());
    if let Some(guest) = &guest {
        customers::retire(tx, guest.id)?;
    }
    let row = InsertCustomer {
        email: &email,
        name,
        password_hash: new.password_hash.as_deref(),
        locale: &new.locale,
    };
    let row = customers::insert(tx, &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("customers_email") => CustomersError::EmailTaken,
        error => CustomersError::Db(error),
    })?;
    let entry = AuditEntry::new("customer.created", "customers", row.id).note("guest", row.password_hash.is_none());
    let replaces = guest.map(|guest| guest.id);
    tx.audit(entry.note("replaces_guest", replaces));
    let customer_id = CustomerId(row.id);
    if row.password_hash.is_some() {
        tx.emit(&CustomerRegistered {
            customer_id,
            replaces_guest_id: replaces.map(CustomerId),
        });
    } else {
        tx.emit(&CustomerCreated(CustomerFacts { customer_id }));
    }
    Ok(customer_id)
}

/// Registers a customer and signs them in.
pub(crate) async fn register(
    anybody: &Anonymous,
    store: &StoreContext,
    request: RegisterRequest,
    cart_token: Option<String>,
) -> Result<Signed, CustomersError> {
    let RegisterRequest { email, name, password } = check_registration(request, store)?;
    let services = anybody.services();
    let wait = |retry_after| AuthError::TooManyAttempts { retry_after };
    let attempt = services
        .brake
        .attempt(store.id.0, &email, Some(&anybody.context().ip))
        .map_err(wait)?;
    let password_hash = Some(services.passwords.hash(&password).await?);
    let new = NewCustomer {
        email,
        name,
        password_hash,
        locale: store.locale.clone(),
    };
    let vault = services.vault.clone();
    let enter = move |tx: &mut StoreTx| {
        let customer = create_customer(tx, &new)?;
        for module in tx.modules().all() {
            if let Some(hook) = module.on_customer_registered {
                hook(tx, &vault, customer)?;
            }
        }
        let started = flow::enter_customer(tx, customer, cart_token.as_deref())?;
        Ok::<_, CustomersError>((customer, started))
    };
    let (customer, started) = anybody.store_tx(store, enter).await?;
    services.brake.succeeded(attempt);
    Ok(flow::signed_customer(
        anybody.accounts(),
        anybody.context(),
        store,
        customer,
        &started,
    )?)
}

fn check_registration(request: RegisterRequest, store: &StoreContext) -> Result<RegisterRequest, CustomersError> {
    let RegisterRequest { email, name, password } = request;
    let mut errors = FieldErrors::default();
    let known = email.clone();
    let email = errors.check("/email", validation::email(&email)).unwrap_or_default();
    errors.check("/name", validation::name(&name));
    errors.check("/password", check_new_password(&password, &[&known, &name, &store.name]));
    errors.into_result()?;
    Ok(RegisterRequest { email, name, password })
}

/// The account of a customer.
pub(crate) fn get(tx: &mut StoreTx, id: CustomerId) -> Result<CustomerProfile, CustomersError> {
    Ok(to_wire(customers::get(tx, id.0)?))
}

/// Changes the account; what is absent stays.
pub(crate) fn update(tx: &mut StoreTx, id: CustomerId, change: &UpdateAccount) -> Result<CustomerProfile, CustomersError> {
    let UpdateAccount { name } = change;
    let mut errors = FieldErrors::default();
    let name = name.as_ref().and_then(|name| errors.check("/name", validation::name(name)));
    errors.into_result()?;
    let before = customers::lock(tx, id.0)?;
    match name {
        Some(name) if name != before.name => {
            customers::set_name(tx, id.0, name)?;
            tx.audit(AuditEntry::new("customer.updated", "customers", id.0).change("name", &before.name, name));
            tx.emit(&CustomerUpdated(CustomerFacts { customer_id: id }));
        }
        _ => tx.no_audit("nothing was to be changed"),
    }
    get(tx, id)
}

fn to_wire(row: CustomerRow) -> CustomerProfile {
    let CustomerRow {
        id,
        email,
        name,
        created_at,
        email_verified_at,
        ..
    } = row;
    CustomerProfile {
        id: CustomerId(id),
        email,
        email_verified: email_verified_at.is_some(),
        name,
        created_at: created_at.into(),
    }
}
