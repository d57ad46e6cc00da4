using Atrium.Kernel;

namespace Atrium.Web;

/// <summary>The frame of the running request. Loaded once, however many parts of the page ask.</summary>
public interface IShell
{
    ValueTask<ShellModel> LoadAsync(CancellationToken ct = default);
}

/// <summary>
/// What a module knows about the frame: Accounts the person and their theme, Home the unread count. Registered as scoped;
/// each is handed what the ones before it made.
/// </summary>
public interface IShellPart
{
    ValueTask<ShellModel> AddAsync(ShellModel shell, Actor actor, CancellationToken ct);
}
