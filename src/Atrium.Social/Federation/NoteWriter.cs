using System.Globalization;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Writes local posts as ActivityPub objects and the activities that carry them.</summary>
internal sealed class NoteWriter(SocialDb db, KernelDb kernel, FederationGate gate, ActorWriter actors)
{
    /// <summary>The post itself: a Note, or a Question where it asks something.</summary>
    public async Task<JsonObject> NoteAsync(Status status, Account author, CancellationToken ct)
    {
        var named = await NamedAsync(status, ct);
        var id = gate.Absolute(status.Uri);
        var node = new JsonObject
        {
            ["id"] = id,
            ["type"] = status.Kind == StatusKind.Root ? await KindOfAsync(status, ct) : status.PollId is null ? "Note" : "Question",
            ["attributedTo"] = gate.Absolute(author.Uri),
            ["summary"] = status.Spoiler.Length > 0 ? status.Spoiler : null,
            ["context"] = await ContextAsync(status, ct),
            ["inReplyTo"] = status.InReplyTo is { } parent ? await UriAsync(parent, ct) : null,
            ["published"] = Time(status.CreatedAt),
            ["url"] = gate.Absolute(status.Url),
            ["sensitive"] = status.Sensitive,
            ["content"] = actors.Links(status.Html),
            ["attachment"] = await MediaAsync(status, ct),
            ["tag"] = Tags(status, named),
            ["replies"] = id + "/replies",
            ["likes"] = id + "/likes",
            ["shares"] = id + "/shares",
        };
        Address(node, status, author, named);
        if (status.Kind == StatusKind.Root && (string)node["type"]! != "Note") node["name"] = status.Plain;
        if (status.Language is { } language) node["contentMap"] = new JsonObject { [language] = actors.Links(status.Html) };
        if (status.EditedAt is { } edited) node["updated"] = Time(edited);
        if (status.PollId is { } poll) await AskAsync(node, poll, ct);
        return node;
    }

    /// <summary>The activity that says a post was made: Create, or Announce for a boost.</summary>
    public async Task<JsonObject> ActivityAsync(Status status, Account author, CancellationToken ct)
    {
        if (status.BoostOf is { } original)
        {
            var announce = Activity("Announce", gate.Absolute(status.Uri), author, JsonValue.Create(await UriAsync(original, ct)));
            announce["published"] = Time(status.CreatedAt);
            var whose = await (from s in db.Statuses join a in db.Accounts on s.AccountId equals a.Id where s.Id == original select a).ToListAsync(ct);
            Address(announce, status, author, whose);
            return announce;
        }

        var note = await NoteAsync(status, author, ct);
        return Carry("Create", gate.Absolute(status.Uri) + "/activity", author, note, status.CreatedAt);
    }

    /// <summary>The activity that says a post reads otherwise now.</summary>
    /// <param name="what">What changed, if not the post itself.</param>
    public async Task<JsonObject> UpdateAsync(Status status, Account author, string? what, CancellationToken ct) =>
        Carry("Update", $"{gate.Absolute(status.Uri)}#updates/{what ?? status.Revision.ToString(CultureInfo.InvariantCulture)}", author, await NoteAsync(status, author, ct), status.EditedAt ?? status.CreatedAt);

    /// <param name="what">The object: an address or a node.</param>
    public JsonObject Activity(string type, string id, Account author, JsonNode? what) => new()
    {
        ["id"] = id, ["type"] = type, ["actor"] = gate.Absolute(author.Uri), ["object"] = what,
    };

    /// <summary>Whom a post names, or named before it was edited: all of them are sent it.</summary>
    public Task<List<Account>> NamedAsync(Status status, CancellationToken ct) =>
        (from m in db.Mentions join a in db.Accounts on m.AccountId equals a.Id where m.StatusId == status.Id orderby a.Id select a).ToListAsync(ct);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private JsonObject Carry(string type, string id, Account author, JsonObject note, DateTimeOffset at)
    {
        var activity = Activity(type, id, author, note);
        activity["published"] = Time(at);
        activity["to"] = note["to"]!.DeepClone();
        activity["cc"] = note["cc"]!.DeepClone();
        return activity;
    }

