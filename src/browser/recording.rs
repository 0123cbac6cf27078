//! Recording a voice: the microphone is asked for when somebody taps for it, and let go when the recorder is dropped.

use std::cell::Cell;
use std::rc::Rc;

use domain::Timestamp;
use gloo::events::EventListener;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, DomException, Event, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, RecordingState,
};

use crate::asking::get;
use crate::device::{has, is_visible, now, window};

/// How much sound goes to disk at once, in milliseconds: a browser that is killed loses no more than that.
const PIECE_MS: i32 = 1_000;

/// What a voice needs, in bits a second.
const BITS_A_SECOND: u32 = 48_000;

/// What is recorded where the browser can, the first that it can before the others: what every browser plays comes first.
const KINDS: [&str; 3] = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4"];

/// How many samples the level is taken of: a fortieth of a second.
const SAMPLES: u32 = 1_024;

/// Why nothing is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRecording {
    /// The person, or the phone's settings, do not want the microphone to be used.
    Denied,
    /// There is no microphone, or another app has it.
    NoMicrophone,
    /// The browser cannot record.
    CannotRecord,
}

/// What a recorder tells.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// The next piece of sound.
    Piece(Blob),
    /// It was stopped, by a tap or by the phone (a call, the microphone taken away, another app in front): no piece follows.
    Stopped,
}

/// A recorder that runs. Dropped, it lets the microphone go.
pub struct Recorder {
    recorder: MediaRecorder,
    stream: MediaStream,
    level: Option<(AudioContext, AnalyserNode)>,
    /// When it began or went on, where it is not held, and how long it had recorded before.
    time: Cell<(Option<Timestamp>, u64)>,
    awake: Rc<Cell<Option<JsValue>>>,
    _told: [Closure<dyn Fn(Event)>; 2],
    _hidden: Option<EventListener>,
}

impl Recorder {
    /// Asks for the microphone and begins. `told` hears of each piece as it comes.
    ///
    /// # Errors
    /// Why nothing is recorded.
    pub async fn begin(told: impl Fn(Recorded) + 'static) -> Result<Self, NoRecording> {
        let kind = kind().ok_or(NoRecording::CannotRecord)?;
        let stream = microphone().await?;
        let begun = Self::on(&stream, kind, told);
        if begun.is_none() {
            let_go(&stream);
        }
        begun.ok_or(NoRecording::CannotRecord)
    }

    fn on(stream: &MediaStream, kind: &str, told: impl Fn(Recorded) + 'static) -> Option<Self> {
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        options.set_audio_bits_per_second(BITS_A_SECOND);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options).ok()?;
        let told = Rc::new(told);
        let stopped = Rc::clone(&told);
        let told = [
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                let piece = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data).filter(|piece| piece.size() > 0.0);
                if let Some(piece) = piece {
                    told(Recorded::Piece(piece));
                }
            }),
            Closure::<dyn Fn(Event)>::new(move |_event| stopped(Recorded::Stopped)),
        ];
        recorder.set_ondataavailable(Some(told[0].as_ref().unchecked_ref()));
        recorder.set_onstop(Some(told[1].as_ref().unchecked_ref()));
        recorder.start_with_time_slice(PIECE_MS).ok()?;
        Some(Self {
            // Whoever takes a call, or looks at something else, does not speak to us.
            _hidden: when_hidden({
                let recorder = recorder.clone();
                move || stop(&recorder)
            }),
            // Without a level one still records.
            level: listen(stream).ok(),
            time: Cell::new((Some(now()), 0)),
            awake: stay_awake(),
            stream: stream.clone(),
            recorder,
            _told: told,
        })
    }

    /// Holds on, or goes on. What was said before is handed over when it holds on.
    pub fn set_paused(&self, is_paused: bool) {
        let recorded_ms = self.recorded_ms();
        // A recorder that has stopped does neither.
        let done = if is_paused {
            self.recorder.pause().and_then(|()| self.recorder.request_data())
        } else {
            self.recorder.resume()
        };
        if done.is_ok() {
            self.time.set(((!is_paused).then(now), recorded_ms));
        }
    }

    /// Stops: the last piece and [`Recorded::Stopped`] follow.
    pub fn stop(&self) {
        stop(&self.recorder);
    }

    /// Returns how long it has recorded, in milliseconds.
    pub fn recorded_ms(&self) -> u64 {
        let (since, before) = self.time.get();
        before + since.map_or(0, |since| now().ms().saturating_sub(since.ms()))
    }

    /// Returns how loud it is now, from 0 to 1.
    pub fn level(&self) -> f64 {
        let Some((_, analyser)) = &self.level else { return 0.0 };
        let mut samples = vec![0_u8; SAMPLES as usize];
        analyser.get_byte_time_domain_data(&mut samples);
        // Silence is 128.
        let loudest = samples.iter().map(|sample| sample.abs_diff(128)).max().unwrap_or_default();
        (f64::from(loudest) / 128.0).min(1.0)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        self.stop();
        let_go(&self.stream);
        if let Some((context, _)) = &self.level {
            // It is closed at most once.
            drop(context.close());
        }
        if let Some(awake) = self.awake.take() {
            // A lock that the phone has taken back is gone already.
            drop(call(&awake, "release", &[]));
        }
    }
}

