using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A member's exports: asked for, listed, fetched.</summary>
public static class Exports
{
    public sealed record View(Id<ExportArchive> Id, long Length, string Href, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

    internal static void Map(RouteGroupBuilder home)
    {
        home.MapPost("/export", RequestAsync).Operation("requestExport", "Asks for a ZIP of all that is yours; follow the operation", "home:write", RateClass.Heavy, "export_under_way");
        home.MapGet("/exports", ListAsync).Operation("listExports", "Lists your exports that can still be fetched", "home:read", RateClass.Read);
        home.MapGet("/exports/{id}", DownloadAsync).Operation("downloadExport", "Downloads an export", "home:read", RateClass.Heavy, "not_found");
    }

    internal static async Task<Accepted<OperationView>> RequestAsync(KernelDb kernel, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (await kernel.Operations.AnyAsync(
                o => o.OwnerId == me && o.Kind == WriteExport.OperationKind && (o.State == OperationState.Queued || o.State == OperationState.Running), ct))
            throw Refusal.Conflict("export_under_way", "An export of yours is under way already.");

        kernel.Record(actor, "export.requested");
        var id = await OperationDesk.RequestAsync(kernel, actor, WriteExport.OperationKind, "Export of all that is yours", "{}", ct);
        return TypedResults.Accepted($"/api/operations/{id}", await OperationDesk.GetAsync(id, kernel, actor, ct));
    }

    internal static async Task<IReadOnlyList<View>> ListAsync(HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var now = db.Now;
        var found = await db.ExportArchives.Where(e => e.MemberId == me && e.ExpiresAt > now).OrderByDescending(e => e.Id).Take(Page.Usual).ToListAsync(ct);
        return [.. found.Select(e => new View(e.Id, e.Length, $"/settings/data/exports/{e.Id}", e.CreatedAt, e.ExpiresAt))];
    }

    internal static async Task<IResult> DownloadAsync(Id<ExportArchive> id, HomeDb db, KernelDb kernel, IBlobStore blobs, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var now = db.Now;
        var archive = await db.ExportArchives.FirstOrDefaultAsync(e => e.Id == id && e.MemberId == me && e.ExpiresAt > now, ct) ?? throw Refusal.NotFound();
        var file = await kernel.Files.FirstOrDefaultAsync(f => f.Id == archive.FileId, ct) ?? throw Refusal.NotFound();
        return new BlobAnswer(file.Hash, file.Length, file.ContentType, file.FileName, shared: false, (range, token) => blobs.OpenAsync(file.Hash, range, token), download: true);
    }
}
