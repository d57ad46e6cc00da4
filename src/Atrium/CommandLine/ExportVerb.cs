using System.CommandLine;
using Atrium.Contracts.Home;

namespace Atrium.CommandLine;

/// <summary><c>export HANDLE FILE.zip</c>: everything that is a member's.</summary>
internal sealed class ExportVerb : HouseVerb
{
    private readonly Argument<string> _handle = new("HANDLE") { Description = "Whose things" };
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The ZIP file to write" };

    public ExportVerb(Option<string> data) : base("export", "Writes everything that is a member's to a ZIP file", data)
    {
        Add(_handle);
        Add(_file);
        Does(async (parsed, services, ct) =>
        {
            var member = await Whom.FindAsync(services, parsed.GetRequiredValue(_handle), ct);
            using var bar = new ProgressBar();
            var file = parsed.GetRequiredValue(_file);
            await PersonalArchive.WriteAsync(file.FullName, member.Id, [.. services.GetServices<IPersonalExport>()], bar.ShowAsync, ct);
            bar.Dispose();
            Console.WriteLine($"Wrote {file.FullName}.");
        });
    }
}
