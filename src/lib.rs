//! copydesk takes raw news text apart: kicker, headline, subheadline, byline, dateline, headings,
//! paragraphs, quotes with their speakers, treaties and countries, each with exact offsets.
//!
//! ```
//! use copydesk::{Options, Tables, structure};
//!
//! let tables = Tables::new();
//! let text = "Ferries stop\n\n\"Nobody sails today,\" said Ines Roth.";
//! let article = structure(text, &Options::default(), &tables);
//! assert_eq!(article.headline.map(|span| span.of(text)), Some("Ferries stop"));
//! ```
//!
//! The modules in reading order: [`span`] (where), [`article`] (the answer), `text` and `tables`
//! (words), `few` (short lists), `stop` (whether it is still wanted), `reading` (what later stages read), `layout` (the page),
//! `names`, `quotes`, `mentions`, and [`structure()`], the order of the stages. They are pure: no files, no clock,
//! no threads. `wire`, `server` and `cli` stand around them and exist only with the feature
//! `server`.

pub mod article;
pub mod span;

mod few;
mod layout;
mod mentions;
mod names;
mod quotes;
mod reading;
mod stop;
mod structure;
mod tables;
mod text;

#[cfg(feature = "server")]
pub mod cli;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod wire;

pub use article::Article;
pub use span::Span;
pub use structure::{Options, structure, structure_until};
pub use tables::Tables;
