namespace Atrium.Kernel.Files;

/// <summary>Names of files as people may see and save them.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>The last part of a path, without what no file system takes; a re-encoded picture's ending follows its kind.</summary>
    public static string Tidy(string name, string? pictureType = null)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        // Controls, and the marks that turn "gpj.exe" around.
        var clean = new string([.. last.Where(c => !char.IsControl(c) && c is not (':' or '*' or '?' or '"' or '<' or '>' or '|' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))]).Trim(' ', '.');
        var ending = Path.GetExtension(clean);
        var stem = Text.PlainText.OneLine(clean[..^ending.Length]);
        if (pictureType is not null) ending = pictureType == "image/jpeg" ? ".jpg" : "." + pictureType["image/".Length..];
        if (ending.Length > 12) ending = "";
        if (stem.Length == 0) stem = "file";
        return stem[..Text.Graphemes.Floor(stem, Longest - ending.Length)] + ending;
    }
}
