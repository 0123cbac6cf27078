//! What lies where in the database, and how an older one becomes today's.
//!
//! | store | key | value | indices |
//! |---|---|---|---|
//! | `meta` | name | small things | |
//! | `memberships` | project | membership, and how far the project was pulled | |
//! | `joins` | join id | a join that waits | |
//! | `records` | record id | an own record; group = its home | `group` |
//! | `ops` | outbox place | a write that waits; group = its record | `group` |
//! | `views` | record id | another's record; group = its project | `group` |
//! | `media` | SHA-256 | the bytes of an own photo, large and small, from the moment it is ready | |
//! | `fetched` | project/SHA-256/size | another's photo; group = project/SHA-256 | `group` |
//! | `parked` | project/what | a change that this version of the app does not know; group = its project | `group` |
//! | `drafts` | draft id | a draft | |
//! | `draft_photos` | photo id | a draft's photo, with the file as chosen until it is ready; group = its draft | `group` |
//! | `recordings` | draft/place | a piece of a draft's recording, or all of it once it is ready; group = its draft | `group` |
//!
//! Migrations are never edited after a release.

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore, IdbObjectStoreParameters};

/// The database's name.
pub(crate) const NAME: &str = "wijkbeeld";

/// Today's schema.
pub(crate) const VERSION: u32 = 4;

pub(crate) const META: &str = "meta";
pub(crate) const MEMBERSHIPS: &str = "memberships";
pub(crate) const JOINS: &str = "joins";
pub(crate) const RECORDS: &str = "records";
pub(crate) const OPS: &str = "ops";
pub(crate) const VIEWS: &str = "views";
pub(crate) const MEDIA: &str = "media";
pub(crate) const FETCHED: &str = "fetched";
pub(crate) const PARKED: &str = "parked";
pub(crate) const DRAFTS: &str = "drafts";
pub(crate) const DRAFT_PHOTOS: &str = "draft_photos";
pub(crate) const RECORDINGS: &str = "recordings";

/// The key path of every store.
pub(crate) const ID: &str = "id";

/// The index by group, of the stores that have one.
pub(crate) const GROUP: &str = "group";

/// Brings a database of any older version to today's, step by step.
pub(crate) fn upgrade(from: f64, database: &IdbDatabase) -> Result<(), JsValue> {
    if from < 1.0 {
        v1(database)?;
    }
    if from < 2.0 {
        create_grouped(database, PARKED)?;
    }
    // Since 3 the pictures of a draft lie in `media`: a page that does not know it may not save one.
    if from < 4.0 {
        create_grouped(database, RECORDINGS)?;
    }
    Ok(())
}

fn v1(database: &IdbDatabase) -> Result<(), JsValue> {
    for name in [META, MEMBERSHIPS, JOINS, MEDIA, DRAFTS] {
        create(database, name)?;
    }
    for name in [RECORDS, OPS, VIEWS, FETCHED, DRAFT_PHOTOS] {
        create_grouped(database, name)?;
    }
    Ok(())
}

fn create(database: &IdbDatabase, name: &str) -> Result<IdbObjectStore, JsValue> {
    let parameters = IdbObjectStoreParameters::new();
    parameters.set_key_path(&ID.into());
    database.create_object_store_with_optional_parameters(name, &parameters)
}

fn create_grouped(database: &IdbDatabase, name: &str) -> Result<(), JsValue> {
    create(database, name)?.create_index_with_str(GROUP, GROUP)?;
    Ok(())
}
