//! What must hold of the source itself and no compiler looks at.

pub(crate) mod layers;
pub(crate) mod words;
