// Keeps <html lang> equal to ?taal= when the language is switched without a new page (docs/adr/0006).
(() => {
  const follow = () => {
    document.documentElement.lang = new URLSearchParams(location.search).get("taal") === "en" ? "en" : "nl";
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      follow();
    };
  }
  addEventListener("popstate", follow);
})();
