/* Reads a screen aloud: its question and the choices. The attribute data-voice on <html> says that the browser has a voice for the
   language; without one the buttons that ask for it (ui/top.rs) stay hidden. Any tap ends it. */
(() => {
  const root = document.documentElement;
  const speech = window.speechSynthesis;
  const find = () => speech.getVoices().find(({ lang }) => lang.slice(0, 2) === root.lang.slice(0, 2));
  if (!speech) return;

  const look = () => root.toggleAttribute("data-voice", Boolean(find()));
  look();
  /* Voices come late, and people change the language. */
  speech.onvoiceschanged = look;
  new MutationObserver(look).observe(root, { attributeFilter: ["lang"] });

  document.addEventListener("click", ({ target }) => {
    const isOver = speech.speaking || !target.closest(".say");
    speech.cancel();
    if (isOver) return;
    for (const part of document.querySelectorAll("h1, main :is(h2, p, li, label, .button), .foot .button")) {
      const text = part.innerText.trim();
      /* What stands inside another part is read with it. */
      if (!text || part.parentElement.closest("li, label, .button")) continue;
      const said = new SpeechSynthesisUtterance(text);
      said.voice = find();
      said.lang = said.voice.lang;
      speech.speak(said);
    }
  });
})();
