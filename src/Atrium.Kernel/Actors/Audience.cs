namespace Atrium.Kernel;

/// <summary>
/// Who may see a thing: one number on its row. 0 is everyone, 1 is the house's members, a member's id is that member alone,
/// and any other number is a stored set of principals the platform keeps.
/// </summary>
public readonly record struct Audience(long Ref)
{
    /// <summary>Everyone, signed in or not.</summary>
    public static Audience Public { get; } = new(0);

    /// <summary>Every member of the house; guests only see what was shared with them.</summary>
    public static Audience Members { get; } = new(1);

    /// <summary>One member alone.</summary>
    public static Audience Only(Id<Member> member) => new(member.Value);

    /// <summary>A new stored set; what it lists is set in the transaction that uses it.</summary>
    public static Audience NewSet() => new(Id<Audience>.New().Value);

    public bool IsPublic => Ref == 0;

    public bool IsStored => Ref > 1;

    public override string ToString() => Ref switch { 0 => "public", 1 => "members", _ => $"set:{Ref}" };
}

/// <summary>
/// One of those a set lists: <c>member:1</c>, <c>group:2</c>, <c>followers:3</c>, <c>scope:task:4</c> (who takes part in that thing).
/// The platform keeps who belongs to each; modules grant and revoke.
/// </summary>
public static class Principal
{
    public static string Of(Id<Member> member) => $"member:{member}";

    public static string Of(Id<Group> group) => $"group:{group}";

    public static string FollowersOf(Id<Member> member) => $"followers:{member}";

    public static string PartakersOf(Thing thing) => $"scope:{thing}";
}
