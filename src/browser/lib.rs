//! The door to the browser: what screens ask of this phone.
mod model;
mod object_url;
mod phone;

pub use model::*;
pub use object_url::ObjectUrl;
pub use phone::{Phone, Subscription};
pub use protocol::{ErrorCode, MediaSize};
pub use settings::{device_language, language, set_language, take_shell_files};

mod settings;
