"""On which platform is a post, by its link?"""

from urllib.parse import urlsplit

USUAL_PLATFORMS = ("Instagram", "TikTok", "YouTube", "Snapchat", "Facebook", "X")
"""What is offered where the sheet knows none yet."""
USUAL_FORMS = ("foto", "video", "story", "reel")

_PLATFORM_BY_HOST = {
    "instagram.com": "Instagram",
    "instagr.am": "Instagram",
    "tiktok.com": "TikTok",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "snapchat.com": "Snapchat",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
    "fb.com": "Facebook",
    "x.com": "X",
    "twitter.com": "X",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "twitch.tv": "Twitch",
}


def platform_of(link: str) -> str | None:
    """Return the platform that a link (from `parse_link`) leads to, None for a host that is none we know."""
    host = (urlsplit(link).hostname or "").rstrip(".")
    parts = host.split(".")
    # The host itself or one below it: `vm.tiktok.com` is TikTok, `tiktok.com.elders.example` is not.
    names = (".".join(parts[at:]) for at in range(len(parts)))
    return next((_PLATFORM_BY_HOST[name] for name in names if name in _PLATFORM_BY_HOST), None)
