//! The worker beside the page that makes backups and puts them back: what its script calls.

#[cfg(target_arch = "wasm32")]
use {backup::Problem, js_sys::Object, js_sys::Reflect, wasm_bindgen::prelude::*};

/// Makes a backup; resolves with `{file: Blob, name, entries, missing}` (see [`keeper::Made`]), rejects with the key of a
/// [`Problem`].
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn make_backup(language: String) -> Result<JsValue, JsValue> {
    let made = keeper::make(&language).await.map_err(Problem::key)?;
    let object = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&object, &name.into(), &value).map(drop);
    set("file", made.file.into())?;
    set("name", made.name.into())?;
    set("entries", made.entries.into())?;
    set("missing", made.missing.into())?;
    Ok(object.into())
}

/// Puts a backup back; resolves with the JSON text of a [`backup::Outcome`], rejects with the key of a [`Problem`].
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn put_back(file: web_sys::Blob) -> Result<JsValue, JsValue> {
    let outcome = keeper::put_back(file).await.map_err(Problem::key)?;
    serde_json::to_string(&outcome).map(JsValue::from).map_err(|_| Problem::Failed.key().into())
}

fn main() {}
