using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary><c>If-Match</c> and <c>If-None-Match</c> (RFC 9110, 13) and the tags of <c>If</c> (RFC 4918, 10.4), to be checked where the state cannot change any more.</summary>
/// <param name="Match">Tags of which one must be the current; empty for none asked. <c>*</c> is anything.</param>
/// <param name="NoneMatch">Tags none of which may be the current.</param>
public sealed record DavConditions(IReadOnlyList<string> Match, IReadOnlyList<string> NoneMatch)
{
    public static DavConditions None { get; } = new([], []);

    public static DavConditions Of(HttpRequest request) => new(Tags(request.Headers.IfMatch), Tags(request.Headers.IfNoneMatch));

    /// <summary>Refuses unless the object is as the caller thinks.</summary>
    /// <param name="current">Its tag; null when there is none.</param>
    /// <exception cref="DavFault">412.</exception>
    public void Demand(string? current)
    {
        if (Match.Count > 0 && (current is null || (Match[0] != "*" && !Match.Contains(current)))) throw DavFault.Stale();
        if (current is not null && (NoneMatch.Contains("*") || NoneMatch.Contains(current))) throw DavFault.Stale();
    }

    private static List<string> Tags(Microsoft.Extensions.Primitives.StringValues header)
    {
        var tags = new List<string>();
        foreach (var tag in header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            tags.Add(tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag);
        return tags;
    }
}
