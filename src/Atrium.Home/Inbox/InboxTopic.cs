using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary><c>inbox:{member}</c>: a member's own inbox, whose cursor is the instant of its last change.</summary>
internal sealed class InboxTopic(HomeDb db) : ITopicRule
{
    public string Kind => "inbox";

    public static string Of(Id<Member> member) => $"inbox:{member}";

    public static long Cursor(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!Id<Member>.TryParse(key, null, out var member) || !actor.Is(member) || !actor.HasScope("home:read")) return null;
        var changed = await db.Readers.Where(r => r.MemberId == member).Select(r => (DateTimeOffset?)r.ChangedAt).FirstOrDefaultAsync(ct);
        return changed is { } at ? Cursor(at) : 0;
    }
}
