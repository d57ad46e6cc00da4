namespace Atrium.Social;

/// <summary>Topics of the live bus: wake-ups that name a row, never what is in it. Streams read them.</summary>
internal static class SocialTopics
{
    /// <summary><c>update</c>, <c>status.update</c> or <c>delete</c> of the post whose id is the cursor.</summary>
    public const string Statuses = "social.statuses";

    /// <summary>The kind of <see cref="Statuses"/> for a batch of homes that had to wait: <c>after</c> and <c>until</c> bound it by follow.</summary>
    public const string Late = "late";

    /// <summary>The notification whose id is the cursor.</summary>
    public const string Notices = "social.notices";

    /// <summary>Filters changed, for the account in the data; or an announcement, for everyone, as the data's payload has it.</summary>
    public const string Signals = "social.signals";
}
