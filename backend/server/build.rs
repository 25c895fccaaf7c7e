//! The apps are embedded when the server is built, so new ones must build it anew.

fn main() {
    println!("cargo::rerun-if-changed=../../dist");
}
