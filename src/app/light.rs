//! One machine for many uses: what keeps the app light.
//!
//! Generic code is compiled anew for every type it meets, and every closure is a type of its own; a resident pays for
//! each copy with data and waiting. What is written through these functions meets the framework as one boxed type, so the
//! machinery behind it is there once. Screens use nothing else for what changes, is read, or is done.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use domain::RecordId;
use leptos::prelude::*;
use web_sys::{Event, MouseEvent};

/// Something that follows signals: a view, a text, an attribute.
pub(crate) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// Makes something that follows the signals it reads.
pub(crate) fn live<T>(value: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(value)
}

/// Returns a view of nothing.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// Makes a handler of a tap.
pub(crate) fn tap(mut done: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| done())
}

/// Makes a handler of what was typed or chosen.
pub(crate) fn on_input(mut done: impl FnMut(&Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| done(&event))
}

/// Derives a value that tells others only when it is another one.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(value))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// Shows a row for each id; rows stay as long as their id does.
pub(crate) fn each(ids: Memo<Vec<RecordId>>, row: impl Fn(RecordId) -> AnyView + Send + Sync + 'static) -> AnyView {
    boxed_each(ids, Arc::new(row))
}

fn boxed_each(ids: Memo<Vec<RecordId>>, row: Arc<dyn Fn(RecordId) -> AnyView + Send + Sync>) -> AnyView {
    view! { <For each=move || ids.get() key=|id| *id children=move |id| row(id)/> }.into_any()
}

type Soon<T> = Pin<Box<dyn Future<Output = T>>>;

/// What is read from the phone: nothing while it is being read for the first time, what it was while it is read again.
pub(crate) struct Reading<T> {
    resource: LocalResource<Rc<dyn Any>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

/// Reads from the phone, and again whenever a signal that `read` asks has changed.
pub(crate) fn use_reading<T: 'static, F: Future<Output = T> + 'static>(read: impl Fn() -> F + 'static) -> Reading<T> {
    let read = Box::new(move || {
        let value = read();
        Box::pin(async move { Rc::new(value.await) as Rc<dyn Any> }) as Soon<Rc<dyn Any>>
    });
    Reading { resource: boxed_resource(read), kind: PhantomData }
}

fn boxed_resource(read: Box<dyn Fn() -> Soon<Rc<dyn Any>>>) -> LocalResource<Rc<dyn Any>> {
    LocalResource::new(read)
}

impl<T: 'static> Reading<T> {
    /// Looks at what was read.
    pub(crate) fn map<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let value = self.resource.get()?;
        value.downcast_ref::<T>().map(look)
    }

    /// Returns what was read.
    pub(crate) fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.map(T::clone)
    }

    /// Follows what was read without looking.
    pub(crate) fn track(self) {
        self.resource.track();
    }
}

/// Something that is done at the phone, and is not over at once.
#[derive(Clone, Copy)]
pub(crate) struct Doing(Action<Task, ()>);

type Task = Rc<RefCell<Option<Soon<()>>>>;

/// Returns what does things at the phone.
pub(crate) fn use_doing() -> Doing {
    Doing(Action::new_local(|task: &Task| {
        let task = task.borrow_mut().take();
        async move {
            if let Some(task) = task {
                task.await;
            }
        }
    }))
}

impl Doing {
    /// Does it.
    pub(crate) fn run(self, task: impl Future<Output = ()> + 'static) {
        self.0.dispatch_local(Rc::new(RefCell::new(Some(Box::pin(task)))));
    }
}
