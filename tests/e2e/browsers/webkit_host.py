"""A window with WebKitGTK in it, for WebKitWebDriver: webkit_host.py FOLDER WIDTH HEIGHT LANGUAGE.

What pages keep lies in FOLDER, as in a browser that people use. The MiniBrowser that comes with WebKitGTK forgets all when
it is automated, and a private window of WebKit takes no photo into IndexedDB.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

folder, width, height, language = sys.argv[1:5]
windows = []


def new_context():
    manager = WebKit2.WebsiteDataManager(base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache")
    context = WebKit2.WebContext(website_data_manager=manager)
    context.set_preferred_languages([language])
    context.set_automation_allowed(True)
    context.connect("automation-started", introduce)
    return context


def introduce(context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("phone")
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect("create-web-view", lambda _: new_view(context))


def new_view(context):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    # The tests read there what went wrong in a page.
    view.get_settings().set_enable_write_console_messages_to_stdout(True)
    window = Gtk.Window(default_width=int(width), default_height=int(height))
    window.add(view)
    window.show_all()
    windows.append(window)
    return view


context = new_context()
Gtk.main()
