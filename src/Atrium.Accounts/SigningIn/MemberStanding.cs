using Atrium.Accounts.Model;
using Atrium.Kernel;

namespace Atrium.Accounts.SigningIn;

/// <summary>What every request needs to know of the member behind it. Held for seconds by <see cref="Standings"/>.</summary>
internal sealed record MemberStanding(Id<Member> Id, string Handle, Role Role, AccountState State, string TimeZone, string Culture)
{
    public bool IsActive => State == AccountState.Active;
}

/// <summary>A session and its member.</summary>
internal sealed record SessionStanding(Id<Session> Id, MemberStanding Member, DateTimeOffset ExpiresAt, DateTimeOffset LastSeenAt);
