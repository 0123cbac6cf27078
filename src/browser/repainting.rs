//! What is done to a draft's photo after it was made ready: covering people, turning it, putting several in order. The page's side of
//! the worker that paints (crate `cover`).

use domain::RecordId;
use js_sys::{Array, Float64Array, Object, Reflect};
use media::{Shape, Spot};
use protocol::MediaSize;
use store::{PhotoStage, PhotoWrite};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::asking::{ask_fresh, get};
use crate::model::{Change, PhotoId, RepaintProblem};
use crate::preparing::read_ready;
use crate::{ObjectUrl, Phone};

impl Phone {
    /// Returns an address at which a draft's photo can be seen as large as it will be sent; `None` where it is not ready.
    pub async fn large_photo(&self, draft: RecordId, photo: PhotoId) -> Option<ObjectUrl> {
        ObjectUrl::new(&self.ready_photo(draft, photo).await?)
    }

    async fn ready_photo(&self, draft: RecordId, photo: PhotoId) -> Option<Blob> {
        let stored = self.store().draft(draft).await.ok()??;
        let found = stored.photos.into_iter().find(|held| held.id == photo.0)?;
        match found.stage {
            PhotoStage::Ready(ready) => self.store().own_photo(ready.sha256, MediaSize::Large).await.ok()?,
            PhotoStage::Waiting | PhotoStage::Refused(_) => None,
        }
    }

    /// Looks for faces in a draft's photo: what to propose, the surest first. A person says what is covered.
    ///
    /// # Errors
    /// Why nobody looked.
    pub async fn find_faces(&self, draft: RecordId, photo: PhotoId) -> Result<Vec<Spot>, RepaintProblem> {
        let photo = self.ready_photo(draft, photo).await.ok_or(RepaintProblem::NoPhoto)?;
        let found = ask_worker("find", &photo).await?;
        let spot = |numbers: JsValue| match Shape::from_numbers(&Float64Array::new(&numbers).to_vec()) {
            Some(Shape::Spot(spot)) => Some(spot),
            Some(Shape::Stroke(_)) | None => None,
        };
        Ok(Array::from(&found).iter().filter_map(spot).collect())
    }

    /// Covers shapes of a draft's photo. Of what they cover nothing stays on this phone.
    ///
    /// # Errors
    /// Why it was not done: the photo is as it was.
    pub async fn cover(&self, draft: RecordId, photo: PhotoId, shapes: &[Shape]) -> Result<(), RepaintProblem> {
        let uncovered = self.ready_photo(draft, photo).await.ok_or(RepaintProblem::NoPhoto)?;
        let numbers = |shape: &Shape| Float64Array::from(shape.to_numbers().as_slice());
        let question = Object::new();
        Reflect::set(&question, &"photo".into(), &uncovered)
            .and_then(|_| Reflect::set(&question, &"shapes".into(), &shapes.iter().map(numbers).collect::<Array>()))
            .map_err(|_| RepaintProblem::NotHere)?;
        self.repaint(photo, "cover", &question).await?;
        self.propose_covered(draft).await;
        Ok(())
    }

    /// Turns a draft's photo by a quarter, clockwise.
    ///
    /// # Errors
    /// As [`Phone::cover`].
    pub async fn turn(&self, draft: RecordId, photo: PhotoId) -> Result<(), RepaintProblem> {
        let photo_now = self.ready_photo(draft, photo).await.ok_or(RepaintProblem::NoPhoto)?;
        self.repaint(photo, "turn", &photo_now).await
    }

    async fn repaint(&self, photo: PhotoId, what: &str, of: &JsValue) -> Result<(), RepaintProblem> {
        let answer = ask_worker(what, of).await?;
        let ready = read_ready(&answer).ok_or(RepaintProblem::Failed)?;
        self.capture().write_photo(photo.0, PhotoWrite::Ready(ready, None)).await.map_err(RepaintProblem::Storage)?;
        self.announce(Change::Drafts);
        Ok(())
    }

    /// Puts a draft's photos in this order.
    pub async fn put_in_order(&self, draft: RecordId, photos: Vec<PhotoId>) {
        let order: Vec<_> = photos.into_iter().map(|PhotoId(id)| id).collect();
        self.capture().change(draft, &|body| body.order.clone_from(&order)).await;
    }
}

/// Asks a fresh worker, which ends with its answer: the model by which it finds faces is large.
async fn ask_worker(what: &str, of: &JsValue) -> Result<JsValue, RepaintProblem> {
    let answer = ask_fresh("cover-worker", what, of).await.ok_or(RepaintProblem::NotHere)?;
    if get(&answer, "error").is_string() {
        Err(RepaintProblem::Failed)
    } else {
        Ok(get(&answer, "ok").unchecked_into())
    }
}
