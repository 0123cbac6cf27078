//! One machine for many uses: what keeps the app light.
//!
//! Generic code is compiled anew for every type it meets, and every closure is a type of its own; a resident pays for
//! each copy with data and waiting. What is written through these functions meets the framework as one boxed type, so the
//! machinery behind it is there once. Screens use nothing else for what is derived, read, or done; `dom` does the same for
//! what is shown.

use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use dom::follow;
use dom::reactive::*;

/// A derived value; it tells others only when it is another one.
pub struct Derived<T> {
    memo: Memo<Erased>,
    kind: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Erased {
    value: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

/// Derives a value from the signals it reads.
pub fn derive<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Derived<T> {
    let is_same = |one: &dyn Any, other: &dyn Any| one.downcast_ref::<T>() == other.downcast_ref::<T>();
    let erased = Box::new(move || Erased { value: Arc::new(value()), is_same });
    Derived { memo: boxed_memo(erased), kind: PhantomData }
}

fn boxed_memo(value: Box<dyn Fn() -> Erased + Send + Sync>) -> Memo<Erased> {
    Memo::new(move |_| value())
}

impl<T: 'static> Derived<T> {
    /// Looks at the value, and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(typed(&*self.memo.get().value))
    }

    /// Returns the value, and follows it.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(typed(&*self.memo.get_untracked().value))
    }

    /// Returns the value as it is now.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Follows the value without looking.
    pub fn track(self) {
        // A memo that nobody ever looked at follows nothing itself.
        drop(self.memo.get());
    }
}

fn typed<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().expect("a derived value holds what its own function returned")
}

/// Runs `work` once what is being made now stands on the page, and again whenever a signal that it read has changed.
pub fn afterwards(work: impl FnMut() + 'static) {
    boxed_afterwards(Box::new(work));
}

fn boxed_afterwards(mut work: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| work());
}

type Soon<T> = Pin<Box<dyn Future<Output = T>>>;

/// What is read from the phone: nothing while it is being read for the first time, what it was while it is read again.
pub struct Reading<T> {
    value: RwSignal<Option<Rc<dyn Any>>, LocalStorage>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

/// Reads from the phone, and again whenever a signal has changed that `read` looked at before it began to wait.
///
/// A signal and an effect: Leptos' resources can also wait for each other and be sent from a server, which nothing here needs.
pub fn use_reading<T: 'static, F: Future<Output = T> + 'static>(read: impl Fn() -> F + 'static) -> Reading<T> {
    let read = Box::new(move || {
        let value = read();
        Box::pin(async move { Rc::new(value.await) as Rc<dyn Any> }) as Soon<Rc<dyn Any>>
    });
    Reading { value: boxed_reading(read), kind: PhantomData }
}

fn boxed_reading(read: Box<dyn Fn() -> Soon<Rc<dyn Any>>>) -> RwSignal<Option<Rc<dyn Any>>, LocalStorage> {
    let value = RwSignal::new_local(None);
    let last = StoredValue::new(0_u32);
    follow(move || {
        let soon = read();
        let turn = last.get_value() + 1;
        last.set_value(turn);
        at_phone(async move {
            let read = soon.await;
            // The screen may be gone, or a later turn under way.
            if last.try_get_value() == Some(turn) {
                value.set(Some(read));
            }
        });
    });
    value
}

impl<T: 'static> Reading<T> {
    /// Looks at what was read.
    pub fn map<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let value = self.value.get()?;
        value.downcast_ref::<T>().map(look)
    }

    /// Returns what was read.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.map(T::clone)
    }

    /// Follows what was read without looking.
    pub fn track(self) {
        self.value.track();
    }
}

/// Does something at the phone that is not over at once, whatever becomes of the screen meanwhile.
pub fn at_phone(task: impl Future<Output = ()> + 'static) {
    boxed_at_phone(Box::pin(task));
}

fn boxed_at_phone(task: Soon<()>) {
    dom::reactive::spawn_local(task);
}
