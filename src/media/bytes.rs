//! Reading numbers out of a slice without ever reaching past its end.

/// A place in a slice of bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn slice(self, at: usize, len: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(len)?)
    }

    pub(crate) fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.slice(at, N)?.try_into().ok()
    }

    pub(crate) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(crate) fn u16_be(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_be_bytes)
    }

    pub(crate) fn u16_le(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub(crate) fn u32_be(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }

    pub(crate) fn u32_le(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    /// A length as an index; what does not fit an index reaches past every end.
    pub(crate) fn len_be(self, at: usize) -> Option<usize> {
        self.u32_be(at).map(|len| usize::try_from(len).unwrap_or(usize::MAX))
    }

    pub(crate) fn len_le(self, at: usize) -> Option<usize> {
        self.u32_le(at).map(|len| usize::try_from(len).unwrap_or(usize::MAX))
    }
}
