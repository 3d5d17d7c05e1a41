"""What stands on the tab of the browser? Our own drawing, as an address that holds it: read once, not in every run."""

from base64 import b64encode
from pathlib import Path

# a named icon would be fetched from Google
_DRAWING = Path(__file__).parent / "icon.svg"

PAGE_ICON = f"data:image/svg+xml;base64,{b64encode(_DRAWING.read_bytes()).decode()}"
