using System.IO.Compression;
using System.Text.Json;
using Atrium.Kernel.Modules;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atrium.Kernel.Data;

/// <summary>What a backup says of itself.</summary>
public sealed record SnapshotManifest(int Format, DbProvider Provider, DateTimeOffset TakenAt, IReadOnlyList<string> Tables);

/// <summary>
/// Takes a consistent copy of database, files and keys while the house runs, and puts it back. The database is copied first: files are
/// only ever added under the hash of their content, so every file it speaks of is still there.
/// </summary>
public sealed class Snapshot(DbHouse house, HousePaths paths)
{
    private const int Format = 1;
    private const string ManifestName = "manifest.json";

    /// <summary>Writes the backup to <paramref name="file"/>, whole or not at all.</summary>
    public async Task TakeAsync(string file, Func<string, CancellationToken, Task> progress, CancellationToken ct)
    {
        var unfinished = file + ".part";
        var database = Path.Combine(paths.DataFolder, ".backup.db");
        File.Delete(database);
        try
        {
            await using (var zip = await ZipFile.OpenAsync(unfinished, ZipArchiveMode.Create, ct))
            {
                await progress("database", ct);
                var tables = house.IsSqlite ? await CopySqliteAsync(zip, database, ct) : await CopyPostgresAsync(zip, ct);
                foreach (var (folder, name) in Folders())
                {
                    await progress(name, ct);
                    foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                        await zip.CreateEntryFromFileAsync(path, $"{name}/{Path.GetRelativePath(folder, path).Replace('\\', '/')}", CompressionLevel.Fastest, ct);
                }

                var entry = zip.CreateEntry(ManifestName);
                await using var stream = await entry.OpenAsync(ct);
                await JsonSerializer.SerializeAsync(stream, new SnapshotManifest(Format, house.Provider, house.Clock.GetUtcNow(), tables), cancellationToken: ct);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(database);
            File.Delete(unfinished);
        }
    }

    /// <summary>Puts a backup into an empty house.</summary>
    /// <exception cref="CannotStart">The file is no backup of this kind, or the house is not empty.</exception>
    public async Task RestoreAsync(string file, Func<CancellationToken, Task> migrate, CancellationToken ct)
    {
        await using var zip = await OpenAsync(file, ct);
        var manifest = await ManifestAsync(zip, ct);
        if (manifest.Provider != house.Provider) throw new CannotStart($"This backup is of a {manifest.Provider} house, and this one is {house.Provider}.");

        foreach (var (folder, name) in Folders()) await ExtractAsync(zip, name + "/", folder, ct);
        if (house.IsSqlite)
        {
            if (File.Exists(paths.Database)) throw new CannotStart($"There is a house in {paths.DataFolder} already. Restore into an empty folder.");
            await zip.GetEntry("atrium.db")!.ExtractToFileAsync(paths.Database, ct);
            await migrate(ct);
            return;
        }

        await migrate(ct);
        await FillPostgresAsync(zip, manifest, ct);
    }

    private static async Task<ZipArchive> OpenAsync(string file, CancellationToken ct)
    {
        try
        {
            return await ZipFile.OpenReadAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CannotStart($"{file} cannot be read as a backup: {e.Message}", e);
        }
    }

    private static async Task<SnapshotManifest> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        var entry = zip.GetEntry(ManifestName) ?? throw new CannotStart("This file is not a backup of an Atrium.");
        await using var stream = await entry.OpenAsync(ct);
        var manifest = await JsonSerializer.DeserializeAsync<SnapshotManifest>(stream, cancellationToken: ct);
        return manifest is { Format: Format } ? manifest : throw new CannotStart("This backup was made by a newer Atrium.");
    }

    private IEnumerable<(string Folder, string Name)> Folders()
    {
        foreach (var folder in (string[])[paths.Files, paths.Keys])
        {
            Directory.CreateDirectory(folder);
            yield return (folder, Path.GetFileName(folder));
        }
    }

    private static async Task ExtractAsync(ZipArchive zip, string prefix, string folder, CancellationToken ct)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(prefix, StringComparison.Ordinal) && e.Name.Length > 0))
        {
            var target = Path.GetFullPath(Path.Combine(root, entry.FullName[prefix.Length..]));
            if (!target.StartsWith(root, StringComparison.Ordinal)) throw new CannotStart("This backup names a file outside its folder.");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: true, ct);
        }
    }

    private async Task<IReadOnlyList<string>> CopySqliteAsync(ZipArchive zip, string copy, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(house.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", copy);
        await command.ExecuteNonQueryAsync(ct);
        await zip.CreateEntryFromFileAsync(copy, "atrium.db", CompressionLevel.Fastest, ct);
        return [];
    }

    private async Task<IReadOnlyList<string>> CopyPostgresAsync(ZipArchive zip, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(house.ConnectionString);
        await connection.OpenAsync(ct);
        // One snapshot over all tables, whatever is written meanwhile.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '%\\_migrations' ORDER BY tablename", connection, transaction))
        await using (var reader = await list.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                tables.Add(reader.GetString(0));

        foreach (var table in tables)
        {
            await using var source = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" TO STDOUT (FORMAT BINARY)", ct);
            await using var target = await zip.CreateEntry($"tables/{table}", CompressionLevel.Fastest).OpenAsync(ct);
            await source.CopyToAsync(target, ct);
        }

        return tables;
    }

    private async Task FillPostgresAsync(ZipArchive zip, SnapshotManifest manifest, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(house.ConnectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var off = new NpgsqlCommand("SET LOCAL session_replication_role = replica", connection, transaction)) await off.ExecuteNonQueryAsync(ct);
        foreach (var table in manifest.Tables)
        {
            await using (var any = new NpgsqlCommand($"SELECT EXISTS (SELECT 1 FROM \"{table}\")", connection, transaction))
                if ((bool)(await any.ExecuteScalarAsync(ct))!)
                    throw new CannotStart("There is a house in this database already. Restore into an empty one.");
            await using var source = await zip.GetEntry($"tables/{table}")!.OpenAsync(ct);
            await using var target = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" FROM STDIN (FORMAT BINARY)", ct);
            await source.CopyToAsync(target, ct);
        }

        await transaction.CommitAsync(ct);
    }
}
