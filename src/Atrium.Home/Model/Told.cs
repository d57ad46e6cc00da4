using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>That a member was told under a key. The primary key is what makes it once.</summary>
internal sealed class Told
{
    /// <summary>Longer keys are kept by their hash.</summary>
    public const int LongestKey = 200;

    public Id<Member> MemberId { get; init; }

    public required string Once { get; init; }

    public DateTimeOffset At { get; init; }

    public static string KeyOf(string once) => once.Length <= LongestKey ? once : RandomKey.Hash(once);
}
