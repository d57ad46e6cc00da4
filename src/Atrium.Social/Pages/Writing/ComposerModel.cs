using Atrium.Kernel;
using Atrium.Web;

namespace Atrium.Social;

/// <summary>What the form for a post offers, and what stands in it.</summary>
public sealed class ComposerModel
{
    internal ComposerModel(IReadOnlyList<Option> audiences, IReadOnlyList<Option> languages, SocialLimits limits) => (Audiences, Languages, Limits) = (audiences, languages, limits);

    internal IReadOnlyList<Option> Audiences { get; }

    internal IReadOnlyList<Option> Languages { get; }

    internal string Audience { get; init; } = "public";

    internal string? Language { get; init; }

    /// <summary>Who may quote it without asking: <c>public</c>, <c>followers</c>, <c>nobody</c>.</summary>
    internal string Quotes { get; init; } = "public";

    internal bool Sensitive { get; init; }

    internal SocialLimits Limits { get; }

    /// <summary>Keeps a form that is sent twice from posting twice.</summary>
    internal string Key { get; } = RandomKey.New();

    internal string Back { get; init; } = "/social";

    internal PersonModel? Me { get; init; }

    /// <summary>What is answered: its id.</summary>
    internal string? ReplyTo { get; init; }

    internal string? ReplyName { get; init; }

    /// <summary>The thing it is about, where it is a comment.</summary>
    internal Thing? About { get; init; }

    /// <summary>Where the reader begins: those whom an answer goes to.</summary>
    internal string Text { get; init; } = "";

    internal string Spoiler { get; init; } = "";

    internal Post? Quoted { get; init; }

    /// <summary>The post that is edited.</summary>
    internal string? Editing { get; init; }

    internal bool Markdown { get; init; }

    /// <summary>Pictures, films and sounds it holds already.</summary>
    internal IReadOnlyList<MediaEntity> Media { get; init; } = [];

    internal FormState State { get; init; } = FormState.Fresh;

    internal bool Small { get; init; }
}
