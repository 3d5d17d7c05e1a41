"""What could staff write to an influencer who can use a nudge? Warm, in Dutch, about what is next; plain text."""

from genkdash.i18n import translator
from genkdash.insights.moment import OwnStanding
from genkdash.insights.nudges import Nudge
from genkdash.insights.suggestion import Suggestion


def reminder(nudge: Nudge, standing: OwnStanding, idea: Suggestion | None) -> str:
    """Return the message. Always Dutch: that is the language in which the city and the young people write.

    It asks for the next story, says how many are to go and how often that is, and compares with nobody. A row that
    does not count is something to look at together.
    """
    words = translator("nl")
    name = (nudge.name.split() or [""])[0]
    # only then may a next story be asked for; otherwise there is just a row to look at
    is_open = standing.moment in {"under_way", "never_posted"}
    sentences = []
    if not is_open:
        sentences.append(words("reminder.hello", name=name))
    elif standing.moment == "never_posted":
        sentences += [words("reminder.first", name=name), words("reminder.any_way")]
    else:
        sentences.append(words("reminder.next", name=name))
        sentences.append(words.plural("reminder.so_far", standing.progress.posts))
        if standing.days_per_post is not None and standing.days_per_post > 1:
            sentences.append(words.plural("reminder.pace", standing.to_go, days=standing.days_per_post))
        else:
            sentences.append(words.plural("reminder.to_go", standing.to_go))
    if is_open and idea is not None and idea.is_new_to_all:
        sentences.append(words("reminder.idea", topic=" ".join(idea.topic.name.split())))
    if nudge.rows:
        sentences.append(words.plural("reminder.rows", nudge.rows))
    return " ".join([*sentences, words("reminder.bye")])
