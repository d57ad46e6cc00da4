using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>
/// A comment is for those who are in its own audience and in its thing's. Where only one audience can be named, as in search, it is one that
/// holds nobody else: whoever is in both but cannot be named so finds it in its thread.
/// </summary>
internal static class Narrowing
{
    /// <param name="ownWithin">Whether all principals of its own audience are in its thing's.</param>
    /// <param name="thingWithin">The other way round.</param>
    /// <param name="else">Who sees it where neither is part of the other.</param>
    public static Audience Of(Audience own, Audience? thing, bool ownWithin, bool thingWithin, Audience @else) =>
        Open(own, thing) ?? (ownWithin ? own : thingWithin ? thing!.Value : @else);

    /// <summary>The same by who is in both at this moment: for what is asked anew each time.</summary>
    public static async Task<Audience> NowAsync(SocialDb db, Audience own, Audience? thing, Audience @else, CancellationToken ct)
    {
        if (Open(own, thing) is { } one) return one;
        if (await db.MembersAsync(own, ct) is not { } mine || await db.MembersAsync(thing!.Value, ct) is not { } theirs) return @else;
        return mine.IsSubsetOf(theirs) ? own : theirs.IsSubsetOf(mine) ? thing.Value : @else;
    }

    // Of two of which one is open to all members, it is the other.
    private static Audience? Open(Audience own, Audience? thing) =>
        thing is not { IsPublic: false } of || own == of ? own : own.IsPublic || own == Audience.Members ? of : of == Audience.Members ? own : null;
}
