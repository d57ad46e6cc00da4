using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Http;

namespace Atrium.Web;

/// <summary>Gathers the frame from settings, registered rooms and what the modules add.</summary>
internal sealed class HouseShell(
    Actor actor, HouseSettings settings, IEnumerable<Room> rooms, IEnumerable<CreateEntry> entries, IEnumerable<IRoomCount> counts, IEnumerable<IShellPart> parts, IHttpContextAccessor http) : IShell
{
    private ShellModel? _loaded;

    public async ValueTask<ShellModel> LoadAsync(CancellationToken ct = default) => _loaded ??= await GatherAsync(ct);

    private async Task<ShellModel> GatherAsync(CancellationToken ct)
    {
        var path = http.HttpContext?.Request.Path.Value ?? "/";
        var waiting = new Dictionary<string, int>();
        if (actor.IsMember)
            foreach (var count in counts)
                waiting[count.Room] = await count.CountAsync(actor, ct);

        var shell = new ShellModel
        {
            HouseName = await settings.TextAsync(KernelModule.HouseName, ct),
            Tagline = await settings.TextAsync(KernelModule.Tagline, ct) is { Length: > 0 } line ? line : null,
            Person = actor is { MemberId: { } id, Handle: { } handle } ? new(id.Value, handle, handle, null) : null,
            Rooms = [.. rooms.OrderBy(r => r.Order).Select(r => new ShellRoom(r.Name, r.Title, r.Href, r.Icon, waiting.GetValueOrDefault(r.Name), IsAt(path, r.Href)))],
            Create = actor.IsMember ? [.. entries] : [],
            IsModerator = actor.IsModerator,
            IsAdministrator = actor.IsAdministrator,
            Culture = actor.Culture,
            TimeZone = actor.TimeZone,
            Path = path,
        };
        foreach (var part in parts) shell = await part.AddAsync(shell, actor, ct);
        return shell;
    }

    internal static bool IsAt(string path, string href) =>
        path.StartsWith(href, StringComparison.Ordinal) && (path.Length == href.Length || path[href.Length] == '/');
}
