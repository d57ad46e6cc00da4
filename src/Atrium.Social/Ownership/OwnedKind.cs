namespace Atrium.Social;

/// <summary>What of a member's own can be taken along in a file of its own, and brought from elsewhere.</summary>
internal enum OwnedKind
{
    Follows,

    /// <summary>Taken along only: who follows is theirs to say.</summary>
    Followers,
    Mutes,
    Blocks,
    Domains,
    Lists,
    Bookmarks,
    Filters,
}

/// <summary>The names of those files, as Mastodon gives them.</summary>
internal static class OwnedFiles
{
    public static readonly IReadOnlyList<(OwnedKind Kind, string File, string Title)> All =
    [
        (OwnedKind.Follows, "following_accounts.csv", "Whom you follow"), (OwnedKind.Followers, "followers.csv", "Who follows you"), (OwnedKind.Lists, "lists.csv", "Lists"),
        (OwnedKind.Mutes, "muted_accounts.csv", "Whom you mute"), (OwnedKind.Blocks, "blocked_accounts.csv", "Whom you block"), (OwnedKind.Domains, "blocked_domains.csv", "Servers you block"),
        (OwnedKind.Bookmarks, "bookmarks.csv", "Bookmarks"), (OwnedKind.Filters, "filters.json", "Filters"),
    ];

    public static string FileOf(OwnedKind kind) => All.First(f => f.Kind == kind).File;

    public static string TitleOf(OwnedKind kind) => All.First(f => f.Kind == kind).Title;

    /// <summary>A kind as an address or a form names it: <c>follows</c>; null where it is none.</summary>
    public static OwnedKind? KindOf(string? word) => Enum.TryParse<OwnedKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !int.TryParse(word, out _) ? kind : null;

    /// <summary>What a file holds, by how it begins, then by its name, then by what stands in it; null when nothing tells.</summary>
    public static OwnedKind? Guess(string fileName, string text, IReadOnlyList<CsvLine> lines)
    {
        if (text.TrimStart().StartsWith('{')) return OwnedKind.Filters;
        if (lines is not [var first, ..]) return null;
        if (IsHeader(first))
        {
            if (first.Cells.Skip(1).Any(c => Says(c, "Show boosts"))) return OwnedKind.Follows;
            if (first.Cells.Skip(1).Any(c => Says(c, "Hide notifications"))) return OwnedKind.Mutes;
            if (first.Cells[0].StartsWith('#')) return OwnedKind.Domains;
        }

        return ByName(fileName.ToLowerInvariant()) ?? ByContent(lines.FirstOrDefault(l => !IsHeader(l)));
    }

    /// <summary>A first line that names its columns.</summary>
    public static bool IsHeader(CsvLine line) => Says(line.Cells[0], "Account address") || Says(line.Cells[0], "#domain") || Says(line.Cells[0], "List name") || Says(line.Cells[0], "#uri");

    private static OwnedKind? ByName(string name) => name switch
    {
        _ when name.Contains("domain", StringComparison.Ordinal) => OwnedKind.Domains,
        _ when name.Contains("block", StringComparison.Ordinal) => OwnedKind.Blocks,
        _ when name.Contains("mute", StringComparison.Ordinal) => OwnedKind.Mutes,
        _ when name.Contains("bookmark", StringComparison.Ordinal) => OwnedKind.Bookmarks,
        _ when name.Contains("list", StringComparison.Ordinal) => OwnedKind.Lists,
        _ when name.Contains("following", StringComparison.Ordinal) || name.Contains("follows", StringComparison.Ordinal) => OwnedKind.Follows,
        _ => null,
    };

    private static OwnedKind? ByContent(CsvLine? line) => line?.Cells switch
    {
        [var one, ..] when one.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || one.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => OwnedKind.Bookmarks,
        [var name, var address] when !name.Contains('@', StringComparison.Ordinal) && address.Contains('@', StringComparison.Ordinal) => OwnedKind.Lists,
        [var one] when !one.Contains('@', StringComparison.Ordinal) && one.Contains('.', StringComparison.Ordinal) && !one.Contains(' ', StringComparison.Ordinal) => OwnedKind.Domains,
        _ => null,
    };

    private static bool Says(string cell, string word) => cell.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
}
