//! Telling by voice: recorded in pieces that are on disk as they come, listened to, taken again, thrown away.

use std::collections::VecDeque;

use browser::{Draft, DraftVoice, NoRecording, Phone, Recorded, Recorder, VoiceProblem};
use dom::{El, View, a, button, div, el, h1, live, main, p, section, span, svg};
use domain::{MAX_VOICE_MS, RecordId};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use ui::{
    Derived, Question, afterwards, asked_first, at_phone, back_top, bones, derive, icon, notice, use_phone,
    use_reading, use_screen,
};
use web_sys::Blob;

use super::foot::{foot, save_draft};
use super::photos::use_draft;
use crate::locales::{Voice, use_words};
use crate::places::story_path;

/// How often the time and the level are shown anew, in milliseconds.
const TICK_MS: u32 = 100;

/// How many levels are seen beside each other.
const LEVELS: usize = 32;

/// How it stands with recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// What the draft says holds.
    Idle,
    /// The phone asks whether it may.
    Asking,
    Recording,
    Paused,
    /// What was recorded is made ready.
    Ending,
    /// It was made ready; the draft says so in a moment.
    Ended,
}

/// What is shown of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Beginning,
    Asking,
    Running,
    Ending,
    BrokenOff,
    Ready(u32),
}

/// Why something did not work; what was recorded is on the phone in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Microphone(NoRecording),
    Voice(VoiceProblem),
}

/// Pieces on their way to disk, one after another.
#[derive(Default)]
struct Pieces {
    waiting: VecDeque<Blob>,
    written: u32,
    is_writing: bool,
    is_last_here: bool,
}

/// What the screen holds.
#[derive(Clone, Copy)]
struct Telling {
    draft: RecordId,
    words: &'static Voice,
    phone: StoredValue<Phone>,
    voice: Derived<Option<DraftVoice>>,
    state: RwSignal<State>,
    /// How long it has recorded, in seconds.
    recorded_s: RwSignal<u64>,
    /// The last ones, each from 0 to 1.
    levels: RwSignal<VecDeque<f64>>,
    trouble: RwSignal<Option<Trouble>>,
    /// Ends with the screen: what was recorded is on disk.
    recorder: StoredValue<Option<Recorder>, LocalStorage>,
    pieces: StoredValue<Pieces, LocalStorage>,
    /// Another recording: it is listened to anew.
    turn: RwSignal<u32>,
    /// Somebody did something here: what was tapped may be gone, and the focus with it.
    is_touched: StoredValue<bool>,
}

/// The screen on which a draft is told by voice.
pub(crate) fn tell_by_voice(draft: RecordId) -> View {
    let words = &use_words().voice;
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.title);
    let heading = use_screen(|| words.title.to_owned(), heading);
    let read = use_draft(draft);
    let telling = Telling {
        draft,
        words,
        phone: StoredValue::new(use_phone()),
        voice: derive(move || read.with(|read| read.iter().flatten().find_map(|draft: &Draft| draft.voice))),
        state: RwSignal::new(State::Idle),
        recorded_s: RwSignal::new(0),
        levels: RwSignal::new(VecDeque::new()),
        trouble: RwSignal::new(None),
        recorder: StoredValue::new_local(None),
        pieces: StoredValue::new_local(Pieces::default()),
        turn: RwSignal::new(0),
        is_touched: StoredValue::new(false),
    };
    // It ends with the screen.
    StoredValue::<Interval, LocalStorage>::new_local(Interval::new(TICK_MS, move || telling.tick()));
    let is_there = derive(move || read.with(|read| read.as_ref().map(Option::is_some)));
    let inside = live(move || match is_there.get() {
        None => View::from(bones()),
        Some(false) => notice("images", None, use_words().photos.gone).into(),
        Some(true) => telling.shown(),
    });
    let page = div().class("page stack").attr("data-gap", "m").child(inside);
    View::from(back_top(&story_path(draft)).child(heading))
        .and(main().attr("id", "main").child(page))
        .and(telling.foot())
}

