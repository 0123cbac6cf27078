//! Where the bytes of a ZIP come from.

use std::fmt;

/// Bytes that are read piece by piece, wherever they lie.
pub trait Source {
    /// Returns how many bytes there are.
    fn size(&self) -> u64;

    /// Fills `into` with the bytes from `at` on.
    ///
    /// # Errors
    /// When they cannot be read, or end before.
    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceFailed>;
}

/// The bytes cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFailed;

impl fmt::Display for SourceFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file cannot be read")
    }
}

impl Source for &[u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceFailed> {
        let at = usize::try_from(at).map_err(|_| SourceFailed)?;
        let end = at.checked_add(into.len()).ok_or(SourceFailed)?;
        into.copy_from_slice(self.get(at..end).ok_or(SourceFailed)?);
        Ok(())
    }
}
