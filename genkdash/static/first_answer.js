// Takes the first answer away, for good, as soon as Streamlit has drawn what it stands for, or has said that there is
// nothing to draw (docs/adr/0014). A file of our own, as language.js is: the policy lets it in without knowing its text.
(() => {
  const DRAWN = '#root :is([data-testid="stMetricValue"], .screen-foot)';
  const SAID = '.stApp[data-test-script-state="notRunning"] :is(h1, [data-testid="stException"])';
  const COMING = '#root [data-testid="stSkeleton"]';
  const isThere = (what) => document.querySelector(what) !== null;
  const look = () => {
    if (!isThere(DRAWN) && (!isThere(SAID) || isThere(COMING))) return;
    watch.disconnect();
    document.getElementById("first")?.remove();
  };
  const watch = new MutationObserver(look);
  watch.observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-test-script-state"],
  });
  look();
})();
