//! What makes a backup and puts one back, in a worker of its own that comes when it is wanted.
//!
//! Must not know: screens, the network. A backup is a Blob of Blobs: photos stay with the browser, each is read once for
//! its checksum and none is copied. One that is put back is read by slices, a photo at a time.
//! Read first: [`make()`], [`put_back()`], and crate `backup` for what a backup is.

#![cfg(target_arch = "wasm32")]

mod file;
mod make;
mod phone;
mod put_back;

pub use make::{Made, make};
pub use put_back::put_back;
