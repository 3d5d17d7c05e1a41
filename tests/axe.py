"""What does axe-core find on a page that WCAG 2.2 A or AA forbids?"""

from importlib.resources import files

from playwright.sync_api import Page

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


# Only what was found leaves the page: all that axe looked at is larger, and takes longer than the looking.
_RUN = """async tags => {
    const all = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    return all.violations.flatMap(({id, nodes}) => nodes.map(node => `${id} ${node.target} ${node.failureSummary}`));
}"""


def violations(page: Page) -> list[str]:
    """Return each violation on the page, with its place and what axe says of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(_RUN, _LEVEL_AA)
    return found
