using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>A member as the others see them.</summary>
/// <param name="Handle">Without @; immutable, never given to another.</param>
/// <param name="AvatarUrl">Relative address of a small picture, or null: then initials stand for it.</param>
/// <param name="Active">False once suspended or leaving.</param>
public sealed record MemberCard(Id<Member> Id, string Handle, string Name, string? AvatarUrl, bool Active)
{
    /// <summary>What stands for somebody who is no longer there.</summary>
    public static MemberCard Former(Id<Member> id) => new(id, "former-member", "Former member", null, false);

    public string Href => $"/@{Handle}";
}

/// <summary>How to reach a member, and in what tongue and hour. For the house's own use; never shown to others.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Culture">BCP 47.</param>
public sealed record MemberContact(Id<Member> Id, string Handle, string Name, string Email, string TimeZone, string Culture, Role Role, bool Active);

/// <summary>Asks Accounts about members: always many at once, so that nobody asks one by one.</summary>
public interface IMembers
{
    /// <summary>Cards by id. Those who are gone are answered as former members, so every id has a card.</summary>
    Task<IReadOnlyDictionary<Id<Member>, MemberCard>> CardsAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct);

    /// <summary>Active members by handle or confirmed e-mail address; those unknown are left out.</summary>
    Task<IReadOnlyDictionary<string, MemberCard>> FindAsync(IReadOnlyCollection<string> handlesOrEmails, CancellationToken ct);

    /// <summary>Active members whose handle or name has a word beginning with <paramref name="text"/>.</summary>
    Task<IReadOnlyList<MemberCard>> SearchAsync(string text, int limit, CancellationToken ct);

    Task<IReadOnlyDictionary<Id<Member>, MemberContact>> ContactsAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct);

    /// <summary>When each was here last, by whatever way: a browser, an app, a key; who never was, when they joined. True to some minutes.</summary>
    Task<IReadOnlyDictionary<Id<Member>, DateTimeOffset>> LastSeenAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct);

    /// <summary>An actor that acts as <paramref name="member"/>, for work done on their behalf; null when not active.</summary>
    Task<Actor?> ActorAsync(Id<Member> member, string client, CancellationToken ct);

    /// <summary>All active members of at least <paramref name="role"/>: for small sets such as the moderators.</summary>
    Task<IReadOnlyList<Id<Member>>> WithRoleAsync(Role role, CancellationToken ct);
}
