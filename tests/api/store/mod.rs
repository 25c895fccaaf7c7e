mod bank_transfer;
mod categories;
mod images;
mod imports;
mod inventory;
mod orders;
mod products;
mod settings;
