using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>A member to be made by the house itself: the command line, the demo, a test.</summary>
/// <param name="Password">Plain; null makes a member who can only sign in after a reset.</param>
public sealed record NewMember(string Handle, string Email, string? Password, string Name, Role Role = Role.Member, string TimeZone = "Etc/UTC", string Culture = "en");

/// <summary>Makes members and credentials for them, past the sign-up page but by the same rules.</summary>
public interface IMemberRegistry
{
    /// <summary>Makes a confirmed, active member. <see cref="MemberJoined"/> is published.</summary>
    /// <exception cref="Refusal">Invalid: handle or address taken or malformed, password too weak.</exception>
    Task<Id<Member>> AddAsync(NewMember member, CancellationToken ct);

    /// <summary>Makes a group with these members, the first of them its owner.</summary>
    Task<Id<Group>> AddGroupAsync(string handle, string name, IReadOnlyList<Id<Member>> members, CancellationToken ct);

    /// <summary>Makes a personal access token and answers it, the only time it can be read.</summary>
    Task<string> AddTokenAsync(Id<Member> member, string name, IReadOnlyCollection<string> scopes, CancellationToken ct);

    /// <summary>Makes an app password and answers it.</summary>
    Task<string> AddAppPasswordAsync(Id<Member> member, string name, CancellationToken ct);
}

/// <summary>Checks app passwords for protocols that only know Basic.</summary>
public interface IAppPasswords
{
    /// <summary>The member behind a handle and app password, or null. Fast: verified ones are remembered for a minute.</summary>
    Task<Actor?> VerifyAsync(string handle, string password, string? userAgent, CancellationToken ct);

    /// <summary>The app passwords of a member, in the clear, for challenge schemes; derived, not stored.</summary>
    Task<IReadOnlyList<string>> OfAsync(string handle, CancellationToken ct);

    /// <summary>What a member made app passwords for, the newest first, at most fifty.</summary>
    Task<IReadOnlyList<ConnectedApp>> AppsOfAsync(Id<Member> member, CancellationToken ct);
}

/// <summary>What an app password was made for.</summary>
/// <param name="LastUsedAt">Null until it is used; kept to the minute.</param>
/// <param name="LastUserAgent">What the app calls itself.</param>
public sealed record ConnectedApp(string Name, DateTimeOffset? LastUsedAt, string? LastUserAgent);
