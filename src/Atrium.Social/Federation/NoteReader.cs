using Atrium.Kernel;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Reads a post of another server into what the use cases take. Everything in it is somebody's word: cleaned, counted and cut.</summary>
internal sealed class NoteReader(SocialDb db, FederationGate gate)
{
    private const int LongestHtml = 300_000;
    private const int LongestSpoiler = 1_000;
    private const int MostMedia = 16;
    private const int MostOptions = 20;
    private const int MostNamed = 100;
    private const int MostTags = 30;
    private const int LongestDescription = 10_000;

    public static bool IsPost(string type) => type is "Note" or "Question" or "Article" or "Page" or "Event" or "Image" or "Audio" or "Video";

    /// <param name="answered">What it answers, where we know that and its author may see it.</param>
    public async Task<StatusPlan> PlanAsync(ApNode note, Account author, Status? answered, CancellationToken ct)
    {
        var visibility = VisibilityOf(note, author);
        var mentions = await MentionsAsync(note, author, ct);
        var media = await MediaAsync(note, author, ct);
        var wanted = new NewStatus { Spoiler = Spoiler(note), Sensitive = Sensitive(note), Language = Language(note), Poll = PollOf(note), QuotePolicy = QuotePolicy.Nobody };
        var known = await db.AccountStats.Where(s => s.AccountId == author.Id).Select(s => new { s.Followers, Watched = db.Follows.Any(f => f.TargetId == author.Id && f.Notify) }).FirstAsync(ct);
        return new(
            wanted, author, known.Followers, Text(note), new([], Tags(note), []), mentions, answered, null, visibility, null, null, answered?.DiscussionId, media, null, known.Watched,
            new(note.Id!, note.Refs("url").FirstOrDefault(u => gate.DomainOf(u) == author.Domain) ?? note.Id!, At(note)));
    }

    /// <summary>How a post reads from now on.</summary>
    public async Task<ArrivedEdit> EditAsync(ApNode note, Account author, CancellationToken ct) => new(
        Text(note), Spoiler(note), Sensitive(note), Language(note), Tags(note), await MentionsAsync(note, author, ct), await MediaAsync(note, author, ct), PollOf(note),
        note.Instant("updated") is { } at && at < db.Now ? at : db.Now);

    public Visibility VisibilityOf(ApNode node, Account author)
    {
        var (to, cc) = (node.Refs("to"), node.Refs("cc"));
        return to.Any(Ap.IsEveryone) ? Visibility.Public
            : cc.Any(Ap.IsEveryone) ? Visibility.Unlisted
            : author.FollowersUri is { } followers && (to.Contains(followers) || cc.Contains(followers)) ? Visibility.Followers
            : Visibility.Direct;
    }

    /// <summary>When it was made, as far as that can be.</summary>
    public DateTimeOffset At(ApNode node) => node.Instant("published") is { } at && at < db.Now ? at : db.Now;

    /// <summary>How many chose each answer of a poll, in order.</summary>
    public static IReadOnlyList<int> Votes(ApNode note) =>
        [.. Options(note).Select(o => (int)Math.Clamp(o.Object("replies")?.Number("totalItems") ?? 0, 0, 100_000_000))];

    /// <summary>The answers of a poll, in order.</summary>
    public static IReadOnlyList<string> Titles(ApNode note) => [.. Options(note).Select(o => Ap.Cut(PlainText.OneLine(o.Text("name") ?? ""), 500))];

    private static IReadOnlyList<ApNode> Options(ApNode note) => [.. (note.Has("anyOf") ? note.Objects("anyOf") : note.Objects("oneOf")).Take(MostOptions)];

    private NewPoll? PollOf(ApNode note)
    {
        if (note.Type != "Question" || Titles(note) is not { Count: > 1 } titles) return null;
        var ends = note.Instant("closed") ?? note.Instant("endTime");
        return new(titles, ends is { } at ? (int)Math.Clamp((at - db.Now).TotalSeconds, 0, int.MaxValue) : null, note.Has("anyOf"), HideTotals: false);
    }

    // What is no note is shown by its name and where to read it.
    private PostRendered Text(ApNode note)
    {
        var html = Ap.Cut(note.Text("content") ?? note.Pairs("contentMap").Select(p => p.Text).FirstOrDefault() ?? "", LongestHtml);
        if (note.Type is not ("Note" or "Question"))
        {
            var url = note.Refs("url").FirstOrDefault(u => gate.DomainOf(u).Length > 0) ?? note.Id!;
            html = $"<p><a href=\"{SafeHtml.Encoded(url).Value}\">{SafeHtml.Encoded(note.Text("name") ?? url).Value}</a></p>{(note.Type is "Article" or "Page" ? "" : html)}";
        }

        var clean = Markup.CleanHtml(html);
        return new(clean.Html.Value, clean.Plain);
    }

