using Atrium.Kernel;

namespace Atrium.Testing;

/// <summary>A member of the test house, signed in.</summary>
public sealed class Person(TestHouse house, Id<Member> id, string handle, Role role, string timeZone, string culture)
    : Caller(house, HarnessSignIn.Write(new(id, handle, role, timeZone, culture), null))
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse battery staple";

    public Id<Member> Id { get; } = id;

    public string Handle { get; } = handle;

    public Role Role { get; } = role;

    public string TimeZone { get; } = timeZone;

    public string Culture { get; } = culture;

    /// <summary>The same member calling with a token of these scopes only.</summary>
    public Caller With(params string[] scopes) => new(House, HarnessSignIn.Write(new(Id, Handle, Role, TimeZone, Culture), scopes));

    /// <summary>The actor that stands for this member in use cases called directly.</summary>
    public Actor Actor => new() { Kind = ActorKind.Member, MemberId = Id, Handle = Handle, Role = Role, TimeZone = TimeZone, Culture = Culture };
}
