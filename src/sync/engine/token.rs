//! Whether the server still knows this device.

/// How it stands with the device's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Nothing speaks against it.
    Assumed,
    /// The server does not know this device (any more), although it has memberships.
    Forgotten,
    /// Brought anew in this run.
    Renewed,
    /// That did not help, so nothing does (a browser that keeps no cookies).
    Lost,
}

impl Token {
    pub(super) const fn forgotten(self) -> Self {
        match self {
            Self::Assumed | Self::Forgotten => Self::Forgotten,
            Self::Renewed | Self::Lost => Self::Lost,
        }
    }

    /// Says whether a join may still bring it back.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Assumed | Self::Forgotten)
    }
}
