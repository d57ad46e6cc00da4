// megalodon as an app uses it: it finds out what it talks to, then reads and posts.
import assert from "node:assert/strict";
import megalodon, { detector } from "megalodon";

const [url, token] = process.argv.slice(2);
const generator = megalodon.default ?? megalodon;
assert.equal(await detector(url), "mastodon");
const client = generator("mastodon", url, token);
assert.ok((await client.getInstance()).data.version.startsWith("4.5"));
const me = (await client.verifyAccountCredentials()).data;
const post = (await client.postStatus("from megalodon", { visibility: "unlisted" })).data;
assert.equal(post.account.id, me.id);
assert.ok((await client.getHomeTimeline()).data.some((s) => s.id === post.id));
assert.equal((await client.favouriteStatus(post.id)).data.favourited, true);
assert.ok(Array.isArray((await client.getNotifications()).data));
assert.ok(Array.isArray((await client.getLists()).data));
await client.deleteStatus(post.id);
console.log("megalodon: done");
process.exit(0);
