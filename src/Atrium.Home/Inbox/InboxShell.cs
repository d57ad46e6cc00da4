using Atrium.Kernel;
using Atrium.Web;

namespace Atrium.Home;

/// <summary>The unread count in the frame of every page.</summary>
internal sealed class InboxShell(HomeDb db) : IShellPart
{
    public async ValueTask<ShellModel> AddAsync(ShellModel shell, Actor actor, CancellationToken ct) =>
        actor.MemberId is { } me ? shell with { Unread = await CountUnread.OfAsync(db, me, ct) } : shell;
}