impl Telling {
    fn shown(self) -> View {
        let shown = derive(move || match (self.state.get(), self.voice.get()) {
            (State::Asking, _) => Shown::Asking,
            (State::Recording | State::Paused, _) => Shown::Running,
            (State::Ending, _) | (State::Ended, Some(DraftVoice::Recording)) => Shown::Ending,
            (State::Idle, Some(DraftVoice::Recording)) => Shown::BrokenOff,
            (State::Idle | State::Ended, Some(DraftVoice::Ready { ms })) => Shown::Ready(ms),
            (State::Idle | State::Ended, None) => Shown::Beginning,
        });
        let controls = live(move || match shown.get() {
            Shown::Beginning => self.beginning(),
            Shown::Asking | Shown::Ending => View::nothing(),
            Shown::Running => self.running().into(),
            Shown::BrokenOff => self.broken_off(),
            Shown::Ready(_) => self.ready(),
        });
        let told = div().class("stack").attr("data-gap", "xs").attr("role", "status");
        View::from(told.child(self.troubled()).child(self.told(shown))).and(controls)
    }

    fn troubled(self) -> View {
        live(move || self.trouble.get().map(|why| notice("warn", Some("warn"), (self.words.trouble)(why))))
    }

    fn told(self, shown: Derived<Shown>) -> View {
        live(move || match shown.get() {
            Shown::Beginning => View::from(p().child(self.words.why)).and(p().child(self.words.asks)),
            Shown::Asking => notice("mic", None, self.words.asking).into(),
            Shown::Running if self.state.get() == State::Paused => p().child(self.words.held).into(),
            Shown::Running => p().child(self.words.listening).into(),
            Shown::Ending => notice("clock", None, self.words.ending).into(),
            Shown::BrokenOff => notice("mic", None, self.words.broken_off).into(),
            Shown::Ready(ms) => p().child((self.words.ready)(&clock(u64::from(ms).div_ceil(1000))).as_str()).into(),
        })
    }

    fn beginning(self) -> View {
        let eye = span().class("shutter-eye").child(icon("mic").attr("data-size", "l"));
        let begin = button().class("shutter").child(eye).child(span().class("shutter-word").child(self.words.begin));
        View::from(self.next(begin.on_tap(move || self.begin()))).and(self.typing())
    }

    /// The time, the level, and the ways to hold on and to stop.
    fn running(self) -> El {
        let time = move || (self.words.time)(&clock(self.recorded_s.get()), &clock(u64::from(MAX_VOICE_MS) / 1000));
        let wave = svg("path").attr_live("d", move || Some(self.levels.with(wave)));
        let wave = svg("svg")
            .class("voice-wave")
            .attr("viewBox", &format!("0 -25 {} 50", LEVELS * 10))
            .attr("aria-hidden", "true")
            .child(wave);
        let is_paused = derive(move || self.state.get() == State::Paused);
        let [hold, go_on] = [("pause", self.words.hold), ("mic", self.words.go_on)];
        let hold = button().class("button").on_tap(move || self.hold()).child(live(move || {
            let (drawing, word) = if is_paused.get() { go_on } else { hold };
            View::from(icon(drawing)).and(word)
        }));
        let stop = button().class("button").attr("data-kind", "main").child(icon("stop")).child(self.words.stop);
        let stop = self.next(stop.on_tap(move || self.stop()));
        section()
            .class("voice stack")
            .attr("aria-label", self.words.title)
            .attr_live("data-paused", move || is_paused.get().then_some(""))
            .child(wave)
            .child(p().class("voice-time").attr("role", "timer").child(live(time)))
            .child(div().class("halves").child(hold).child(stop))
    }

