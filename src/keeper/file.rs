//! A file that was chosen, read by slices: a worker may wait for each.

use backup::{Source, SourceFailed};
use js_sys::Uint8Array;
use web_sys::{Blob, FileReaderSync};

pub(crate) struct ChosenFile {
    file: Blob,
    reader: FileReaderSync,
}

impl ChosenFile {
    /// Takes a file; `None` when the browser cannot read it by slices.
    pub(crate) fn new(file: Blob) -> Option<Self> {
        Some(Self { file, reader: FileReaderSync::new().ok()? })
    }
}

impl Source for ChosenFile {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes of a file")]
    fn size(&self) -> u64 {
        self.file.size() as u64
    }

    #[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceFailed> {
        let end = at + into.len() as u64;
        let slice = self.file.slice_with_f64_and_f64(at as f64, end as f64).map_err(|_| SourceFailed)?;
        let bytes = Uint8Array::new(&self.reader.read_as_array_buffer(&slice).map_err(|_| SourceFailed)?.into());
        if bytes.length() as usize != into.len() {
            return Err(SourceFailed);
        }
        bytes.copy_to(into);
        Ok(())
    }
}
