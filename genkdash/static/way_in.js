// Once the server no longer knows who looks, it refuses the websocket, and Streamlit tries again for ever behind a window
// that says nothing. The page asks for itself anew instead: that leads to the sign-in page (docs/adr/0011).
(() => {
  const REFUSED = 401;
  const isAskedFirst = ({ name, responseStatus }) =>
    responseStatus === REFUSED && new URL(name).pathname === "/_stcore/host-config";
  new PerformanceObserver((list) => {
    if (list.getEntries().some(isAskedFirst)) location.reload();
  }).observe({ type: "resource", buffered: true });
})();