    /// A recording that the end of the browser broke off, or that could not be made ready.
    fn broken_off(self) -> View {
        let keep = button().class("button").attr("data-kind", "main").attr("data-wide", "").child(icon("check"));
        let keep = keep.child(self.words.keep).on_tap(move || self.make_ready());
        View::from(self.player()).and(keep).and(self.otherwise())
    }

    fn ready(self) -> View {
        View::from(self.player()).and(self.otherwise())
    }

    fn player(self) -> El {
        let address = use_reading(move || {
            self.turn.track();
            let phone = self.phone.get_value();
            async move { phone.draft_voice(self.draft).await }
        });
        let source = derive(move || address.map(|found| found.as_ref().map(|found| found.href().to_owned())).flatten());
        let player = el("audio").class("player").attr("controls", "").attr("aria-label", self.words.listen);
        self.next(player.attr_live("src", move || source.get()))
    }

    /// Anew, away, or by keys instead.
    fn otherwise(self) -> View {
        let words = self.words;
        let again = button().class("button").child(icon("mic")).child(words.again);
        let sure = Question { title: words.again_sure, why: words.gone_then, drawing: "mic", yes: words.again };
        let [again, asked_again] = asked_first("again", again, sure, Callback::new(move |()| self.begin()));
        let away = button().class("button").child(icon("trash")).child(words.away);
        let sure = Question { title: words.away_sure, why: words.gone_then, drawing: "trash", yes: words.away };
        let [away, asked_away] = asked_first("away", away, sure, Callback::new(move |()| self.throw_away()));
        View::from(div().class("halves").child(again).child(away)).and([asked_again, asked_away]).and(self.typing())
    }

    fn typing(self) -> El {
        let typing =
            a().class("tool").attr("href", &story_path(self.draft)).child(icon("type")).child(self.words.type_it);
        div().class("tools").child(typing)
    }

    /// Gives the focus to what comes next.
    fn next(self, what: El) -> El {
        if self.is_touched.get_value() {
            let what = what.clone();
            afterwards(move || what.focus());
        }
        what
    }

    fn throw_away(self) {
        self.is_touched.set_value(true);
        self.trouble.set(None);
        let phone = self.phone.get_value();
        at_phone(async move {
            let dropped = phone.drop_voice(self.draft).await;
            let trouble = dropped.err().map(|why| Trouble::Voice(VoiceProblem::Storage(why)));
            // The screen may be gone.
            let _ = self.trouble.try_set(trouble);
        });
    }

    fn begin(self) {
        if !matches!(self.state.get_untracked(), State::Idle | State::Ended) {
            return;
        }
        self.is_touched.set_value(true);
        self.state.set(State::Asking);
        self.trouble.set(None);
        self.recorded_s.set(0);
        self.levels.set(VecDeque::new());
        self.pieces.set_value(Pieces::default());
        at_phone(async move {
            let begun = Recorder::begin(move |recorded| self.heard(recorded)).await;
            // The screen may be gone: then the recorder goes too.
            if self.state.is_disposed() {
                return;
            }
            match begun {
                Ok(recorder) => {
                    self.recorder.set_value(Some(recorder));
                    self.state.set(State::Recording);
                }
                Err(why) => {
                    self.trouble.set(Some(Trouble::Microphone(why)));
                    self.state.set(State::Idle);
                }
            }
        });
    }

    /// Takes in a piece, which goes to disk at once; what was recorded is whole once the last is there.
    fn heard(self, recorded: Recorded) {
        self.pieces.try_update_value(|pieces| match recorded {
            // After a failure what follows would have a gap before it.
            Recorded::Piece(piece) if self.trouble.get_untracked().is_none() => pieces.waiting.push_back(piece),
            Recorded::Piece(_) => {}
            Recorded::Stopped => pieces.is_last_here = true,
        });
        at_phone(async move {
            if self.write().await {
                self.make_ready();
            }
        });
    }

