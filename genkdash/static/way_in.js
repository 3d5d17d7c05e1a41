// The page asks for itself anew where it can't go on as it is:
// - Once the server no longer knows who looks, it refuses the websocket, and Streamlit tries again for ever behind a
//   window that says nothing. Asked anew, the page leads to the sign-in page (docs/adr/0011).
// - After an upgrade, a page that was open has the styles and scripts of before, and the names of pieces that are gone.
(() => {
  const REFUSED = 401;
  const ASKED_FIRST = "/_stcore/host-config";
  const HEALTH = "./_stcore/health";
  const AT_MOST_EVERY_MILLISECONDS = 60_000;
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

  // Not under the hands of who fills in a form: once they look away.
  const askAnewWhenFree = () => {
    if (document.hidden || !document.querySelector('[data-testid="stForm"]')) askAnew();
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

  // Streamlit loads the piece for a chart or a table when it is first shown. A piece that is gone: an upgrade came between.
  addEventListener("vite:preloadError", askAnew);
})();
