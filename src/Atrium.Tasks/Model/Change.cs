using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>One act on tasks: who, by what client, when. All that one act does to a task is one revision of it.</summary>
/// <param name="Actor">The member; null for the house itself.</param>
/// <param name="Client">As histories show it: <c>web</c>, an app's name, <c>caldav</c>, <c>rule</c>.</param>
/// <param name="Correlation">The same for all acts of one request, so that a bulk edit reads as one.</param>
internal sealed record Change(Id<Member>? Actor, string Client, DateTimeOffset At, string Correlation)
{
    public static Change By(Actor actor, TimeProvider clock, string correlation) => new(actor.MemberId, actor.Client, clock.GetUtcNow(), correlation);
}