    private static string Spoiler(ApNode note) => note.Type is "Note" or "Question" ? Ap.Cut(Markup.CleanHtml(Ap.Cut(note.Text("summary") ?? "", 20_000)).Plain, LongestSpoiler) : "";

    private static bool Sensitive(ApNode note) => note.Switch("sensitive") ?? Spoiler(note).Length > 0;

    private static string? Language(ApNode note) => note.Pairs("contentMap") is [var first, ..] ? Languages.Short(first.Key) : null;

    private static IReadOnlyList<string> Tags(ApNode note) =>
    [
        .. note.Objects("tag").Where(t => t.Type == "Hashtag").Select(t => (t.Text("name") ?? "").TrimStart('#').Trim())
            .Where(t => t.Length is > 0 and <= 100 && t.All(c => char.IsLetterOrDigit(c) || c is '_' or '·' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            .DistinctBy(PostText.TagKey).Take(MostTags),
    ];

    // Whom it names we know already, or do not show; whom it was only sent to may read it as well.
    private async Task<IReadOnlyList<PlannedMention>> MentionsAsync(ApNode note, Account author, CancellationToken ct)
    {
        List<string> named = [.. note.Objects("tag").Where(t => t.Type == "Mention").Select(t => t.Ref("href")).OfType<string>().Select(gate.Stored).Distinct().Take(MostNamed)];
        List<string> addressed = [.. note.Refs("to").Concat(note.Refs("cc")).Select(gate.Stored).Where(u => u.StartsWith("/users/", StringComparison.Ordinal)).Distinct().Take(MostNamed)];
        List<string> all = [.. named.Union(addressed)];
        if (all.Count == 0) return [];
        var rows = await db.Accounts.Where(a => all.Contains(a.Uri) && a.Id != author.Id).ToListAsync(ct);
        List<Id<Account>> ids = [.. rows.Select(r => r.Id)];
        var blocking = await db.Blocks.Where(b => b.TargetId == author.Id && ids.Contains(b.AccountId)).Select(b => b.AccountId)
            .Concat(db.UserDomainBlocks.Where(d => d.Domain == author.Domain && ids.Contains(d.AccountId)).Select(d => d.AccountId)).ToListAsync(ct);
        return [.. rows.Where(r => r.IsShown && !blocking.Contains(r.Id)).Select(r => new PlannedMention(r, Silent: !named.Contains(r.Uri)))];
    }

    private async Task<IReadOnlyList<Media>> MediaAsync(ApNode note, Account author, CancellationToken ct)
    {
        List<Media> media = [];
        if (await gate.PolicyAsync(author.Domain, ct) is { RejectMedia: true }) return media;
        foreach (var attachment in note.Objects("attachment").Take(MostMedia))
        {
            if (attachment.Ref("url") is not { Length: < 2000 } url || gate.DomainOf(url).Length == 0) continue;
            var kind = attachment.Text("mediaType") ?? attachment.Type.ToLowerInvariant();
            var (width, height) = (Measure(attachment, "width"), Measure(attachment, "height"));
            media.Add(new()
            {
                AccountId = author.Id, Position = media.Count, State = MediaState.Ready, CreatedAt = db.Now, Url = RemoteFiles.AddressOf(url), RemoteUrl = url,
                PreviewUrl = kind.StartsWith("image", StringComparison.Ordinal) ? RemoteFiles.AddressOf(url) + "/small" : null,
                Type = kind.StartsWith("image", StringComparison.Ordinal) ? MediaType.Image : kind.StartsWith("video", StringComparison.Ordinal) ? MediaType.Video : kind.StartsWith("audio", StringComparison.Ordinal) ? MediaType.Audio : MediaType.Unknown,
                Description = attachment.Text("name") is { Length: > 0 } name ? Ap.Cut(name, LongestDescription) : null,
                Blurhash = attachment.Text("blurhash") is { Length: < 200 } hash ? hash : null,
                Meta = width is { } w && height is { } h ? new(new(w, h, $"{w}x{h}", (double)w / h), null, Focus(attachment)) : null,
            });
        }

        return media;
    }

    private static int? Measure(ApNode node, string key) => node.Number(key) is > 0 and < 100_000 and var n ? (int)n : null;

    private static MediaFocus? Focus(ApNode node) => node.Numbers("focalPoint") is [>= -1 and <= 1 and var x, >= -1 and <= 1 and var y] ? new(x, y) : null;
}
