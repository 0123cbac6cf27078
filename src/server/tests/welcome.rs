//! `GET /api/codes/{code}`.

use domain::{Audience, KIND_PROJECT, ProjectSettings, Record, Role};
use protocol::{ConsentShown, ErrorCode, WelcomeReply, join_path, welcome_path};
use serde_json::json;

use super::support::{Server, join_request, stamp};

#[tokio::test]
async fn a_code_says_which_project_it_leads_to_and_who_will_see_ones_photos() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let before: WelcomeReply = server.get(&welcome_path(code, "nl")).await.json();
    assert_eq!((before.default_audience, before.has_groups), (Audience::Everyone, false));
    assert_eq!((before.join_text, before.consent), (None, None));

    let coordinator = server.join_as(project, Role::Coordinator).await;
    let at = stamp(server.now());
    let consents = json!([
        { "subject": "take_part", "version": 3, "texts": { "nl": "Je doet mee." } },
        { "subject": "take_part", "version": 2, "texts": { "nl": "Oud", "en": "Old" } },
        { "subject": "later", "version": 9, "texts": { "nl": "Iets anders" } },
    ]);
    let record = Record::new(ProjectSettings::record_id(project), KIND_PROJECT)
        .with("name", "Wij zijn De Nude", at)
        .with("default_audience", "my_group", at)
        .with("has_groups", true, at)
        .with("join_text", json!({ "nl": "Welkom in De Nude.", "en": "" }), at)
        .with("consent_texts", consents, at);
    assert_eq!(coordinator.push(&server, [record]).await, [None]);
    let dutch: WelcomeReply = server.get(&welcome_path(code, "nl")).await.json();
    let consent = ConsentShown { version: 3, text: "Je doet mee.".into() };
    let expected = WelcomeReply {
        name: "Wij zijn De Nude".into(),
        default_audience: Audience::MyGroup,
        has_groups: true,
        join_text: Some("Welkom in De Nude.".into()),
        consent: Some(consent),
        server_time_ms: server.now().ms(),
    };
    assert_eq!(dutch, expected);
    let english: WelcomeReply = server.get(&welcome_path(code, "en")).await.json();
    assert_eq!(
        (english.join_text, english.consent),
        (None, None),
        "what is not there in a language is not said in another"
    );
}

#[tokio::test]
async fn an_invitation_says_the_same_and_uses_nothing_up() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    let path = protocol::invitations_path(project);
    let invited: protocol::InviteReply = coordinator.post(&server, &path, &json!({ "role": "worker" })).await.json();
    for _ in 0..3 {
        assert_eq!(server.get(&welcome_path(invited.code, "nl")).await.status, 200);
    }
    assert_eq!(server.join(invited.code).await.reply.membership.role, Role::Worker);
    assert_eq!(server.get(&welcome_path(invited.code, "nl")).await.code(), ErrorCode::CodeReplaced);
}

#[tokio::test]
async fn what_leads_nowhere_is_refused_as_a_join_is() {
    let server = Server::start().await;
    let (_, old) = server.project().await;
    server.execute("UPDATE join_code SET is_closed = 1").await;
    let (_, closed) = server.project().await;
    server
        .execute("UPDATE project SET closed_ms = 1 WHERE id IN (SELECT project_id FROM join_code WHERE NOT is_closed)")
        .await;
    for (code, refusal) in [
        (old, ErrorCode::CodeReplaced),
        (closed, ErrorCode::ProjectClosed),
        ("ZZZZZZ".parse().unwrap(), ErrorCode::UnknownCode),
    ] {
        assert_eq!(server.get(&welcome_path(code, "nl")).await.code(), refusal);
        assert_eq!(server.post(join_path(), &join_request(code, server.now())).await.code(), refusal);
    }
    assert_eq!(server.get("/api/codes/nonsense").await.code(), ErrorCode::BadRequest);
}

#[tokio::test]
async fn asking_what_lies_behind_a_code_is_no_other_way_to_guess_one() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    for _ in 0..200 {
        assert_eq!(server.get(&welcome_path("ZZZZZZ".parse().unwrap(), "nl")).await.code(), ErrorCode::UnknownCode);
    }
    for path in [welcome_path(code, "nl"), welcome_path("ZZZZZZ".parse().unwrap(), "nl")] {
        let refused = server.get(&path).await;
        assert_eq!((refused.code(), refused.header("retry-after")), (ErrorCode::TooManyAttempts, "600"));
    }
    let refused = server.post(join_path(), &join_request(code, server.now())).await;
    assert_eq!(refused.code(), ErrorCode::TooManyAttempts);
}
