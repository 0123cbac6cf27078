/* The static shell: what can be seen and tapped before the app runs. It keeps chosen files for the app (`wijkbeeldFiles`),
   says so with the event "shell-files", and holds off the app while a camera or gallery is open: the attribute
   data-picking on <html>, and the event "shell-free" once it closes. */
(() => {
  const root = document.documentElement;
  const main = document.querySelector("#shell main");
  const path = location.pathname;

  let chosen = new URLSearchParams(location.search).get("taal");
  if (!chosen) try { chosen = localStorage.getItem("wijkbeeld.language"); } catch { /* a browser that keeps nothing */ }
  chosen ||= navigator.language || "nl";
  const isEnglish = chosen !== "qps" && !/^nl\b/.test(chosen);
  const translate = (under) => {
    if (isEnglish) for (const part of under.querySelectorAll("[data-en]")) part.textContent = part.dataset.en;
    return under;
  };
  if (chosen === "qps") root.dir = "rtl";
  if (isEnglish) root.lang = "en";
  translate(document);

  if (path !== "/") {
    main.textContent = "";
    for (const link of document.querySelectorAll("#shell .bar-item")) {
      const place = link.getAttribute("href");
      const isHere = place !== "/" && path.startsWith(place);
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (path.startsWith("/maak/")) {
      document.querySelector("#shell .bar").remove();
      document.getElementById("shell").removeAttribute("data-rail");
    }
  }

  const free = () => {
    if (!root.hasAttribute("data-picking")) return;
    root.removeAttribute("data-picking");
    document.dispatchEvent(new Event("shell-free"));
  };

  const show = (file) => {
    const waiting = translate(document.getElementById("shell-waiting").content.cloneNode(true));
    const image = waiting.querySelector("img");
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => image.remove();
    image.src = URL.createObjectURL(file);
    main.querySelector(".page").hidden = true;
    main.append(waiting);
  };

  const take = (input) => {
    const files = [...input.files];
    if (files.length) {
      window.wijkbeeldFiles = [...(window.wijkbeeldFiles || []), ...files];
      /* Once: a second tap must not begin a second photo. The files stay reachable without their input. */
      if (!main.querySelector(".stage")) show(files[0]);
      document.dispatchEvent(new Event("shell-files"));
    }
    free();
  };

  for (const input of main.querySelectorAll("input[type=file]")) {
    input.addEventListener("click", () => root.setAttribute("data-picking", ""));
    input.addEventListener("change", () => take(input));
    input.addEventListener("cancel", free);
    /* Chosen before this script ran. */
    take(input);
  }
  /* For browsers without "cancel": back on the page, and nothing was chosen. */
  window.addEventListener("focus", () => setTimeout(free, 1000));
})();