    /// Brings to disk what waits for that. Returns whether nothing more comes.
    async fn write(self) -> bool {
        let begins = |pieces: &mut Pieces| !std::mem::replace(&mut pieces.is_writing, true);
        if self.pieces.try_update_value(begins) != Some(true) {
            return false;
        }
        let next = |pieces: &mut Pieces| pieces.waiting.pop_front().map(|piece| (pieces.written, piece));
        while let Some(Some((number, piece))) = self.pieces.try_update_value(next) {
            let phone = self.phone.get_value();
            let written = phone.add_piece(self.draft, number, &piece).await;
            self.pieces.try_update_value(|pieces| match written {
                Ok(()) => pieces.written += 1,
                Err(_) => pieces.waiting.clear(),
            });
            if let Err(why) = written {
                self.trouble.try_set(Some(Trouble::Voice(VoiceProblem::Storage(why))));
                self.stop();
            }
        }
        let ends = |pieces: &mut Pieces| {
            pieces.is_writing = false;
            std::mem::take(&mut pieces.is_last_here)
        };
        self.pieces.try_update_value(ends) == Some(true)
    }

    fn make_ready(self) {
        if self.state.is_disposed() {
            return;
        }
        self.state.set(State::Ending);
        self.recorder.set_value(None);
        let phone = self.phone.get_value();
        at_phone(async move {
            let ended = phone.end_recording(self.draft).await;
            // The screen may be gone.
            let _ = self.state.try_set(if ended.is_ok() { State::Ended } else { State::Idle });
            self.turn.try_update(|turn| *turn += 1);
            self.trouble.try_update(|trouble| {
                // What went wrong first is why.
                *trouble = trouble.or(ended.err().map(Trouble::Voice));
            });
        });
    }

    fn hold(self) {
        let is_paused = self.state.get_untracked() == State::Recording;
        self.with_recorder(|recorder| recorder.set_paused(is_paused));
        self.state.set(if is_paused { State::Paused } else { State::Recording });
    }

    fn stop(self) {
        self.with_recorder(Recorder::stop);
    }

    fn with_recorder<T>(self, what: impl FnOnce(&Recorder) -> T) -> Option<T> {
        self.recorder.try_with_value(|recorder| recorder.as_ref().map(what)).flatten()
    }

    fn tick(self) {
        if self.state.get_untracked() != State::Recording {
            return;
        }
        let Some((ms, level)) = self.with_recorder(|recorder| (recorder.recorded_ms(), recorder.level())) else {
            return;
        };
        if self.recorded_s.get_untracked() != ms / 1000 {
            self.recorded_s.set(ms / 1000);
        }
        self.levels.update(|levels| {
            levels.push_back(level);
            if levels.len() > LEVELS {
                levels.pop_front();
            }
        });
        if ms >= u64::from(MAX_VOICE_MS) {
            self.stop();
        }
    }

    fn foot(self) -> El {
        // While it is recorded, and until somebody has said what becomes of one that broke off, it cannot be saved.
        let can_save = derive(move || {
            let is_still = matches!(self.state.get(), State::Idle | State::Ended);
            is_still && self.voice.get() != Some(DraftVoice::Recording)
        });
        foot(&story_path(self.draft), live(move || can_save.get().then(|| save_draft(self.draft))))
    }
}

/// Writes seconds as a clock does.
fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Returns the path of a bar for each level, the last at the end.
fn wave(levels: &VecDeque<f64>) -> String {
    let first = LEVELS - levels.len().min(LEVELS);
    let bar = |(at, level): (usize, &f64)| {
        let half = 2.0 + level * 20.0;
        format!("M{} {:.0}V{half:.0}", (first + at) * 10 + 5, -half)
    };
    levels.iter().enumerate().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_as_on_a_clock() {
        assert_eq!([0, 9, 60, 180].map(clock), ["0:00", "0:09", "1:00", "3:00"]);
    }

    #[test]
    fn the_last_level_stands_at_the_end() {
        assert_eq!(wave(&VecDeque::from([0.0, 1.0])), "M305 -2V2M315 -22V22");
    }
}
