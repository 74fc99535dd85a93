//! The server over real sockets, asked by a real client.

mod answers;
mod connections;
mod desk;
mod errors;
mod health;
mod load;
mod process;
mod raw;
mod secure;
