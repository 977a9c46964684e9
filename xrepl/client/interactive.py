"""Which prompt a terminal gets: the one that edits forms, or the plain one where no more is possible.

prompt_toolkit is imported only for the first; that takes most of the time to the first prompt.
"""

import os
import sys
from contextlib import suppress

from xrepl.client.conversation import Conversation
from xrepl.client.settings import Settings, read_settings

# such a terminal shows text and can do no more
DUMB = ("", "dumb", "unknown")


def talk(conversation: Conversation, *, has_banner: bool = True, is_raw: bool = False) -> int:
    """Talk with the user at standard input and output until they leave; give the exit status.

    Raises:
        ServerGone: no server can be started.
    """
    settings = read_settings()
    settings = Settings(settings.style, settings.keys, settings.has_banner, settings.is_raw or is_raw, settings.problem)
    if os.environ.get("TERM", "") in DUMB or not os.isatty(1):
        from xrepl.client import plain

        return plain.talk(conversation, is_raw=settings.is_raw, terminal=_terminal())
    from xrepl.client.keys import Keys

    with Keys() as keys:
        _find_packages()
        from xrepl.client import terminal

        return terminal.talk(
            conversation,
            settings,
            keys,
            has_colours=not os.environ.get("NO_COLOR"),
            has_banner=has_banner and settings.has_banner,
            terminal=_terminal(),
        )


def _terminal() -> str:
    """Give the name of the terminal, for those who list the sessions."""
    with suppress(OSError):
        return os.ttyname(0)
    return ""


def _find_packages() -> None:
    """Let installed packages be imported: a client that needs none is started without them."""
    if sys.flags.no_site:
        import site

        site.main()
