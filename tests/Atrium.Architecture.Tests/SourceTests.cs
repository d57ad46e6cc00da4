namespace Atrium.Architecture.Tests;

public class SourceTests
{
    private const int LongestFile = 400;
    private static readonly string Root = FindRoot();

    [Fact]
    public void A_file_says_one_thing()
    {
        var tooLong = Sources("*.cs").Where(f => !f.Contains("/Migrations/")).Select(f => (File: f, Lines: File.ReadLines(f).Count())).Where(f => f.Lines > LongestFile);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_page_carries_inline_style_or_script() =>
        Assert.Empty(Sources("*.razor").Where(f => File.ReadAllText(f) is var text && (text.Contains(" style=\"", StringComparison.Ordinal) || text.Contains("<script>", StringComparison.Ordinal) || text.Contains(" onclick=\"", StringComparison.Ordinal))));

    [Fact]
    public void Nothing_is_left_for_later()
    {
        string[] marks = ["TODO", "FIXME", "HACK", "NotImplementedException"];
        Assert.Empty(Sources("*.cs").Concat(Sources("*.razor")).Concat(Sources("*.js")).Where(f => File.ReadAllText(f) is var text && marks.Any(m => text.Contains(m, StringComparison.Ordinal))));
    }

    private static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories).Where(f => !f.Contains("/obj/") && !f.Contains("/bin/"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Atrium.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
