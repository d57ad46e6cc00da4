using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;

namespace Atrium.Social;

/// <summary>What stands behind an account (ActivityStreams 2.0, Vocabulary, 3.2).</summary>
internal enum AccountKind
{
    Person,
    Service,
    Group,
    Organization,
    Application,
}

/// <summary>Where an account stands with the moderators.</summary>
internal enum AccountStanding
{
    Active,

    /// <summary>Hidden from public timelines, search and suggestions for those who do not follow it.</summary>
    Limited,

    /// <summary>Everything of it is hidden; can be undone for 30 days.</summary>
    Suspended,

    /// <summary>Suspended for good: its content is gone, its name stays reserved.</summary>
    Purged,

    /// <summary>In memory of its member: nobody signs in, nobody new follows.</summary>
    Memorial,

    Deleted,
}

/// <summary>
/// Somebody who posts: one per member of the house, one for the community itself, and one per person known from other servers. Of a member it
/// is a projection of the profile that Accounts keeps, so that local and remote rows read alike.
/// </summary>
internal sealed partial class Account : IRevised
{
    public Id<Account> Id { get; init; } = Id<Account>.New();

    /// <summary>Null for the community's own account and for those of other servers.</summary>
    public Id<Member>? MemberId { get; init; }

    /// <summary>Without @. Local names never change and are never given to another.</summary>
    public required string Username { get; init; }

    /// <summary>In lower case: unique together with <see cref="Domain"/>.</summary>
    public required string UsernameFolded { get; init; }

    /// <summary>Lower case; empty for the house's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>ActivityPub id. Of a local account without the house's root: <c>/users/ada</c>. Never changes.</summary>
    public required string Uri { get; init; }

    /// <summary>The page for people; of a local account without the house's root: <c>/@ada</c>.</summary>
    public required string Url { get; set; }

    public AccountKind Kind { get; set; }

    public AccountStanding Standing { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it posted last.</summary>
    public DateTimeOffset? LastStatusAt { get; set; }

    /// <summary>When its member last read their home: those away for long have none built.</summary>
    public DateTimeOffset? HomeReadAt { get; set; }

    /// <summary>The version of its filters: streams read them anew when it changes.</summary>
    public long FiltersVersion { get; set; }

    public long Revision { get; set; } = 1;

    public bool IsLocal => Domain.Length == 0;

    /// <summary>As others write it: <c>ada</c>, or <c>ada@example.org</c>.</summary>
    public string Acct => IsLocal ? Username : $"{Username}@{Domain}";

    /// <summary>Its page in this house, wherever it lives.</summary>
    public string Href => IsLocal ? Url : "/@" + Acct;

    /// <summary>False once its content is hidden from everyone.</summary>
    public bool IsShown => Standing is AccountStanding.Active or AccountStanding.Limited or AccountStanding.Memorial;
}

/// <summary>A line of a profile.</summary>
/// <param name="VerifiedAt">When the linked page last linked back with <c>rel="me"</c>.</param>
internal sealed record ProfileField(string Name, string Value, DateTimeOffset? VerifiedAt = null);
