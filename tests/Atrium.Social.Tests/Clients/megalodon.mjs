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

const stream = await client.userStreaming();
const heard = [];
stream.on("update", (s) => heard.push(s.id));
stream.on("delete", (id) => heard.push(`-${id}`));
const said = [];
for (let tries = 0; tries < 100 && !said.some((id) => heard.includes(id)); tries++) {
  // The socket is open once something said after it is heard.
  said.push((await client.postStatus("is anybody there?", { visibility: "public" })).data.id);
  await new Promise((done) => setTimeout(done, 200));
}
assert.ok(said.some((id) => heard.includes(id)));
for (const read of ["getPublicTimeline", "getLocalTimeline"]) assert.ok((await client[read]()).data.some((s) => s.id === said[0]), read);
await client.deleteStatus(post.id);
for (let tries = 0; tries < 100 && !heard.includes(`-${post.id}`); tries++) await new Promise((done) => setTimeout(done, 200));
assert.ok(heard.includes(`-${post.id}`));
stream.stop();
console.log("megalodon: done");
process.exit(0);
