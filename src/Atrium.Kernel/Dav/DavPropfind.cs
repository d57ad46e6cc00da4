namespace Atrium.Kernel.Dav;

/// <summary>PROPFIND (RFC 4918, 9.1) at depth 0 and 1.</summary>
internal static class DavPropfind
{
    public static async Task HandleAsync(DavCall call)
    {
        var path = call.Path;
        var body = await DavBody.XmlAsync(call.Request, call.Aborted);
        if (body is not null && body.Name != DavNames.D + "propfind") throw DavFault.Bad("The body of a PROPFIND is a propfind element.");
        var asked = DavAsked.Read(body);
        if (path.Place == DavPlace.Object)
        {
            var list = await call.CollectionAsync(path.Collection);
            var item = await DavCall.ObjectAsync(list, path.Name, asked.NeedsData, call.Aborted) ?? throw DavFault.NotFound();
            await AnswerAsync(call, asked, [DavNode.Of(path, list, item)]);
            return;
        }

        var depth = call.Depth(missing: null) ?? throw DavFault.Dav("propfind-finite-depth", "Ask at depth 0 or 1.");
        switch (path.Place)
        {
            case DavPlace.Collection:
                await ListAsync(call, asked, await call.CollectionAsync(path.Collection), depth);
                break;
            case DavPlace.Home:
                await AnswerAsync(call, asked, [DavNode.Of(path), .. depth == 0 ? [] : await HomeAsync(call)]);
                break;
            default:
                if (path.Place == DavPlace.Principal || path.Container.StartsWith("/dav/principals/", StringComparison.Ordinal)) await call.KnowAsync();
                await AnswerAsync(call, asked, [DavNode.Of(path), .. depth == 0 ? [] : Below(path, call)]);
                break;
        }
    }

    private static async Task<List<DavNode>> HomeAsync(DavCall call)
    {
        var nodes = new List<DavNode>();
        foreach (var source in call.Sources)
            nodes.AddRange((await source.ListAsync(call.Actor, call.Aborted)).Select(list => DavNode.Of(call.Path, list)));
        return nodes;
    }

    private static async Task ListAsync(DavCall call, DavAsked asked, DavCollection list, int depth)
    {
        using var answer = new DavMultistatus(call);
        await answer.AddAsync(DavNode.Of(call.Path) with { Collection = list }, asked);
        if (depth == 1)
        {
            await foreach (var item in list.Source.ReadAsync(list, new(null, asked.NeedsData), call.Aborted))
                await answer.AddAsync(DavNode.Of(call.Path, list, item), asked);
        }

        await answer.CloseAsync();
    }

    private static async Task AnswerAsync(DavCall call, DavAsked asked, IEnumerable<DavNode> nodes)
    {
        using var answer = new DavMultistatus(call);
        foreach (var node in nodes) await answer.AddAsync(node, asked);
        await answer.CloseAsync();
    }

    private static IEnumerable<DavNode> Below(DavPath path, DavCall call) => path.Place == DavPlace.Container ? path.Container switch
    {
        "/dav/" => [Container("principals/"), Container("calendars/")],
        "/dav/principals/" => [Container("principals/users/")],
        "/dav/calendars/" => [Container("calendars/users/")],
        "/dav/principals/users/" => [DavNode.Of(new DavPath(DavPlace.Principal, call.Handle))],
        _ => [DavNode.Of(new DavPath(DavPlace.Home, call.Handle))],
    } : [];

    private static DavNode Container(string path) => DavNode.Of(new DavPath(DavPlace.Container, Container: DavPath.Root + path));
}
