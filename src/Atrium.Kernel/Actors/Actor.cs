using System.Collections.Frozen;
using System.Net;

namespace Atrium.Kernel;

/// <summary>Names a member in ids: <c>Id&lt;Member&gt;</c>. The account itself lives in Accounts.</summary>
public sealed class Member
{
    private Member() { }
}

/// <summary>Names a group in ids: <c>Id&lt;Group&gt;</c>. The group itself lives in Accounts.</summary>
public sealed class Group
{
    private Group() { }
}

/// <summary>What a member is to the house. Each role includes those below it.</summary>
public enum Role
{
    /// <summary>May read what is public or was shared with them.</summary>
    Guest,

    /// <summary>An ordinary member.</summary>
    Member,

    /// <summary>Also works the moderation queue.</summary>
    Moderator,

    /// <summary>Also runs the house.</summary>
    Administrator,
}

/// <summary>What kind of caller an <see cref="Actor"/> is.</summary>
public enum ActorKind
{
    Anonymous,
    Member,

    /// <summary>An application on its own behalf (client credentials).</summary>
    App,

    /// <summary>The house itself: recurring work, the command line.</summary>
    System,
}

/// <summary>Who is calling. There always is one; every use case takes it and denies by default.</summary>
public sealed record Actor
{
    private static readonly FrozenSet<string> None = FrozenSet<string>.Empty;

    public static Actor Anonymous { get; } = new();

    public static Actor System { get; } = new() { Kind = ActorKind.System, Role = Role.Administrator, Client = "system" };

    public ActorKind Kind { get; init; }

    /// <summary>The member who calls, or on whose behalf an app or token calls.</summary>
    public Id<Member>? MemberId { get; init; }

    /// <summary>The member's handle, without @.</summary>
    public string? Handle { get; init; }

    public Role Role { get; init; } = Role.Guest;

    /// <summary>OAuth scopes of the token that calls; null when the member is at the page itself and is not narrowed.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>What the member's role may do, module by module, as the administrator set it.</summary>
    public IReadOnlySet<string> Permissions { get; init; } = None;

    /// <summary>By what means: <c>web</c>, an app's name, <c>caldav</c>, <c>system</c>. Shown in histories.</summary>
    public string Client { get; init; } = "web";

    /// <summary>The app's own site, where it named one.</summary>
    public string? ClientSite { get; init; }

    /// <summary>The sign-in session, when the caller has one.</summary>
    public string? SessionId { get; init; }

    public IPAddress? Address { get; init; }

    /// <summary>IANA time zone in which "today" is meant.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>BCP 47 culture for numbers, dates and words.</summary>
    public string Culture { get; init; } = "en";

    public bool IsMember => MemberId is not null;

    public bool IsSystem => Kind == ActorKind.System;

    public bool IsModerator => IsSystem || (Role >= Role.Moderator && IsMember);

    public bool IsAdministrator => IsSystem || (Role >= Role.Administrator && IsMember);

    /// <summary>The member, or a refusal that asks to sign in.</summary>
    public Id<Member> Demand() => MemberId ?? throw Refusal.SignIn();

    /// <summary>Refuses unless the caller's role was given <paramref name="permission"/>.</summary>
    public void Demand(string permission)
    {
        if (!May(permission)) throw IsMember ? Refusal.Forbidden() : Refusal.SignIn();
    }

    public bool May(string permission) => IsSystem || Permissions.Contains(permission);

    /// <summary>True when the token (if any) carries <paramref name="scope"/>, or one that contains it.</summary>
    public bool HasScope(string scope) => Scopes is null || ScopeRules.Covers(Scopes, scope);

    public bool Is(Id<Member>? member) => member is not null && MemberId == member;
}
