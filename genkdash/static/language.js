// Keeps <html lang> equal to ?taal= when the language is switched without a new page, and lets Streamlit's own few
// words (for a screen reader, mostly) and the numbers in its tables speak that language too (docs/adr/0007).
(() => {
  const dutch = JSON.parse(document.querySelector('meta[name="genkdash-words"]').content);
  const english = Object.fromEntries(Object.entries(dutch).map(([from, to]) => [to, from]));
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const TEXTS = [
    '[data-testid="stSkipToContent"]',
    ...["stTooltipContent", "stDialog", "stConnectionStatus", "stException"].map((id) => `[data-testid="${id}"] *`),
    '[data-testid^="stMainMenu"] *',
    '[role="listbox"][data-empty="true"] *',
  ].join();
  const inLanguage = () => (document.documentElement.lang === "en" ? english : dutch);
  // Streamlit writes the numbers of a table as the browser's languages do: 8.1 and 8,1 stood on one Dutch page.
  Object.defineProperty(navigator, "languages", {
    configurable: true,
    get: () => Object.freeze([document.documentElement.lang === "en" ? "en" : "nl-BE"]),
  });

  // "Help for X" is known as "Help for ": what follows is ours already.
  const said = (text, words) => {
    if (Object.hasOwn(words, text)) return words[text];
    const start = Object.keys(words).find((known) => known.endsWith(" ") && text.startsWith(known));
    return start ? words[start] + text.slice(start.length) : text;
  };

  const translate = (element) => {
    const words = inLanguage();
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      if (text && said(text, words) !== text) element.setAttribute(name, said(text, words));
    }
    // "bolt icon" beside a text says nothing: our icons always stand beside a text.
    if (/^[a-z0-9_]+ icon$/.test(element.getAttribute("aria-label") ?? "")) element.setAttribute("aria-hidden", "true");
    if (element.matches(TEXTS)) {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && said(node.nodeValue, words) !== node.nodeValue) {
          node.nodeValue = said(node.nodeValue, words);
        }
      }
    }
  };
  const WORDED = `${ATTRIBUTES.map((name) => `[${name}]`).join()}, ${TEXTS}`;
  const translateAll = (root) => {
    if (root.matches?.(WORDED)) translate(root);
    root.querySelectorAll?.(WORDED).forEach(translate);
  };

  const follow = () => {
    const language = new URLSearchParams(location.search).get("taal") === "en" ? "en" : "nl";
    if (document.documentElement.lang === language) return;
    document.documentElement.lang = language;
    translateAll(document.body);
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      follow();
    };
  }
  addEventListener("popstate", follow);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translate(change.target);
      change.addedNodes.forEach(translateAll);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ATTRIBUTES });
  translateAll(document.body);
})();
