using System.Text;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary><c>/social/settings/data</c>: takes along what is one's own, and brings it from elsewhere.</summary>
internal static class DataPages
{
    private const string Root = "/social/settings/data";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Root, (PageCall call, ArchiveDesk archives, KernelDb kernel, CancellationToken ct) => ShowAsync(FormState.Fresh, call, archives, kernel, ct));
        pages.MapGet(Root + "/files/{kind}", FileAsync).Rate(RateClass.Heavy);
        pages.MapPost(Root + "/archive", (PageCall call, ArchiveDesk archives, KernelDb kernel, CancellationToken ct) => call.SendAsync(
            async _ =>
            {
                await archives.RequestAsync(call.Actor, ct);
                return Root;
            },
            (state, _) => ShowAsync(state, call, archives, kernel, ct))).Rate(RateClass.Heavy);
        pages.MapGet(Root + "/archive/{id:long}", (Id<Operation> id, PageCall call, ArchiveDesk archives, CancellationToken ct) => archives.DownloadAsync(id, call.Actor, ct)).Rate(RateClass.Heavy);
        pages.MapPost(Root + "/imports", SendAsync).Rate(RateClass.Heavy);
        pages.MapGet(Root + "/imports/{id:long}", RunAsync);
        pages.MapGet(Root + "/imports/{id:long}/left-out.csv", LeftOutAsync);
        pages.MapPost(Root + "/imports/{id:long}/apply", async (Id<Operation> id, PageCall call, RequestOwned request, CancellationToken ct) => call.SeeOther($"{Root}/imports/{await request.ApplyAsync(id, call.Actor, ct)}")).Rate(RateClass.Heavy);
        pages.MapPost(Root + "/imports/{id:long}/stop", async (Id<Operation> id, PageCall call, KernelDb kernel, CancellationToken ct) =>
        {
            await OperationDesk.CancelAsync(id, kernel, call.Actor, ct);
            return call.SeeOther($"{Root}/imports/{id}");
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> ShowAsync(FormState state, PageCall call, ArchiveDesk archives, KernelDb kernel, CancellationToken ct)
    {
        var last = await archives.LastAsync(call.Actor, ct);
        return call.Page<Pages.DataPage>(new { Model = new DataModel(last, ArchiveDesk.ResultOf(last, kernel.Now)), State = state });
    }

    private static async Task<IResult> FileAsync(string kind, PageCall call, ExportOwned export, CancellationToken ct)
    {
        var file = await export.WriteAsync(OwnedFiles.KindOf(kind) ?? throw Refusal.NotFound(), (await call.ViewerAsync(ct)).Demand(), ct);
        return Results.File(file.Content, file.ContentType, file.Name);
    }

    private static Task<IResult> SendAsync(PageCall call, RequestOwned request, ArchiveDesk archives, KernelDb kernel, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var upload = form.Files["file"] is { Length: > 0 } sent ? sent : throw Refusal.Invalid("file", "Choose a file.", "required");
            if (upload.Length > ImportOwned.Largest) throw Refusal.Invalid("file", "An import file holds at most 20 MiB.", "too_large");
            await using var content = upload.OpenReadStream();
            // First always a trial: what would happen is shown before it does.
            return $"{Root}/imports/{await request.HandleAsync(content, upload.FileName, OwnershipApi.Options(form.Said("kind"), form.Said("mode")), dryRun: true, call.Actor, ct)}";
        },
        (state, _) => ShowAsync(state, call, archives, kernel, ct));

    private static async Task<IResult> RunAsync(Id<Operation> id, PageCall call, RequestOwned request, CancellationToken ct)
    {
        var (operation, report) = await request.ReadAsync(id, call.Actor, ct);
        return call.Page<Pages.ImportPage>(new { Model = new ImportModel(operation, report, (await request.InputAsync(id, call.Actor, ct)).DryRun) });
    }

    private static async Task<IResult> LeftOutAsync(Id<Operation> id, PageCall call, RequestOwned request, CancellationToken ct)
    {
        var report = (await request.ReadAsync(id, call.Actor, ct)).Report ?? throw Refusal.NotFound();
        var text = CsvText.Line("Where", "What", "Outcome", "Reason") + string.Concat(report.Lines.Where(l => l.Outcome is "lost" or "skipped").Select(l => CsvText.Line(l.Source, l.Title, l.Outcome == "lost" ? "left out" : "skipped", l.Reason ?? "")));
        return Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", "left-out.csv");
    }
}

/// <summary>What can be taken along: the newest archive, made or being made.</summary>
public sealed class DataModel
{
    internal DataModel(OperationView? archive, ArchiveDesk.Result? made) => (Archive, Made) = (archive, made);

    internal OperationView? Archive { get; }

    /// <summary>Null once it can no longer be fetched.</summary>
    internal ArchiveDesk.Result? Made { get; }
}

/// <summary>An import under way, or over.</summary>
public sealed class ImportModel
{
    internal ImportModel(OperationView operation, ImportReport? report, bool dryRun) => (Operation, Report, DryRun) = (operation, report, dryRun);

    internal OperationView Operation { get; }

    internal ImportReport? Report { get; }

    internal bool DryRun { get; }
}
