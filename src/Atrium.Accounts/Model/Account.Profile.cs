using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Text;
using Atrium.Web;

namespace Atrium.Accounts.Model;

/// <summary>What the others see, and how the member sees the house.</summary>
internal sealed partial class Account
{
    public required string Name { get; set; }

    /// <summary>Markdown.</summary>
    public string Bio { get; set; } = "";

    public List<ProfileLink> Links { get; set; } = [];

    public Id<FileRecord>? AvatarFile { get; set; }

    public Id<FileRecord>? HeaderFile { get; set; }

    /// <summary>BCP 47: the language of words.</summary>
    public string Language { get; set; } = "en";

    /// <summary>BCP 47: how dates, numbers and money are written.</summary>
    public string Culture { get; set; } = "en";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    public Theme Theme { get; set; }

    /// <summary>Name and handle, folded, as search by prefix reads them.</summary>
    public string SearchText { get; private set; } = "";

    public void Rename(string name)
    {
        Name = name;
        SearchText = WordsOf(name, Handle);
    }

    /// <summary>Words in the form that <c>Contains(" " + beginning)</c> finds.</summary>
    public static string WordsOf(string name, string handle) => $" {Folding.Fold(name)} {handle}";
}

/// <summary>A line of a profile: a label and where it leads, or plain words.</summary>
public sealed record ProfileLink(string Label, string Value);
