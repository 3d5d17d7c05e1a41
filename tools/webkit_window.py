#!/usr/bin/python3
"""What does WebKit look like as narrow as a phone? A window with it and nothing else, for `tools/other_browsers.py`.

Debian's own Python runs it, with `python3-gi` and `gir1.2-webkit2-4.1`; WebKitWebDriver drives it. The browser that
comes with WebKit is never narrower than its buttons, and keeps to itself what the console says while it is driven.
"""

import gi  # type: ignore[import-not-found]  # of the system, not of our environment

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # type: ignore[import-not-found]  # noqa: E402  after the versions are chosen

context = WebKit2.WebContext.new()
context.set_automation_allowed(True)
settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)


def new_view(_session: object) -> object:
    """Open the window, and return the view in it."""
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
    window = Gtk.Window(decorated=False)
    window.add(view)
    window.show_all()
    return view


def on_start(_context: object, session: WebKit2.AutomationSession) -> None:
    """Tell the driver who is here, without which it does not begin."""
    about = WebKit2.ApplicationInfo()
    about.set_name("webkit_window")
    about.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(about)
    session.connect("create-web-view", new_view)


context.connect("automation-started", on_start)
Gtk.main()