fn stop(recorder: &MediaRecorder) {
    if recorder.state() != RecordingState::Inactive {
        // It is not inactive, so it can be stopped.
        let _ = recorder.stop();
    }
}

/// Lets the microphone go.
fn let_go(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

/// Returns what this browser records.
fn kind() -> Option<&'static str> {
    let window = window()?;
    has(&window, "MediaRecorder").then_some(())?;
    KINDS.into_iter().find(|kind| MediaRecorder::is_type_supported(kind))
}

async fn microphone() -> Result<MediaStream, NoRecording> {
    let navigator = window().map(|window| window.navigator()).filter(|navigator| has(navigator, "mediaDevices"));
    let devices = navigator.and_then(|navigator| navigator.media_devices().ok()).ok_or(NoRecording::CannotRecord)?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&voice_alone().map_err(|_| NoRecording::CannotRecord)?);
    let asked = devices.get_user_media_with_constraints(&wanted).map_err(|_| NoRecording::CannotRecord)?;
    let stream = JsFuture::from(asked).await.map_err(|problem| {
        let name = problem.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
        if ["NotAllowedError", "SecurityError"].contains(&name.as_str()) {
            NoRecording::Denied
        } else {
            NoRecording::NoMicrophone
        }
    })?;
    stream.dyn_into().map_err(|_| NoRecording::CannotRecord)
}

/// One channel, without the wind of the street as far as the phone can.
fn voice_alone() -> Result<JsValue, JsValue> {
    let wanted = Object::new();
    for name in ["echoCancellation", "noiseSuppression", "autoGainControl"] {
        Reflect::set(&wanted, &name.into(), &JsValue::TRUE)?;
    }
    Reflect::set(&wanted, &"channelCount".into(), &1.into())?;
    Ok(wanted.into())
}

fn listen(stream: &MediaStream) -> Result<(AudioContext, AnalyserNode), JsValue> {
    let context = AudioContext::new()?;
    let analyser = context.create_analyser()?;
    analyser.set_fft_size(SAMPLES);
    context.create_media_stream_source(stream)?.connect_with_audio_node(&analyser)?;
    Ok((context, analyser))
}

/// Keeps the screen lit, where the phone can: one that goes dark stops the recording. It is released when what is in the cell is.
fn stay_awake() -> Rc<Cell<Option<JsValue>>> {
    let held = Rc::new(Cell::new(None));
    let kept = Rc::downgrade(&held);
    spawn_local(async move {
        let Some(lock) = window().map(|window| get(&window.navigator(), "wakeLock")) else { return };
        let Some(asked) = call(&lock, "request", &["screen".into()]).and_then(|asked| asked.dyn_into::<Promise>().ok())
        else {
            return;
        };
        let Ok(awake) = JsFuture::from(asked).await else { return };
        match kept.upgrade() {
            Some(kept) => kept.set(Some(awake)),
            // The recorder is gone already.
            None => drop(call(&awake, "release", &[])),
        }
    });
    held
}

fn when_hidden(done: impl Fn() + 'static) -> Option<EventListener> {
    let document = window()?.document()?;
    Some(EventListener::new(&document, "visibilitychange", move |_| {
        if !is_visible() {
            done();
        }
    }))
}

fn call(object: &JsValue, name: &str, with: &[JsValue]) -> Option<JsValue> {
    let function: Function = get(object, name).dyn_into().ok()?;
    Reflect::apply(&function, object, &with.iter().collect()).ok()
}
