using System.Text;
using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Hands out a project as CSV, as iCalendar, or whole as JSON.</summary>
internal static class ExportProject
{
    public static void Map(RouteGroupBuilder tasks) => tasks.MapGet("/projects/{id}/export", async (Id<Project> id, string? format, TasksDb db, ExportFiles files, IMembers members, Actor actor, CancellationToken ct) =>
        {
            var kind = format ?? "json";
            if (kind is not ("csv" or "json" or "ics" or "zip")) throw Refusal.Invalid("format", "A format is csv, json, zip or ics.", "import_format");
            var document = await HandleAsync(id, db, members, actor, withHistory: kind is "json" or "zip", ct);
            var name = $"{document.Project.Key ?? document.Project.Title}.{kind}";
            return TypedResults.Stream(output => kind == "zip" ? files.WriteZipAsync(id, document, output, ct) : WriteAsync(document, kind, output, actor, ct), TypeOf(kind), name);
        })
        .Operation("exportProject", "Hands out a project as csv, ics or json, or as zip: the json with its files beside it", "tasks:read", RateClass.Heavy, "not_found");

    public static async Task<TasksDocument> HandleAsync(Id<Project> id, TasksDb db, IMembers members, Actor actor, bool withHistory, CancellationToken ct)
    {
        var standing = await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        return await DocumentAsync(id, db, members, withHistory, ct, hidden: standing.Role >= ProjectRole.Writer);
    }

    /// <summary>The whole project, whoever asks.</summary>
    /// <param name="hidden">Whether what moderators hide is in it.</param>
    public static async Task<TasksDocument> DocumentAsync(Id<Project> id, TasksDb db, IMembers members, bool withHistory, CancellationToken ct, bool hidden = true)
    {
        var project = await db.Projects.AsSplitQuery().Include(p => p.Columns).Include(p => p.Labels).FirstAsync(p => p.Id == id, ct);
        var tasks = await db.Tasks.AsSplitQuery().Where(t => t.ProjectId == id && t.DeletedAt == null && (hidden || t.HiddenAt == null))
            .Include(t => t.Assignees).Include(t => t.Labels).Include(t => t.Checklist).Include(t => t.Reminders).Include(t => t.PlaceRows).Include(t => t.Occurrences).Include(t => t.Recurrence).ToListAsync(ct);
        var here = db.Tasks.Where(t => t.ProjectId == id && t.DeletedAt == null && (hidden || t.HiddenAt == null)).Select(t => t.Id);
        var relations = await db.Relations.Where(r => here.Contains(r.From) && here.Contains(r.To)).ToListAsync(ct);
        var links = (await db.Links.Where(l => here.Contains(l.TaskId)).ToListAsync(ct)).ToLookup(l => l.TaskId, l => l.Thing);
        var files = (await db.Files.Where(f => here.Contains(f.TaskId)).OrderBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.TaskId);
        var history = withHistory ? await db.Activities.Where(a => a.ProjectId == id && here.Contains(a.TaskId)).ToListAsync(ct) : [];
        var places = tasks.OrderBy(t => t.Rank, StringComparer.Ordinal).Select((t, i) => (t.Id, i)).ToDictionary();
        history = [.. history.OrderBy(a => a.At).ThenBy(a => places[a.TaskId]).ThenBy(a => a.Id)];
        var people = tasks.SelectMany(PeopleOf).Concat(history.Select(a => a.ActorId).OfType<Id<Member>>()).Distinct().ToList();
        var handles = (await members.CardsAsync(people, ct)).Where(c => c.Value.Handle != "former-member").ToDictionary(c => c.Key, c => c.Value.Handle);
        return DocumentExport.Of(project, tasks, new(handles, relations, links, files, history, []));
    }

    /// <summary>JSON goes out as it is made; the others are laid out first, for their writers do not wait.</summary>
    public static async Task WriteAsync(TasksDocument document, string format, Stream output, Actor actor, CancellationToken ct)
    {
        if (format == "json")
        {
            await JsonSerializer.SerializeAsync(output, document, TasksDocumentContext.Default.TasksDocument, ct);
            return;
        }

        using var bytes = new MemoryStream();
        await using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            if (format == "csv") DocumentExport.WriteCsv(document, text, Zones.Of(actor));
            else DocumentExport.WriteIcs(document, text);
        }

        bytes.Position = 0;
        await bytes.CopyToAsync(output, ct);
    }

    private static string TypeOf(string format) => format switch { "csv" => "text/csv; charset=utf-8", "ics" => "text/calendar; charset=utf-8", "zip" => "application/zip", _ => "application/json" };

    private static IEnumerable<Id<Member>> PeopleOf(TaskItem task) =>
    [
        .. task.Assignees.Select(a => a.MemberId), .. task.PlaceRows.Select(p => p.MemberId), .. task.Occurrences.Select(o => o.By).OfType<Id<Member>>(), .. task.Recurrence?.Rotation?.Members ?? [],
        .. ((Id<Member>?[])[task.CreatedBy, task.CompletedBy]).OfType<Id<Member>>(),
    ];
}
