using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Asks for an import: keeps the file and lets it be worked through as an operation that its owner watches and stops.</summary>
internal sealed class RequestOwned(KernelDb kernel, FileDesk files)
{
    public const string Kind = "social.import";

    public sealed record Input(Id<FileRecord> File, bool DryRun, Dictionary<string, string> Options);

    public async Task<Id<Operation>> HandleAsync(Stream content, string fileName, IReadOnlyDictionary<string, string> options, bool dryRun, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (options.TryGetValue("kind", out var kind) && OwnedFiles.KindOf(kind) is null) throw Refusal.Invalid("kind", "A kind is follows, mutes, blocks, domains, lists, bookmarks or filters.", "import_format");
        if (options.GetValueOrDefault("mode") is not (null or "merge" or "overwrite")) throw Refusal.Invalid("mode", "A mode is merge or overwrite.", "unknown_option");
        var file = await files.TakeAsync(content, fileName, me, ct);
        if (file.Length > ImportOwned.Largest) throw Refusal.TooLarge($"An import file holds at most {Sizes.Words(ImportOwned.Largest)}.");
        return await AskAsync(file.Id, options, dryRun, actor, ct);
    }

    /// <summary>The same file for real, after a trial of one's own.</summary>
    /// <exception cref="Refusal">Not found: no trial of one's own; invalid: the file was swept away meanwhile.</exception>
    public async Task<Id<Operation>> ApplyAsync(Id<Operation> trial, Actor actor, CancellationToken ct)
    {
        var input = await InputAsync(trial, actor, ct);
        return input.DryRun ? await AskAsync(input.File, input.Options, dryRun: false, actor, ct) : throw Refusal.NotFound();
    }

    /// <summary>What an import of the actor's own was asked to do.</summary>
    public async Task<Input> InputAsync(Id<Operation> id, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var text = await kernel.Operations.Where(o => o.Id == id && o.OwnerId == me && o.Kind == Kind).Select(o => o.Input).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        return JsonSerializer.Deserialize<Input>(text, ApiJson.Options)!;
    }

    /// <summary>Where it stands, and what it did once it is over.</summary>
    public async Task<(OperationView Operation, ImportReport? Report)> ReadAsync(Id<Operation> id, Actor actor, CancellationToken ct)
    {
        var operation = await OperationDesk.GetAsync(id, kernel, actor, ct);
        if (operation.Kind != Kind) throw Refusal.NotFound();
        return (operation, operation.Result?.Deserialize<ImportReport>(ApiJson.Options));
    }

    private async Task<Id<Operation>> AskAsync(Id<FileRecord> id, IReadOnlyDictionary<string, string> options, bool dryRun, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var file = await files.AttachAsync(id, Audience.Only(me), me, ct);
        return await OperationDesk.RequestAsync(kernel, actor, Kind, $"{(dryRun ? "Trial import" : "Import")} of {file.FileName}", JsonSerializer.Serialize(new Input(id, dryRun, new(options)), ApiJson.Options), ct);
    }
}

/// <summary>Works through a requested import. After a crash it begins again, and finds what it did.</summary>
internal sealed class RunOwned(ImportOwned import, IMembers members, FileDesk files, KernelDb kernel, IBlobStore blobs) : IOperationHandler
{
    public string Kind => RequestOwned.Kind;

    public async Task<string?> RunAsync(Operation operation, OperationProgress progress, CancellationToken ct)
    {
        var input = JsonSerializer.Deserialize<RequestOwned.Input>(operation.Input, ApiJson.Options)!;
        var actor = operation.OwnerId is { } owner ? await members.ActorAsync(owner, "import", ct) : null;
        if (actor is null) throw Refusal.Forbidden("Whoever asked for this import is no longer here.");
        var file = await kernel.Files.FirstOrDefaultAsync(f => f.Id == input.File, ct) ?? throw Refusal.NotFound("The file is no longer there.");
        await using var content = await blobs.OpenAsync(file.Hash, null, ct) ?? throw Refusal.NotFound("The file is no longer there.");
        var report = await import.RunAsync(content, file.FileName, actor, input.DryRun, input.Options, progress.ReportAsync, ct);
        await files.ReleaseAsync(file.Id, ct);
        return JsonSerializer.Serialize(report, ApiJson.Options);
    }
}
