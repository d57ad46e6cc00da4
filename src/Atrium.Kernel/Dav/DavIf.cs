namespace Atrium.Kernel.Dav;

/// <summary>
/// The <c>If</c> header (RFC 4918, 10.4): lists of conditions on tags and state tokens, of which one must hold. There are no locks here, so
/// the only state token is a list's sync token (RFC 6578, 5).
/// </summary>
internal static class DavIf
{
    private const int Longest = 8192;

    private sealed record Condition(bool Not, bool IsTag, string Value);

    private sealed record Alternative(string? Resource, IReadOnlyList<Condition> All);

    /// <exception cref="DavFault">412 when no list holds, 400 when the header cannot be read.</exception>
    public static async Task DemandAsync(DavCall call)
    {
        var header = call.Request.Headers["If"].ToString();
        if (header.Length == 0) return;
        if (header.Length > Longest) throw DavFault.Bad("The If header is too long.");
        foreach (var list in Read(header))
        {
            var (tag, token) = await StateAsync(call, list.Resource);
            if (list.All.All(c => (c.IsTag ? c.Value == tag : c.Value == token) != c.Not)) return;
        }

        throw DavFault.Stale();
    }

    /// <summary>The tag of an object, the token of a list; both are null for what is not there.</summary>
    private static async Task<(string? Tag, string? Token)> StateAsync(DavCall call, string? resource)
    {
        var path = resource is null ? call.Path : DavPath.Parse(resource);
        if (path is null || path.Place is not (DavPlace.Collection or DavPlace.Object) || !path.Handle.Equals(call.Handle, StringComparison.OrdinalIgnoreCase)) return (null, null);
        if (await call.FindAsync(path.Collection) is not { } list) return (null, null);
        return path.Place == DavPlace.Collection ? (null, DavCall.Token(list)) : ((await DavCall.ObjectAsync(list, path.Name, false, call.Aborted))?.Etag, null);
    }

    private static List<Alternative> Read(string header)
    {
        var lists = new List<Alternative>();
        string? resource = null;
        for (var at = 0; at < header.Length;)
        {
            if (char.IsWhiteSpace(header[at])) at++;
            else if (header[at] == '<') resource = Upto(header, ref at, '>');
            else if (header[at] == '(') lists.Add(new(resource, Conditions(Upto(header, ref at, ')'))));
            else throw Unreadable();
        }

        return lists.Count > 0 ? lists : throw Unreadable();
    }

    private static List<Condition> Conditions(string text)
    {
        var all = new List<Condition>();
        var not = false;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text[at] is '<' or '[')
            {
                var isTag = text[at] == '[';
                all.Add(new(not, isTag, Upto(text, ref at, isTag ? ']' : '>')));
                not = false;
            }
            else if (string.Compare(text, at, "Not", 0, 3, StringComparison.OrdinalIgnoreCase) == 0) (not, at) = (true, at + 3);
            else throw Unreadable();
        }

        return all.Count > 0 ? all : throw Unreadable();
    }

    /// <summary>What stands between the mark at <paramref name="at"/> and the next <paramref name="end"/> outside quotation marks.</summary>
    private static string Upto(string text, ref int at, char end)
    {
        var (from, quoted) = (at + 1, false);
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            if (!quoted && text[at] == end) return text[from..at++];
        }

        throw Unreadable();
    }

    private static DavFault Unreadable() => DavFault.Bad("The If header cannot be read.");
}
