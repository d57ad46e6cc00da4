namespace Atrium.Social;

/// <summary>Who sees a post, in words and as an icon.</summary>
internal static class AudienceWords
{
    public static (string Words, string Icon) Of(StatusEntity status, IReadOnlyDictionary<string, string> groups) => (status.Audience, status.Visibility) switch
    {
        ("members", _) => ("Members of the house", "people"),
        ("thing", _) => ("Who sees what it is about", "people"),
        ({ } group, _) when group.StartsWith("group:", StringComparison.Ordinal) => (groups.GetValueOrDefault(group, "A group"), "people"),
        (_, "public") => ("Everyone", "globe"),
        (_, "unlisted") => ("Everyone, in no public list", "globe"),
        (_, "direct") => ("Only those mentioned", "at"),
        _ => ("Followers", "lock"),
    };
}
