"""``--as ACCOUNT``: on whose behalf a console command changes data."""

from __future__ import annotations

import argparse
from datetime import datetime

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.signing import actors_of, find


def actor_of(options: argparse.Namespace, at: datetime) -> Actor:
    """The actor named by ``--as LOGIN`` or ``--as LOGIN@POST``; without a post, the account's first one.

    Raises ``Said`` where none is named, the account is unknown or closed, or it does not hold the post.
    """
    login, _, post = str(options.account or "").partition("@")
    if not login:
        raise Said("command.account-needed")
    account = find(login)
    if account is None or not account.is_active:
        raise Said("command.account-unknown", account=login)
    actors = actors_of(account, at)
    for actor in actors:
        if not post or actor.post == post:
            return actor
    raise Said("command.account-post", account=login, post=post, known=[actor.post for actor in actors])
