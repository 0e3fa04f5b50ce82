"""What citizens wrote on the platforms that are read, not delivered: put in by tests and the demo.

POST /_posts     channel, account, author, text and more; the platform's id comes back
DELETE /_posts   everything of a channel, or of all

``edit_of`` changes a post (X gives it another id, Reddit does not), ``delete`` takes one away.
"""

import itertools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_X_BEGAN = 1_288_834_974_657


def first_number(channel: str) -> int:
    """Ids go up with time, also over a restart of the fakes, as the platforms' do."""
    now = int(time.time() * 1000)
    return (now - _X_BEGAN) << 22 if channel == "x" else now


@dataclass(slots=True, kw_only=True)
class Post:
    """One post. ``where`` is the list that it shows up in: ``mentions``, ``search``, ``inbox``.

    ``files`` are the ids of its files (``POST /_files``).
    """

    channel: str
    account: str
    author: str
    text: str
    id: str = ""
    name: str | None = None
    where: str = "mentions"
    at: float = field(default_factory=time.time)
    thread: str | None = None
    reply_to: str | None = None
    history: list[str] = field(default_factory=list)
    gone: bool = False
    files: list[str] = field(default_factory=list)

    @property
    def written(self) -> str:
        """The moment as X writes it."""
        moment = datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds")
        return moment.replace("+00:00", "Z")


def holds(post: Post, query: str) -> bool:
    """Whether a post has all words and phrases of a query; operators are left out."""
    wanted = re.findall(r'"([^"]+)"|(?<!\S)([^\s"-]\S*)', query.casefold())
    return all((phrase or word) in post.text.casefold() for phrase, word in wanted)


@dataclass(slots=True)
class Posts:
    """All of them, oldest first."""

    known: list[Post] = field(default_factory=list)
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def number(self, channel: str) -> str:
        """The next id of a platform: ids grow, as theirs do."""
        if channel not in self._numbers:
            self._numbers[channel] = itertools.count(first_number(channel))
        return str(next(self._numbers[channel]))

    def put(self, asked: dict[str, Any]) -> Post:
        """Write, edit or delete as asked. Raises ``TypeError`` or ``KeyError`` on nonsense."""
        if "delete" in asked:
            post = self.find(asked["channel"], asked["delete"])
            post.gone = True
            return post
        earlier = asked.pop("edit_of", None)
        post = self._edited(asked, earlier) if earlier else Post(**asked)
        post.id = post.id or self.number(post.channel)
        post.history = [*post.history, post.id]
        self.known.append(post)
        return post

    def find(self, channel: str, id: str) -> Post:
        """The post with this id. Raises ``KeyError``."""
        for post in self.known:
            if (post.channel, post.id) == (channel, id):
                return post
        raise KeyError(id)

    def newest_first(self, channel: str, account: str, where: str) -> list[Post]:
        """What a list of this account shows."""
        found = [
            post
            for post in self.known
            if (post.channel, post.account, post.where) == (channel, account, where)
        ]
        return [post for post in reversed(found) if not post.gone or channel == "reddit"]

    def clear(self, channel: str | None) -> None:
        """Forget them."""
        self.known = [post for post in self.known if channel not in (None, post.channel)]

    def _edited(self, asked: dict[str, Any], earlier: str) -> Post:
        before = self.find(asked["channel"], earlier)
        return Post(
            channel=before.channel,
            account=before.account,
            author=before.author,
            name=before.name,
            where=before.where,
            thread=before.thread or before.id,
            reply_to=before.reply_to,
            text=asked["text"],
            history=list(before.history),
        )
