using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What of tasks is a member's, for their export: the projects they run, whole, with their files; what they made or have to do elsewhere; their filters.</summary>
internal sealed class TasksOfMember(TasksDb db, ExportFiles files, IMembers members) : IPersonalExport
{
    public sealed record Elsewhere(Id<TaskItem> Id, string? Key, string Project, string Title, string Description, When? Start, When? Due, string Status, bool Assigned, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt);

    public sealed record Kept(string Name, string Query);

    public string Folder => "tasks";

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        var self = Principal.Of(member);
        var own = await db.Projects.Where(p => p.DeletedAt == null && (p.PersonalOf == member || db.ProjectMembers.Any(m => m.ProjectId == p.Id && m.Principal == self && m.Role == ProjectRole.Admin)))
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.Key }).ToListAsync(ct);
        foreach (var project in own)
        {
            var document = await ExportProject.DocumentAsync(project.Id, db, members, withHistory: true, ct);
            var name = project.Key ?? "personal";
            foreach (var format in (string[])["json", "ics"])
            {
                using var bytes = new MemoryStream();
                await ExportProject.WriteAsync(document, format, bytes, Actor.System, ct);
                bytes.Position = 0;
                await folder.AddAsync($"{name}.{format}", bytes, ct);
            }

            await foreach (var (path, content) in files.OfAsync(project.Id, ct))
                await using (content)
                    await folder.AddAsync($"{name}/{path}", content, ct);
        }

        var mine = own.Select(p => p.Id).ToList();
        var elsewhere = await (from t in db.Tasks
                               join p in db.Projects on t.ProjectId equals p.Id
                               join c in db.Columns on t.ColumnId equals c.Id
                               where t.DeletedAt == null && p.DeletedAt == null && !mine.Contains(p.Id) && (t.CreatedBy == member || db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == member))
                               orderby t.Id
                               select new Elsewhere(
                                   t.Id, p.Key == null ? null : p.Key + "-" + t.Number, p.Title, t.Title, t.Description, t.Start, t.Due, c.Name,
                                   db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == member), t.CreatedAt, t.CompletedAt)).ToListAsync(ct);
        await folder.AddJsonAsync("elsewhere.json", elsewhere, ct);
        await folder.AddJsonAsync("filters.json", await db.SavedFilters.Where(f => f.OwnerId == member).OrderBy(f => f.Id).Select(f => new Kept(f.Name, f.Query)).ToListAsync(ct), ct);
    }
}
