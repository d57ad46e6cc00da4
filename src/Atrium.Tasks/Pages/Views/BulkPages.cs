using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>The form under boards, lists and tables: many tasks changed alike, and a page that names those that were not.</summary>
internal static class BulkPages
{
    public static void Map(RouteGroupBuilder pages) => pages.MapPost("/tasks/bulk", SendAsync).Rate(RateClass.Heavy);

    private static Task<IResult> SendAsync([AsParameters] ViewTools t)
    {
        var back = "/tasks";
        BulkChange.Answer? answer = null;
        return PageForms.SendAsync(
            t.Http,
            async form =>
            {
                back = form.Back("/tasks");
                var whole = form.Text("whole") == "true" && form.Number("within") is not null;
                var request = new BulkChange.Request(
                    whole ? null : form.Ids<TaskItem>("ids"), Read(form), Filter: whole ? form.Text("filter") ?? "" : null, Within: whole ? new Id<Project>(form.Number("within")!.Value) : null);
                answer = await BulkChange.HandleAsync(request, t.Desk, t.Names, t.Filters, t.Actor, t.Ct);
                return answer.Refused == 0 ? back : throw Refusal.Invalid("", "Not all could be changed.");
            },
            (_, refusal) => ShowAsync(answer, refusal, back, t));
    }

    private static BulkChange.Change Read(IFormCollection form)
    {
        if (form.Text("delete") == "true") return new(Delete: true);
        if (form.Text("act") == "move") return form.Number("project") is { } project ? new(Project: new(project)) : throw Refusal.Invalid("project", "Choose where to move them.", "required");
        var due = form.Said("due") is { } day
            ? When.Date(LocalDate.FromDateOnly(DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw Refusal.Invalid("due", "Write a day such as 2026-11-23.")))
            : null;
        return new(
            form.Said("status"), (int?)form.Number("priority"), due, form.Text("shift") == "none", (int?)form.Number("shift"),
            form.Number("assignee") is { } member ? [new(member)] : null, null, form.Said("label") is { } label ? [label] : null);
    }

    /// <summary>What was not changed, by name.</summary>
    private static async Task<IResult> ShowAsync(BulkChange.Answer? answer, Refusal refusal, string back, ViewTools t)
    {
        if (answer is null) return PageForms.Page<WordPage>(t.Http, new { Title = "Not changed", Text = refusal.Message, Href = back });
        var refused = answer.Items.Where(i => i.Outcome == "refused").ToList();
        var ids = refused.Select(i => i.Id).ToList();
        var titles = await t.Db.Tasks.Where(x => ids.Contains(x.Id)).Join(t.Db.Access(t.Actor), x => x.ProjectId, a => a.ProjectId, (x, _) => new { x.Id, x.Title }).ToDictionaryAsync(x => x.Id, x => x.Title, t.Ct);
        return PageForms.Page<BulkPage>(t.Http, new { Model = new BulkOutcomeModel(answer.Changed, [.. refused.Select(i => (titles.GetValueOrDefault(i.Id) ?? $"Task {i.Id}", i.Message ?? ""))], back) });
    }
}
