//! The server over real sockets, asked by a real client.

mod answers;
mod desk;
mod errors;
mod health;
mod raw;
