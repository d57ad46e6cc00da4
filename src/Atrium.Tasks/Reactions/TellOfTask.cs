using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes webhooks and notifications of what happened to a task, and looks whether a finished one sets others free.</summary>
internal sealed class TellOfTask(TasksDb db, IMembers members, TaskWatchers watching) : IReaction<TaskHappened>
{
    private static readonly string[] NotWorthTelling = ["task.created", "task.moved", "task.assigned", "task.place_taken", "task.place_left", "task.deleted", "task.restored"];

    public async Task HandleAsync(TaskHappened happened, CancellationToken ct)
    {
        var task = await db.Tasks.Include(t => t.Assignees).Include(t => t.Recurrence).FirstOrDefaultAsync(t => t.Id == happened.Task, ct);
        if (task is null) return;
        var project = await db.Projects.FirstAsync(p => p.Id == task.ProjectId, ct);
        var key = TaskReader.KeyOf(project.Key, task.Number);
        var data = JsonSerializer.Serialize(
            new { id = task.Id, key, project = project.Id, task.Title, column = task.ColumnId, task.Category, due = task.NextDue, fields = happened.Fields, revision = happened.Revision, seq = happened.Seq, by = happened.Actor },
            ApiJson.Options);
        var thing = Thing.Of("task", task.Id);
        foreach (var type in happened.Types) db.Publish(new WebhookEvent(type, thing, project.Audience, happened.At, data), task.Id.ToString());
        // What is said about a task follows it: into the trash, out of it, to another project's people, and to another name.
        var moved = happened.Types.Any(t => t is "task.deleted" or "task.restored" or "task.moved");
        if (moved || happened.Fields.Contains(Field.Title)) db.Publish(new DiscussedThingChanged(thing, NameAlone: !moved), thing.ToString());
        var watchers = await watching.OfAsync(task, ct);
        MineTopic.Wake(db, watchers);
        if (task.IsDeleted) return;

        var actor = happened.Actor is { } by ? (await members.CardsAsync([by], ct))[by].Name : "The house";
        Notify(TaskNotices.Assigned, happened.Assigned, $"{actor} assigned you to {task.Title}");
        if (happened.Mentioned.Count > 0) await MentionAsync();
        if (happened.Types.Contains("task.completed") || happened.Fields.Contains(Field.Column)) await UnblockAsync(task, happened, ct);

        var completed = happened.Types.Contains("task.completed");
        if (!completed && happened.Types.All(NotWorthTelling.Contains)) return;
        var told = watchers.Except(happened.Assigned).ToList();
        if (completed) Notify(TaskNotices.Completed, told, $"{actor} completed {task.Title}");
        else Notify(TaskNotices.Changed, told, $"{actor} changed {task.Title}: {string.Join(", ", happened.Fields)}");

        void Notify(string kind, IReadOnlyList<Id<Member>> whom, string text)
        {
            var recipients = whom.Where(m => m != happened.Actor).ToList();
            if (recipients.Count > 0) db.Publish(new NotificationRaised(kind, recipients, thing, happened.Actor, text, Once: $"{kind}:{task.Id}:{happened.Revision}"), task.Id.ToString());
        }

        async Task MentionAsync()
        {
            var found = (await members.FindAsync(happened.Mentioned, ct)).Values.Select(c => c.Id).Distinct().ToList();
            var readers = await db.ReadersAsync(project, found, members, ct);
            var mentioned = found.Where(readers.Contains).ToList();
            Notify(TaskNotices.Mentioned, mentioned, $"{actor} mentioned you in {task.Title}");
            var target = thing.ToString();
            var known = await db.Watches.Where(w => w.Target == target && mentioned.Contains(w.MemberId)).Select(w => w.MemberId).ToListAsync(ct);
            foreach (var member in mentioned.Except(known)) db.Watches.Add(new(member, thing, WatchLevel.Watch, chosen: false));
        }
    }

    /// <summary>Those it blocked that nothing open blocks any more.</summary>
    private async Task UnblockAsync(TaskItem task, TaskHappened happened, CancellationToken ct)
    {
        if (task.IsOpen) return;
        var free = await db.Tasks.Include(t => t.Assignees).Where(t => t.DeletedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)
            && db.Relations.Any(r => r.From == task.Id && r.To == t.Id && r.Kind == RelationKind.Blocks)
            && !db.Relations.Any(r => r.To == t.Id && r.Kind == RelationKind.Blocks && db.Tasks.Any(b => b.Id == r.From && b.DeletedAt == null && (b.Category == Category.Todo || b.Category == Category.Doing)))).ToListAsync(ct);
        foreach (var next in free)
        {
            var audience = await db.Projects.Where(p => p.Id == next.ProjectId).Select(p => p.AudienceRef).FirstAsync(ct);
            var thing = Thing.Of("task", next.Id);
            db.Publish(new WebhookEvent("task.unblocked", thing, new(audience), happened.At, JsonSerializer.Serialize(new { id = next.Id, next.Title, by = task.Id }, ApiJson.Options)), next.Id.ToString());
            var recipients = next.Assignees.Select(a => a.MemberId).Where(m => m != happened.Actor).ToList();
            if (recipients.Count > 0) db.Publish(new NotificationRaised(TaskNotices.Unblocked, recipients, thing, happened.Actor, $"Nothing stands before {next.Title} any more", Once: $"unblocked:{next.Id}:{task.Id}:{happened.Revision}"), next.Id.ToString());
        }
    }
}
