using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Asks for an import: keeps the file and lets it be worked through as an operation, which its owner can watch and stop.</summary>
internal static class RequestImport
{
    public const string Kind = "tasks.import";

    /// <param name="File">The file, held until the import is over.</param>
    public sealed record Input(Id<FileRecord> File, string Format, bool DryRun, Dictionary<string, string> Options);

    /// <summary>Where the import can be watched, and its report read when it is over.</summary>
    public sealed record Requested(Id<Operation> Id, string Href, string Report);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapPost("/imports", PostAsync).Operation(
            "importTasks", "Takes in a board, spreadsheet, calendar or export; answers at once and works on", "tasks:admin", RateClass.Heavy, "import_format", "too_large", "unknown_option");
        tasks.MapGet("/imports/{id}/report", ReportAsync).Operation("getImportReport", "Says what an import made, updated, skipped and lost", "tasks:read", RateClass.Read, "not_found", "not_over");
    }

    public static async Task<Requested> HandleAsync(
        Stream content, string fileName, string format, IReadOnlyDictionary<string, string> options, bool dryRun,
        FileDesk files, KernelDb db, IEnumerable<IImporter> importers, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        Demand(format, options, importers);
        var file = await files.TakeAsync(content, fileName, me, ct);
        return await OfFileAsync(file.Id, format, options, dryRun, files, db, importers, actor, ct);
    }

    /// <summary>The same for a file of the caller's that was uploaded before.</summary>
    public static async Task<Requested> OfFileAsync(
        Id<FileRecord> id, string format, IReadOnlyDictionary<string, string> options, bool dryRun, FileDesk files, KernelDb db, IEnumerable<IImporter> importers, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        Demand(format, options, importers);
        var file = await files.AttachAsync(id, Audience.Only(me), me, ct);
        if (file.Length > Limits.ImportBytes) throw Refusal.TooLarge("An import file holds at most 20 MiB.");
        var input = JsonSerializer.Serialize(new Input(id, format, dryRun, new(options)), ApiJson.Options);
        var operation = await OperationDesk.RequestAsync(db, actor, Kind, $"{(dryRun ? "Trial import" : "Import")} of {file.FileName}", input, ct);
        return new(operation, $"/api/operations/{operation}", $"/api/tasks/imports/{operation}/report");
    }

    private static void Demand(string format, IReadOnlyDictionary<string, string> options, IEnumerable<IImporter> importers)
    {
        ImportOptions.Read(options);
        if (!importers.OfType<TasksImporter>().Any(i => i.Format == format)) throw Refusal.Invalid("format", "A format is trello, csv, ics or json.", "import_format");
    }

    /// <exception cref="Refusal"><c>not_over</c> while it still runs, or failed.</exception>
    public static async Task<Contracts.Home.ImportReport> ReportAsync(Id<Operation> id, KernelDb db, Actor actor, CancellationToken ct)
    {
        var operation = await OperationDesk.GetAsync(id, db, actor, ct);
        if (operation.Kind != Kind) throw Refusal.NotFound();
        return operation.Result is { } result
            ? result.Deserialize<Contracts.Home.ImportReport>(ApiJson.Options)!
            : throw Refusal.Conflict("not_over", operation.Message ?? "The import still runs.").With("state", operation.State.ToString().ToLowerInvariant());
    }

    private static async Task<IResult> PostAsync(
        IFormFile file, [FromForm] string format, [FromForm] string? project, [FromForm] string? mapping, [FromForm(Name = "dry_run")] bool? dryRun,
        FileDesk files, KernelDb db, IEnumerable<IImporter> importers, Actor actor, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var requested = await HandleAsync(content, file.FileName, format, OptionsOf(project, mapping), dryRun ?? false, files, db, importers, actor, ct);
        return TypedResults.Accepted(requested.Href, requested);
    }

    public static Dictionary<string, string> OptionsOf(string? project, string? mapping)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(project)) options["project"] = project;
        if (!string.IsNullOrWhiteSpace(mapping)) options["mapping"] = mapping;
        return options;
    }
}

/// <summary>Works through a requested import. After a crash it begins again, and finds what it made.</summary>
internal sealed class RunImport(IEnumerable<IImporter> importers, IMembers members, FileDesk files, KernelDb db, IBlobStore blobs) : IOperationHandler
{
    public string Kind => RequestImport.Kind;

    public async Task<string?> RunAsync(Operation operation, OperationProgress progress, CancellationToken ct)
    {
        var input = JsonSerializer.Deserialize<RequestImport.Input>(operation.Input, ApiJson.Options)!;
        var actor = operation.OwnerId is { } owner ? await members.ActorAsync(owner, "import", ct) : null;
        if (actor is null) throw Refusal.Forbidden("Whoever asked for this import is no longer here.");
        var file = await db.Files.FirstOrDefaultAsync(f => f.Id == input.File, ct) ?? throw Refusal.NotFound("The file is no longer there.");
        var importer = importers.OfType<TasksImporter>().Single(i => i.Format == input.Format);
        await using var content = await blobs.OpenAsync(file.Hash, null, ct) ?? throw Refusal.NotFound("The file is no longer there.");
        var report = await importer.RunAsync(content, file.FileName, actor, input.DryRun, input.Options, progress.ReportAsync, ct);
        await files.ReleaseAsync(file.Id, ct);
        return JsonSerializer.Serialize(report, ApiJson.Options);
    }
}
