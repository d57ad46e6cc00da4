using System.CommandLine;
using Atrium.Kernel.Search;

namespace Atrium.CommandLine;

/// <summary><c>reindex</c>: makes the search index anew from every module's things.</summary>
internal sealed class ReindexVerb : HouseVerb
{
    public ReindexVerb(Option<string> data) : base("reindex", "Makes the search index anew", data) => Does(async (_, services, ct) =>
    {
        using var bar = new ProgressBar();
        var count = await services.GetRequiredService<SearchRebuild>().RunAsync(bar.ShowAsync, ct);
        bar.Dispose();
        Console.WriteLine($"Indexed {count} things.");
    });
}
