"""Text of generated notes: about as long as real ones, all different, and full of words that a search can look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

THINGS: Final = tuple(
    """index transaction replica shard queue broker cache proxy balancer gateway token session cookie header socket
    thread process container volume snapshot backup journal checkpoint page buffer cursor lock latch semaphore mutex
    deadlock timeout retry backoff breaker bulkhead quorum leader follower election lease heartbeat partition offset
    consumer producer topic schema migration trigger view constraint key hash tree heap filter sketch ring gossip
    vector clock epoch fence barrier commit rollback savepoint isolation snapshot phantom anomaly saga outbox webhook
    certificate handshake cipher nonce salt digest signature scope claim role policy audit secret rotation rate limit
    bucket window percentile histogram trace span metric alert budget canary rollout feature flag probe""".split()
)
ACTS: Final = tuple(
    """survive reject delay repeat reorder duplicate lose compress encrypt verify invalidate evict replay elect promote
    demote drain throttle shed buffer batch stream page scan seek merge compact split rebalance pin""".split()
)
WHENS: Final = (
    "the disk is full",
    "the network is partitioned",
    "a node restarts",
    "the clock jumps",
    "two writers race",
    "a message comes twice",
    "the cache is cold",
    "the client disconnects",
    "load doubles",
    "a replica lags",
    "the lease expires",
    "the schema changes",
)
SENTENCES: Final = (
    "The **{a}** must {v} the {b} before it may {w}, or else the {c} sees a state that never was.",
    "Keep the {a} small and let the {b} {v}; the {c} is the only part that has to be durable.",
    "Nothing happens at once: the {a} will {v} after the {b}, and readers of the {c} notice it late.",
    "It depends on the `{a}`: with a {b} it can {v}, without one it has to {w} and ask the {c} again.",
)
CODE: Final = "\n\n```python\ndef {v}({a}, {b}):\n    with {a}.lock():\n        return {b}.{w}(limit={n})\n```"


def title(number: int) -> str:
    """A title for deck number so-and-so."""
    return f"The {THINGS[number % len(THINGS)]} and the {THINGS[(number * 7 + 3) % len(THINGS)]}, part {number + 1}"


def note(rand: random.Random, number: int, *, is_core: bool, has_siblings: bool) -> tuple[str, str, str]:
    """Slug, style and text of a note; one with siblings is reversed or has two clozes."""
    a, b, c = rand.choices(THINGS, k=3)
    v, w = rand.choices(ACTS, k=2)
    slug = f"{a}-{v}-{number}"
    style = "basic" if not has_siblings else "cloze" if rand.random() < 0.5 else "reversed"
    attributes = f"#{slug}" + (" .core" if is_core else "") + (" .reversed" if style == "reversed" else "")
    if style == "cloze":
        question = f"When {rand.choice(WHENS)}, {{{{c1::the {a}}}}} has to {v} what {{{{c2::the {b}}}}} wrote."
    else:
        question = f"What does the {a} {v} for the {b} when {rand.choice(WHENS)}?"
    answer = " ".join(s.format(a=a, b=b, c=c, v=v, w=w) for s in rand.sample(SENTENCES, 2))
    code = CODE.format(a=a, b=b, v=v, w=w, n=number) if rand.random() < 0.15 else ""
    return (
        slug,
        style,
        f"## {question} {{{attributes}}}\n\n{answer}{code}\n\nSource: the {c} handbook, ch. {number % 40}",
    )
