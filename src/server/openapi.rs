//! The API's description of itself.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// What does not stand at the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Wijkbeeld",
        description = "What phone and server say to each other. Every JSON reply carries `server_time_ms`; every refusal is an `ErrorReply` with a stable code.",
    ),
    tags(
        (name = "devices", description = "Joining, and who a device is"),
        (name = "records", description = "Pushing and pulling records"),
        (name = "media", description = "Photos, named by their hash"),
    ),
    modifiers(&Security),
)]
pub(crate) struct Description;

struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            "wijkbeeld",
            "Set by joining. Over https its name is `__Host-wijkbeeld`.",
        )));
        components.add_security_scheme("cookie", cookie);
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("bearer", bearer);
    }
}
