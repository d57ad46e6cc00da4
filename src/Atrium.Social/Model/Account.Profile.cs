using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Text;

namespace Atrium.Social;

/// <summary>What others see of an account, and its defaults.</summary>
internal sealed partial class Account
{
    /// <summary>Changed by <see cref="Call"/> alone.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The name as it is searched for.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>What its member is to the house; a guest where it is nobody's here.</summary>
    public Role Role { get; set; }

    /// <summary>As it was written; Markdown for a member.</summary>
    public string NoteSource { get; set; } = "";

    /// <summary>Safe HTML.</summary>
    public string Note { get; set; } = "";

    public List<ProfileField> Fields { get; set; } = [];

    /// <summary>The pictures that stand for words in colons in its name, note and fields.</summary>
    public List<DocumentEmoji> Emojis { get; set; } = [];

    /// <summary>Of the house when it begins with a slash; null shows the standard picture.</summary>
    public string? AvatarUrl { get; set; }

    public string? HeaderUrl { get; set; }

    public string AvatarDescription { get; set; } = "";

    public string HeaderDescription { get; set; } = "";

    /// <summary>Followers are asked for first.</summary>
    public bool Locked { get; set; }

    public bool Bot { get; set; }

    /// <summary>May be suggested and listed.</summary>
    public bool Discoverable { get; set; } = true;

    /// <summary>Public posts may be found by search.</summary>
    public bool Indexable { get; set; } = true;

    /// <summary>Whom it follows and who follows it is nobody's business.</summary>
    public bool HideCollections { get; set; }

    public Visibility DefaultVisibility { get; set; } = Visibility.Public;

    public bool DefaultSensitive { get; set; }

    public string? DefaultLanguage { get; set; }

    public QuotePolicy DefaultQuotePolicy { get; set; } = QuotePolicy.Public;

    public string? MovedTo { get; set; }

    public List<string> AlsoKnownAs { get; set; } = [];

    public void Call(string name) => (DisplayName, SearchText) = (name, Folding.Fold(name));
}
