// masto.js as an app uses it: sign-in of the app, posts with media and polls, marks, lists, filters, search, streaming.
import assert from "node:assert/strict";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";

const [url, token, otherToken, picture] = process.argv.slice(2);
const bytes = Buffer.from(picture, "base64");
const rest = createRestAPIClient({ url, accessToken: token });
const other = createRestAPIClient({ url, accessToken: otherToken });

const instance = await rest.v2.instance.fetch();
assert.equal(instance.apiVersions.mastodon, 7);
const me = await rest.v1.accounts.verifyCredentials();
const them = await other.v1.accounts.verifyCredentials();
await rest.v1.preferences.fetch();

const app = await createRestAPIClient({ url }).v1.apps.create({ clientName: "masto", redirectUris: "urn:ietf:wg:oauth:2.0:oob", scopes: "read write" });
const own = await createOAuthAPIClient({ url }).token.create({ grantType: "client_credentials", clientId: app.clientId, clientSecret: app.clientSecret, scope: "read" });
assert.equal(own.tokenType, "Bearer");

assert.equal((await other.v1.accounts.$select(me.id).follow({ reblogs: true })).following, true);
const stream = createStreamingAPIClient({ streamingApiUrl: instance.configuration.urls.streaming, accessToken: otherToken });
const heard = [];
const listening = (async () => {
  for await (const event of stream.user.subscribe()) {
    heard.push(event.event);
    if (event.event === "delete") break;
  }
})();
await until(async () => {
  // The socket is open once something said after it is heard.
  await rest.v1.statuses.create({ status: "is anybody there?", visibility: "private" });
  return heard.includes("update");
});

const media = await rest.v2.media.create({ file: new Blob([bytes], { type: "image/jpeg" }), description: "a picture", focus: "0.1,0.2" });
assert.ok(media.url);
const post = await rest.v1.statuses.create({ status: `Hello @${them.acct} #masto`, visibility: "public", mediaIds: [media.id], language: "en", sensitive: true, spoilerText: "cw" });
assert.equal(post.mediaAttachments[0].description, "a picture");
const poll = await rest.v1.statuses.create({ status: "And?", poll: { options: ["yes", "no"], expiresIn: 600, multiple: false } });
assert.equal((await other.v1.polls.$select(poll.poll.id).votes.create({ choices: [1] })).ownVotes[0], 1);

const reply = await other.v1.statuses.create({ status: "an answer", inReplyToId: post.id });
assert.equal((await rest.v1.statuses.$select(post.id).context.fetch()).descendants[0].id, reply.id);
assert.equal((await other.v1.statuses.$select(post.id).favourite()).favourited, true);
assert.equal((await other.v1.statuses.$select(post.id).reblog()).reblog.id, post.id);
assert.equal((await other.v1.statuses.$select(post.id).bookmark()).bookmarked, true);
assert.equal((await rest.v1.statuses.$select(post.id).pin()).pinned, true);
assert.equal((await rest.v1.accounts.$select(me.id).statuses.list({ pinned: true }))[0].id, post.id);

const told = await rest.v1.notifications.list();
for (const type of ["favourite", "reblog", "follow"]) assert.ok(told.some((n) => n.type === type), type);
const groups = await rest.v2.notifications.list();
assert.ok(groups.notificationGroups.length > 0);

const list = await other.v1.lists.create({ title: "friends" });
await other.v1.lists.$select(list.id).accounts.create({ accountIds: [me.id] });
assert.ok((await other.v1.timelines.list.$select(list.id).list()).some((s) => s.id === post.id));
const filter = await other.v2.filters.create({ title: "quiet", context: ["home"], filterAction: "warn", keywordsAttributes: [{ keyword: "Hello", wholeWord: true }] });
const home = await other.v1.timelines.home.list();
assert.equal(home.find((s) => s.id === post.id).filtered[0].filter.id, filter.id);
await other.v2.filters.$select(filter.id).remove();
assert.equal((await rest.v2.search.list({ q: them.acct, type: "accounts" })).accounts[0].id, them.id);

const edited = await rest.v1.statuses.$select(post.id).update({ status: "Hello again", mediaIds: [media.id] });
assert.ok(edited.editedAt);
assert.equal((await rest.v1.statuses.$select(post.id).history.list()).length, 2);
const profile = await rest.v1.accounts.updateCredentials({ note: "about me", fieldsAttributes: [{ name: "Home", value: "https://example.org" }], source: { language: "de" } });
assert.equal(profile.source.fields[0].name, "Home");

let pages = 0;
for await (const page of rest.v1.accounts.$select(me.id).statuses.list({ limit: 2 })) if (++pages > 20 || page.length === 0) break;
assert.ok(pages > 1 && pages <= 20);

await rest.v1.statuses.$select(post.id).remove();
await Promise.race([listening, new Promise((_, fail) => setTimeout(() => fail(new Error(`heard only ${heard}`)), 20000))]);
for (const event of ["update", "notification", "status.update", "delete"]) assert.ok(heard.includes(event), `${event} of ${heard}`);
stream.close();
console.log("masto.js: done");
process.exit(0);

async function until(done) {
  for (let i = 0; i < 50; i++) {
    if (await done()) return;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error("nothing was heard");
}
