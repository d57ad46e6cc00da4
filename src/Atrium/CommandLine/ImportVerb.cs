using System.CommandLine;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.CommandLine;

/// <summary><c>import FORMAT FILE --as HANDLE</c>: takes in a file of another program.</summary>
internal sealed class ImportVerb : HouseVerb
{
    private readonly Argument<string> _format = new("FORMAT") { Description = "trello, csv, ics …" };
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The exported file" };
    private readonly Option<string> _as = new("--as") { Description = "Whose import it is", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Says what would happen and writes nothing" };
    private readonly Option<string[]> _options = new("--set") { Description = "An option of the importer, name=value", AllowMultipleArgumentsPerToken = true };

    public ImportVerb(Option<string> data) : base("import", "Takes in a file of another program", data)
    {
        Add(_format);
        Add(_file);
        Add(_as);
        Add(_dryRun);
        Add(_options);
        Does(ImportAsync);
    }

    private async Task ImportAsync(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var importers = services.GetServices<IImporter>().ToList();
        var importer = importers.FirstOrDefault(i => i.Format == parsed.GetRequiredValue(_format))
            ?? throw Refusal.Invalid("FORMAT", $"There is no importer of that name. There are: {string.Join(", ", importers.Select(i => i.Format).Order())}.");
        var member = await Whom.FindAsync(services, parsed.GetRequiredValue(_as), ct);
        var actor = await services.GetRequiredService<IMembers>().ActorAsync(member.Id, "command line", ct) ?? throw Refusal.NotFound();
        var options = (parsed.GetValue(_options) ?? []).Select(o => o.Split('=', 2)).ToDictionary(o => o[0], o => o.Length > 1 ? o[1] : "true");

        using var bar = new ProgressBar();
        var file = parsed.GetRequiredValue(_file);
        await using var stream = file.OpenRead();
        var report = await importer.RunAsync(stream, file.Name, actor, parsed.GetValue(_dryRun), options, bar.ShowAsync, ct);
        bar.Dispose();

        foreach (var line in report.Lines.Where(l => l.Outcome is "lost" or "skipped"))
            Console.WriteLine($"{line.Outcome,-8} {line.Source}: {line.Title}{(line.Field is null ? "" : $", {line.Field}")}{(line.Reason is null ? "" : $": {line.Reason}")}");
        Console.WriteLine($"{(report.DryRun ? "Would make" : "Made")} {report.Made}, updated {report.Updated}, skipped {report.Skipped}, not imported {report.Lost}.");
    }
}