    private void Address(JsonObject node, Status status, Account author, IReadOnlyCollection<Account> named)
    {
        var followers = gate.Absolute(author.Uri) + "/followers";
        List<string> people = [.. named.Select(a => gate.Absolute(a.Uri))];
        var (to, cc) = status.Visibility switch
        {
            Visibility.Public => ((List<string>)[Ap.Everyone], (List<string>)[followers, .. people]),
            Visibility.Unlisted => ([followers], [Ap.Everyone, .. people]),
            Visibility.Followers => ([followers], people),
            _ => (people, []),
        };
        node["to"] = Ap.List(to);
        node["cc"] = Ap.List(cc);
    }

    // A thing as others know such things; what they have no word for is a note with its link.
    private async Task<string> KindOfAsync(Status root, CancellationToken ct) =>
        (await db.Discussions.Where(d => d.RootId == root.Id).Select(d => d.Thing).FirstOrDefaultAsync(ct)).Kind switch
        {
            "event" => "Event",
            "post" or "page" or "recipe" or "article" => "Article",
            "track" or "album" or "episode" => "Audio",
            _ => "Note",
        };

    private async Task<string?> UriAsync(Id<Status> id, CancellationToken ct) =>
        await db.Statuses.Where(s => s.Id == id).Select(s => s.Uri).FirstOrDefaultAsync(ct) is { } uri ? gate.Absolute(uri) : null;

    // The thread as a whole (FEP-7888), where it began here; of others' threads only they know the address.
    private async Task<string?> ContextAsync(Status status, CancellationToken ct) =>
        (status.ThreadRoot == status.Id ? status.Uri : await db.Statuses.Where(s => s.Id == status.ThreadRoot && s.IsLocal).Select(s => s.Uri).FirstOrDefaultAsync(ct)) is { } root ? gate.Absolute(root) + "/context" : null;

    private JsonArray Tags(Status status, IReadOnlyCollection<Account> named) =>
    [
        .. named.Where(a => status.Document.Mentions.Any(m => m.Id == a.Id)).Select(a => (JsonNode)new JsonObject { ["type"] = "Mention", ["href"] = gate.Absolute(a.Uri), ["name"] = $"@{a.Username}@{(a.IsLocal ? gate.Domain : a.Domain)}" }),
        .. status.Document.Tags.Select(t => (JsonNode)new JsonObject { ["type"] = "Hashtag", ["href"] = gate.Absolute(t.Url), ["name"] = "#" + t.Name }),
    ];

    private async Task<JsonArray> MediaAsync(Status status, CancellationToken ct)
    {
        if (!status.HasMedia) return [];
        var files = await db.Media.Where(m => m.StatusId == status.Id && m.FileId != null && m.Position != Media.Former).Select(m => new { m.Id, File = m.FileId!.Value }).ToDictionaryAsync(m => m.Id, m => m.File, ct);
        List<Id<Kernel.Files.FileRecord>> ids = [.. files.Values];
        var types = await kernel.Files.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.ContentType, ct);
        return
        [
            .. status.Document.Media.Where(m => m.Url is not null).Select(m => (JsonNode)new JsonObject
            {
                ["type"] = "Document", ["mediaType"] = files.TryGetValue(m.Id, out var file) && types.TryGetValue(file, out var type) ? type : "application/octet-stream",
                ["url"] = gate.Absolute(m.Url!), ["name"] = m.Description, ["blurhash"] = m.Blurhash, ["width"] = m.Meta?.Original?.Width, ["height"] = m.Meta?.Original?.Height,
                ["focalPoint"] = m.Meta?.Focus is { } focus ? new JsonArray(focus.X, focus.Y) : null,
            }),
        ];
    }

    private async Task AskAsync(JsonObject node, Id<Poll> id, CancellationToken ct)
    {
        var poll = await db.Polls.FirstAsync(p => p.Id == id, ct);
        var options = await db.PollOptions.Where(o => o.PollId == id).OrderBy(o => o.Index).ToListAsync(ct);
        var hidden = poll.HideTotals && !poll.IsOver(db.Now);
        node[poll.Multiple ? "anyOf" : "oneOf"] = new JsonArray([.. options.Select(o => (JsonNode)new JsonObject
        {
            ["type"] = "Note", ["name"] = o.Title, ["replies"] = new JsonObject { ["type"] = "Collection", ["totalItems"] = hidden ? 0 : o.Votes },
        })]);
        node["votersCount"] = hidden ? 0 : poll.Voters;
        if (poll.ExpiresAt is { } ends) node["endTime"] = Time(ends);
        if (poll.ClosedAt is { } closed) node["closed"] = Time(closed);
    }
}
