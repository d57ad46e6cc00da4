using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>A post on a page: what apps are shown of it, and what only a page needs.</summary>
public sealed class Post
{
    internal Post(StatusEntity status, string href, SafeHtml html, PersonModel author) => (Status, Href, Html, Author) = (status, href, html, author);

    /// <summary>The post itself; of a boost, what was boosted.</summary>
    internal StatusEntity Status { get; }

    internal string Href { get; }

    internal SafeHtml Html { get; }

    internal PersonModel Author { get; }

    /// <summary>Who boosted it into this list.</summary>
    internal PersonModel? BoostedBy { get; init; }

    /// <summary>The page it stands on.</summary>
    internal string Back { get; init; } = "/social";

    internal bool SignedIn { get; init; }

    internal bool Mine { get; init; }

    /// <summary>Who sees it, in words.</summary>
    internal string Audience { get; init; } = "";

    internal string AudienceIcon { get; init; } = "";

    /// <summary>The thing of another room that it is about.</summary>
    internal ThingCard? About { get; init; }

    /// <summary>Why it stands in the reader's home.</summary>
    internal string? Why { get; set; }

    internal Post? Quoted { get; init; }

    /// <summary>Where it is a comment on the page of its thing.</summary>
    internal CommentPlace? Comment { get; set; }

    internal string Id => Status.Id;

    /// <summary>The filter that asks before it shows this.</summary>
    internal string? FilteredBy => Status.Filtered?.FirstOrDefault(h => h.Filter.FilterAction != "blur")?.Filter.Title;

    /// <summary>The filter that covers its media alone, until the reader takes the cover off.</summary>
    internal string? BlurredBy => Status.Filtered?.FirstOrDefault(h => h.Filter.FilterAction == "blur")?.Filter.Title;
}

/// <summary>A comment among those on the page of its thing.</summary>
/// <param name="Runs">The reader runs the thread, and may hide it.</param>
/// <param name="Hidden">Hidden from others.</param>
internal sealed record CommentPlace(bool Runs, bool Hidden = false);
