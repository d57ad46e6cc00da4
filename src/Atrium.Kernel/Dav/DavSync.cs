using System.Globalization;
using System.Xml.Linq;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>sync-collection (RFC 6578): what changed since a token, deletions as 404, as many at a time as the client wants.</summary>
internal static class DavSync
{
    public static async Task HandleAsync(DavCall call, XElement body, DavCollection list)
    {
        if (call.Depth(missing: 0) is not (0 or 1)) throw DavFault.Bad("A sync-collection is asked at depth 0.");
        if (body.Element(D + "sync-level")?.Value.Trim() is not ("1" or "infinite" or null)) throw DavFault.Bad("sync-level is 1 or infinite.");
        var since = Read(body.Element(D + "sync-token")?.Value.Trim() ?? "", list);
        int? limit = body.Element(D + "limit")?.Element(D + "nresults")?.Value is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw DavFault.Bad("nresults is a number above 0.")
            : null;
        var asked = DavAsked.Read(body);
        var changes = await list.Source.ChangesAsync(list, since, limit, call.Aborted);

        using var answer = new DavMultistatus(call);
        if (asked.NeedsData) await WithDataAsync(call, list, asked, changes, answer);
        else
        {
            foreach (var change in changes.Changes)
            {
                if (change.Now is { } now) await answer.AddAsync(DavNode.Of(call.Path, list, now), asked);
                else await answer.AddAsync(Href(call, change), 404);
            }
        }

        if (changes.More) await answer.AddAsync(call.Path.Href, 507, new(D + "number-of-matches-within-limits"));
        answer.SyncToken(DavCall.Token(list, changes.Next));
        await answer.CloseAsync();
    }

    private static async Task WithDataAsync(DavCall call, DavCollection list, DavAsked asked, DavChanges changes, DavMultistatus answer)
    {
        var names = changes.Changes.Where(c => c.Now is not null).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count > 0)
        {
            await foreach (var item in list.Source.ReadAsync(list, new(names, true), call.Aborted))
            {
                names.Remove(item.Name);
                await answer.AddAsync(DavNode.Of(call.Path, list, item), asked);
            }
        }

        foreach (var change in changes.Changes.Where(c => c.Now is null || names.Contains(c.Name))) await answer.AddAsync(Href(call, change), 404);
    }

    private static string Href(DavCall call, DavChange change) => DavPath.ObjectOf(call.Path.Handle, call.Path.Collection, change.Name);

    /// <exception cref="DavFault"><c>valid-sync-token</c>: no token of this list, or one from before what is still known.</exception>
    private static DavPoint Read(string token, DavCollection list)
    {
        if (token.Length == 0) return default;
        var parts = token.Split(':');
        if (parts is ["urn", "atrium", "sync", var id, var seq, .. var rest] && rest.Length <= 1
            && id == list.Id.ToString(CultureInfo.InvariantCulture)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= list.Seq
            && (at >= list.Horizon || at == 0))
        {
            var within = 0L;
            if (rest.Length == 0 || long.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out within)) return new(at, within);
        }

        throw DavFault.Dav("valid-sync-token", "That token is not of this list, or too old. Begin anew without one.");
    }
}
