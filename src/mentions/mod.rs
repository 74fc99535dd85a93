//! Treaties and countries referred to.

pub(crate) mod countries;
pub(crate) mod treaties;
