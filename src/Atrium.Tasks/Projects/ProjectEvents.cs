using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;

namespace Atrium.Tasks;

/// <summary>A project has another audience: search has to learn it for all its tasks.</summary>
[EventName("tasks.project_shown")]
internal sealed record ProjectShown(Id<Project> Project);

/// <summary>Somebody may have lost access to a project and those below it.</summary>
[EventName("tasks.access_narrowed")]
internal sealed record AccessNarrowed(Id<Project> Project);

/// <summary>The facts of a project that webhooks carry.</summary>
internal static class ProjectEvents
{
    public static void Tell(this TasksDb db, string type, Project project, Actor actor) => db.Publish(
        new WebhookEvent(type, Thing.Of("project", project.Id), project.Audience, db.Now, JsonSerializer.Serialize(
            new { id = project.Id, project.Key, project.Title, seq = project.Seq, by = actor.MemberId }, ApiJson.Options)),
        project.Id.ToString());
}
