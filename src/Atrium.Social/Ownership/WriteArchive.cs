using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Writes a member's account as ActivityPub: <c>actor.json</c>, <c>outbox.json</c> with all they posted and boosted whoever it was for,
/// <c>likes.json</c>, <c>bookmarks.json</c>, and the pictures, named relative to the archive.
/// </summary>
internal sealed class WriteArchive(SocialDb db, KernelDb kernel, ActorWriter actors, NoteWriter notes, FederationGate gate, IBlobStore blobs, ExportOwned owned)
{
    private const int Batch = 100;

    /// <param name="progress">Called with posts done and posts in all.</param>
    public async Task HandleAsync(Id<Account> me, IExportFolder folder, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var account = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        await ActorAsync(account, folder, ct);
        await OutboxAsync(account, folder, progress, ct);
        await ListAsync("likes.json", "likes", account, from f in db.Favourites join s in db.Statuses on f.StatusId equals s.Id where f.AccountId == me orderby f.Id select s.Uri, folder, ct);
        await ListAsync("bookmarks.json", "bookmarks", account, from b in db.Bookmarks join s in db.Statuses on b.StatusId equals s.Id where b.AccountId == me orderby b.Id select s.Uri, folder, ct);
        foreach (var (kind, _, _) in OwnedFiles.All)
        {
            var file = await owned.WriteAsync(kind, me, ct);
            await folder.AddAsync(file.Name, new MemoryStream(file.Content), ct);
        }
    }

    private async Task ActorAsync(Account account, IExportFolder folder, CancellationToken ct)
    {
        var actor = actors.Write(account);
        if (account.PublicKeyPem is null) actor.Remove("publicKey");
        actor["outbox"] = "outbox.json";
        actor["likes"] = "likes.json";
        actor["bookmarks"] = "bookmarks.json";
        foreach (var (url, key, name) in ((string?, string, string)[])[(account.AvatarUrl, "icon", "avatar"), (account.HeaderUrl, "image", "header")])
            if (url is not null && await PictureAsync(url, name, folder, ct) is { } file) actor[key]!["url"] = file;
        actor.Insert(0, "@context", Ap.Context);
        await AddAsync("actor.json", actor, folder, ct);
    }

    private async Task OutboxAsync(Account account, IExportFolder folder, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var (me, items, after) = (account.Id, new JsonArray(), default(Id<Status>));
        var mine = db.Statuses.Where(s => s.AccountId == me && s.DeletedAt == null && s.Kind != StatusKind.Root);
        var total = await mine.CountAsync(ct);
        while (await mine.Where(s => s.Id > after).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            foreach (var status in page)
            {
                var activity = await notes.ActivityAsync(status, account, ct);
                // Whom it was for in this house's own words: the addresses alone do not say members or a group.
                if (activity["object"] is JsonObject note)
                {
                    note["visibility"] = status.Visibility.ToString().ToLowerInvariant();
                    if (status.Source.Length > 0) note["source"] = new JsonObject { ["content"] = status.Source, ["mediaType"] = status.Format == TextFormat.Markdown ? "text/markdown" : "text/plain" };
                    await MediaAsync(status, note, folder, ct);
                }

                items.Add(activity);
            }

            await progress(items.Count, total, "Posts", ct);
        }

        var outbox = new JsonObject { ["id"] = "outbox.json", ["type"] = "OrderedCollection", ["totalItems"] = items.Count, ["orderedItems"] = items };
        outbox.Insert(0, "@context", Ap.Context);
        await AddAsync("outbox.json", outbox, folder, ct);
    }

    private async Task MediaAsync(Status status, JsonObject note, IExportFolder folder, CancellationToken ct)
    {
        if (!status.HasMedia || note["attachment"] is not JsonArray attached) return;
        foreach (var media in await db.Media.Where(m => m.StatusId == status.Id && m.FileId != null && m.Position != Media.Former).ToListAsync(ct))
        {
            var file = await kernel.Files.FirstOrDefaultAsync(f => f.Id == media.FileId, ct);
            if (file is null || await blobs.OpenAsync(file.Hash, null, ct) is not { } content) continue;
            var name = $"media_attachments/{media.Id}{Path.GetExtension(file.FileName)}";
            await using (content) await folder.AddAsync(name, content, ct);
            var address = gate.Absolute(media.Url ?? "");
            foreach (var node in attached.OfType<JsonObject>().Where(n => n["url"]?.GetValue<string>() == address)) node["url"] = name;
        }
    }

    private async Task ListAsync(string file, string name, Account account, IQueryable<string> uris, IExportFolder folder, CancellationToken ct)
    {
        var items = Ap.List((await uris.ToListAsync(ct)).Select(gate.Absolute));
        await AddAsync(file, new() { ["@context"] = Ap.Profile, ["id"] = file, ["type"] = "OrderedCollection", ["name"] = $"{name} of @{account.Username}", ["totalItems"] = items.Count, ["orderedItems"] = items }, folder, ct);
    }

    // Profile pictures lie with Accounts, under the file's own number.
    private async Task<string?> PictureAsync(string url, string name, IExportFolder folder, CancellationToken ct)
    {
        if (url.Split('/', '?').Select(p => Id<FileRecord>.TryParse(p, null, out var id) ? id : (Id<FileRecord>?)null).FirstOrDefault(i => i is not null) is not { } id) return null;
        if (await kernel.Files.FirstOrDefaultAsync(f => f.Id == id, ct) is not { } file || await blobs.OpenAsync(file.Hash, null, ct) is not { } content) return null;
        var path = name + Path.GetExtension(file.FileName);
        await using (content) await folder.AddAsync(path, content, ct);
        return path;
    }

    private static async Task AddAsync(string name, JsonObject node, IExportFolder folder, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) node.WriteTo(json);
        bytes.Position = 0;
        await folder.AddAsync(name, bytes, ct);
    }
}
