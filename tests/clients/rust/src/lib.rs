//! Compiles when the document does what progenitor asks of one.

progenitor::generate_api!("../../../target/clients/openapi-3.0.json");
