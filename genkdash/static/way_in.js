// The page asks for itself anew where it can't go on as it is:
// - Once the server no longer knows who looks, it refuses the websocket, and Streamlit tries again for ever behind a
//   window that says nothing. Asked anew, the page leads to the sign-in page (docs/adr/0011).
// - After an upgrade, a page that was open has the styles and scripts of before, and the names of pieces that are gone.
// - After a sleep, its connection may be dead without anybody having said so.
(() => {
  const REFUSED = 401;
  const ASKED_FIRST = "/_stcore/host-config";
  const HEALTH = "./_stcore/health";
  const AT_MOST_EVERY_MILLISECONDS = 60_000;
  const LISTEN_EVERY_MILLISECONDS = 2000;
  // Twice as long as a page that nobody wakes is quiet, and longer than a browser lets a hidden page wait.
  const SILENT_AFTER_MILLISECONDS = 120_000;
  const DEAD_AFTER_MILLISECONDS = 10_000;
  const LAST = "genkdash-asked-anew";
  let edition;
  let isWaiting = false;

  // A page that asks anew while the server is away is gone. One that asks anew for ever helps nobody.
  const askAnew = async () => {
    if (isWaiting || Date.now() - Number(sessionStorage.getItem(LAST)) < AT_MOST_EVERY_MILLISECONDS) return;
    isWaiting = true;
    while (!(await fetch(HEALTH).then((answer) => answer.ok, () => false))) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    sessionStorage.setItem(LAST, Date.now());
    location.reload();
  };

  // Not under the hands of who is writing: once they look away.
  const isWriting = () =>
    [...document.querySelectorAll('[data-testid="stTextInput"] input, textarea')].some((field) => field.value);
  const askAnewWhenFree = () => {
    if (document.hidden || !isWriting()) askAnew();
    else document.addEventListener("visibilitychange", askAnewWhenFree, { once: true });
  };

  const read = ({ name, responseStatus, serverTiming }) => {
    if (new URL(name).pathname !== ASKED_FIRST) return;
    if (responseStatus === REFUSED) location.reload();
    const served = serverTiming?.find((timing) => timing.name === "edition")?.description;
    if (served && edition && served !== edition) askAnewWhenFree();
    edition ??= served;
  };
  new PerformanceObserver((list) => list.getEntries().forEach(read)).observe({ type: "resource", buffered: true });

  // Every page is told now and then what time it is (genkdash/ui/as_of.py). Without a word no age on it can be believed:
  // styles show the moment instead. Still none in sight of somebody, though the page thinks that it is connected?
  let said;
  let heardAt = Date.now();
  let seenSilentSince;
  const listen = () => {
    const word = document.querySelector("[data-said]")?.dataset.said;
    if (word !== said) [said, heardAt] = [word, Date.now()];
    const silence = word ? Date.now() - heardAt : 0;
    document.documentElement.toggleAttribute("data-silent", silence > SILENT_AFTER_MILLISECONDS);
    if (document.hidden || silence <= SILENT_AFTER_MILLISECONDS) seenSilentSince = undefined;
    else seenSilentSince ??= Date.now();
    const isConnected = document.querySelector('.stApp[data-test-connection-state="CONNECTED"]');
    if (isConnected && Date.now() - seenSilentSince > DEAD_AFTER_MILLISECONDS) askAnewWhenFree();
  };
  setInterval(listen, LISTEN_EVERY_MILLISECONDS);
  for (const name of ["visibilitychange", "resume"]) document.addEventListener(name, listen);
  for (const name of ["pageshow", "focus", "online"]) addEventListener(name, listen);

  // Streamlit loads the piece for a chart or a table when it is first shown. A piece that is gone: an upgrade came between.
  addEventListener("vite:preloadError", askAnew);
})();
