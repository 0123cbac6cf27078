//! What the tabs of this phone, and the worker that sends, tell each other; and who of them may start it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use domain::plain::{Plain, Value, read_variant, variant};
use domain::{RecordId, Set};
use js_sys::Promise;
use protocol::ErrorCode;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::Change;
use crate::device::{has, window};

const CHANNEL: &str = "wijkbeeld";
const DRIVER_LOCK: &str = "wijkbeeld-sync";

/// How it stands with syncing, told to all tabs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DriverStatus {
    /// Records of which a part is on its way.
    pub(crate) sending: Set<RecordId>,
    /// Why the last run stopped, when our server said so.
    pub(crate) problem: Option<ErrorCode>,
    /// The server has told who this device is, or that it does not know it.
    pub(crate) is_acquainted: bool,
    /// The server tells what others do as they do it: nobody has to look.
    pub(crate) hears: bool,
    /// How many runs have ended.
    pub(crate) runs: u64,
}

domain::plain!(DriverStatus { sending, problem, is_acquainted, hears: or_default, runs });

/// What tabs, and the worker of one of them, tell each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// Something changed in the storage.
    Changed(Change),
    /// A write waits in the outbox.
    Queued,
    /// A person asked to send now, or the network came back.
    SendAsked,
    /// Somebody looks at the page: it is time to see what others made.
    LookAsked,
    /// Something that a person made does not fit on the phone.
    RoomAsked,
    /// How it stands with sending.
    Driver(DriverStatus),
    /// A tab that has just opened wants to know how it stands.
    Hello,
}

impl Plain for Message {
    fn to_value(&self) -> Value {
        match self {
            Self::Changed(change) => variant("changed", change.to_value()),
            Self::Queued => "queued".into(),
            Self::SendAsked => "send_asked".into(),
            Self::LookAsked => "look_asked".into(),
            Self::RoomAsked => "room_asked".into(),
            Self::Driver(status) => variant("driver", status.to_value()),
            Self::Hello => "hello".into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match read_variant(value)? {
            ("changed", change) => Plain::from_value(change).map(Self::Changed),
            ("queued", _) => Some(Self::Queued),
            ("send_asked", _) => Some(Self::SendAsked),
            ("look_asked", _) => Some(Self::LookAsked),
            ("room_asked", _) => Some(Self::RoomAsked),
            ("driver", status) => Plain::from_value(status).map(Self::Driver),
            ("hello", _) => Some(Self::Hello),
            _ => None,
        }
    }
}

domain::serde_by_plain!(Message);

type Listener = Rc<dyn Fn(Change)>;
type Listeners = Rc<RefCell<Vec<Weak<dyn Fn(Change)>>>>;

/// The channel between tabs, and the listeners in this one.
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
    listeners: Listeners,
}

impl Tabs {
    /// Opens the channel; `heard` gets what other tabs say, other than changes.
    pub(crate) fn open(heard: impl Fn(Message) + 'static) -> Self {
        let listeners = Listeners::default();
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let listeners = Rc::clone(&listeners);
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                // A message of another version of the app is not for us.
                match serde_json::from_str(&text) {
                    Ok(Message::Changed(change)) => tell(&listeners, change),
                    Ok(message) => heard(message),
                    Err(_) => {}
                }
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget();
        }
        Self { channel, listeners }
    }

    /// Tells the other tabs.
    pub(crate) fn say(&self, message: &Message) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(message)) {
            // Fails only on a closed channel, and this one is closed by the page's end alone.
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }

    /// Tells the script of the pages that send what only that script hears (`public/send-page.js`); the app's wasm takes it for
    /// a word of another version.
    pub(crate) fn say_to_script(&self, word: &str) {
        if let Some(channel) = &self.channel {
            // As above.
            let _ = channel.post_message(&JsValue::from_str(&Value::from(word).to_string()));
        }
    }

    /// Tells all tabs, this one too.
    pub(crate) fn announce(&self, change: Change) {
        self.say(&Message::Changed(change));
        tell(&self.listeners, change);
    }

    /// Tells this tab alone.
    pub(crate) fn announce_here(&self, change: Change) {
        tell(&self.listeners, change);
    }

    /// Calls `told` after each change, until the subscription is dropped.
    pub(crate) fn subscribe(&self, told: impl Fn(Change) + 'static) -> Subscription {
        let listener: Listener = Rc::new(told);
        self.listeners.borrow_mut().push(Rc::downgrade(&listener));
        Subscription { _listener: send_wrapper::SendWrapper::new(listener) }
    }
}

/// Ends when dropped.
pub struct Subscription {
    _listener: send_wrapper::SendWrapper<Listener>,
}

fn tell(listeners: &Listeners, change: Change) {
    listeners.borrow_mut().retain(|listener| listener.strong_count() > 0);
    let live: Vec<Listener> = listeners.borrow().iter().filter_map(Weak::upgrade).collect();
    for listener in live {
        listener(change);
    }
}

/// Calls `granted` once this tab may drive: at once where no other does, else when that one is closed. Browsers without
/// locks let every tab drive; the server takes everything any number of times.
pub(crate) fn drive_when_free(granted: impl FnOnce() + 'static) {
    let locks = window().map(|window| window.navigator()).filter(|navigator| has(navigator, "locks"));
    let Some(locks) = locks.map(|navigator| navigator.locks()) else {
        granted();
        return;
    };
    let hold = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        granted();
        // Held until the page ends.
        Promise::new(&mut |_resolve, _reject| {})
    });
    let request = locks.request(DRIVER_LOCK, hold.unchecked_ref());
    // The promise settles when the page ends; a failure then has nobody to tell.
    wasm_bindgen_futures::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(request).await;
    });
}
