//! Work that may wait: threads of their own that run when nothing else wants the processor.

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;

/// Threads for work that nobody waits for.
pub(crate) struct Background {
    threads: Handle,
    /// Never drives anything: only its threads for blocking work are of use. `None` once dropped.
    runtime: Option<Runtime>,
}

impl Background {
    /// Makes `threads` of them, each begun when there is work for it.
    pub(crate) fn new(threads: usize) -> std::io::Result<Self> {
        let mut builder = Builder::new_current_thread();
        let runtime =
            builder.max_blocking_threads(threads).thread_name("background").on_thread_start(give_way).build()?;
        Ok(Self { threads: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Does it in a while.
    pub(crate) fn spawn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        self.threads.spawn_blocking(work)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // May happen where waiting for threads is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Lets every other thread of this machine go first, where the system can tell threads apart; elsewhere it merely does not.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::debug!(%error, "background work runs beside all other");
    }
}
