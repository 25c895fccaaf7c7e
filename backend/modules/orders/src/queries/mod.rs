//! SQL, by table.

pub mod carts;
pub mod figures;
pub mod fulfilments;
pub mod history;
pub mod order_list;
pub mod orders;
pub mod placing;
pub mod prices;
pub mod sales;
pub mod settings;
