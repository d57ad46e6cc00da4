using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Makes the form for a post, and reads it.</summary>
internal sealed class ComposerDesk(SocialDb db, PageCall call, IGroups groups, HouseLimits limits, AccountReader accounts, PostShow show, MediaDesk media, EntityWriter write)
{
    private static readonly string[] Known = ["ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hu", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh"];

    /// <summary>How many days a poll may be open, by a page.</summary>
    public static readonly int[] PollDays = [1, 3, 7, 14, 31];

    /// <summary>Null for those who cannot post.</summary>
    public async Task<ComposerModel?> OpenAsync(CancellationToken ct, string? back = null, Post? replyTo = null, Post? quoted = null, Status? editing = null, FormState? state = null, IReadOnlyList<Id<Media>>? kept = null, Thing? thing = null)
    {
        var viewer = await call.ViewerAsync(ct);
        if (viewer.Me is not { } me) return null;
        var row = await accounts.OneAsync(me, ct);
        var account = row.Account;
        var mine = await groups.OfMemberAsync(call.Actor.Demand(), ct);
        List<Id<Media>> ids = [.. kept ?? editing?.Document.Media.Select(m => m.Id) ?? []];
        var pictures = ids.Count == 0 ? [] : await db.Media.Where(m => ids.Contains(m.Id) && m.AccountId == me).ToListAsync(ct);
        var language = editing?.Language ?? account.DefaultLanguage;
        return new(Audiences(mine, replyTo), LanguagesWith(language), await limits.ReadAsync(ct))
        {
            Audience = replyTo is null ? WordOf(account.DefaultVisibility) : WordOf(replyTo.Status),
            Language = language,
            Quotes = (editing?.QuotePolicy ?? account.DefaultQuotePolicy).ToString().ToLowerInvariant(),
            Sensitive = editing?.Sensitive ?? account.DefaultSensitive,
            Back = back ?? call.Here,
            Me = (await show.PeopleAsync([write.Account(row)], ct))[0],
            ReplyTo = replyTo?.Id,
            ReplyName = replyTo?.Author.Name,
            Text = editing?.Source ?? Greeting(replyTo, me.ToString()),
            Spoiler = editing?.Spoiler ?? replyTo?.Status.SpoilerText ?? "",
            Quoted = quoted,
            Editing = editing?.Id.ToString(),
            About = thing,
            Markdown = editing is null ? thing is not null : editing.Format == TextFormat.Markdown,
            Media = [.. ids.Select(id => pictures.Find(p => p.Id == id)).OfType<Media>().Select(p => write.Media(p.Document) with { Type = p.Document.Type })],
            State = state ?? FormState.Fresh,
            Small = replyTo is not null || thing is not null,
        };
    }

    /// <summary>Languages to choose from, in their own words.</summary>
    public static IReadOnlyList<Option> LanguagesWith(string? own) =>
        [.. Known.Append(own ?? "en").Distinct().Select(l => new Option(l, CultureInfo.GetCultureInfo(l).NativeName)).OrderBy(o => o.Title, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Keeps what a sent form held, and takes in what comes with it; <paramref name="ids"/> has all of it in order, also what came before something was refused.</summary>
    /// <exception cref="Refusal">Invalid: a file is not taken, or cannot be made ready.</exception>
    public async Task MediaAsync(IFormCollection form, List<Id<Media>> ids, CancellationToken ct, bool describe = true)
    {
        var viewer = await call.ViewerAsync(ct);
        foreach (var word in form["media"])
        {
            if (!Id<Media>.TryParse(word, null, out var id) || form.Ticked($"drop{id}")) continue;
            if (describe) await media.DescribeAsync(id, Change(form, id), viewer, ct);
            ids.Add(id);
        }

        for (var at = 1; at <= SocialLimits.MostInForm; at++)
            if (form.Files.GetFile($"file{at}") is { Length: > 0 } file)
            {
                var taken = await media.TakeAsync(file, form.Said($"alt{at}"), NewStatusReader.Focus(form.Said($"focus{at}")), viewer, ct);
                var made = await media.ReadyAsync(taken.Id, viewer, ct);
                if (made.State == MediaState.Failed) throw Refusal.Invalid("file", $"{file.FileName}: {made.Failure}", "media_failed");
                ids.Add(made.Id);
            }
    }

    /// <summary>What a form says of a picture it holds.</summary>
    public static MediaChange Change(IFormCollection form, Id<Media> id) => new(form.Text($"alt{id}"), NewStatusReader.Focus(form.Said($"focus{id}")));

    /// <summary>A form in which something begun stands as it was left.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Typed(NewStatus begun)
    {
        List<KeyValuePair<string, string?>> fields = [KeyValuePair.Create<string, string?>("text", begun.Text), KeyValuePair.Create<string, string?>("spoiler", begun.Spoiler)];
        void Say(string name, string? value)
        {
            if (value is not null) fields.Add(KeyValuePair.Create<string, string?>(name, value));
        }

        Say("quotes", begun.QuotePolicy?.ToString().ToLowerInvariant());
        Say("language", begun.Language);
        Say("audience", begun.Group is { } group ? $"group:{group}" : begun.Visibility is { } visibility ? WordOf(visibility) : null);
        Say("sensitive", begun.Sensitive == true ? "true" : null);
        Say("markdown", begun.Format == TextFormat.Markdown ? "true" : null);
        if (begun.Poll is not { } poll) return fields;
        for (var at = 0; at < poll.Options.Count; at++) Say($"option{at + 1}", poll.Options[at]);
        Say("poll_days", poll.Seconds is { } open ? PollDays.FirstOrDefault(d => d * 86_400 >= open, PollDays[^1]).ToString(CultureInfo.InvariantCulture) : null);
        Say("multiple", poll.Multiple ? "true" : null);
        Say("hide_totals", poll.HideTotals ? "true" : null);
        return fields;
    }

    public static NewStatus Read(IFormCollection form, IReadOnlyList<Id<Media>> media)
    {
        var (visibility, group) = Audience(form.Text("audience"));
        List<string> options = [.. Enumerable.Range(1, SocialLimits.MostInForm).Select(n => form.Said($"option{n}")).OfType<string>()];
        return new()
        {
            Text = form.Text("text").ReplaceLineEndings("\n").Trim(), Spoiler = form.Said("spoiler") ?? "", Sensitive = form.Ticked("sensitive"), Language = Languages.Short(form.Said("language")),
            Format = form.Ticked("markdown") ? TextFormat.Markdown : TextFormat.Plain, Visibility = visibility, Group = group, InReplyTo = form.Id<Status>("reply_to"), Quoted = form.Id<Status>("quote"), QuotePolicy = NewStatusReader.Policy(form.Said("quotes")), Media = media,
            Poll = options.Count == 0 ? null : new(options, (int.TryParse(form.Text("poll_days"), out var days) ? Math.Clamp(days, 1, 3650) : 1) * 24 * 3600, form.Ticked("multiple"), form.Ticked("hide_totals")),
        };
    }

    private static (Visibility?, Id<Group>?) Audience(string word) => word switch
    {
        "members" => (Visibility.Members, null),
        "followers" => (Visibility.Followers, null),
        "unlisted" => (Visibility.Unlisted, null),
        "direct" => (Visibility.Direct, null),
        "public" => (Visibility.Public, null),
        _ when word.StartsWith("group:", StringComparison.Ordinal) && Id<Group>.TryParse(word[6..], null, out var group) => (Visibility.Group, group),
        _ => (null, null),
    };

    private static string WordOf(Visibility visibility) => visibility.ToString().ToLowerInvariant();

    private static string WordOf(StatusEntity status) => status.Audience ?? (status.Visibility == "private" ? "followers" : status.Visibility);

    // What is said among some stays among them, so nothing else is offered.
    private static IReadOnlyList<Option> Audiences(IReadOnlyList<GroupCard> mine, Post? replyTo)
    {
        if (replyTo?.Status.Audience is { } among) return [new(among, $"{replyTo.Audience}, as above")];
        return
        [
            new("public", "Everyone"), new("unlisted", "Everyone, in no public list"), new("members", "Members of the house"), new("followers", "Followers"),
            .. mine.Select(g => new Option($"group:{g.Id}", g.Name, Group: "Groups")), new("direct", "Only those mentioned"),
        ];
    }

    // Who is answered, and whom they spoke to, are named; oneself is not.
    private static string Greeting(Post? replyTo, string me) => replyTo is null ? "" : string.Concat(
        replyTo.Status.Mentions.Select(m => (m.Id, m.Acct)).Prepend((replyTo.Status.Account.Id, replyTo.Status.Account.Acct)).Where(m => m.Item1 != me).DistinctBy(m => m.Item1).Select(m => $"@{m.Item2} "));
}
