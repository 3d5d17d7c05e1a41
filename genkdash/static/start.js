// What Streamlit's page would ask or guess before it can begin, told to it in time: a deferred script that stands before
// its own, which reads this once. Where the server is: without it a page below the root asks `/me/_stcore/health`
// first, and waits for the refusal. Which font it begins with: without it 170 kB of one that no screen shows.
window.__streamlit = {
  BACKEND_BASE_URL: `${location.origin}/`,
  LIGHT_THEME: { bodyFont: "Hanken Grotesk, sans-serif" },
  DARK_THEME: { bodyFont: "Hanken Grotesk, sans-serif" },
};
