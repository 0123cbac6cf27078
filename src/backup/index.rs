//! The index: a page of text, photos and voice notes that any browser opens from a folder, without network and without scripts.

use std::collections::BTreeMap;

use domain::{Entry, MediaHash, ProjectId, Timestamp};

use crate::contents::{photo_name, voice_name};
use crate::words::Words;
use crate::{BackupEntry, Language};

const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}\
    article{border-block-start:1px solid;padding-block:1rem}img{max-width:100%;height:auto}p,blockquote{white-space:pre-line}audio{width:100%}";

/// Makes the page. Entries stand under their project, in the order given.
pub(crate) fn index(
    language: Language,
    entries: &[BackupEntry],
    projects: &BTreeMap<ProjectId, String>,
    is_here: &dyn Fn(MediaHash) -> bool,
    date: &dyn Fn(Timestamp) -> String,
) -> String {
    let words = language.words();
    let mut by_project: BTreeMap<Option<ProjectId>, Vec<&BackupEntry>> = BTreeMap::new();
    for entry in entries {
        by_project.entry(entry.project).or_default().push(entry);
    }
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{}</p>\n<p>{}</p>\n",
        words.lang,
        escape(words.keep),
        escape(words.put_back),
        title = escape(words.title),
    );
    for (project, entries) in by_project {
        let name = match project {
            None => words.no_project,
            Some(project) => projects.get(&project).map_or("", String::as_str),
        };
        if !name.is_empty() {
            page.push_str(&format!("<h2>{}</h2>\n", escape(name)));
        }
        for entry in entries {
            page.push_str(&article(words, &Entry::from_record(&entry.record), is_here, date));
        }
    }
    page
}

fn article(
    words: &Words,
    entry: &Entry,
    is_here: &dyn Fn(MediaHash) -> bool,
    date: &dyn Fn(Timestamp) -> String,
) -> String {
    let mut said: Vec<&str> = entry.is_deleted.then_some(words.put_away).into_iter().collect();
    said.extend(entry.valence.map(words.valence));
    said.extend(entry.themes.iter().map(|theme| (words.theme)(*theme)));
    let mut article = format!("<article>\n<h3>{}</h3>\n", escape(&date(entry.made)));
    if !said.is_empty() {
        article.push_str(&format!("<p><b>{}</b></p>\n", escape(&said.join(" · "))));
    }
    let story = match (entry.story.as_str(), entry.voice) {
        ("", Some(_)) => None,
        ("", None) => Some(words.no_story),
        (story, _) => Some(story),
    };
    article.extend(story.map(|story| format!("<p dir=\"auto\">{}</p>\n", escape(story))));
    for reply in &entry.replies {
        article.push_str(&format!("<p dir=\"auto\"><b>{}</b><br>{}</p>\n", escape(&reply.asked), escape(&reply.text)));
    }
    for photo in &entry.photos {
        article.push_str(&if is_here(photo.sha256) {
            format!(
                "<img src=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" alt=\"{}\">\n",
                photo_name(photo.sha256),
                photo.width,
                photo.height,
                escape(words.photo),
            )
        } else {
            format!("<p>{}</p>\n", escape(words.photo_elsewhere))
        });
    }
    if let Some(voice) = &entry.voice {
        article.push_str(&if is_here(voice.sha256) {
            let (name, label) = (voice_name(voice), escape(words.voice));
            format!("<audio controls preload=\"none\" src=\"{name}\" aria-label=\"{label}\"></audio>\n")
        } else {
            format!("<p>{}</p>\n", escape(words.voice_elsewhere))
        });
    }
    if let Some(typed) = &entry.transcript {
        article.push_str(&format!("<blockquote dir=\"auto\">{}</blockquote>\n", escape(&typed.text)));
    }
    article.push_str("</article>\n");
    article
}

/// What people wrote stays text, whatever signs are in it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(sign),
        }
    }
    escaped
}
