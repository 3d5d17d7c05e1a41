// What Streamlit's page would ask or guess before it can begin, told to it in time: a deferred script that stands before
// its own, which reads this once. Where the server is: without it a page below the root asks `/me/_stcore/health`
// first, and waits for the refusal. Which font it begins with: without it 170 kB of one that no screen shows.
window.__streamlit = {
  BACKEND_BASE_URL: `${location.origin}/`,
  LIGHT_THEME: { bodyFont: "Hanken Grotesk, sans-serif" },
  DARK_THEME: { bodyFont: "Hanken Grotesk, sans-serif" },
};

// What it draws first is fetched once all but one of the scripts that it begins with are here: on a slow line every
// script that comes along holds those up. A browser that tells nothing of them gets it after they have run.
{
  const isComing = ({ href }) => performance.getEntriesByName(href).length === 0;
  const coming = new Set([...document.querySelectorAll('link[rel="modulepreload"]')].filter(isComing));
  const nameRest = () => {
    for (const link of document.querySelectorAll("link[data-later]:not([rel])")) link.rel = "modulepreload";
  };
  for (const link of coming) {
    link.addEventListener("load", () => coming.delete(link) && coming.size <= 1 && nameRest());
  }
  addEventListener("load", nameRest);
}

// A wide screen runs it too before anything of it arrives: Plotly takes half a second of the processor, while the
// connection and the run are waited for. On a phone what one touches comes first. One that fails is asked for again by
// Streamlit, which says so.
if (matchMedia("(min-width: 900px)").matches) {
  addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("link[data-later]")) import(link.href).catch(() => {});
  });
}
