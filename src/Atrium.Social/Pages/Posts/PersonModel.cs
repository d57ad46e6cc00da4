using Atrium.Kernel.Text;

namespace Atrium.Social;

/// <summary>Somebody on a page.</summary>
public sealed class PersonModel
{
    internal PersonModel(AccountEntity account, string href, long tone) => (Account, Href, Tone) = (account, href, tone);

    internal AccountEntity Account { get; }

    internal string Href { get; }

    /// <summary>The member's id where it is one, so that their tone is the same in every room.</summary>
    internal long Tone { get; }

    internal string Id => Account.Id;

    internal string Name => Account.DisplayName.Length > 0 ? Account.DisplayName : Account.Username;

    internal string Handle => HandleOf(Account.Acct);

    /// <summary>A name as people read it: with the server's own letters, unless they are mixed.</summary>
    internal static string HandleOf(string acct) => acct.Split('@', 2) is [var user, var host] ? $"@{user}@{HostName.Of(host).Shown}" : "@" + acct;

    /// <summary>Null where the first letters stand for it.</summary>
    internal string? Picture { get; init; }

    /// <summary>What stands between the reader and them; null for strangers and for oneself.</summary>
    internal RelationshipEntity? Relation { get; init; }

    /// <summary>A line below the name.</summary>
    internal string? Note { get; init; }
}
