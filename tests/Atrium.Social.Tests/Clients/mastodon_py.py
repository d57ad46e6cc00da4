# Mastodon.py as an app uses it: signs in by a code, posts, pages, streams; and reads what is public as itself alone.
import os
import sys
import threading
import time

import requests
from mastodon import Mastodon, MastodonNotFoundError, StreamListener

base, other_token, picture = sys.argv[1:4]
scopes = ["read", "write", "push"]


class Heard(StreamListener):
    def __init__(self):
        self.events = []
        self.known = threading.Event()

    def on_update(self, status):
        self.events.append(("update", status.id))

    def on_delete(self, status_id):
        self.events.append(("delete", int(status_id)))

    def on_notification(self, notification):
        self.events.append(("notification", notification.type))


def within(seconds, what):
    for _ in range(seconds * 5):
        if what():
            return True
        time.sleep(0.2)
    return False


def until(what, made=lambda: None):
    # What happens while a stream is being opened, or opened again, is not heard: then it is done once more.
    for _ in range(6):
        thing = made()
        if within(15, lambda: what(thing)):
            return thing
    raise AssertionError("It never came: %s" % [(stream.is_receiving(), heard.events[-9:]) for stream, heard in listening])


listening = []
client_id, client_secret = Mastodon.create_app("Mastodon.py", scopes=scopes, redirect_uris="urn:ietf:wg:oauth:2.0:oob", api_base_url=base)
me = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=base, ratelimit_method="throw")
print(me.auth_request_url(scopes=scopes), flush=True)
me.log_in(code=input().strip(), scopes=scopes)
account = me.account_verify_credentials()
other = Mastodon(access_token=other_token, api_base_url=base)
assert other.account_follow(account.id).following

posts = [me.status_post("Post %d" % i, visibility="public").id for i in range(100)]
page = me.account_statuses(account.id, limit=15)
seen = []
last = page
while page:
    last = page
    seen += [s.id for s in page]
    page = me.fetch_next(page)
assert seen == posts[::-1], "Paging on skips or repeats."
back = [s.id for s in last]
page = me.fetch_previous(last)
while page:
    back = [s.id for s in page] + back
    page = me.fetch_previous(page)
assert back == posts[::-1], "Paging back skips or repeats."

# Others write meanwhile; what only this one says is on its own tag.
user, tagged = Heard(), Heard()
tag = "py%d" % account.id
listening.append((other.stream_user(user, run_async=True, reconnect_async=True, reconnect_async_wait_sec=1), user))
listening.append((me.stream_hashtag(tag, tagged, run_async=True, reconnect_async=True, reconnect_async_wait_sec=1), tagged))


def both(kind, post):
    return (kind, post.id) in user.events and (kind, post.id) in tagged.events


def pictured():
    media = me.media_post(picture, description="grey")
    return me.status_post("With a picture #" + tag, media_ids=[media], spoiler_text="cw", language="en")


time.sleep(1)
post = until(lambda p: both("update", p), pictured)
assert post.media_attachments[0].description == "grey"
answer = other.status_reply(post, "An answer")
assert me.status_context(post.id).descendants[0].id == answer.id
assert other.status_favourite(post.id).favourited and other.status_reblog(post.id).reblog.id == post.id and other.status_bookmark(post.id).bookmarked
assert {"favourite", "reblog", "follow", "mention"} <= {n.type for n in me.notifications(limit=40)}
until(lambda _: ("notification", "mention") in user.events, lambda: me.status_post("To @" + other.me().acct))
poll = me.status_post("And?", poll=me.make_poll(["yes", "no"], 600)).poll
other.poll_vote(poll.id, [1])
assert other.poll(poll.id).own_votes == [1]
friends = other.list_create("friends")
other.list_accounts_add(friends.id, [account.id])
assert other.timeline_list(friends.id)
assert any(s.id == post.id for s in me.search("picture", result_type="statuses").statuses) and me.account_search(account.acct)[0].id == account.id


def gone():
    short = me.status_post("Gone soon #" + tag)
    me.status_delete(short.id)
    return short


until(lambda p: both("delete", p), gone)
me.status_delete(post.id)
try:
    other.status(post.id)
    raise AssertionError("It is still there.")
except MastodonNotFoundError:
    pass

token = requests.post(base + "/oauth/token", data={"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret, "scope": "read"}, timeout=30).json()["access_token"]
app = Mastodon(access_token=token, api_base_url=base)
assert app.app_verify_credentials().name == "Mastodon.py"
assert app.timeline_public(limit=5) and app.account(account.id).acct == account.acct
print("Mastodon.py: done", flush=True)
# To close a stream the library waits for its next sign of life.
os._exit(0)
