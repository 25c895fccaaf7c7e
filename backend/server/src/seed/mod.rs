//! Demo shops and load data. Everything is written through the modules' own doors, as a merchant would.

mod demo;
mod foreign;
mod load;
#[cfg(feature = "orders")]
mod orders;
mod pictures;
mod platforms;
mod shop;
mod sold;

use anyhow::ensure;
use orion_framework::config::Environment;
use orion_types::customer::Address;

pub use demo::{DemoOptions, demo};
pub use load::load;

/// Whether demo shops and load data may be written here.
///
/// # Errors
/// Outside of development, unless forced.
pub fn allowed(env: Environment, force: bool) -> anyhow::Result<()> {
    ensure!(
        force || env.is_development(),
        "demo shops and load data have well-known passwords and are only written in development, or with --force"
    );
    Ok(())
}

/// The address of a demo customer as the shops know it.
fn address(customer: &orion_demo::DemoCustomer) -> Address {
    let address = &customer.address;
    Address {
        name: format!("{} {}", customer.first_name, customer.last_name),
        line1: address.line1.to_owned(),
        line2: address.line2.to_owned(),
        city: address.city.to_owned(),
        region: address.region.to_owned(),
        postal_code: address.postal_code.to_owned(),
        country: address.country.to_owned(),
        phone: address.phone.to_owned(),
    }
}
