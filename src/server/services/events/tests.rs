//! Streams under a clock that the test moves.

use std::cell::{Cell, RefCell};
use std::future::{Ready, ready};
use std::rc::Rc;

use domain::Timestamp;

use super::*;

#[tokio::test(start_paused = true)]
async fn however_often_it_is_written_it_is_read_twice_a_second_and_the_last_time_after_the_last_write() {
    let (wrote, reads, written) = (Notify::new(), RefCell::new(Vec::new()), Cell::new(0));
    let begin = Instant::now();
    let write = async {
        for number in 1..=200 {
            written.set(number);
            wrote.notify_one();
            sleep(Duration::from_millis(37)).await;
        }
        sleep(PACE).await;
    };
    tokio::select! {
        () = pace(&wrote, || note(&reads, (begin.elapsed(), written.get()))) => {}
        () = write => {}
    }
    let reads = reads.into_inner();
    assert_eq!(reads[0].0, Duration::ZERO, "the first at once");
    assert!(reads.windows(2).all(|two| two[1].0 - two[0].0 >= PACE));
    assert!(reads.len() >= 14, "{}", reads.len());
    assert_eq!(reads.last().unwrap().1, 200);
}

#[tokio::test(start_paused = true)]
async fn what_another_process_writes_is_read_within_five_seconds() {
    let (wrote, reads) = (Notify::new(), RefCell::new(Vec::new()));
    tokio::select! {
        () = pace(&wrote, || note(&reads, ())) => {}
        () = sleep(Duration::from_secs(5)) => {}
    }
    assert_eq!(reads.into_inner().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stream_begins_with_every_project_and_says_each_growth_once() {
    let mut world = World::new([(1, 5), (2, 0)]);
    assert_eq!(world.next().await, Some(changed(1, 5)));
    assert_eq!(world.next().await, Some(changed(2, 0)));
    world.sequences.send_replace([(project(1), 5), (project(2), 1), (project(3), 9)].into());
    assert_eq!(world.next().await, Some(changed(2, 1)), "what did not change, and what is not its own, is not told");
    world.sequences.send_replace([(project(1), 4), (project(2), 1)].into());
    assert_eq!(world.next().await, Some(Event::StillHere), "a number never falls");
}

#[tokio::test(start_paused = true)]
async fn a_stream_with_nothing_to_say_says_so_every_twenty_five_seconds() {
    let mut world = World::new([]);
    let begin = Instant::now();
    for number in 1..=10 {
        assert_eq!(world.next().await, Some(Event::StillHere));
        assert_eq!(begin.elapsed(), STILL_HERE * number);
    }
}

#[tokio::test(start_paused = true)]
async fn a_removal_ends_a_stream_within_five_seconds() {
    let mut world = World::new([(1, 5), (2, 0)]);
    world.next().await;
    world.next().await;
    assert_eq!(world.next().await, Some(Event::StillHere));
    world.members.replace(Some([(project(2), 0)].into()));
    let removed = Instant::now();
    assert_eq!(world.next().await, None);
    assert!(removed.elapsed() < Duration::from_secs(5), "{:?}", removed.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_project_that_is_joined_meanwhile_is_told_too_and_what_cannot_be_known_ends_it() {
    let mut world = World::new([(1, 5)]);
    world.next().await;
    world.members.replace(Some([(project(1), 6), (project(2), 3)].into()));
    assert_eq!(world.next().await, Some(changed(2, 3)));
    world.members.replace(None);
    assert_eq!(world.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_with_the_server_and_when_its_place_is_taken() {
    let mut world = World::new([]);
    world.ending.send_replace(true);
    assert_eq!(world.next().await, None);
    let mut world = World::new([]);
    world.end = None;
    assert_eq!(world.next().await, None);
}

#[tokio::test]
async fn a_device_has_one_stream() {
    let streams = Arc::default();
    let device = |number| DeviceId::new(Timestamp::from_ms(number), [0; 10]);
    let (first, stay) = Stay::begin(&streams, device(1));
    let (mut second, newer) = Stay::begin(&streams, device(1));
    let (mut other, of_other) = Stay::begin(&streams, device(2));
    assert!(first.await.is_err(), "it hears that its place is taken");
    drop(stay);
    assert!(second.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty), "the newer one stays");
    drop(newer);
    assert_eq!(streams.lock().unwrap().by_device.len(), 1);
    assert!(other.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
    drop(of_other);
}

type Look = Box<dyn Fn() -> Ready<Option<Sequences>>>;

/// Everything around a stream.
struct World {
    members: Rc<RefCell<Option<Sequences>>>,
    sequences: watch::Sender<Sequences>,
    ending: watch::Sender<bool>,
    end: Option<oneshot::Sender<()>>,
    listener: Listener<Look>,
}

impl World {
    fn new<const N: usize>(projects: [(u64, u64); N]) -> Self {
        let first: Sequences = projects.into_iter().map(|(number, sequence)| (project(number), sequence)).collect();
        let members = Rc::new(RefCell::new(Some(first.clone())));
        let found = Rc::clone(&members);
        let look: Look = Box::new(move || ready(found.borrow().clone()));
        let (sequences, ending) = (watch::Sender::default(), watch::Sender::default());
        let (end, ended) = oneshot::channel();
        let listener = Listener::new(first, look, sequences.subscribe(), ended, ending.subscribe());
        Self { members, sequences, ending, end: Some(end), listener }
    }

    async fn next(&mut self) -> Option<Event> {
        self.listener.next().await
    }
}

fn note<T>(notes: &RefCell<Vec<T>>, note: T) -> Ready<()> {
    notes.borrow_mut().push(note);
    ready(())
}

fn project(number: u64) -> ProjectId {
    ProjectId::new(Timestamp::from_ms(number), [0; 10])
}

fn changed(number: u64, sequence: u64) -> Event {
    Event::Changed(RemoteChange { project: project(number), sequence })
}
