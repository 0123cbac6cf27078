//! Every cell of `docs/permissions.md` against what the server really answers.
//!
//! The document is a copy of the table that changes only when somebody reviews it. What is asked here goes over the API and is
//! compared with the document, never with the table: a cell that changes on one side alone is found.

mod addresses;
mod document;
mod guided;
mod inviting;
mod records;
mod world;
