//! `/api/recovery` and `/api/recover`: coming back with words.

use std::slice::from_ref;

use protocol::{
    ErrorCode, JoinReply, LinkedReply, MeReply, PullItem, RecoverRequest, RecoveryReply, WordsReply, device_path,
    join_path, me_path, recover_path, recovery_path,
};

use super::support::{Answer, Phone, Server, drawing, join_request, token};
use crate::cli::type_in;

#[tokio::test]
async fn a_person_comes_back_with_words_and_finds_what_he_made() {
    let (server, [phone]) = Server::with_phones().await;
    let made = phone.share(&server, &[&drawing(1)]).await;
    assert_eq!(phone.words_made_ms(&server).await, None);
    let words = phone.make_words(&server).await;
    assert_eq!(words.words.len(), 8);
    assert_eq!(phone.words_made_ms(&server).await, Some(server.now().ms()));

    let answer = server.recover(&words.words.join(" "), "Nieuw").await;
    let back = phone.as_device(&answer);
    assert_eq!(answer.json::<LinkedReply>().memberships.as_slice(), from_ref(&phone.reply.membership));
    assert_ne!(back.reply.device_id, phone.reply.device_id);
    let items = back.items(&server).await;
    assert!(matches!(&items[..], [PullItem::Own { record, .. }] if record.id == made), "{items:?}");
    assert!(phone.get(&server, me_path()).await.status.is_success(), "the old phone is in until it is shut out");
    assert!(back.delete(&server, &device_path(phone.reply.device_id)).await.status.is_success());
    assert_eq!(phone.get(&server, me_path()).await.code(), ErrorCode::DeviceShutOut);
}

