"""What is the floor? A page that was made once, with its number in the HTML and everything packed."""

import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from sys import argv

from plotly.offline import get_plotlyjs
from small import progress_figure, read_posts, team_sum, timeline_figure, topics_figure

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Genk vertelt</title><h1>Genk vertelt</h1><p>Samen {sum}</p>{charts}<script defer src="/plotly.js"></script>
<script defer src="/draw.js"></script></html>"""
DRAW = "for (const [name, figure] of Object.entries({figures})) Plotly.newPlot(name, figure.data, figure.layout);"


class Files(BaseHTTPRequestHandler):
    """Answers with one of the files, packed; a browser may keep all but the page."""

    protocol_version = "HTTP/1.1"
    files: dict[str, tuple[str, bytes]]

    def do_GET(self) -> None:
        """Send the file of this path, or the page."""
        kind, body = self.files.get(self.path, self.files["/"])
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache" if kind == "text/html" else "max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the library's own name
        """Say nothing."""


def files() -> dict[str, tuple[str, bytes]]:
    """Return what is served: by its path, its kind and its packed content."""
    posts = read_posts()
    figures = {
        "progress": progress_figure(posts),
        "topics": topics_figure(posts),
        "timeline": timeline_figure(posts),
    }
    page = PAGE.format(sum=team_sum(posts), charts="".join(f'<div id="{name}"></div>' for name in figures))
    drawing = ", ".join(f'"{name}": {figure.to_json()}' for name, figure in figures.items())
    parts = {
        "/": ("text/html", page),
        "/plotly.js": ("text/javascript", get_plotlyjs()),
        "/draw.js": ("text/javascript", DRAW.format(figures="{" + drawing + "}")),
    }
    return {path: (kind, gzip.compress(text.encode())) for path, (kind, text) in parts.items()}


if __name__ == "__main__":
    Files.files = files()
    ThreadingHTTPServer(("127.0.0.1", int(argv[-1])), Files).serve_forever()
