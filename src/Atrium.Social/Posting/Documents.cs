namespace Atrium.Social;

/// <summary>Builds the parts of a <see cref="StatusDocument"/>.</summary>
internal static class Documents
{
    public static IReadOnlyList<DocumentMention> Mentions(IEnumerable<PlannedMention> mentions) =>
        [.. mentions.Where(m => !m.Silent).Select(m => new DocumentMention(m.Account.Id, m.Account.Username, m.Account.Acct, m.Account.Url))];

    public static IReadOnlyList<DocumentTag> Tags(IEnumerable<string> tags) =>
        [.. tags.Select(t => new DocumentTag(PostText.TagKey(t), "/tags/" + Uri.EscapeDataString(PostText.TagKey(t))))];
}