#[tokio::test]
async fn words_are_taken_as_people_type_them() {
    let (server, [phone]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words;
    for typed in
        [words.join(" ").to_uppercase(), format!("  {} ", words.join(" \n ")), words.join("\u{a0}"), words.join(", ")]
    {
        assert!(server.recover(&typed, "").await.status.is_success(), "{typed}");
    }
    let mut swapped = words.clone();
    swapped.reverse();
    for wrong in [swapped.join(" "), words[1..].join(" "), words.concat(), String::new()] {
        assert_eq!(server.recover(&wrong, "").await.code(), ErrorCode::UnknownCode, "{wrong}");
    }
}

#[tokio::test]
async fn new_words_take_the_place_of_the_old_and_words_can_be_taken_back() {
    let (server, [phone]) = Server::with_phones().await;
    let (old, new) = (phone.make_words(&server).await, phone.make_words(&server).await);
    assert_ne!(old.words, new.words);
    assert_eq!(server.recover(&old.words.join(" "), "").await.code(), ErrorCode::UnknownCode);
    assert!(server.recover(&new.words.join(" "), "").await.status.is_success());
    let gone: RecoveryReply = phone.delete(&server, recovery_path()).await.json();
    assert_eq!((gone.made_ms, phone.words_made_ms(&server).await), (None, None));
    assert_eq!(server.recover(&new.words.join(" "), "").await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn words_bring_back_also_what_came_later_and_no_member_who_was_removed() {
    let (server, [phone]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words.join(" ");
    let (second, code) = server.project().await;
    phone.post(&server, join_path(), &join_request(code, server.now())).await.json::<JoinReply>();
    let back: LinkedReply = server.recover(&words, "").await.json();
    assert_eq!(back.memberships.len(), 2);
    let (data, member) = (server.data(), phone.reply.membership.member_id.to_string());
    let data = data.to_str().unwrap();
    type_in(&["member", "remove", "--data", data, &member]).await.unwrap();
    let back: LinkedReply = server.recover(&words, "").await.json();
    assert_eq!(back.memberships.iter().map(|membership| membership.project.id).collect::<Vec<_>>(), [second]);
}

#[tokio::test]
async fn a_phone_that_is_known_keeps_its_token_and_who_it_is() {
    let (server, [phone, other]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words.join(" ");
    let request = RecoverRequest { words, name: String::new() };
    let answer = other.post(&server, recover_path(), &request).await;
    let reply: LinkedReply = answer.json();
    assert_eq!((reply.device_id, token(&answer.headers)), (other.reply.device_id, None));
    assert_eq!(reply.memberships.as_slice(), from_ref(&other.reply.membership), "who he was there he is");
}

#[tokio::test]
async fn words_of_a_phone_that_is_shut_out_end_when_the_person_has_another_in_his_hand() {
    let (server, [phone]) = Server::with_phones().await;
    let lost = phone.linked(&server, "").await;
    let words = lost.make_words(&server).await.words.join(" ");
    assert!(phone.delete(&server, &device_path(lost.reply.device_id)).await.status.is_success());
    assert_eq!(server.recover(&words, "").await.code(), ErrorCode::UnknownCode);
    // Who shuts out the phone in his hand may have nothing else to come back with.
    let words = phone.make_words(&server).await.words.join(" ");
    assert!(phone.delete(&server, &device_path(phone.reply.device_id)).await.status.is_success());
    assert!(server.recover(&words, "").await.status.is_success());
}

#[tokio::test]
async fn whoever_looks_after_the_server_says_whether_the_words_end_too() {
    for (option, is_in) in [(None, true), (Some("--words"), false)] {
        let (server, [phone]) = Server::with_phones().await;
        let words = phone.make_words(&server).await.words.join(" ");
        let (data, id) = (server.data(), phone.reply.device_id.to_string());
        let line = ["devices", "shut-out", "--data", data.to_str().unwrap(), &id];
        type_in(&line.into_iter().chain(option).collect::<Vec<_>>()).await.unwrap();
        assert_eq!(server.recover(&words, "").await.status.is_success(), is_in, "{option:?}");
    }
}

#[tokio::test]
async fn who_guesses_words_has_to_wait() {
    let (server, [phone, other]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words.join(" ");
    let request = |words: &str| RecoverRequest { words: words.to_owned(), name: String::new() };
    for _ in 0..20 {
        let refused = other.post(&server, recover_path(), &request("appel boom")).await;
        assert_eq!(refused.code(), ErrorCode::UnknownCode);
    }
    let refused = other.post(&server, recover_path(), &request(&words)).await;
    assert_eq!((refused.code(), refused.header("retry-after")), (ErrorCode::TooManyAttempts, "600"));
    server.pass_ms(600_000);
    assert!(other.post(&server, recover_path(), &request(&words)).await.status.is_success());
}

#[tokio::test]
async fn the_database_does_not_know_the_words() {
    let (server, [phone]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words;
    let mut files = Vec::new();
    for name in ["wijkbeeld.sqlite", "wijkbeeld.sqlite-wal"] {
        files.extend(std::fs::read(server.data().join(name)).unwrap_or_default());
    }
    let has = |needle: &str| files.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(!has(&words.join(" ")) && !has(&words[..2].join(" ")) && !has(&words.concat()));
    assert!(has("Ali"), "the files were read");
    let nobody = server.get(recovery_path()).await;
    assert_eq!(nobody.code(), ErrorCode::UnknownDevice);
    server.execute("DELETE FROM device_member").await;
    assert_eq!(phone.post(&server, recovery_path(), &()).await.code(), ErrorCode::NotMember);
}

#[tokio::test]
async fn a_phone_that_came_back_is_known_in_the_list_by_its_name() {
    let (server, [phone]) = Server::with_phones().await;
    let words = phone.make_words(&server).await.words.join(" ");
    let back = phone.as_device(&server.recover(&words, " Nieuwe telefoon ").await);
    let devices: protocol::DevicesReply = back.get(&server, protocol::devices_path()).await.json();
    assert_eq!(devices.devices.iter().map(|device| device.name.as_str()).collect::<Vec<_>>(), ["", "Nieuwe telefoon"]);
    assert_eq!(server.recover(&words, &"x".repeat(41)).await.code(), ErrorCode::InvalidRecord);
    let me: MeReply = back.get(&server, me_path()).await.json();
    assert_eq!(me.device_id, Some(back.reply.device_id));
}

impl Server {
    async fn recover(&self, words: &str, name: &str) -> Answer {
        self.pass_ms(1);
        self.post(recover_path(), &RecoverRequest { words: words.to_owned(), name: name.to_owned() }).await
    }
}

impl Phone {
    async fn make_words(&self, server: &Server) -> WordsReply {
        self.post(server, recovery_path(), &()).await.json()
    }

    async fn words_made_ms(&self, server: &Server) -> Option<u64> {
        self.get(server, recovery_path()).await.json::<RecoveryReply>().made_ms
    }
}
