using System.CommandLine;
using Atrium.Kernel.Data;

namespace Atrium.CommandLine;

/// <summary><c>backup FILE</c>: a consistent copy of database, files and keys, while the house runs.</summary>
internal sealed class BackupVerb : HouseVerb
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The backup to write" };

    public BackupVerb(Option<string> data) : base("backup", "Takes a consistent copy of the house while it runs", data)
    {
        Add(_file);
        Does(async (parsed, services, ct) =>
        {
            using var bar = new ProgressBar();
            var file = parsed.GetRequiredValue(_file);
            await services.GetRequiredService<Snapshot>().TakeAsync(file.FullName, (what, token) => bar.ShowAsync(0, null, what, token), ct);
            bar.Dispose();
            Console.WriteLine($"Wrote {file.FullName}, {new FileInfo(file.FullName).Length / 1024.0 / 1024.0:F1} MiB.");
        });
    }
}

/// <summary><c>restore FILE</c>: puts a backup into an empty house.</summary>
internal sealed class RestoreVerb : HouseVerb
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The backup to put back" };

    public RestoreVerb(Option<string> data) : base("restore", "Puts a backup into an empty house", data)
    {
        Add(_file);
        Does(
            async (parsed, services, ct) =>
            {
                await services.GetRequiredService<Snapshot>().RestoreAsync(parsed.GetRequiredValue(_file).FullName, services.GetRequiredService<Migrator>().MigrateAsync, ct);
                Console.WriteLine("Restored.");
            },
            migrate: false);
    }
}

/// <summary><c>migrate</c>: brings the database up to date and ends.</summary>
internal sealed class MigrateVerb : HouseVerb
{
    public MigrateVerb(Option<string> data) : base("migrate", "Brings the database up to date and ends", data) =>
        Does((_, _, _) =>
        {
            Console.WriteLine("The database is up to date.");
            return Task.CompletedTask;
        });
}
