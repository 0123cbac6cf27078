//! The API's description of itself.

use std::collections::BTreeMap;

use protocol::ErrorReply;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, Modify, OpenApi, ToSchema};

/// What does not stand at the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Wijkbeeld",
        description = "What phone and server say to each other. Every JSON reply carries `server_time_ms`; every refusal is an `ErrorReply` with a stable code.",
    ),
    tags(
        (name = "devices", description = "Joining, who a device is, and the phones of one person"),
        (name = "records", description = "Pushing and pulling records"),
        (name = "media", description = "Photos, named by their hash"),
        (name = "team", description = "Who comes in, who is in, and who did what"),
        (name = "events", description = "Hearing what changes"),
    ),
    modifiers(&Security),
)]
pub(crate) struct Description;

/// The refusals that every address knows.
pub(crate) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[
            ("400", "`bad_request`: it cannot be read"),
            ("403", "`cross_site`: another site's page cannot change anything"),
            ("426", "`client_too_old`"),
            ("500", "`internal`: what was confirmed is safe"),
            ("503", "`busy`: see Retry-After"),
        ])
    }
}

/// The refusals that every address of the team knows beside [`Refusals`]; what an address says itself of a status stands instead.
pub(crate) struct TeamRefusals;

impl IntoResponses for TeamRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[("401", "`unknown_device`"), ("403", "`not_yours`: not for this role"), ("404", "`not_member`")])
    }
}

fn refusals(all: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let refusal = |(status, description): &(&str, &str)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(ErrorReply::name()))).build();
        let response = ResponseBuilder::new().description(*description).content("application/json", content);
        ((*status).to_owned(), response.build().into())
    };
    all.iter().map(refusal).collect()
}

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
