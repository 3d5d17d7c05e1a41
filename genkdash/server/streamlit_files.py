"""Where are the files that Streamlit's page is made of, and of which Streamlit are they? Nothing of it is imported."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def streamlit_files() -> Path:
    """Return the folder of the installed Streamlit's page, its scripts below `static/js`, fonts below `static/media`.

    Raises:
        FileNotFoundError: Streamlit is not installed, or keeps them elsewhere.
    """
    found = find_spec("streamlit")
    folder = Path(found.origin).parent / "static" if found is not None and found.origin is not None else None
    if folder is None or not (folder / "static" / "js").is_dir():
        raise FileNotFoundError("the files of Streamlit's page are not where they were")
    return folder


def streamlit_edition() -> str:
    """Return which Streamlit is installed: `streamlit-1.67.0`."""
    return f"streamlit-{version('streamlit')}"
