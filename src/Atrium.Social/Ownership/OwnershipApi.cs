using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Taking along what is one's own, and bringing it from elsewhere: by our own API.</summary>
internal static class OwnershipApi
{
    /// <param name="Href">Where the work can be watched.</param>
    /// <param name="Report">Where its report stands once it is over.</param>
    public sealed record Requested(Id<Operation> Id, string Href, string Report);

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapPost("imports", ImportAsync).Operation("importOwned", "Takes in follows, mutes, blocks, servers, lists, bookmarks or filters; answers at once and works on", "write:accounts", RateClass.Heavy, "import_format", "too_large", "unknown_option");
        api.MapGet("imports/{id}", ReportAsync).Operation("getOwnedImport", "Says what an import did with each row, or would do", "read:accounts", RateClass.Read, "not_found", "not_over");
        api.MapGet("exports/{kind}", ExportAsync).Operation("exportOwned", "Writes follows, followers, mutes, blocks, domains, lists, bookmarks or filters as a file", "read:accounts", RateClass.Heavy, "not_found");
        api.MapPost("exports", async Task<Accepted<Requested>> (ArchiveDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.RequestAsync(actor, ct), "archives"))
            .Operation("requestArchive", "Asks for an ActivityPub archive of your account with all posts and pictures", "write:accounts", RateClass.Heavy, "archive_made", "archive_under_way");
        api.MapGet("archives/{id}", (Id<Operation> id, ArchiveDesk desk, Actor actor, CancellationToken ct) => desk.DownloadAsync(id, actor, ct))
            .Operation("downloadArchive", "Downloads an archive", "read:accounts", RateClass.Heavy, "not_found");
    }

    private static async Task<Accepted<Requested>> ImportAsync(
        IFormFile file, [FromForm] string? kind, [FromForm] string? mode, [FromQuery(Name = "dry_run")] bool? dryRun, RequestOwned request, Actor actor, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        return Answer(await request.HandleAsync(content, file.FileName, Options(kind, mode), dryRun ?? false, actor, ct), "imports");
    }

    public static Dictionary<string, string> Options(string? kind, string? mode)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(kind)) options["kind"] = kind;
        if (!string.IsNullOrWhiteSpace(mode)) options["mode"] = mode;
        return options;
    }

    private static async Task<ImportReport> ReportAsync(Id<Operation> id, RequestOwned request, Actor actor, CancellationToken ct)
    {
        var (operation, report) = await request.ReadAsync(id, actor, ct);
        return report ?? throw Refusal.Conflict("not_over", operation.Message ?? "The import still runs.").With("state", operation.State.ToString().ToLowerInvariant());
    }

    private static async Task<IResult> ExportAsync(string kind, ExportOwned export, Viewers viewers, Actor actor, CancellationToken ct)
    {
        var file = await export.WriteAsync(OwnedFiles.KindOf(kind) ?? throw Refusal.NotFound(), (await viewers.OfAsync(actor, ct)).Demand(), ct);
        return Results.File(file.Content, file.ContentType, file.Name);
    }

    private static Accepted<Requested> Answer(Id<Operation> id, string folder) => TypedResults.Accepted($"/api/operations/{id}", new Requested(id, $"/api/operations/{id}", $"/api/social/{folder}/{id}"));
}
