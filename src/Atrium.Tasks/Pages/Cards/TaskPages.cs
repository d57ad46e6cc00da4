using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary><c>/tasks/t/{CLUB-123}</c>: one task, and every form of its page.</summary>
internal static class TaskPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        var task = pages.MapGroup("/tasks/t/{key}");
        task.MapGet("", GetAsync).AllowAnonymous();
        Act(task, "", (id, form, t) => EditTask.HandleAsync(id, TaskForm.Read(form, t.Actor), null, t.Desk, t.Editing, t.Reader, t.Actor, t.Ct));
        Act(task, "/complete", (id, _, t) => CompleteTask.CompleteAsync(id, null, null, t.Desk, t.Reader, t.Actor, t.Ct));
        Act(task, "/reopen", (id, _, t) => CompleteTask.ReopenAsync(id, null, null, t.Desk, t.Reader, t.Actor, t.Ct));
        Act(task, "/skip", (id, _, t) => CompleteTask.SkipAsync(id, null, t.Desk, t.Reader, t.Actor, t.Ct));
        Act(task, "/move", (id, form, t) => MoveTask.HandleAsync(id, TaskForm.Move(form), null, t.Desk, t.Names, t.Actor, t.Ct));
        Act(task, "/due", (id, form, t) => EditTask.HandleAsync(id, TaskForm.Day(form), null, t.Desk, t.Editing, t.Reader, t.Actor, t.Ct));
        Act(task, "/repeat", (id, form, t) => EditTask.HandleAsync(id, RepeatForm.Read(form), null, t.Desk, t.Editing, t.Reader, t.Actor, t.Ct));
        Act(task, "/place", (id, _, t) => TakePlace.HandleAsync(id, true, t.Desk, t.Actor, t.Ct));
        Act(task, "/place/leave", (id, _, t) => LeavePlace.HandleAsync(id, t.Desk, t.Actor, t.Ct));
        Act(task, "/checklist", (id, form, t) => EditChecklist.AddAsync(id, new(form.Text("text") ?? ""), t.Desk, t.Actor, t.Ct));
        ActOn<ChecklistItem>(task, "/checklist/{part}", (id, item, form, t) => EditChecklist.ChangeAsync(id, item, new(form.Said("text"), form.Said("done") is { } done ? done == "true" : null), t.Desk, t.Actor, t.Ct));
        ActOn<ChecklistItem>(task, "/checklist/{part}/remove", (id, item, _, t) => EditChecklist.RemoveAsync(id, item, t.Desk, t.Actor, t.Ct));
        Act(task, "/reminders", (id, form, t) => EditReminders.AddAsync(id, new(null, -(int)(form.Number("before") ?? 0), ReminderAnchor.Due), t.Desk, t.Actor, t.Ct));
        ActOn<Reminder>(task, "/reminders/{part}/remove", (id, reminder, _, t) => EditReminders.RemoveAsync(id, reminder, t.Desk, t.Actor, t.Ct));
        Act(task, "/relations", async (id, form, t) => await EditRelations.PutAsync(id, form.Text("kind") ?? "", await OtherAsync(form, t), null, t.Desk, t.Actor, t.Ct));
        Act(task, "/relations/remove", async (id, form, t) => await EditRelations.RemoveAsync(id, form.Text("kind") ?? "", await OtherAsync(form, t), t.Desk, t.Actor, t.Ct));
        Act(task, "/links", (id, form, t) => EditLinks.AddAsync(id, new(form.Text("url"), null), t.Desk, t.Things, t.Http, t.Actor, t.Ct));
        Act(task, "/links/remove", (id, form, t) => Thing.TryParse(form.Text("thing"), null, out var thing) ? EditLinks.RemoveAsync(id, thing, t.Desk, t.Actor, t.Ct) : throw Refusal.NotFound());
        Act(task, "/files", AttachAsync);
        ActOn<TaskFile>(task, "/files/{part}/remove", (id, file, _, t) => EditAttachments.RemoveAsync(id, file, t.Desk, t.Actor, t.Ct));
        Act(task, "/cover", (id, form, t) => EditAttachments.CoverAsync(id, form.Number("file") is { } file ? new Id<TaskFile>(file) : null, t.Desk, t.Actor, t.Ct));
        Act(task, "/duplicate", (id, _, t) => DuplicateTask.HandleAsync(id, null, t.Desk, t.Reader, t.Actor, t.Ct));
        Act(task, "/announcement", (id, _, t) => AnnounceTask.HandleAsync(id, t.Db, t.Discussions, t.Actor, t.Ct));
        Act(task, "/watch", (id, form, t) => WatchThings.TaskAsync(id, new(form.Text("level") switch { "watch" => WatchLevel.Watch, "mute" => WatchLevel.Mute, _ => null }), t.Db, t.Actor, t.Ct));
        task.MapPost("/trash", (string key, [AsParameters] TaskTools tools) => PageForms.SendAsync(
            tools.Http,
            async form =>
            {
                var view = await FindAsync(key, tools);
                await TrashTask.DeleteAsync(view.Id, null, tools.Desk, tools.Actor, tools.Ct);
                return form.Back($"{Words.Href(view.Project)}/board");
            },
            (state, refusal) => AgainAsync(key, state, refusal, tools)));
    }

    private static async Task<IResult> GetAsync(string key, [AsParameters] TaskTools tools)
    {
        var view = await FindAsync(key, tools);
        return view.Href.EndsWith('/' + key, StringComparison.Ordinal) ? await PageAsync(view, FormState.Fresh, null, tools) : Results.Redirect(view.Href);
    }

    private static async Task<TaskView> FindAsync(string key, TaskTools tools) =>
        await ReadTask.GetAsync(await ReadTask.FindAsync(key, tools.Db, tools.Ct), tools.Reader, tools.Actor, tools.Ct);

    private static async Task<IResult> PageAsync(TaskView view, FormState state, string? open, TaskTools t)
    {
        var places = view.Places is null ? null : await ListPlaces.HandleAsync(view.Id, t.Db, t.Members, t.Actor, t.Ct);
        var model = new TaskModel(view, await ReadProjects.GetAsync(view.Project.Id, t.Projects, t.Actor, t.Ct))
        {
            SignedIn = t.Actor.IsMember,
            Related = [.. (await EditRelations.ListAsync(view.Id, t.Db, t.Actor, t.Ct)).Select(r => new RelatedLine(r.Kind, r.Task.ToString(), r.Title, $"/tasks/t/{r.Key ?? r.Task.ToString()}", !r.Open))],
            Links = [.. (await EditLinks.ListAsync(view.Id, t.Db, t.Things, t.Actor, t.Ct)).Select(l => new ThingLine(l.Thing.ToString(), l.Title, l.Href, l.Room, l.IsSource))],
            Files = [.. (await EditAttachments.ListAsync(view.Id, t.Db, t.Kernel, t.Actor, t.Ct)).Select(f => new FileLine(f.Id.ToString(), f.Name, f.Length, f.Url, f.ContentType.StartsWith("image/", StringComparison.Ordinal), f.IsCover))],
            Holders = [.. places?.Held.Select(h => new PersonView(h.Member, h.Handle, h.Name, h.AvatarUrl)) ?? []],
            Queue = [.. places?.Queue.Select(h => new PersonView(h.Member, h.Handle, h.Name, h.AvatarUrl)) ?? []],
            Elsewhere = t.Actor.IsMember && view.Role >= ProjectRole.Writer ? [.. (await t.Projects.ListAsync(t.Actor, false, t.Ct)).Where(p => p.Role >= ProjectRole.Writer && p.Id != view.Project.Id)] : [],
            Subtasks = view.Children.Total == 0 ? [] : (await ListTasks.OfProjectAsync(view.Project.Id, $"parent = {view.Key ?? view.Id.ToString()}", null, 100, null, t.Db, t.Reader, t.Filters, t.Actor, t.Ct)).Items,
            History = t.Actor.IsMember ? [.. (await TaskHistory.OfTaskAsync(view.Id, 30, null, t.Db, t.Members, t.Actor, t.Ct)).Items.Select(HistoryLines.Line)] : [],
            Turns = await TurnsAsync(view, t),
            Discussion = await DiscussionAsync(view.Id, t),
            Order = OrderOf(t.Http),
            Open = open,
        };
        return PageForms.Page<TaskPage>(t.Http, new { Model = model, State = state });
    }

    private static DiscussionOrder OrderOf(HttpContext http) => http.Request.Query["sort"] == "newest" ? DiscussionOrder.Newest : DiscussionOrder.Oldest;

    // Discussions live in Social; a house may do without it.
    private static async Task<DiscussionPage?> DiscussionAsync(Id<TaskItem> id, TaskTools t) => t.Discussions.FirstOrDefault() is { } discussions
        ? await discussions.PageAsync(Thing.Of("task", id), OrderOf(t.Http), new(50, t.Http.Request.Query["comments"]), t.Actor, t.Ct) : null;

    /// <summary>Who did a rotating task how often in the last 90 days.</summary>
    private static async Task<IReadOnlyList<TurnLine>> TurnsAsync(TaskView view, TaskTools t)
    {
        if (view.Recurrence?.Rotation is not { } rotation || !t.Actor.IsMember) return [];
        var since = t.Clock.GetUtcNow().AddDays(-Rotation.Days);
        var done = (await TaskHistory.OccurrencesAsync(view.Id, 100, null, t.Db, t.Members, t.Actor, t.Ct)).Items.Where(o => o.Outcome == OccurrenceOutcome.Done && o.By is not null).ToLookup(o => o.By!.Id);
        var recent = rotation.Members.ToDictionary(m => m.Id, m => done[m.Id].Count(o => o.At > since));
        var total = Math.Max(1, recent.Values.Sum());

        // Whose turn it is will have done it once more by then.
        var loads = rotation.Members.ToDictionary(m => m.Id, m => new RotationTally.Load(recent[m.Id] + (m.Id == rotation.Current ? 1 : 0), m.Id == rotation.Current ? t.Clock.GetUtcNow() : done[m.Id].FirstOrDefault()?.At));
        var next = new Rotation(rotation.Members.Select(m => m.Id), rotation.Strategy, rotation.Members.ToList().FindIndex(m => m.Id == rotation.Current)).Next(new(loads));
        return [.. rotation.Members.Select(m => new TurnLine(
            m.Name, recent[m.Id], (double)recent[m.Id] / total, done[m.Id].FirstOrDefault()?.At, m.Id == rotation.Current, m.Id == next.Member, next.Words(m.Name).Replace("It is", "Then it is", StringComparison.Ordinal)))];
    }

    private static async Task<IResult> AgainAsync(string key, FormState state, Refusal refusal, TaskTools tools)
    {
        var view = await FindAsync(key, tools);
        if (refusal.Facts.GetValueOrDefault("conflicts") is IReadOnlyList<EditConflict> conflicts)
            return PageForms.Page<ConflictPage>(tools.Http, new { Model = new ConflictModel(view, conflicts) });
        return await PageAsync(view, state, state.Errors.Select(e => e.Field).FirstOrDefault(f => f.Length > 0), tools);
    }

    private static async Task AttachAsync(Id<TaskItem> id, IFormCollection form, TaskTools t)
    {
        await t.Db.DemandAsync(id, t.Actor, ProjectRole.Writer, t.Ct);
        foreach (var file in form.Files.GetFiles("file"))
        {
            if (file.Length > Limits.FileBytes) throw Refusal.TooLarge("A file holds at most 100 MiB.");
            await using var content = file.OpenReadStream();
            var taken = await t.Files.TakeAsync(content, file.FileName, t.Actor.Demand(), t.Ct);
            await EditAttachments.AddAsync(id, taken.Id, t.Desk, t.Files, t.Actor, t.Ct);
        }
    }

    /// <summary>A task written as its key, id or address.</summary>
    private static Task<Id<TaskItem>> OtherAsync(IFormCollection form, TaskTools t) =>
        ReadTask.FindAsync((form.Text("other") ?? "").Trim().TrimEnd('/').Split('/')[^1], t.Db, t.Ct);

    private static void Act(RouteGroupBuilder task, string path, Func<Id<TaskItem>, IFormCollection, TaskTools, Task> act) =>
        task.MapPost(path, (string key, [AsParameters] TaskTools tools) => DoAsync(key, tools, (id, form) => act(id, form, tools))).Rate(RateClass.Write);

    private static void ActOn<T>(RouteGroupBuilder task, string path, Func<Id<TaskItem>, Id<T>, IFormCollection, TaskTools, Task> act) =>
        task.MapPost(path, (string key, Id<T> part, [AsParameters] TaskTools tools) => DoAsync(key, tools, (id, form) => act(id, part, form, tools))).Rate(RateClass.Write);

    private static Task<IResult> DoAsync(string key, TaskTools tools, Func<Id<TaskItem>, IFormCollection, Task> act) => PageForms.SendAsync(
        tools.Http,
        async form =>
        {
            var id = await ReadTask.FindAsync(key, tools.Db, tools.Ct);
            await act(id, form);
            return form.Back($"/tasks/t/{key}");
        },
        (state, refusal) => AgainAsync(key, state, refusal, tools));
}
