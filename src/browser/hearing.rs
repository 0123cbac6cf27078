//! The server's stream of events: one for each phone, in the worker that sends.

use domain::Timestamp;
use protocol::{RemoteChange, events_path};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::device::now;

/// How long a stream that the server ended is left alone, in milliseconds. The browser itself takes up again what broke off.
const LEFT_ALONE_MS: u64 = 60_000;

/// Listens until it is dropped.
pub(crate) struct Hearing {
    source: EventSource,
    begun: Timestamp,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

impl Hearing {
    /// Begins to listen; `None` where the browser has no such streams: then it is pulled on focus alone. `refused` is called when
    /// the server lets this phone listen no more: it may be nobody's any more, and asking tells.
    pub(crate) fn begin(told: impl Fn(RemoteChange) + 'static, refused: impl Fn() + 'static) -> Option<Self> {
        let source = EventSource::new(events_path()).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // An event of a later version is not for us.
            if let Ok(change) = serde_json::from_str(&text) {
                told(change);
            }
        });
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let refusing = source.clone();
        let on_error = Closure::<dyn Fn()>::new(move || {
            if refusing.ready_state() == EventSource::CLOSED {
                refused();
            }
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { source, begun: now(), _on_message: on_message, _on_error: on_error })
    }

    /// Says whether what others do is heard now.
    pub(crate) fn is_open(&self) -> bool {
        self.source.ready_state() == EventSource::OPEN
    }

    /// Says whether the server ended it, a while ago.
    pub(crate) fn may_begin_anew(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED && now().since(self.begun) > LEFT_ALONE_MS
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.source.close();
    }
}
