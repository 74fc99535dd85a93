//! The server over real sockets, asked by a real client.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

mod answers;
mod connections;
mod desk;
mod errors;
mod health;
mod load;
mod process;
mod raw;
mod secure;
mod spans;
mod web;
