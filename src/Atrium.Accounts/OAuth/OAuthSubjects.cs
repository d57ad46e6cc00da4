using Atrium.Kernel;

namespace Atrium.Accounts.OAuth;

/// <summary>Whom tokens and grants speak for.</summary>
internal static class OAuthSubjects
{
    /// <summary>The members among subjects, each once: an app that speaks for itself alone has another.</summary>
    public static IReadOnlyCollection<Id<Member>> Members(IEnumerable<string?> subjects) =>
        [.. subjects.Distinct().Select(s => Id<Member>.TryParse(s, null, out var member) ? member : (Id<Member>?)null).OfType<Id<Member>>()];
}
