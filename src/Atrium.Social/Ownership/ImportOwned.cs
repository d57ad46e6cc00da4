using System.Text;
using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Files;

namespace Atrium.Social;

/// <summary>
/// Takes in a file of another server's, or of this house: whom one follows, mutes and blocks, lists, bookmarks, filters. What is there already
/// stays; with <c>mode=overwrite</c> what is not in the file goes. The same file again changes nothing.
/// </summary>
internal sealed class ImportOwned(ImportPeople people, ImportMarks marks, Viewers viewers) : IImporter
{
    public const int MostRows = 20_000;
    public const long Largest = 20 * Sizes.MiB;

    public string Format => "social";

    public string Title => "Mastodon's CSV files and filters.json";

    public async Task<ImportReport> RunAsync(
        Stream file, string fileName, Actor actor, bool dryRun, IReadOnlyDictionary<string, string> options, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var text = await TextAsync(file, ct);
        var lines = CsvText.Read(text);
        var kind = OwnedFiles.KindOf(options.GetValueOrDefault("kind")) ?? OwnedFiles.Guess(fileName, text, lines) ?? throw Refusal.Invalid("kind", "Say what the file holds: nothing in it tells.", "import_format");
        if (kind == OwnedKind.Followers) throw Refusal.Invalid("kind", "Who follows you is theirs to say: that file cannot be taken in.", "import_format");
        var overwrite = options.GetValueOrDefault("mode") switch { "overwrite" => true, null or "" or "merge" => false, _ => throw Refusal.Invalid("mode", "A mode is merge or overwrite.", "unknown_option") };
        var (viewer, report) = (await viewers.OfAsync(actor, ct), new OwnedReport(dryRun));
        if (kind == OwnedKind.Filters) await FiltersAsync(text, overwrite, report, viewer, progress, ct);
        else await RowsAsync(kind, lines is [var first, ..] && OwnedFiles.IsHeader(first) ? [.. lines.Skip(1)] : lines, overwrite, report, viewer, progress, ct);
        return report.Done(kind switch { OwnedKind.Lists => "/social/lists", OwnedKind.Bookmarks => "/social/bookmarks", OwnedKind.Filters => "/social/settings/filters", OwnedKind.Follows => "/social", _ => "/social/settings/hidden" });
    }

    private async Task RowsAsync(OwnedKind kind, IReadOnlyList<CsvLine> rows, bool overwrite, OwnedReport report, Viewer viewer, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        if (rows.Count > MostRows) throw Refusal.Invalid("file", $"A file has at most {MostRows:N0} rows.", "too_large");
        var (named, places, domains, posts) = (new HashSet<Id<Account>>(), new HashSet<(string, Id<Account>)>(), new HashSet<string>(StringComparer.Ordinal), new HashSet<Id<Status>>());
        for (var at = 0; at < rows.Count; at++)
        {
            await progress(at, rows.Count, OwnedFiles.TitleOf(kind), ct);
            await (kind switch
            {
                OwnedKind.Follows => people.FollowAsync(rows[at], report, named, viewer, ct),
                OwnedKind.Mutes => people.MuteAsync(rows[at], report, named, viewer, ct),
                OwnedKind.Blocks => people.BlockAsync(rows[at], report, named, viewer, ct),
                OwnedKind.Lists => people.ListAsync(rows[at], report, places, viewer, ct),
                OwnedKind.Domains => marks.DomainAsync(rows[at], report, domains, viewer, ct),
                _ => marks.BookmarkAsync(rows[at], report, posts, viewer, ct),
            });
        }

        // A file of which nothing could be read is the wrong file, not a wish to end everything.
        if (overwrite && report.AnyTaken)
            await (kind switch
            {
                OwnedKind.Lists => people.EndOtherPlacesAsync(places, report, viewer, ct),
                OwnedKind.Domains or OwnedKind.Bookmarks => marks.EndOthersAsync(kind, domains, posts, report, viewer, ct),
                _ => people.EndOthersAsync(kind, named, report, viewer, ct),
            });
        await progress(rows.Count, rows.Count, null, ct);
    }

    private async Task FiltersAsync(string text, bool overwrite, OwnedReport report, Viewer viewer, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        List<JsonElement> filters;
        try
        {
            using var document = JsonDocument.Parse(text);
            filters = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("custom_filters", out var all) && all.ValueKind == JsonValueKind.Array
                ? [.. all.EnumerateArray().Select(f => f.Clone())] : throw Refusal.Invalid("file", "The file holds no custom_filters.", "import_format");
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("file", "The file is no JSON.", "import_format");
        }

        if (filters.Count > MostRows) throw Refusal.Invalid("file", $"A file has at most {MostRows:N0} rows.", "too_large");
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < filters.Count; at++)
        {
            await progress(at, filters.Count, OwnedFiles.TitleOf(OwnedKind.Filters), ct);
            await marks.FilterAsync(new(at + 1, [""]), filters[at], report, named, viewer, ct);
        }

        if (overwrite && report.AnyTaken) await marks.EndOthersAsync(OwnedKind.Filters, named, new HashSet<Id<Status>>(), report, viewer, ct);
        await progress(filters.Count, filters.Count, null, ct);
    }

    private static async Task<string> TextAsync(Stream file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        if (bytes.Length > Largest) throw Refusal.TooLarge($"An import file holds at most {Sizes.Words(Largest)}.");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Invalid("file", "The file is no text in UTF-8.", "import_format");
        }
    }
}
