using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>How much room the house takes.</summary>
public static class StorageAdmin
{
    /// <param name="Database"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="FileBytes">Each stored once, however many files are the same.</param>
    /// <param name="Loose">Files that nothing holds: swept a day after they were let go.</param>
    /// <param name="Orphans">Stored bytes that no file names any more.</param>
    public sealed record View(string Database, long DatabaseBytes, int Files, long FileBytes, int Loose, int Orphans, string DataFolder, long? FreeBytes);

    internal static void Map(RouteGroupBuilder admin) => admin.MapGet("/storage", HandleAsync)
        .Operation("getStorage", "Shows how much room the database and the files take", "home:admin", RateClass.Read, "not_found");

    internal static async Task<View> HandleAsync(KernelDb db, Atrium.Kernel.Modules.HousePaths paths, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var sql = db.House.IsSqlite
            ? "SELECT page_count * page_size AS \"Value\" FROM pragma_page_count(), pragma_page_size()"
            : "SELECT pg_database_size(current_database()) AS \"Value\"";
        var size = (await db.Database.SqlQueryRaw<long>(sql).ToListAsync(ct))[0];
        var files = await db.Files.CountAsync(ct);
        var loose = await db.Files.CountAsync(f => f.LooseSince != null, ct);
        var bytes = await db.Blobs.SumAsync(b => b.Length, ct);
        var orphans = await db.Blobs.CountAsync(b => b.Refs <= 0, ct);
        return new(db.House.IsSqlite ? "sqlite" : "postgres", size, files, bytes, loose, orphans, paths.DataFolder, FreeIn(paths.DataFolder));
    }

    private static long? FreeIn(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
