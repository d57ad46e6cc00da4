using System.CommandLine;

namespace Atrium.CommandLine;

/// <summary><c>user …</c>: makes, lists, suspends and deletes members.</summary>
internal sealed class UserVerbs : Command
{
    public UserVerbs(Option<string> data) : base("user", "Makes, lists, suspends and deletes members")
    {
        Add(new AddUserVerb(data));
        Add(new ListUsersVerb(data));
        Add(new StandingVerb("approve", "Lets in a member who waits", "is let in", data, (people, member, _, actor, ct) => people.ApproveAsync(member.Id, actor, ct)));
        Add(StandingVerb.WithReason(
            "suspend", "Suspends a member: sessions end, tokens and app passwords rest", "is suspended", data,
            (people, member, reason, actor, ct) => people.SuspendAsync(member.Id, reason, actor, ct)));
        Add(new StandingVerb(
            "unsuspend", "Ends a suspension, or takes back a deletion within its 30 days", "is back", data, (people, member, _, actor, ct) => people.RestoreAsync(member.Id, actor, ct)));
        Add(new StandingVerb(
            "delete", "Signs a member out at once and erases them after 30 days", "is gone, and erased in 30 days", data, (people, member, _, actor, ct) => people.DeleteAsync(member.Id, actor, ct)));
    }
}
